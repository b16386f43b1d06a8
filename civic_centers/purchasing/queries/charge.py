"""Whom to choose from for being in charge of an order."""

from collections.abc import Collection

from sqlmodel import col, select

from community.members.queries import people_named
from community.members.tables import Membership, Person
from foundation.access import Actor
from foundation.database import Session

FEW = 20
MOST_TICKED = 100


def people_to_charge(
    session: Session, actor: Actor, words: str, chosen: Collection[int]
) -> tuple[list[Person], list[Person], bool]:
    """Those who are chosen already, a few others called like this, and whether there are more. Raises Missing."""
    ticked = list(
        session.exec(
            select(Person)
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .where(
                col(Membership.community_id) == actor.community_id,
                col(Membership.state) == "approved",
                col(Person.id).in_(sorted(chosen)[:MOST_TICKED]),
            )
            .order_by(col(Person.given_name), col(Person.family_name), col(Person.id))
        )
    )
    there = {one.id for one in ticked}
    named = people_named(session, actor, words, FEW + len(ticked) + 1)
    others = [one for one in named if one.id not in there]
    return ticked, others[:FEW], len(others) > FEW
