"""Parts of a pledge in the book of the lab they were for: noted once, and taken back with the part."""

from datetime import date

from civic_centers.labs.actions import note_delivered, take_delivered_back
from civic_centers.labs.tables import Lab
from civic_centers.sponsors.queries import fitting_lines, line_to_note
from civic_centers.sponsors.tables import Pledge, PledgeDelivery
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid


def choose_line(session: Session, pledge: Pledge, line: int, field: str) -> None:
    """Say which of the things a lab asks for a pledge is; 0 for none of them. The lab is held by the caller.

    Raises Invalid at `field` for what is asked for no more, or is of another kind.
    """
    if line and line not in {one.id for one in fitting_lines(session, pledge.lab_id or 0, pledge.kind)}:
        raise Invalid(
            N_("The lab does not ask for this kind of thing there: choose what it is for again."), field=field
        )
    pledge.lab_resource_id = line or None


def note_in_lab(
    session: Session, actor: Actor, pledge: Pledge, day: date, cents: int | None, received: int | None
) -> int | None:
    """Note a part in the book of the lab; gives the number of its line, None where it is noted nowhere.

    Money counts in euro cents, anything else in the unit of what the lab asks for. Pledge and lab are held by the
    caller. Raises Invalid at `received`.
    """
    line = line_to_note(session, pledge)
    if line is None or pledge.lab_id is None:
        return None
    amount = cents if line.kind == "euro" else received
    lab = session.get_one(Lab, pledge.lab_id)
    try:
        noted = note_delivered(session, actor, lab, line.id or 0, amount, day)
    except Invalid as error:
        raise Invalid(
            N_("Say how much it is of what the lab asks for."), field="cents" if line.kind == "euro" else "received"
        ) from error
    return noted.id if noted is not None else None


def take_back_in_lab(session: Session, actor: Actor, pledge: Pledge, line: PledgeDelivery) -> int | None:
    """The part was not given after all: the lab's book says so too, unless its keepers have taken it back before."""
    if line.receipt_id is None or pledge.lab_id is None:
        return None
    back = take_delivered_back(session, actor, session.get_one(Lab, pledge.lab_id), line.receipt_id)
    return back.id if back is not None else None
