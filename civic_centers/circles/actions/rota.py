"""The rota: who takes which of the turns that nobody has, seen beforehand and then confirmed as it was seen."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.circles.actions.steps import give, hold_turns, kept_circle, noted
from civic_centers.circles.actions.taking import must_be_free_to_take
from civic_centers.circles.actions.telling import tell
from civic_centers.circles.notices import YOURS, YOURS_MANY
from civic_centers.circles.policies import gate_for
from civic_centers.circles.queries.single import KIND, Home, homes_of, pauses_of
from civic_centers.circles.rules import Due, NotNow, Taker, credit_of, is_paused, make_rota
from civic_centers.circles.tables import CareCircle, CircleTurn
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Stale


@dataclass(frozen=True)
class Planned:
    """A turn and who would take it; nobody where nobody can."""

    turn: CircleTurn
    person_id: int | None
    family_id: int | None


@dataclass(frozen=True)
class Rota:
    """What is confirmed as it was seen: `seal` changes with anything in it."""

    lines: Sequence[Planned]

    @property
    def seal(self) -> str:
        said = ";".join(f"{one.turn.id}:{one.person_id or 0}" for one in self.lines)
        return hashlib.sha256(said.encode()).hexdigest()


def plan(session: Session, circle: CareCircle) -> Rota:
    """The rota of the turns that nobody has and for which nobody is looked for; nothing is written."""
    open_ones = select(CircleTurn).where(
        col(CircleTurn.circle_id) == circle.id,
        col(CircleTurn.state) == "open",
        col(CircleTurn.asked_until).is_(None),
        col(CircleTurn.starts_at) > clock.now(),
    )
    turns = list(session.exec(open_ones.order_by(col(CircleTurn.starts_at), col(CircleTurn.id))))
    takers = _takers(session, circle)
    gate = gate_for(session, circle.community_id, sorted({one.person_id for one in takers}))
    unfit: dict[date, frozenset[int]] = {}
    for turn in turns:
        if turn.day not in unfit:
            unfit[turn.day] = frozenset(
                one.person_id for one in takers if not gate.passes(one.person_id, turn.day)
            )  # fmt: skip
    due = [
        Due(
            turn.id or 0,
            turn.day,
            turn.starts_at,
            turn.ends_at,
            unfit[turn.day] | {one for one in (turn.gave_up_id, turn.second_id) if one is not None},
        )
        for turn in turns
    ]
    found = make_rota(due, takers)
    lines = []
    for turn in turns:
        taker = found[turn.id or 0]
        lines.append(Planned(turn, taker.person_id if taker else None, taker.family_id if taker else None))
    return Rota(lines)


def _takers(session: Session, circle: CareCircle) -> list[Taker]:
    homes = [home for home in homes_of(session, [circle.id or 0])[circle.id or 0] if home.family.state == "in"]
    people = [(home.family.id or 0, one.id) for home in homes for one in home.takers if one.id is not None]
    had = {
        (family_id, person_id): (number, last)
        for family_id, person_id, number, last in session.execute(
            select(
                col(CircleTurn.family_id),
                col(CircleTurn.person_id),
                func.count(),
                func.max(col(CircleTurn.starts_at)),
            )
            .where(col(CircleTurn.circle_id) == circle.id, col(CircleTurn.state).in_(("held", "told", "done")))
            .group_by(col(CircleTurn.family_id), col(CircleTurn.person_id))
        )
    }
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for one in pauses_of(session, circle.id or 0):
        away[one.family_id or 0].append((one.first_on, one.last_on))
    busy: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    ids = [person_id for _family, person_id in people]
    taken = select(CircleTurn).where(
        col(CircleTurn.state) == "held",
        col(CircleTurn.ends_at) > clock.now(),
        col(CircleTurn.person_id).in_(ids) | col(CircleTurn.second_id).in_(ids),
    )
    for turn in session.exec(taken):
        for number in (turn.person_id, turn.second_id):
            busy[number or 0].append((turn.starts_at, turn.ends_at))
    counts = _credits(session, circle, homes, away)
    found = []
    for family_id, person_id in people:
        number, last = had.get((family_id, person_id), (0, None))
        spans = (tuple(away[family_id]), tuple(busy[person_id]))
        found.append(Taker(person_id, family_id, number, last, counts[family_id], *spans))
    return found


def _credits(
    session: Session, circle: CareCircle, homes: Sequence[Home], away: Mapping[int, Sequence[tuple[date, date]]]
) -> dict[int, int]:
    """By family what counts of the turns that took place without it, and that families who are here had."""
    numbers = [home.family.id or 0 for home in homes]
    had = (
        col(CircleTurn.circle_id) == circle.id,
        col(CircleTurn.state).in_(("held", "told", "done")),
        col(CircleTurn.family_id).in_(numbers),
    )
    since = {home.family.id or 0: home.family.agreed_at or circle.made_at for home in homes}
    missed: dict[int, list[int]] = {number: [] for number in numbers}
    for day, starts_at in session.execute(select(col(CircleTurn.day), col(CircleTurn.starts_at)).where(*had)):
        there = [one for one in numbers if since[one] <= starts_at and not is_paused(day, away.get(one, ()))]
        for number in set(numbers) - set(there):
            missed[number].append(len(there))
    return {number: credit_of(found) for number, found in missed.items()}


def confirm_rota(session: Session, actor: Actor, circle_id: int, seal: str) -> int:
    """Give the turns out as they were seen; how many. The gate of each adult is asked again.

    Raises Missing, NotNow, Stale where anything changed since it was seen, NotVerified, Limited, Busy.
    """
    circle = kept_circle(session, actor, circle_id)
    if circle.state != "running":
        raise NotNow()
    rota = plan(session, circle)
    if rota.seal != seal:
        raise Stale(N_("The rota would be another now."), advice=N_("Look at it again, then confirm it."))
    given = [one for one in rota.lines if one.person_id is not None]
    first: dict[int, CircleTurn] = {}
    for one in given:
        first.setdefault(one.person_id or 0, one.turn)
    for person_id in sorted(first):
        for one in given:
            if one.person_id == person_id:
                must_be_free_to_take(session, one.turn, person_id)
    hold_turns(session, [one.turn.id or 0 for one in given])
    number: dict[int, int] = defaultdict(int)
    for one in given:
        give(session, one.turn, one.person_id or 0, one.family_id or 0)
        number[one.person_id or 0] += 1
        noted(session, actor, "given", one.turn, person=one.person_id)
    audit.record(session, actor, "made_rota", KIND, circle_id, number=len(given))
    for person_id, turn in first.items():
        key = f"{turn.id}-{turn.version}"
        if number[person_id] == 1:
            tell(session, person_id, circle, YOURS, key=key, turn=turn)
        else:
            tell(
                session, person_id, circle, YOURS_MANY, key=key, place="circles.turns", starts_at=turn.starts_at,
                number=number[person_id],
            )  # fmt: skip
    return len(given)
