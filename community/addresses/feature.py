"""Another e-mail address for an account, confirmed at both."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.addresses.actions import close_change, forget_addresses, make_due_changes
from community.addresses.notices import NOTICES
from community.addresses.pages import addresses
from community.addresses.personal import PERSONAL
from foundation.database import Session
from foundation.feature import Feature
from foundation.jobs import Job


def make_due(session: Session, _payload: Mapping[str, Any]) -> None:
    """Make the changes that nobody stopped in time."""
    make_due_changes(session)


feature = Feature(
    name="addresses",
    blueprints=(addresses,),
    notices=NOTICES,
    jobs=(
        Job(
            "addresses.make_due",
            run=make_due,
            every=timedelta(hours=1),
            words="Change the e-mail addresses whose week of waiting is over.",
        ),
    ),
    personal_data=PERSONAL,
    hooks={"password_changed": close_change, "person_forgotten": forget_addresses},
)
