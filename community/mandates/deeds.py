"""What the record says of acting for people without e-mail: their yes, its end, and who took over."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import is_myself, is_own_party, of_party, of_person
from community.mandates.tables import Mandate
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, mandate_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Mandate.id) == mandate_id, of_party(actor, col(Mandate.party_id)))


def _own(whose: Whose, mandate_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Mandate.id) == mandate_id, is_own_party(whose, col(Mandate.party_id)))


DEEDS = (
    DeedKind(
        kind="mandate",
        words=N_("Yes to makers acting"),
        verbs={"agreed": N_("Agreed that makers act for them"), "ended": N_("Makers act for them no more")},
        read_by=_read_by,
        concerning=_own,
        told=("agreed", "ended"),
    ),
    DeedKind(
        kind="person",
        words=N_("Person"),
        verbs={
            "opened_for": N_("Household opened by a maker"),
            "gave_code": N_("Code given to take the account over"),
            "took_code_back": N_("Code to take the account over taken back"),
            "took_over": N_("Account taken over"),
        },
        read_by=of_person,
        concerning=is_myself,
        told=("opened_for", "gave_code", "took_code_back", "took_over"),
        endpoint="members.person",
        parameter="person_id",
    ),
)
