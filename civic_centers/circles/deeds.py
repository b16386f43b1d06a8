"""What the record says of circles: that something was done, never why somebody could not, nor of which child."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col

from civic_centers.circles.policies import TEND
from civic_centers.circles.tables import CareCircle, CircleChild, CircleFamily, CircleTurn
from community.deeds.policies import in_zones, is_own_party, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _of_circle(actor: Actor, circle_id: Any) -> ColumnElement[bool]:
    here = (col(CareCircle.id) == circle_id, col(CareCircle.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(CareCircle.zone_id)))


def _of_family(actor: Actor, family_id: Any) -> ColumnElement[bool]:
    here = (col(CircleFamily.id) == family_id, col(CareCircle.id) == col(CircleFamily.circle_id))
    return exists().where(
        *here, col(CareCircle.community_id) == actor.community_id, in_zones(actor, col(CareCircle.zone_id))
    )


def _of_turn(actor: Actor, turn_id: Any) -> ColumnElement[bool]:
    here = (col(CircleTurn.id) == turn_id, col(CareCircle.id) == col(CircleTurn.circle_id))
    return exists().where(
        *here, col(CareCircle.community_id) == actor.community_id, in_zones(actor, col(CareCircle.zone_id))
    )


def _concerns_turn(whose: Whose, turn_id: Any) -> ColumnElement[bool]:
    mine = or_(
        col(CircleTurn.person_id) == whose.person_id,
        col(CircleTurn.second_id) == whose.person_id,
        col(CircleTurn.gave_up_id) == whose.person_id,
    )
    return exists().where(col(CircleTurn.id) == turn_id, mine)


def _concerns_child(whose: Whose, child_id: Any) -> ColumnElement[bool]:
    return exists().where(
        col(CircleChild.id) == child_id,
        col(CircleFamily.id) == col(CircleChild.family_id),
        col(CircleFamily.party_id).in_(whose.household_ids),
    )


DEEDS = (
    DeedKind(
        kind="care_circle",
        words=N_("Care circle"),
        verbs={
            "proposed": N_("Care circle begun"),
            "edited": N_("What a care circle is was changed"),
            "started": N_("Care circle started"),
            "ended": N_("Care circle ended"),
            "set_rhythm": N_("Days of a care circle changed"),
            "laid_out": N_("Next turns of a care circle laid out"),
            "paused": N_("Care circle paused"),
            "pause_over": N_("Pause of a care circle over earlier"),
            "made_rota": N_("Turns of a care circle shared out"),
            "proposed_counting": N_("Proposed that turns move hours"),
            "yes_counting": N_("A family’s yes to moving hours"),
            "no_counting": N_("A family’s no to moving hours"),
            "agreed_counting": N_("All families agreed that turns move hours"),
            "hid": N_("Words of a care circle taken out of sight"),
            "showed_again": N_("Words of a care circle shown again"),
        },
        read_by=_of_circle,
        unnamed=("hid", "showed_again", "no_counting"),
        opens_with=TEND,
        endpoint="circles.show",
        parameter="circle_id",
    ),
    DeedKind(
        kind="circle_family",
        words=N_("Family in a care circle"),
        verbs={
            "asked_in": N_("Family asked to come into a care circle"),
            "invited": N_("Family asked into a care circle"),
            "declined": N_("Family does not come into a care circle"),
            "joined": N_("Family came into a care circle"),
            "left": N_("Family left a care circle"),
            "paused": N_("Family away from a care circle for some days"),
            "brought": N_("A child brought to a care circle"),
            "took_out": N_("A child taken out of a care circle"),
            "adult_asked": N_("An adult asked to take turns"),
            "adult_yes": N_("An adult takes turns"),
            "adult_no": N_("An adult takes no turns"),
            "adult_off": N_("An adult takes turns no more"),
        },
        read_by=_of_family,
        concerning=through(CircleFamily.id, is_own_party, CircleFamily.party_id),
        told=("invited", "joined", "left", "paused", "brought", "took_out", "adult_asked", "adult_yes", "adult_off"),
    ),
    DeedKind(
        kind="circle_turn",
        words=N_("Turn of a care circle"),
        verbs={
            "given": N_("Turn given by the rota"),
            "taken": N_("Turn taken"),
            "reopened": N_("Turn open again"),
            "let_go": N_("Turn with others for now"),
            "lacks": N_("Another adult needed at a turn that runs"),
            "asked": N_("Others asked to take a turn"),
            "said_no": N_("No to taking a turn"),
            "fell_out": N_("Turn fell out: nobody could take it"),
            "called_off": N_("Turn called off"),
            "comes_too": N_("Comes to a turn as a second adult"),
            "comes_not_too": N_("Does not come as a second adult after all"),
            "swap_proposed": N_("Swap of turns proposed"),
            "swap_declined": N_("Swap of turns declined"),
            "swapped": N_("Turns swapped"),
            "comes": N_("Comes to a turn"),
            "comes_not": N_("Does not come to a turn"),
            "came": N_("Written down as there at a turn"),
            "not_come": N_("Taken off the list of who is at a turn"),
            "went_home": N_("Written down as gone home from a turn"),
            "told": N_("Minutes of a turn told"),
            "confirmed": N_("Minutes of a turn confirmed"),
            "corrected": N_("Minutes of a turn put right"),
            "undone_before": N_("Hours of a turn had been undone before"),
            "hours_moved": N_("Hours of a turn moved"),
            "hours_refused": N_("Hours of a turn refused by the ledger"),
            "hours_left": N_("A turn left without hours"),
        },
        read_by=_of_turn,
        concerning=_concerns_turn,
        told=("given", "taken", "reopened", "let_go", "fell_out", "called_off", "comes_too", "swapped", "told",
              "confirmed", "corrected", "hours_moved"),
        opens_with=TEND,
        endpoint="circles.turn",
        parameter="turn_id",
    ),
    DeedKind(
        kind="circle_child",
        words=N_("What to know in an emergency, in a care circle"),
        verbs={
            "wrote": N_("Wrote what to know in an emergency"),
            "looked": N_("Read what to know in an emergency"),
        },
        concerning=_concerns_child,
        told=("wrote", "looked"),
    ),
)  # fmt: skip
