"""What the record says of checks for care, and of who hears concerns."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import is_myself, of_community, of_person
from community.safeguarding.tables import CareCheck
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, check_id: Any) -> ColumnElement[bool]:
    return exists().where(col(CareCheck.id) == check_id, of_person(actor, col(CareCheck.person_id)))


def _own(whose: Whose, check_id: Any) -> ColumnElement[bool]:
    return exists().where(col(CareCheck.id) == check_id, col(CareCheck.person_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind="care_check",
        words=N_("Check for care"),
        verbs={"recorded": N_("Check for care recorded"), "withdrew": N_("Check for care withdrawn")},
        read_by=_read_by,
        concerning=_own,
        told=("recorded", "withdrew"),
    ),
    DeedKind(
        kind="safeguarding_lead",
        words=N_("Safeguarding lead"),
        verbs={"named": N_("Safeguarding lead named"), "ended": N_("No safeguarding lead any more")},
        read_by=of_community,
        concerning=is_myself,
        told=("named", "ended"),
    ),
    DeedKind(
        kind="care_requirement",
        words=N_("What care asks for"),
        verbs={"required": N_("What care asks for changed")},
        read_by=of_community,
    ),
)
