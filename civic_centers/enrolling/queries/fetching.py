"""Who may fetch somebody. Whoever is excluded is never among them, and never reads that they are."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.rules import LIVE, Said, goes_alone, is_about, may_fetch
from civic_centers.enrolling.tables import Enrolment, PickUp
from community.households.tables import Dependant
from community.members.tables import Person
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation import clock
from foundation.database import Session

ALONE = "alone"


def said_of(session: Session, dependant_ids: Collection[int]) -> dict[int, list[PickUp]]:
    """What was said of who may fetch some people, oldest first."""
    statement = select(PickUp).where(col(PickUp.dependant_id).in_(dependant_ids)).order_by(col(PickUp.id))
    found: dict[int, list[PickUp]] = defaultdict(list)
    for row in session.exec(statement):
        found[row.dependant_id].append(row)
    return {one: found[one] for one in dependant_ids}


def allowed_for(session: Session, dependant_ids: Collection[int]) -> dict[int, list[str]]:
    """The names of who may fetch each; ALONE among them where they go home by themselves."""
    adults, said = _known(session, dependant_ids)
    return {number: _names(adults[number], rows) for number, rows in said.items()}


def unfetched(session: Session, dependant_ids: Collection[int]) -> dict[int, set[int]]:
    """Those whom nobody may fetch, with the adults of their household who hear of it.

    Whom another excluded would read of it what is kept from them: only where nobody else is there do they hear it too,
    for a child for whom nobody comes weighs more.
    """
    adults, said = _known(session, dependant_ids)
    found: dict[int, set[int]] = {}
    for number, rows in said.items():
        if _names(adults[number], rows):
            continue
        out = [row for row in rows if row.kind == "excluded"]
        free = {
            person_id
            for person_id, name in adults[number]
            if not any(
                row.said_by_id != person_id and is_about(row.person_id, row.name, person_id, name) for row in out
            )
        }
        found[number] = free or {person_id for person_id, _name in adults[number]}
    return found


def left_alone_at(session: Session, dependant_id: int) -> list[tuple[ActivitySession, Activity]]:
    """The dates to come to which a child comes or waits to, and stays without an adult of theirs; the nearest first."""
    statement = (
        select(ActivitySession, Activity)
        .join(Enrolment, col(Enrolment.session_id) == col(ActivitySession.id))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(
            col(Enrolment.dependant_id) == dependant_id,
            col(Enrolment.is_child),
            col(Enrolment.state).in_(LIVE),
            col(Enrolment.left_at).is_(None),
            col(Activity.left_alone),
            col(ActivitySession.state) == "planned",
            col(ActivitySession.ends_at) > clock.now(),
        )
        .order_by(col(ActivitySession.starts_at), col(ActivitySession.id))
    )
    return [(one, activity) for one, activity in session.execute(statement)]


def _names(adults: Collection[tuple[int, str]], rows: Collection[PickUp]) -> list[str]:
    said = [Said(row.kind, row.person_id, row.name) for row in rows]
    return may_fetch(adults, said) + ([ALONE] if goes_alone(said) else [])


def _known(
    session: Session, dependant_ids: Collection[int]
) -> tuple[dict[int, list[tuple[int, str]]], dict[int, list[PickUp]]]:
    """The adults of the household of each, and what was said."""
    if not dependant_ids:
        return {}, {}
    adults: dict[int, list[tuple[int, str]]] = defaultdict(list)
    statement = (
        select(col(Dependant.id), Person)
        .join(PartyMember, col(PartyMember.party_id) == col(Dependant.party_id))
        .join(Person, col(Person.id) == col(PartyMember.person_id))
        .where(col(Dependant.id).in_(dependant_ids), *acting())
        .order_by(col(Person.id))
    )
    for dependant_id, person in session.execute(statement):
        adults[dependant_id].append((person.id, person.name))
    return adults, said_of(session, dependant_ids)


def readable_by(person: Person, rows: Collection[PickUp], *, in_place: bool = False) -> list[PickUp]:
    """What one of the adults reads of it: not that they themselves are excluded, by whichever name.

    What they wrote themselves they read: a name that is too short may mean themselves. A line that would allow
    somebody who is excluded is read by who wrote it alone. Who stands `in_place` of them reads what they
    said themselves, which a maker wrote down for them, and nothing that others of the household said.
    """
    out = [row for row in rows if row.kind == "excluded"]

    def is_read(row: PickUp) -> bool:
        if in_place:
            return row.said_by_id == person.id
        if row.kind == "excluded":
            return row.said_by_id == person.id or not is_about(row.person_id, row.name, person.id, person.name)
        beaten = any(is_about(one.person_id, one.name, row.person_id, row.name) for one in out)
        return row.said_by_id == person.id or not beaten

    return [row for row in rows if is_read(row)]
