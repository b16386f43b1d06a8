"""A case for the person whose it is, and for the desk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, func, select

from care.housing.policies import MEDIATE, is_own, mediated_by
from care.housing.rules.cases import LIVE, Told
from care.housing.rules.sealing import NOTE, PAPER, open_told
from care.housing.tables import HousingCase, HousingKeptFrom, HousingNote, HousingPaper
from community.members.queries.roles import in_force
from community.members.tables import Person, RoleGrant
from community.moderation.policies import is_stopped
from community.parties.tables import Party, PartyMember
from foundation import audit
from foundation.access import Actor
from foundation.crypto.scopes import open_in
from foundation.database import Session
from foundation.errors import Missing

KIND = "housing_case"
MOST = 100
MOST_LOOKS = 30


@dataclass(frozen=True)
class Line:
    """A note or a paper, opened."""

    id: int
    words: str
    at: object = None
    name: str = ""
    of_person: bool = False
    done: object = None


@dataclass(frozen=True)
class Look:
    """Somebody of the desk read it."""

    name: str
    at: datetime


@dataclass(frozen=True)
class CaseView:
    """A case as its page shows it. To the person `notes` are what they said; to the desk all of them.

    `readers` are who reads it, and for who moved, who would if they say so.
    """

    case: HousingCase
    told: Told
    papers: Sequence[Line] = ()
    notes: Sequence[Line] = ()
    looks: Sequence[Look] = ()
    readers: Sequence[str] = ()
    name: str = ""
    person: Person | None = field(default=None)


def own_case(session: Session, actor: Actor, case_id: int, *, lock: bool = False) -> HousingCase:
    """A case of the actor's. Raises Missing for anybody else's, also of who lives with them."""
    return _one(session, case_id, is_own(actor), lock)


def case_at_desk(session: Session, actor: Actor, case_id: int, *, lock: bool = False) -> HousingCase:
    """A case that the actor reads at the desk. Raises Missing."""
    return _one(session, case_id, mediated_by(actor), lock)


def case_to_keep(session: Session, actor: Actor, case_id: int) -> HousingCase:
    """A case for whoever keeps its papers, the person or the desk; held. Raises Missing."""
    return _one(session, case_id, or_(is_own(actor), mediated_by(actor)), True)


def own_cases(session: Session, actor: Actor) -> list[HousingCase]:
    """What the actor asks for and offers, what is open first."""
    order = (col(HousingCase.state).in_((*LIVE, "draft")).desc(), col(HousingCase.id).desc())
    return list(session.exec(select(HousingCase).where(is_own(actor)).order_by(*order).limit(MOST)))


def number_open_of(session: Session, community_id: int, person_id: int) -> int:
    """How much of one person waits or is being written."""
    theirs = (
        col(HousingCase.community_id) == community_id,
        col(HousingCase.person_id) == person_id,
        col(HousingCase.state).in_((*LIVE, "draft")),
    )
    return session.scalar(select(func.count()).select_from(HousingCase).where(*theirs)) or 0


def own_view(session: Session, actor: Actor, case_id: int) -> CaseView:
    """The page of one's own case: what one said, the papers, and who has looked. Raises Missing."""
    case = own_case(session, actor, case_id)
    notes = [one for one in _notes(session, case) if one.of_person]
    readers = [person.name for person in _readers(session, actor, case)] if case.state != "draft" else []
    return CaseView(
        case, open_told(case.key, case.told), papers_of(session, case), notes, _looks(session, case), readers
    )


def view_at_desk(session: Session, actor: Actor, case_id: int) -> CaseView:
    """The page of a case at the desk. The caller records the look. Raises Missing."""
    case = case_at_desk(session, actor, case_id)
    person = session.get(Person, case.person_id) if case.person_id is not None else None
    return CaseView(
        case,
        open_told(case.key, case.told),
        papers_of(session, case),
        _notes(session, case),
        name=person.name if person is not None else "",
        person=person,
    )


def papers_of(session: Session, case: HousingCase) -> list[Line]:
    """What is to be got and handed in, by the day it is due."""
    rows = session.exec(select(HousingPaper).where(col(HousingPaper.case_id) == case.id).order_by(col(HousingPaper.id)))
    lines = [Line(row.id or 0, open_in(case.key, row.words, PAPER), row.due_on, done=row.done_on) for row in rows]
    return sorted(lines, key=lambda one: (one.done is not None, one.at is None, str(one.at or ""), one.id))


def readers_of(session: Session, case: HousingCase, at: datetime | None = None) -> list[Person]:
    """Who reads a case at the desk, now or `at` a moment to come: those of its zone, or all where it is open to them.

    Not who must not see it.
    """
    return [] if case.moved_on is not None else _at_desk(session, case, case.zone_id, case.party_id, at)


def is_new_reader(session: Session, case: HousingCase, grant: RoleGrant) -> bool:
    """Whether somebody reads a case from the beginning of this role on, and by no other."""
    others = (col(RoleGrant.person_id) == grant.person_id, col(RoleGrant.id) != grant.id)
    reads_already = select(col(RoleGrant.id)).where(*others, *_opening(case, case.zone_id, grant.starts_at)).limit(1)
    if session.exec(reads_already).first() is not None:
        return False
    return grant.person_id in {one.id for one in readers_of(session, case, grant.starts_at)}


