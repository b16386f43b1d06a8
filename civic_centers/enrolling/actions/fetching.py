"""A household says who may fetch somebody, and who may not."""

from sqlmodel import col, select

from civic_centers.enrolling.actions.telling import tell
from civic_centers.enrolling.notices import UNFETCHED
from civic_centers.enrolling.queries.fetching import left_alone_at, readable_by, said_of, unfetched
from civic_centers.enrolling.rules import MOST_PICK_UPS, check_name, same_name
from civic_centers.enrolling.tables import PickUp
from community.dependants.queries import KIND, own_dependant
from community.members.tables import Person
from community.parties.queries import people_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused

ALONE_FROM = ("11-13", "14-17")
"""A child may go home alone from this age on, when the family says so."""


def say_pick_up(session: Session, actor: Actor, dependant_id: int, kind: str, *, name: str = "") -> None:
    """Say that somebody may fetch a person one looks after, may not, or that they go home alone.

    Whom one excludes is told nothing and reads nothing of it. Where nobody may fetch them any more the family is told.
    Raises Missing, Invalid at the field, Refused.
    """
    dependant = own_dependant(session, actor, dependant_id, lock=True)
    before = unfetched(session, [dependant_id])
    rows = said_of(session, [dependant_id])[dependant_id]
    if len(rows) >= MOST_PICK_UPS:
        raise Refused(N_("There are %(most)s lines already: take one away first."), most=MOST_PICK_UPS)
    if kind not in ("allowed", "excluded", "alone"):
        raise Invalid(N_("Choose one of the sentences."), field="kind")
    if kind == "alone":
        if dependant.age_band not in ALONE_FROM:
            raise Invalid(N_("Going home alone is for who is 11 or older."), field="kind")
        tidy, person_id = "", None
        if any(row.kind == "alone" for row in rows):
            return
    else:
        tidy = check_name(name)
        person_id = _adult_called(session, dependant.party_id, tidy)
        if kind == "excluded" and person_id == actor.person_id:
            raise Invalid(N_("Exclude somebody else: you can simply not come."), field="name")
        if any(row.kind == kind and same_name(row.name) == same_name(tidy) for row in rows):
            return
    session.add(
        PickUp(
            dependant_id=dependant_id,
            kind=kind,
            person_id=person_id,
            name=tidy,
            said_by_id=actor.person_id,
            said_at=clock.now(),
        )
    )
    session.flush()
    audit.record(session, actor, "wrote", KIND, dependant_id)
    if not before:
        tell_if_unfetched(session, dependant_id, key=clock.now().isoformat())


def take_back_pick_up(session: Session, actor: Actor, dependant_id: int, pick_up_id: int) -> None:
    """Take a line away. Raises Missing, also for who is excluded by it: to them it is not there.

    Who may not fetch a child is let back in only by who said so, as long as they are of the household.
    """
    dependant = own_dependant(session, actor, dependant_id, lock=True)
    row = session.exec(
        select(PickUp).where(col(PickUp.id) == pick_up_id, col(PickUp.dependant_id) == dependant_id)
    ).one_or_none()
    me = session.get_one(Person, actor.must_be_person())
    if row is None or row not in readable_by(me, [row], in_place=actor.is_on_behalf):
        raise Missing()
    if row.kind == "excluded" and row.said_by_id != actor.person_id:
        adults = {person.id for person in people_of(session, dependant.party_id)}
        if row.said_by_id in adults:
            raise Refused(N_("Only who excluded them can take it back."), advice=N_("Talk with each other first."))
    before = unfetched(session, [dependant_id])
    session.delete(row)
    session.flush()
    audit.record(session, actor, "wrote", KIND, dependant_id)
    if not before:
        tell_if_unfetched(session, dependant_id, key=clock.now().isoformat())


def tell_if_unfetched(session: Session, dependant_id: int, *, key: str) -> None:
    """Tell the family of a child who is to stay somewhere alone, and whom nobody may fetch: who did it too.

    It says neither of whom nor why.
    """
    people = unfetched(session, [dependant_id]).get(dependant_id)
    dates = left_alone_at(session, dependant_id)
    if not people or not dates:
        return
    one, activity = dates[0]
    link = ("enrolling.pick_up", {"dependant_id": dependant_id})
    tell(session, people, activity, one, UNFETCHED, key=f"{dependant_id}:{one.id}:{key}", link=link)


def _adult_called(session: Session, party_id: int, name: str) -> int | None:
    """The adult of the household of this name, if there is one."""
    same = [one.id for one in people_of(session, party_id) if same_name(one.name) == same_name(name)]
    return same[0] if len(same) == 1 else None
