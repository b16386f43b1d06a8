"""Who may fetch somebody. Whoever is excluded is never among them, and never reads that they are."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import col, select

from civic_centers.enrolling.rules import Said, goes_alone, is_about, may_fetch
from civic_centers.enrolling.tables import PickUp
from community.households.tables import Dependant
from community.members.tables import Person
from community.parties.policies import acting
from community.parties.tables import PartyMember
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
    if not dependant_ids:
        return {}
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
    found = {}
    for number, rows in said_of(session, dependant_ids).items():
        said = [Said(row.kind, row.person_id, row.name) for row in rows]
        found[number] = may_fetch(adults[number], said) + ([ALONE] if goes_alone(said) else [])
    return found


def readable_by(person: Person, rows: Collection[PickUp]) -> list[PickUp]:
    """What one of the adults reads of it: not that they themselves are excluded, by whichever name.

    A line that would allow somebody who is excluded is read by who wrote it alone.
    """
    out = [row for row in rows if row.kind == "excluded"]

    def is_read(row: PickUp) -> bool:
        if row.kind == "excluded":
            return not is_about(row.person_id, row.name, person.id, person.name)
        beaten = any(is_about(one.person_id, one.name, row.person_id, row.name) for one in out)
        return row.said_by_id == person.id or not beaten

    return [row for row in rows if is_read(row)]
