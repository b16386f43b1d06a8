"""Taking a turn, "I can't", no to being asked, and coming as a second adult."""

from sqlalchemy import or_
from sqlmodel import col, select

from civic_centers.circles.actions.asking import HOLDING, ask_if_all_said_no, ask_round, reopen
from civic_centers.circles.actions.lacking import help_comes
from civic_centers.circles.actions.steps import give, has_begun, hold_turns, noted, own_turn
from civic_centers.circles.actions.telling import tell, tell_families
from civic_centers.circles.notices import AFTER_ALL, COVERED, OTHER_ADULT
from civic_centers.circles.policies import must_care
from civic_centers.circles.queries.lacking import family_taken_for, has_place, lacks_of
from civic_centers.circles.queries.turns import turn_visible_to
from civic_centers.circles.rules import NotNow
from civic_centers.circles.tables import CircleAsk, CircleTurn
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


class Busy(Refused):
    """Somebody has another turn at that time."""

    def __init__(self) -> None:
        super().__init__(N_("At that time this person has another turn."))


def take(session: Session, actor: Actor, turn_id: int) -> None:
    """Take a turn that nobody has: the first who says so has it; again changes nothing.

    Raises Missing, NotNow for who comes second, NotVerified, Limited, Busy.
    """
    turn, circle = turn_visible_to(session, actor, turn_id)
    person_id = actor.must_be_person()
    family_id = family_to_take_for(session, turn.circle_id, person_id)
    must_be_free_to_take(session, turn, person_id)
    turn = hold_turns(session, [turn_id])[0]
    if turn.state == "held" and turn.person_id == person_id:
        return
    was_off, gave_up = turn.state == "off", turn.gave_up_id
    if circle.state != "running":
        raise NotNow()
    give(session, turn, person_id, family_id)
    if turn.gave_up_id == person_id:
        turn.gave_up_id = None
    _answer(session, turn_id, person_id, "yes")
    session.add(turn)
    session.flush()
    noted(session, actor, "taken", turn)
    key = f"{turn.id}-{turn.version}"
    if gave_up is not None and gave_up != person_id:
        tell(session, gave_up, circle, COVERED, key=key, turn=turn)
    told = AFTER_ALL if was_off else OTHER_ADULT
    tell_families(session, circle, told, key=key, but=[person_id, gave_up], turn=turn)


def family_to_take_for(session: Session, circle_id: int, person_id: int) -> int:
    """The family for which somebody takes turns in a circle, having said so. Raises Refused for who has not."""
    found = family_taken_for(session, circle_id, person_id)
    if found is None:
        raise Refused(
            N_("You take no turns in this circle yet."),
            advice=N_("Say on the page of your family that you would like to; a maker must have met you."),
        )
    return found


def must_be_free_to_take(session: Session, turn: CircleTurn, person_id: int, *, but: int = 0) -> None:
    """The gate of care, and no other turn at that time but this one and `but`. Raises NotVerified, Limited, Busy."""
    must_care(session, turn.community_id, person_id, turn.starts_at)
    other = select(col(CircleTurn.id)).where(
        or_(col(CircleTurn.person_id) == person_id, col(CircleTurn.second_id) == person_id),
        col(CircleTurn.state).in_(HOLDING),
        col(CircleTurn.id).not_in((turn.id, but)),
        col(CircleTurn.starts_at) < turn.ends_at,
        col(CircleTurn.ends_at) > turn.starts_at,
    )
    if session.scalar(other.limit(1)) is not None:
        raise Busy()


def give_up(session: Session, actor: Actor, turn_id: int) -> None:
    """Say "I can't": the turn is open, others are asked; again it changes nothing. Raises Missing, NotNow."""
    turn, circle = own_turn(session, actor, turn_id)
    person_id = actor.must_be_person()
    if turn.state == "open" and turn.gave_up_id == person_id:
        return
    if turn.person_id != person_id:
        raise Missing()
    if turn.state != "held" or has_begun(session, turn):
        raise NotNow()
    reopen(session, actor, circle, turn)


def look_for_substitute(session: Session, actor: Actor, turn_id: int) -> int:
    """Who gave a turn up does not wait for a swap: substitutes are asked now; how many. Raises Missing, NotNow."""
    turn, circle = own_turn(session, actor, turn_id)
    if turn.gave_up_id != actor.must_be_person():
        raise Missing()
    if turn.state != "open" or turn.starts_at <= clock.now():
        raise NotNow()
    return ask_round(session, circle, turn)


def say_no(session: Session, actor: Actor, turn_id: int) -> None:
    """No to being asked: nobody asks again for this turn. Raises Missing for who was not asked."""
    turn, circle = own_turn(session, actor, turn_id)
    if not _answer(session, turn_id, actor.must_be_person(), "no"):
        raise Missing()
    noted(session, actor, "said_no", turn)
    ask_if_all_said_no(session, circle, turn)


def come_too(session: Session, actor: Actor, turn_id: int) -> None:
    """Come as a second adult, also in the stead of one who may not go on. The same gate holds.

    Where two have to be there and the second may go on, the turn is theirs from now on. Who was called for help hears
    that somebody comes. Raises Missing, NotNow, NotVerified, Limited, Busy.
    """
    turn, circle = turn_visible_to(session, actor, turn_id)
    person_id = actor.must_be_person()
    family_id = family_to_take_for(session, turn.circle_id, person_id)
    must_be_free_to_take(session, turn, person_id)
    turn = hold_turns(session, [turn_id])[0]
    if turn.second_id == person_id:
        return
    lack = lacks_of(session, [turn]).get(turn_id)
    if turn.state not in ("open", "held") or turn.person_id == person_id or not has_place(turn, lack):
        raise NotNow()
    if turn.ends_at <= clock.now():
        raise NotNow()
    if lack is not None and turn.second_id is not None and turn.second_id not in lack.people:
        turn.began_family_id = turn.began_family_id or turn.family_id
        turn.person_id, turn.family_id = turn.second_id, turn.second_family_id
    turn.second_id, turn.second_family_id = person_id, family_id
    session.add(turn)
    session.flush()
    noted(session, actor, "comes_too", turn)
    if lack is not None:
        help_comes(session, circle, turn, lack)


def come_not_too(session: Session, actor: Actor, turn_id: int) -> None:
    """Not come as a second adult after all. Raises Missing, NotNow once it began."""
    turn, _circle = own_turn(session, actor, turn_id)
    if turn.second_id != actor.must_be_person():
        raise Missing()
    if turn.starts_at <= clock.now():
        raise NotNow()
    turn.second_id = turn.second_family_id = None
    session.add(turn)
    session.flush()
    noted(session, actor, "comes_not_too", turn)


def _answer(session: Session, turn_id: int, person_id: int, said: str) -> bool:
    """Keep what somebody who was asked says; whether they were."""
    row = session.exec(
        select(CircleAsk).where(col(CircleAsk.turn_id) == turn_id, col(CircleAsk.person_id) == person_id)
    ).one_or_none()
    if row is None:
        return False
    row.said = said
    session.add(row)
    session.flush()
    return True
