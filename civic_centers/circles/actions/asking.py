"""A turn that came free: first who could swap is asked, then substitutes, who was asked longest ago before others."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.circles.actions.steps import hold_turns, lapse_swaps, noted
from civic_centers.circles.actions.telling import tell, tell_families, tell_keepers
from civic_centers.circles.notices import COULD_YOU, COULD_YOU_SWAP, FELL_OUT
from civic_centers.circles.policies import gate_for
from civic_centers.circles.queries.single import pauses_of
from civic_centers.circles.rules import AT_ONCE, LAST_CALL, answer_end, is_paused, time_to_swap
from civic_centers.circles.tables import CareCircle, CircleAdult, CircleAsk, CircleFamily, CircleTurn
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent

HOLDING = ("held", "told")


def reopen(session: Session, actor: Actor | None, circle: CareCircle, turn: CircleTurn) -> None:
    """A turn that somebody has is open again, and others are asked. It is held by the caller."""
    turn.gave_up_id = turn.person_id
    turn.state, turn.person_id, turn.family_id, turn.began_family_id = "open", None, None, None
    session.add(turn)
    session.flush()
    lapse_swaps(session, turn.id or 0)
    noted(session, actor, "reopened", turn)
    now = clock.now()
    if time_to_swap(now, turn.starts_at):
        could = [one for one in able_for(session, circle, turn) if one in _with_later_turns(session, turn)]
        if could:
            turn.asked_until = answer_end(now, turn.starts_at, swap=True)
            session.add(turn)
            for person_id in could:
                tell(session, person_id, circle, COULD_YOU_SWAP, key=f"{turn.id}-{turn.version}", turn=turn)
            session.flush()
            return
    ask_round(session, circle, turn)


def ask_round(session: Session, circle: CareCircle, turn: CircleTurn) -> int:
    """Ask the next few who suit and were asked longest ago; how many. With nobody left the turn falls out.

    The turn is held by the caller. Nobody is asked again for the same turn.
    """
    if turn.state != "open":
        return 0
    now = clock.now()
    people = able_for(session, circle, turn)[:AT_ONCE] if turn.starts_at - now > LAST_CALL / 4 else []
    if not people:
        if not _answers_awaited(session, turn) or turn.starts_at - now <= LAST_CALL:
            fall_out(session, circle, turn)
        else:
            turn.asked_until = max(now, turn.starts_at - LAST_CALL)
            session.add(turn)
        session.flush()
        return 0
    turn.asked_until = answer_end(now, turn.starts_at, swap=False)
    session.add(turn)
    for person_id in people:
        values = {
            "community_id": turn.community_id,
            "turn_id": turn.id,
            "person_id": person_id,
            "asked_at": now,
            "said": "",
        }
        if insert_if_absent(session, CircleAsk, values, conflict=["turn_id", "person_id"]):
            tell(session, person_id, circle, COULD_YOU, key=f"{turn.id}", turn=turn)
    noted(session, None, "asked", turn, number=len(people))
    session.flush()
    return len(people)


def able_for(session: Session, circle: CareCircle, turn: CircleTurn) -> list[int]:
    """Whom to ask for a turn: adults of the circle who pass the gate, are free, and were not asked for it yet.

    Who was asked longest ago comes first; who was never asked before everybody.
    """
    person = col(CircleAdult.person_id)
    last_asked = (
        select(func.max(col(CircleAsk.asked_at)))
        .where(col(CircleAsk.person_id) == person)
        .correlate(CircleAdult)
        .scalar_subquery()
    )
    asked = select(col(CircleAsk.person_id)).where(col(CircleAsk.turn_id) == turn.id)
    busy = (col(CircleTurn.state).in_(HOLDING), col(CircleTurn.starts_at) < turn.ends_at,
            col(CircleTurn.ends_at) > turn.starts_at, col(CircleTurn.id) != turn.id)  # fmt: skip
    first = select(col(CircleTurn.person_id)).where(*busy, col(CircleTurn.person_id).is_not(None))
    second = select(col(CircleTurn.second_id)).where(*busy, col(CircleTurn.second_id).is_not(None))
    statement = (
        select(person, col(CircleAdult.family_id))
        .join(CircleFamily, col(CircleFamily.id) == col(CircleAdult.family_id))
        .join(
            PartyMember,
            (col(PartyMember.party_id) == col(CircleFamily.party_id)) & (col(PartyMember.person_id) == person),
        )
        .where(
            col(CircleFamily.circle_id) == turn.circle_id,
            col(CircleFamily.state) == "in",
            col(CircleAdult.state) == "yes",
            *acting(),
            person.not_in(asked),
            person.not_in(first),
            person.not_in(second),
            person != (turn.gave_up_id or 0),
        )
        .order_by(last_asked.is_not(None), last_asked, person)
    )
    rows = session.execute(statement).all()
    gate = gate_for(session, turn.community_id, [number for number, _family in rows])
    away = [one for one in pauses_of(session, circle.id or 0, turn.day) if one.family_id is not None]
    return [
        number
        for number, family_id in rows
        if gate.passes(number, turn.day)
        and not is_paused(turn.day, [(one.first_on, one.last_on) for one in away if one.family_id == family_id])
    ]


def _with_later_turns(session: Session, turn: CircleTurn) -> set[int]:
    """Who has another turn to come, which the one who gave up could take."""
    others = select(col(CircleTurn.person_id)).where(
        col(CircleTurn.circle_id) == turn.circle_id,
        col(CircleTurn.state) == "held",
        col(CircleTurn.id) != turn.id,
        col(CircleTurn.starts_at) > clock.now(),
    )
    return {number for number in session.scalars(others) if number is not None}


def _answers_awaited(session: Session, turn: CircleTurn) -> bool:
    """Whether somebody who takes turns there still has not answered."""
    waiting = (
        select(col(CircleAsk.id))
        .join(CircleAdult, col(CircleAdult.person_id) == col(CircleAsk.person_id))
        .join(CircleFamily, col(CircleFamily.id) == col(CircleAdult.family_id))
        .where(
            col(CircleAsk.turn_id) == turn.id,
            col(CircleAsk.said) == "",
            col(CircleAdult.state) == "yes",
            col(CircleFamily.circle_id) == turn.circle_id,
            col(CircleFamily.state) == "in",
        )
    )
    return session.scalar(waiting.limit(1)) is not None


def fall_out(session: Session, circle: CareCircle, turn: CircleTurn) -> None:
    """Nobody can: the turn does not take place, and families and keepers are told. It is held by the caller."""
    if turn.state != "open":
        return
    turn.state, turn.off_why, turn.asked_until = "off", "nobody", None
    turn.second_id = turn.second_family_id = None
    session.add(turn)
    session.flush()
    lapse_swaps(session, turn.id or 0)
    noted(session, None, "fell_out", turn)
    key = f"{turn.id}-{turn.version}"
    tell_families(session, circle, FELL_OUT, key=key, turn=turn)
    tell_keepers(session, circle, FELL_OUT, key=key, turn=turn)


def ask_next(session: Session, turn_id: int) -> bool:
    """The time of those asked last is over: the next are asked (a job). Whether it was so."""
    turn, circle = _held(session, turn_id)
    if turn.state != "open" or circle.state != "running":
        return False
    if turn.starts_at - clock.now() <= LAST_CALL / 2 or turn.starts_at <= clock.now():
        fall_out(session, circle, turn)
        return True
    if turn.asked_until is not None and turn.asked_until > clock.now():
        return False
    ask_round(session, circle, turn)
    return True


def ask_if_all_said_no(session: Session, circle: CareCircle, turn: CircleTurn) -> None:
    """Nobody waits for who has answered: when all asked said no the next are asked at once. The turn is held."""
    if turn.state == "open" and _was_asked(session, turn) and not _answers_awaited(session, turn):
        ask_round(session, circle, turn)


def _was_asked(session: Session, turn: CircleTurn) -> bool:
    return session.scalar(select(col(CircleAsk.id)).where(col(CircleAsk.turn_id) == turn.id).limit(1)) is not None


def _held(session: Session, turn_id: int) -> tuple[CircleTurn, CareCircle]:
    turns: Sequence[CircleTurn] = hold_turns(session, [turn_id])
    return turns[0], session.get_one(CareCircle, turns[0].circle_id)
