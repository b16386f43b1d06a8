"""What the record says of telephone calls to who has no e-mail."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import of_person
from community.notifications.tables import CallToMake
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, call_id: Any) -> ColumnElement[bool]:
    return exists().where(col(CallToMake.id) == call_id, of_person(actor, col(CallToMake.person_id)))


def _own(whose: Whose, call_id: Any) -> ColumnElement[bool]:
    return exists().where(col(CallToMake.id) == call_id, col(CallToMake.person_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind="call_to_make",
        words=N_("Telephone call"),
        verbs={"called": N_("A maker called, to tell something")},
        read_by=_read_by,
        concerning=_own,
        told=("called",),
    ),
)
