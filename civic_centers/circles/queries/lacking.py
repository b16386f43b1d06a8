"""Turns that run now with an adult who may not look after children any more."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, select

from civic_centers.circles.policies import Gate, gate_for
from civic_centers.circles.rules import CHILDREN_BEFORE
from civic_centers.circles.tables import CircleAdult, CircleChild, CircleFamily, CircleTurn, CircleTurnChild
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation import clock
from foundation.database import Session


@dataclass(frozen=True)
class Lack:
    """What a turn lacks. `people` may not go on; it `needs` another where nobody else there may, or two have to be."""

    people: tuple[int, ...]
    needs: bool
    families: tuple[int, ...]
    """Those whose children are there, or are to come still."""


def lacks_of(session: Session, turns: Collection[CircleTurn]) -> dict[int, Lack]:
    """What turns lack that run now, by their number; nothing is asked where none runs.

    A turn runs from when it begins, or from when a child was taken in, until it ends or the last one has gone home.
    """
    now = clock.now()
    near = [turn for turn in turns if turn.state == "held" and turn.starts_at - CHILDREN_BEFORE <= now < turn.ends_at]
    if not near:
        return {}
    families, begun = _there(session, near)
    people = {one for turn in near for one in adults_at(turn)}
    community_id = near[0].community_id
    gate = gate_for(session, community_id, sorted(people))
    found = {}
    for turn in near:
        number = turn.id or 0
        if families[number] and (turn.starts_at <= now or number in begun):
            lack = _lack(turn, gate, families[number])
            if lack.people:
                found[number] = lack
    return found


def adults_at(turn: CircleTurn) -> list[int]:
    """Who has a turn, and who comes too."""
    return [one for one in (turn.person_id, turn.second_id) if one is not None]


def has_place(turn: CircleTurn, lack: Lack | None) -> bool:
    """Whether another adult may come: nobody comes second, or who does may not any more, or two have to be there."""
    return turn.second_id is None or (lack is not None and (turn.second_id in lack.people or lack.needs))


def may_come(session: Session, turn: CircleTurn, person_id: int) -> bool:
    """Whether the page of a turn that runs says to somebody that they can come: they take turns, and there is place."""
    takes = family_taken_for(session, turn.circle_id, person_id) is not None
    return takes and has_place(turn, lacks_of(session, [turn]).get(turn.id or 0))


def family_taken_for(session: Session, circle_id: int, person_id: int) -> int | None:
    """The family for which somebody takes turns in a circle, having said so; None for who has not."""
    statement = (
        select(col(CircleFamily.id))
        .join(CircleAdult, col(CircleAdult.family_id) == col(CircleFamily.id))
        .join(PartyMember, col(PartyMember.party_id) == col(CircleFamily.party_id))
        .where(
            col(CircleFamily.circle_id) == circle_id,
            col(CircleFamily.state) == "in",
            col(CircleAdult.person_id) == person_id,
            col(CircleAdult.state) == "yes",
            col(PartyMember.person_id) == person_id,
            *acting(),
        )
        .order_by(col(CircleFamily.id))
    )
    return session.scalar(statement.limit(1))


def _lack(turn: CircleTurn, gate: Gate, families: set[int]) -> Lack:
    there = adults_at(turn)
    gone = tuple(one for one in there if not gate.passes(one, turn.day))
    return Lack(gone, len(gone) == len(there) or gate.demands.second_adult, tuple(sorted(families)))


def _there(session: Session, turns: Collection[CircleTurn]) -> tuple[dict[int, set[int]], set[int]]:
    """By turn the families with a child that is there or is to come; and the turns at which one was taken in."""
    statement = (
        select(col(CircleTurnChild.turn_id), col(CircleTurnChild.came_at), col(CircleChild.family_id))
        .join(CircleChild, col(CircleChild.id) == col(CircleTurnChild.child_id))
        .where(
            col(CircleTurnChild.turn_id).in_([turn.id for turn in turns]),
            col(CircleTurnChild.comes) | col(CircleTurnChild.came_at).is_not(None),
            col(CircleTurnChild.left_at).is_(None),
        )
    )
    families: dict[int, set[int]] = defaultdict(set)
    begun: set[int] = set()
    for turn_id, came_at, family_id in session.execute(statement):
        families[turn_id].add(family_id)
        if came_at is not None:
            begun.add(turn_id)
    return families, begun