def place_of(session: Session, actor: Actor, begun_for: int | None) -> tuple[int | None, int]:
    """The party and the zone to which a case belongs when it is sent: those it was begun for, while the person still
    acts for them, else those of now. Raises Missing where there is no zone."""
    party_id = begun_for if begun_for in actor.party_ids else actor.party_id
    party = session.get(Party, party_id) if party_id is not None else None
    zone_id = party.zone_id if party is not None and party.zone_id is not None else actor.zone_id
    if zone_id is None:
        raise Missing()
    return party_id, zone_id


def _readers(session: Session, actor: Actor, case: HousingCase) -> list[Person]:
    if case.moved_on is None:
        return readers_of(session, case)
    try:
        party_id, zone_id = place_of(session, actor, case.party_id)
    except Missing:
        return []
    return _at_desk(session, case, zone_id, party_id)


def _opening(case: HousingCase, zone_id: int, at: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions on RoleGrant that it lets somebody read a case, were it of this zone."""
    return (
        col(RoleGrant.community_id) == case.community_id,
        col(RoleGrant.role).in_(MEDIATE.roles if case.is_for_operators else ("maker",)),
        or_(col(RoleGrant.zone_id).is_(None), col(RoleGrant.zone_id) == zone_id, _anywhere(case)),
        *in_force(at),
    )


def _at_desk(
    session: Session, case: HousingCase, zone_id: int, party_id: int | None, at: datetime | None = None
) -> list[Person]:
    statement = (
        select(Person)
        .where(
            col(Person.id).in_(select(col(RoleGrant.person_id)).where(*_opening(case, zone_id, at))),
            ~is_stopped(case.community_id, col(Person.id)),
        )
        .order_by(col(Person.given_name), col(Person.id))
    )
    not_for = {case.person_id, *kept_from(session, case), *_beside(session, case, party_id)}
    return [one for one in session.exec(statement) if one.id not in not_for][:MOST]


def desk_of(session: Session, community_id: int, person_id: int) -> list[Person]:
    """All who sit at the desk of a community, among whom somebody may leave some out."""
    there_now = select(col(RoleGrant.person_id)).where(
        col(RoleGrant.community_id) == community_id, col(RoleGrant.role).in_(MEDIATE.roles), *in_force()
    )
    there = (col(Person.id).in_(there_now), col(Person.id) != person_id)
    return list(session.exec(select(Person).where(*there).order_by(col(Person.given_name), col(Person.id)).limit(MOST)))


def kept_from(session: Session, case: HousingCase) -> set[int]:
    """Who must not see a case. Whoever is not at the desk now may be again: they stay left out."""
    theirs = select(col(HousingKeptFrom.excluded_maker_id)).where(col(HousingKeptFrom.case_id) == case.id)
    return set(session.scalars(theirs))


def people_called(session: Session, ids: Collection[int]) -> list[Person]:
    """Some people, by name."""
    there = select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.given_name), col(Person.id))
    return list(session.exec(there)) if ids else []


def _beside(session: Session, case: HousingCase, party_id: int | None) -> list[int]:
    """Who lives with the person, or acts beside them: as `policies.mediated_by` leaves them out."""
    theirs = select(col(PartyMember.party_id)).where(
        col(PartyMember.person_id) == case.person_id, col(PartyMember.until).is_(None)
    )
    there = or_(col(PartyMember.party_id).in_(theirs), col(PartyMember.party_id) == party_id)
    return list(session.exec(select(PartyMember.person_id).where(there, col(PartyMember.until).is_(None))))


def _anywhere(case: HousingCase) -> ColumnElement[bool]:
    return col(RoleGrant.zone_id).is_not(None) if case.is_wide else col(RoleGrant.zone_id).is_(None)


def _one(session: Session, case_id: int, condition: ColumnElement[bool], lock: bool) -> HousingCase:
    statement = select(HousingCase).where(col(HousingCase.id) == case_id, condition)
    if lock:
        statement = statement.with_for_update(of=HousingCase).execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


def _notes(session: Session, case: HousingCase) -> list[Line]:
    statement = (
        select(HousingNote, col(Person.given_name), col(Person.family_name))
        .join(Person, col(Person.id) == col(HousingNote.author_id), isouter=True)
        .where(col(HousingNote.case_id) == case.id)
        .order_by(col(HousingNote.id).desc())
        .limit(MOST)
    )
    return [
        Line(
            note.id or 0,
            open_in(case.key, note.words, NOTE),
            note.written_at,
            f"{first} {last}".strip(),
            note.of_person,
        )
        for note, first, last in session.execute(statement)
    ]


def _looks(session: Session, case: HousingCase) -> list[Look]:
    found = audit.looks_at(session, KIND, case.id or 0)[:MOST_LOOKS]
    # In the person's place it was the maker who read.
    ids = {one.recorded_by_person_id or one.actor_person_id for one in found}
    people = session.exec(select(Person).where(col(Person.id).in_(ids or {0})))
    names = {person.id: person.name for person in people}
    return [Look(names.get(one.recorded_by_person_id or one.actor_person_id, ""), one.at) for one in found]
