"""What the record says of housing help: read by the makers who read the case, and by the person alone."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from care.housing.policies import mediated_by, of_match
from care.housing.tables import HousingCase, HousingMatch
from community.deeds.policies import is_myself, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _case_read_by(actor: Actor, case_id: Any) -> ColumnElement[bool]:
    return exists().where(col(HousingCase.id) == case_id, mediated_by(actor))


def _match_read_by(actor: Actor, match_id: Any) -> ColumnElement[bool]:
    return exists().where(col(HousingMatch.id) == match_id, of_match(actor))


_TOLD = {
    "sent": N_("Help with a home asked for or offered"),
    "changed": N_("Words about help with a home changed"),
    "looked": N_("Somebody read what you said about a home"),
    "asked": N_("Somebody was asked about an introduction"),
    "answered": N_("An answer about an introduction"),
    "took_back": N_("A yes to an introduction taken back"),
    "expired": N_("A question about an introduction waited too long"),
    "agreed": N_("A yes to what two agreed upon"),
    "helped": N_("Helped with a home"),
    "ended": N_("Help with a home closed"),
    "withdrew": N_("Help with a home withdrawn"),
    "moved": N_("Help with a home: it goes to the desk of another zone"),
    "read_anew": N_("Help with a home: the desk of the new zone reads it"),
    "asked_how": N_("Asked how it goes"),
}
DEEDS = (
    DeedKind(
        kind="housing_case",
        words=N_("Help with a home"),
        verbs={**_TOLD, "noted": N_("Note about help with a home"), "papers": N_("Papers for a home changed")},
        read_by=_case_read_by,
        concerning=through(HousingCase.id, is_myself, HousingCase.person_id),
        told=tuple(_TOLD),
    ),
    DeedKind(
        kind="housing_match",
        words=N_("Introduction for a home"),
        verbs={
            "proposed": N_("Two brought together"),
            "introduced": N_("Two introduced"),
            "ended": N_("Introduction ended"),
            "wrote_sheet": N_("Sheet of what two agree upon written"),
            "promised": N_("Euro promised, written down"),
            "given": N_("Euro given, written down"),
            "returned": N_("Euro returned, written down"),
        },
        read_by=_match_read_by,
    ),
)
