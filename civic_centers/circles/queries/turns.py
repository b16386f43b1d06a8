"""Turns: those of a circle, one with its children, and what each family gave and received."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case
from sqlmodel import col, select

from civic_centers.circles.policies import may_keep
from civic_centers.circles.queries.lacking import lacks_of
from civic_centers.circles.queries.single import circle_visible_to, own_family, without_notes
from civic_centers.circles.rules import CHILDREN_BEFORE, TELL_WITHIN, moved_hours, shares
from civic_centers.circles.tables import (
    CareCircle,
    CircleAsk,
    CircleChild,
    CircleFamily,
    CircleSwap,
    CircleTurn,
    CircleTurnChild,
)
from community.households.tables import Dependant
from community.members.tables import Person
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

MOST = 200


@dataclass(frozen=True)
class Coming:
    """A child at a turn."""

    row: CircleTurnChild
    child: CircleChild
    dependant: Dependant | None
    family: CircleFamily


@dataclass(frozen=True)
class TurnLine:
    """A turn in a list, with who has it."""

    turn: CircleTurn
    who: str = ""
    second: str = ""
    family: str = ""
    comes: int = 0
    needs: bool = False
    """It runs, and who has it may not go on."""


@dataclass(frozen=True)
class TurnView:
    """All that the page of a turn shows. `mine` is the reader's family, None for a maker."""

    turn: CircleTurn
    circle: CareCircle
    line: TurnLine
    mine: CircleFamily | None
    keeps: bool
    coming: list[Coming]
    asked: CircleAsk | None
    """That the reader was asked to take it, and has not answered."""
    swaps: list[tuple[CircleSwap, CircleTurn, Person]]
    """Proposed swaps in which the reader has a part, each with the other turn and with who proposes."""
    has_it: bool
    is_second: bool
    address: str = ""


def turn_visible_to(session: Session, actor: Actor, turn_id: int) -> tuple[CircleTurn, CareCircle]:
    """A turn of a circle the actor takes part in, or keeps. Raises Missing, also for who was only invited.

    Who has it sees it once it began, though their family has left meanwhile: the children are with them.
    """
    turn = session.get(CircleTurn, turn_id)
    if turn is None or turn.community_id != actor.community_id:
        raise Missing()
    if _is_in_hand(turn, actor):
        return turn, session.get_one(CareCircle, turn.circle_id)
    circle = circle_visible_to(session, actor, turn.circle_id)
    if not may_keep(actor, circle):
        own_family(session, actor, turn.circle_id)
    return turn, circle


def _is_in_hand(turn: CircleTurn, actor: Actor) -> bool:
    """Whether the actor has a turn to which children are taken in, or of which the minutes can still be told."""
    runs = turn.starts_at - CHILDREN_BEFORE <= clock.now() <= turn.ends_at + TELL_WITHIN
    in_hand = turn.state in ("held", "told") and runs
    return in_hand and actor.person_id is not None and actor.person_id in (turn.person_id, turn.second_id)


def view_of_turn(session: Session, actor: Actor, turn_id: int) -> TurnView:
    """The page of a turn. Raises Missing."""
    turn, circle = turn_visible_to(session, actor, turn_id)
    try:
        mine = own_family(session, actor, turn.circle_id)
    except Missing:
        mine = None
    asked = session.exec(
        select(CircleAsk).where(
            col(CircleAsk.turn_id) == turn_id, col(CircleAsk.person_id) == actor.person_id, col(CircleAsk.said) == ""
        )
    ).one_or_none()
    return TurnView(
        turn=turn,
        circle=circle,
        line=lines_of(session, [turn])[0],
        mine=mine,
        keeps=may_keep(actor, circle),
        coming=coming_to(session, [turn_id])[turn_id],
        asked=asked if turn.state == "open" else None,
        swaps=_swaps_of(session, actor, turn_id),
        has_it=turn.person_id is not None and turn.person_id == actor.person_id,
        is_second=turn.second_id is not None and turn.second_id == actor.person_id,
        address=_address(session, turn) if circle.at_home and mine is not None else "",
    )


def _address(session: Session, turn: CircleTurn) -> str:
    """Where the children are, with who had the turn when it began: told to the families alone, until it is over."""
    if turn.state != "held" or turn.ends_at <= clock.now():
        return ""
    found = select(col(Party.address)).join(CircleFamily, col(CircleFamily.party_id) == col(Party.id))
    return session.scalar(found.where(col(CircleFamily.id) == (turn.began_family_id or turn.family_id))) or ""


def _swaps_of(session: Session, actor: Actor, turn_id: int) -> list[tuple[CircleSwap, CircleTurn, Person]]:
    """Each with the turn that would come for this one."""
    here = col(CircleSwap.turn_id) == turn_id
    statement = (
        select(CircleSwap, CircleTurn, Person)
        .join(
            CircleTurn,
            col(CircleTurn.id) == case((here, col(CircleSwap.other_turn_id)), else_=col(CircleSwap.turn_id)),
        )
        .join(Person, col(Person.id) == col(CircleSwap.from_id))
        .where(
            here | (col(CircleSwap.other_turn_id) == turn_id),
            (col(CircleSwap.to_id) == actor.person_id) | (col(CircleSwap.from_id) == actor.person_id),
            col(CircleSwap.state) == "proposed",
        )
        .order_by(col(CircleSwap.id))
    )
    return [(swap, other, person) for swap, other, person in session.execute(statement)]


def turns_between(
    session: Session, circle_id: int, since: datetime, until: datetime | None = None
) -> list[TurnLine]:  # fmt: skip
    """The turns of a circle that end after a moment, the soonest first."""
    statement = select(CircleTurn).where(col(CircleTurn.circle_id) == circle_id, col(CircleTurn.ends_at) > since)
    if until is not None:
        statement = statement.where(col(CircleTurn.starts_at) < until)
    return lines_of(session, list(session.exec(statement.order_by(col(CircleTurn.starts_at)).limit(MOST))))


