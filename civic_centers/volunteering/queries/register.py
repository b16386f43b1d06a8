"""The register of an organisation's volunteers as it is exported, and who serves there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.volunteering.policies import must_register
from civic_centers.volunteering.queries.single import is_whole
from civic_centers.volunteering.tables import Insurance, RegisterLine, SignUp, Slot, VolunteerSheet
from community.members.tables import Person
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

MOST = 300


@dataclass(frozen=True)
class Volunteer:
    """Somebody who serves for an organisation. `begun` is their open line of the register."""

    person: Person
    next_at: object
    shifts: int
    insured_until: date | None
    begun: RegisterLine | None
    has_sheet: bool


def register_of(session: Session, actor: Actor, party_id: int) -> list[RegisterLine]:
    """Every line of the register in order, for who keeps it. Raises Missing."""
    must_register(session, actor, party_id)
    there = select(RegisterLine).where(col(RegisterLine.party_id) == party_id)
    return list(session.exec(there.order_by(col(RegisterLine.number))))


def volunteers_of(session: Session, actor: Actor, party_id: int) -> list[Volunteer]:
    """Who serves for an organisation or stands in its register, by name. Raises Missing."""
    must_register(session, actor, party_id)
    lines = register_of(session, actor, party_id)
    ended = {line.begun_number for line in lines if line.kind == "end"}
    begun = {line.person_id: line for line in lines if line.kind == "begin" and line.number not in ended}
    standing = (col(SignUp.state).in_(("held", "offered", "served")), col(Slot.exchange).is_(False))
    served = {
        person_id: (first, count)
        for person_id, first, count in session.execute(
            select(
                col(SignUp.person_id),
                func.min(col(SignUp.starts_at)).filter(col(SignUp.ends_at) > clock.now()),
                func.count(),
            )
            .join(Slot, col(Slot.id) == col(SignUp.slot_id))
            .where(col(Slot.party_id) == party_id, *standing)
            .group_by(col(SignUp.person_id))
            .limit(MOST)
        )
    }
    ids = sorted({*served, *begun})
    insured = _insured_until(session, party_id, ids)
    sheets = _sheets(session, actor.community_id, ids)
    people = session.exec(
        select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.given_name), col(Person.id))
    ).all()
    return [
        Volunteer(
            person,
            served.get(person.id or 0, (None, 0))[0],
            served.get(person.id or 0, (None, 0))[1],
            insured.get(person.id or 0),
            begun.get(person.id or 0),
            is_whole(sheets.get(person.id or 0)),
        )
        for person in people
    ]


def organisations_kept(session: Session, actor: Actor) -> list[Party]:
    """The organisations whose register the actor keeps and that have volunteers, by name."""
    if actor.is_on_behalf or not actor.party_ids:
        return []
    there = (col(Party.id).in_(actor.party_ids), col(Party.kind) == "organisation", col(Party.closed_at).is_(None))
    return list(session.exec(select(Party).where(*there).order_by(col(Party.name))))


def _insured_until(session: Session, party_id: int, ids: Sequence[int]) -> dict[int, date]:
    statement = (
        select(col(Insurance.person_id), func.max(col(Insurance.until)))
        .where(col(Insurance.party_id) == party_id, col(Insurance.person_id).in_(ids))
        .group_by(col(Insurance.person_id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _sheets(session: Session, community_id: int, ids: Sequence[int]) -> dict[int, VolunteerSheet]:
    there = (col(VolunteerSheet.community_id) == community_id, col(VolunteerSheet.person_id).in_(ids))
    return {sheet.person_id: sheet for sheet in session.exec(select(VolunteerSheet).where(*there))}
