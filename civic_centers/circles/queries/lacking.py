"""Turns that run now with an adult who may not look after children any more."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, select

from civic_centers.circles.policies import Gate, gate_for
from civic_centers.circles.rules import CHILDREN_BEFORE
from civic_centers.circles.tables import CircleChild, CircleTurn, CircleTurnChild
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


def may_replace_second(session: Session, turn: CircleTurn) -> bool:
    """Whether another may come as the second adult: nobody does, or the turn runs and who does may not any more."""
    lack = lacks_of(session, [turn]).get(turn.id or 0)
    return turn.second_id is None or (lack is not None and turn.second_id in lack.people)


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
