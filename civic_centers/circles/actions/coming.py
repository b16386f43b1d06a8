"""Which children come to turns: put down where there is room, kept away for a reason, and back once that is over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from civic_centers.circles.actions.steps import hold_turns
from civic_centers.circles.queries.single import pauses_of
from civic_centers.circles.rules import is_paused
from civic_centers.circles.tables import CareCircle, CircleChild, CircleFamily, CircleTurn, CircleTurnChild
from community.dependants.queries import standings_of
from community.dependants.rules import Standing
from community.households.tables import Dependant
from foundation import clock
from foundation.database import Session

AWAY, CONSENT = "away", "consent"


@dataclass(frozen=True)
class Reasons:
    """Why children do not come although nobody said so: their family is away, or a yes is absent."""

    away: Mapping[int, Sequence[tuple[date, date]]]
    """By family."""
    absent: frozenset[int]
    """Children."""

    def of(self, child: CircleChild, day: date) -> str:
        """The reason on a day; empty where there is none."""
        if (child.id or 0) in self.absent:
            return CONSENT
        return AWAY if is_paused(day, self.away.get(child.family_id, ())) else ""


def reasons_for(session: Session, circle: CareCircle, children: Collection[CircleChild]) -> Reasons:
    """The reasons of some children, in a few questions however many they are."""
    away: dict[int, list[tuple[date, date]]] = {}
    for one in pauses_of(session, circle.id or 0):
        if one.family_id is not None:
            away.setdefault(one.family_id, []).append((one.first_on, one.last_on))
    numbers = [one.dependant_id for one in children if one.dependant_id is not None]
    kept = session.exec(select(Dependant).where(col(Dependant.id).in_(numbers))).all()
    standings = standings_of(session, kept)
    absent = (one.id or 0 for one in children if standings.get(one.dependant_id or 0) is not Standing.GIVEN)
    return Reasons(away, frozenset(absent))


def put_children_down(session: Session, circle: CareCircle, turns: Sequence[CircleTurn]) -> None:
    """Children come to turns as long as there is room; where there is not, each time others stay out first."""
    if not turns:
        return
    statement = (
        select(CircleChild)
        .join(CircleFamily, col(CircleFamily.id) == col(CircleChild.family_id))
        .where(
            col(CircleFamily.circle_id) == circle.id,
            col(CircleFamily.state) == "in",
            col(CircleChild.gone_at).is_(None),
        )
    )
    children = list(session.exec(statement.order_by(col(CircleChild.id))))
    reasons = reasons_for(session, circle, children)
    for turn in turns:
        first = (turn.id or 0) % len(children) if len(children) > circle.most_children else 0
        room = circle.most_children
        for child in children[first:] + children[:first]:
            why = reasons.of(child, turn.day)
            comes = room > 0 and not why
            room -= comes
            session.add(_row(turn, child, comes=comes, why=why))
    session.flush()


def put_child_down(session: Session, circle: CareCircle, child: CircleChild) -> None:
    """A child comes to the turns to come, as far as there is room and nothing keeps it away.

    Those too that do not take place for now, and may yet: it comes there once they do.
    """
    to_come = (
        col(CircleTurn.circle_id) == circle.id,
        col(CircleTurn.state).in_(("open", "held")) | col(CircleTurn.off_why).in_(("nobody", "pause")),
        col(CircleTurn.starts_at) > clock.now(),
    )
    ids = session.scalars(select(col(CircleTurn.id)).where(*to_come).order_by(col(CircleTurn.id))).all()
    turns = hold_turns(session, [one or 0 for one in ids])
    taken, reasons = _taken(session, turns), reasons_for(session, circle, [child])
    for turn in turns:
        why = reasons.of(child, turn.day)
        comes = taken[turn.id or 0] < circle.most_children and not why
        session.add(_row(turn, child, comes=comes, why=why))
    session.flush()


def keep_away(session: Session, rows: Collection[CircleTurnChild], why: str) -> int:
    """Children do not come to some turns for a reason; how many lines that changes.

    What a parent said stays theirs, and a child that is there already is there.
    """
    changed = [row for row in rows if row.comes and row.came_at is None]
    for row in changed:
        row.comes, row.off_why = False, why
        session.add(row)
    session.flush()
    return len(changed)


def come_again(session: Session, circle: CareCircle, children: Sequence[CircleChild]) -> int:
    """Children kept from turns to come for a reason that is over come again where there is room; how many lines.

    Never where a parent said that they do not come. The circle is held by the caller.
    """
    by_id = {one.id or 0: one for one in children if one.gone_at is None}
    kept = (
        col(CircleTurnChild.child_id).in_(by_id),
        col(CircleTurnChild.off_why) != "",
        col(CircleTurn.starts_at) > clock.now(),
    )
    ids = session.scalars(
        select(col(CircleTurn.id))
        .join(CircleTurnChild, col(CircleTurnChild.turn_id) == col(CircleTurn.id))
        .where(*kept)
        .distinct()
    ).all()
    turns = {turn.id or 0: turn for turn in hold_turns(session, [one or 0 for one in ids])}
    rows = session.exec(
        select(CircleTurnChild)
        .where(col(CircleTurnChild.turn_id).in_(turns), *kept[:2])
        .order_by(col(CircleTurnChild.id))
        .execution_options(populate_existing=True)
    ).all()
    taken, reasons, number = _taken(session, list(turns.values())), reasons_for(session, circle, children), 0
    for row in rows:
        why = reasons.of(by_id[row.child_id], turns[row.turn_id].day)
        if not why and taken[row.turn_id] < circle.most_children:
            row.comes, row.off_why = True, ""
            taken[row.turn_id] += 1
            number += 1
        elif why:
            row.off_why = why
        session.add(row)
    session.flush()
    return number


def children_of(session: Session, family_id: int) -> list[CircleChild]:
    """The children that a family brings."""
    here = (col(CircleChild.family_id) == family_id, col(CircleChild.gone_at).is_(None))
    return list(session.exec(select(CircleChild).where(*here).order_by(col(CircleChild.id))))


def _taken(session: Session, turns: Collection[CircleTurn]) -> dict[int, int]:
    """How many children come to each of some turns."""
    found = {turn.id or 0: 0 for turn in turns}
    there = select(col(CircleTurnChild.turn_id)).where(
        col(CircleTurnChild.turn_id).in_(found), col(CircleTurnChild.comes)
    )
    for turn_id in session.scalars(there):
        found[turn_id] += 1
    return found


def _row(turn: CircleTurn, child: CircleChild, *, comes: bool, why: str) -> CircleTurnChild:
    return CircleTurnChild(
        community_id=turn.community_id, turn_id=turn.id or 0, child_id=child.id or 0, comes=comes, off_why=why
    )