def past_turns(session: Session, circle_id: int, now: datetime, limit: int = 20) -> list[TurnLine]:
    """The turns that are over, the latest first."""
    statement = select(CircleTurn).where(
        col(CircleTurn.circle_id) == circle_id, col(CircleTurn.ends_at) <= now, col(CircleTurn.off_why) != "rhythm"
    )
    return lines_of(session, list(session.exec(statement.order_by(col(CircleTurn.starts_at).desc()).limit(limit))))


def refused_hours(session: Session, circle_id: int) -> list[CircleTurn]:
    """The turns whose hours the ledger refused, for who keeps the circle."""
    refused = (col(CircleTurn.circle_id) == circle_id, col(CircleTurn.hours) == "refused")
    return list(session.exec(select(CircleTurn).where(*refused).order_by(col(CircleTurn.id)).limit(MOST)))


def lines_of(session: Session, turns: Collection[CircleTurn]) -> list[TurnLine]:
    """Turns with the names of who has them, in as many questions however many they are."""
    people = {one for turn in turns for one in (turn.person_id, turn.second_id) if one is not None}
    names = dict(
        session.execute(select(col(Person.id), col(Person.given_name)).where(col(Person.id).in_(people))).all()
    )
    families = {turn.family_id for turn in turns if turn.family_id is not None}
    called = dict(
        session.execute(
            select(col(CircleFamily.id), col(Party.name))
            .join(Party, col(Party.id) == col(CircleFamily.party_id))
            .where(col(CircleFamily.id).in_(families))
        ).all()
    )
    there = select(col(CircleTurnChild.turn_id)).where(
        col(CircleTurnChild.turn_id).in_([turn.id for turn in turns]), col(CircleTurnChild.comes)
    )
    number: dict[int, int] = defaultdict(int)
    for turn_id in session.scalars(there):
        number[turn_id] += 1
    lacks = lacks_of(session, turns)
    return [
        TurnLine(
            turn,
            names.get(turn.person_id or 0, ""),
            names.get(turn.second_id or 0, ""),
            called.get(turn.family_id or 0, ""),
            number[turn.id or 0],
            turn.id in lacks and lacks[turn.id or 0].needs,
        )
        for turn in turns
    ]


def coming_to(session: Session, turn_ids: Collection[int]) -> dict[int, list[Coming]]:
    """The children of turns, those too who do not come."""
    statement = (
        select(CircleTurnChild, CircleChild, Dependant, CircleFamily)
        .join(CircleChild, col(CircleChild.id) == col(CircleTurnChild.child_id))
        .join(CircleFamily, col(CircleFamily.id) == col(CircleChild.family_id))
        .outerjoin(Dependant, col(Dependant.id) == col(CircleChild.dependant_id))
        .where(col(CircleTurnChild.turn_id).in_(turn_ids))
        .options(without_notes())
        .order_by(col(CircleTurnChild.id))
    )
    found: dict[int, list[Coming]] = {turn_id: [] for turn_id in turn_ids}
    for row, child, dependant, family in session.execute(statement):
        if child.gone_at is None or row.came_at is not None:
            found[row.turn_id].append(Coming(row, child, dependant, family))
    return found


@dataclass
class Balance:
    """What a family gave and received in a circle: turns, and minutes."""

    given_turns: int = 0
    given: int = 0
    received_turns: int = 0
    received: int = 0


def balances(session: Session, circle_id: int) -> dict[int, Balance]:
    """By family, over all turns that were confirmed."""
    done = (col(CircleTurn.circle_id) == circle_id, col(CircleTurn.state) == "done")
    turns = list(session.exec(select(CircleTurn).where(*done).order_by(col(CircleTurn.id))))
    brought = children_by_family(session, [turn.id or 0 for turn in turns])
    found: dict[int, Balance] = defaultdict(Balance)
    for turn in turns:
        children, minutes = brought[turn.id or 0], turn.minutes or 0
        takers = takers_of(turn)
        for family_id in takers:
            found[family_id].given_turns += 1
            if any(other != family_id for other in children):
                found[family_id].given += minutes
            others = {other: count for other, count in children.items() if other != family_id}
            for other, share in (shares(minutes, others) if others else {}).items():
                found[other].received += share
        for family_id in children:
            found[family_id].received_turns += family_id not in takers
    return found


def children_by_family(session: Session, turn_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """How many children of each family came to turns."""
    statement = (
        select(col(CircleTurnChild.turn_id), col(CircleChild.family_id))
        .join(CircleChild, col(CircleChild.id) == col(CircleTurnChild.child_id))
        .where(col(CircleTurnChild.turn_id).in_(turn_ids), col(CircleTurnChild.came_at).is_not(None))
    )
    found: dict[int, dict[int, int]] = {turn_id: {} for turn_id in turn_ids}
    for turn_id, family_id in session.execute(statement):
        found[turn_id][family_id] = found[turn_id].get(family_id, 0) + 1
    return found


def takers_of(turn: CircleTurn) -> list[int]:
    """The families that had an adult at a turn, the one too that handed it over while it ran."""
    families = (turn.family_id, turn.second_family_id, turn.began_family_id)
    return sorted({one for one in families if one is not None})


def hours_of_turn(session: Session, turn: CircleTurn) -> dict[int, int]:
    """What a turn moves, by family: see rules.moved_hours."""
    return moved_hours(turn.minutes or 0, takers_of(turn), children_by_family(session, [turn.id or 0])[turn.id or 0])
