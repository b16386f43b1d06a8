"""Signing in: passwords, links by e-mail, and the person behind each session."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.signing_in.actions import forget_old_attempts
from community.signing_in.notices import NOTICES
from community.signing_in.pages import load_user, signing_in
from foundation.database import Session
from foundation.feature import Feature
from foundation.jobs import Job


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Forget attempts that no limit looks at any more."""
    forget_old_attempts(session)


feature = Feature(
    name="signing_in",
    blueprints=(signing_in,),
    notices=NOTICES,
    jobs=(
        Job(
            "signing_in.tidy",
            run=tidy,
            every=timedelta(hours=6),
            words="Forget old attempts at signing in.",
        ),
    ),
    hooks={"load_user": load_user},
)
