"""What the record says of shifts, templates, the register and insurance."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.centers.deeds import of_center
from civic_centers.volunteering.tables import Insurance, RegisterLine, SignUp, Slot, Template
from community.deeds.policies import is_myself, through
from community.parties.tables import Party
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _of_slot(actor: Actor, slot_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Slot.id) == slot_id, of_center(actor, col(Slot.center_id)))


def _of_sign_up(actor: Actor, sign_up_id: Any) -> ColumnElement[bool]:
    there = (col(SignUp.id) == sign_up_id, col(Slot.id) == col(SignUp.slot_id))
    return exists().where(*there, of_center(actor, col(Slot.center_id)))


def _of_template(actor: Actor, template_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Template.id) == template_id, of_center(actor, col(Template.center_id)))


def _of_line(actor: Actor, line_id: Any) -> ColumnElement[bool]:
    return exists().where(col(RegisterLine.id) == line_id, col(RegisterLine.party_id).in_(actor.party_ids))


def _of_party(actor: Actor, party_id: Any) -> ColumnElement[bool]:
    there = (col(Party.id) == party_id, col(Party.id).in_(actor.party_ids))
    return exists().where(*there)


def _of_insurance(actor: Actor, insurance_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Insurance.id) == insurance_id, col(Insurance.party_id).in_(actor.party_ids))


DEEDS = (
    DeedKind(
        kind="volunteer_slot",
        words=N_("Shift for volunteers"),
        verbs={
            "made": N_("Shift made"),
            "changed": N_("Shift changed"),
            "moved": N_("Shift moved with its date"),
            "cancelled": N_("Shift called off"),
            "restored": N_("Shift opened again"),
            "stopped_series": N_("Shifts no longer made for later dates"),
        },
        read_by=_of_slot,
    ),
    DeedKind(
        kind="volunteer_template",
        words=N_("Template of shifts"),
        verbs={"kept": N_("Template of shifts kept"), "retired": N_("Template of shifts taken away")},
        read_by=_of_template,
    ),
    DeedKind(
        kind="volunteer_sign_up",
        words=N_("Place in a shift"),
        verbs={
            "took": N_("Shift taken"),
            "waits": N_("Put on the list of a shift"),
            "gave_up": N_("Shift given up"),
            "came": N_("Volunteer there"),
            "went": N_("Volunteer gone"),
            "confirmed": N_("Hours of a shift confirmed"),
            "missed": N_("Volunteer was not there"),
            "found_there": N_("Volunteer was there after all"),
            "let_go": N_("Shift passed on to others"),
        },
        read_by=_of_sign_up,
        concerning=through(SignUp.id, is_myself, SignUp.person_id),
        told=("took", "waits", "gave_up", "came", "went", "confirmed", "missed", "found_there", "let_go"),
    ),
    DeedKind(
        kind="volunteer_register",
        words=N_("Register of volunteers"),
        verbs={
            "entered": N_("Volunteer entered in the register"),
            "ended": N_("End of a volunteer written in the register"),
        },
        read_by=_of_line,
        concerning=through(RegisterLine.id, is_myself, RegisterLine.person_id),
        told=("entered", "ended"),
    ),
    DeedKind(
        kind="volunteers_of",
        words=N_("Volunteers of an organisation"),
        verbs={"looked": N_("Register of volunteers opened")},
        read_by=_of_party,
    ),
    DeedKind(
        kind="volunteer_insurance",
        words=N_("Insurance of a volunteer"),
        verbs={"insured": N_("Volunteer insured")},
        read_by=_of_insurance,
        concerning=through(Insurance.id, is_myself, Insurance.person_id),
        told=("insured",),
    ),
)
