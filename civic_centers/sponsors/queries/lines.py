"""What is pledged to a lab, beside the things that the lab asks for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from civic_centers.labs.tables import Lab, LabResource
from civic_centers.sponsors.queries.showing import there
from civic_centers.sponsors.rules import FITS
from civic_centers.sponsors.tables import Pledge, PledgeDelivery
from community.parties.tables import Party
from foundation.database import Session

MOST_LINES = 50


@dataclass(frozen=True)
class Delivered:
    """Something that was given to a lab and stands in no line of its book. Name and words only of who is named."""

    day: date
    cents: int
    name: str
    words: str


def fitting_lines(session: Session, lab_id: int, kind: str) -> list[LabResource]:
    """What a lab asks for now that a pledge of this kind may be."""
    asked = (col(LabResource.lab_id) == lab_id, col(LabResource.closed_at).is_(None))
    fitting = select(LabResource).where(*asked, col(LabResource.kind) == FITS.get(kind, ""))
    return list(session.exec(fitting.order_by(col(LabResource.id))))


def line_to_note(session: Session, pledge: Pledge) -> LabResource | None:
    """The thing a lab still asks for that parts of this pledge are noted for."""
    if pledge.lab_id is None or pledge.lab_resource_id is None:
        return None
    line, lab = session.get(LabResource, pledge.lab_resource_id), session.get(Lab, pledge.lab_id)
    is_asked = line is not None and line.closed_at is None and lab is not None and lab.is_open
    return line if is_asked else None


def named_givers(session: Session, receipt_ids: Collection[int]) -> dict[int, str]:
    """Who gave what pledges brought into the book of a lab, by the number of its line, where they wish to be named."""
    statement = (
        columns(col(PledgeDelivery.receipt_id), col(Party.name))
        .join(Pledge, col(Pledge.id) == col(PledgeDelivery.pledge_id))
        .join(Party, col(Party.id) == col(Pledge.party_id))
        .where(col(PledgeDelivery.receipt_id).in_(receipt_ids), col(Pledge.is_public), col(Pledge.hidden_at).is_(None))
    )
    return {number: name for number, name in session.execute(statement) if number is not None}


def delivered_to(session: Session, lab: Lab, resource_kind: str) -> Sequence[Delivered]:
    """What was given to a lab of the kind of one of its things and is noted nowhere in its book, the newest first."""
    back = aliased(PledgeDelivery)
    is_back = exists().where(col(back.corrects_id) == col(PledgeDelivery.id))
    kinds = [kind for kind, thing in FITS.items() if thing == resource_kind]
    is_named = col(Pledge.is_public) & col(Pledge.hidden_at).is_(None)
    for condition in there(lab.community_id):
        is_named &= condition
    statement = (
        columns(col(PledgeDelivery.day), col(PledgeDelivery.cents), col(Party.name), col(Pledge.words), is_named)
        .join(Pledge, col(Pledge.id) == col(PledgeDelivery.pledge_id))
        .join(Party, col(Party.id) == col(Pledge.party_id))
        .where(
            col(Pledge.lab_id) == lab.id,
            col(Pledge.kind).in_(kinds),
            col(PledgeDelivery.receipt_id).is_(None),
            col(PledgeDelivery.corrects_id).is_(None),
            ~is_back,
        )
        .order_by(col(PledgeDelivery.id).desc())
        .limit(MOST_LINES)
    )
    rows = session.execute(statement)
    return [
        Delivered(day, cents, name if named else "", words if named else "") for day, cents, name, words, named in rows
    ]
