"""Signing in: passwords, links by e-mail, and the person behind each session."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.signing_in import actions
from community.signing_in.actions import forget_old_attempts
from community.signing_in.notices import NOTICES
from community.signing_in.pages import load_user, signing_in
from foundation.database import Session
from foundation.feature import Feature
from foundation.jobs import Job


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Forget attempts that no limit looks at any more."""
    forget_old_attempts(session)


def write_letter(session: Session, payload: Mapping[str, Any]) -> None:
    """Write the letter somebody asked for, to whoever has the address."""
    actions.write_letter(session, payload["kind"], payload["email"], payload["next"])


feature = Feature(
    name="signing_in",
    blueprints=(signing_in,),
    notices=NOTICES,
    jobs=(
        Job(actions.WRITE_LETTER, run=write_letter, words="Write the links for signing in that were asked for."),
        Job(
            "signing_in.tidy",
            run=tidy,
            every=timedelta(hours=6),
            words="Forget old attempts at signing in.",
        ),
    ),
    hooks={"load_user": load_user},
)
