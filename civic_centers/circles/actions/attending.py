"""Who comes to a turn, as parents say; and who came and went with whom, as who has the turn writes down."""

from sqlmodel import col, func, select

from civic_centers.circles.actions.steps import hold_turns, noted, own_turn
from civic_centers.circles.policies import demands_of, must_care
from civic_centers.circles.queries.single import own_family
from civic_centers.circles.queries.turns import turn_visible_to
from civic_centers.circles.rules import CHILDREN_BEFORE, TELL_WITHIN, Full, NotNow
from civic_centers.circles.tables import CareCircle, CircleChild, CircleFamily, CircleTurn, CircleTurnChild
from civic_centers.enrolling.queries.fetching import ALONE, allowed_for
from civic_centers.enrolling.rules import NotAllowed, same_name
from community.dependants.policies import must_be_in_order
from community.safeguarding.rules import NoSecondAdult
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def say_comes(session: Session, actor: Actor, turn_id: int, child_id: int, *, comes: bool) -> None:
    """Parents say in one tap whether their child comes; nobody is told why not. Again changes nothing.

    Raises Missing, NotNow once it came or the turn is over, Full, NotInOrder where a consent is absent.
    """
    turn, circle = own_turn(session, actor, turn_id)
    row, child, family = _of_turn(session, turn_id, child_id)
    if own_family(session, actor, turn.circle_id).id != family.id:
        raise Missing()
    if row.comes == comes and not row.off_why:
        return
    if turn.state not in ("open", "held") or turn.ends_at <= clock.now() or row.came_at is not None:
        raise NotNow()
    if comes:
        must_be_in_order(session, family.party_id or 0, [child.dependant_id or 0])
        there = (col(CircleTurnChild.turn_id) == turn_id, col(CircleTurnChild.comes))
        if (
            session.scalar(select(func.count()).select_from(CircleTurnChild).where(*there)) or 0
        ) >= circle.most_children:
            raise Full(circle.most_children)
    row.comes, row.off_why = comes, ""
    session.add(row)
    session.flush()
    noted(session, actor, "comes" if comes else "comes_not", turn, child=child_id)


def note_came(session: Session, actor: Actor, turn_id: int, child_id: int) -> None:
    """Who has the turn takes a child in: the gate of care and the consents are asked again at the door.

    Raises Missing, NotNow, NotVerified, Limited, NoSecondAdult where the community asks for one, NotInOrder.
    """
    turn, _circle = _mine(session, actor, turn_id)
    row, child, family = _of_turn(session, turn_id, child_id)
    now = clock.now()
    if row.came_at is not None:
        return
    if turn.state != "held" or not row.comes or not turn.starts_at - CHILDREN_BEFORE <= now <= turn.ends_at:
        raise NotNow()
    must_care(session, turn.community_id, turn.person_id or 0, now)
    if demands_of(session, turn.community_id).second_adult:
        if turn.second_id is None:
            raise NoSecondAdult()
        must_care(session, turn.community_id, turn.second_id, now)
    must_be_in_order(session, family.party_id or 0, [child.dependant_id or 0])
    row.came_at, row.noted_by_id = now, actor.recorder_id
    session.add(row)
    session.flush()
    noted(session, actor, "came", turn, child=child_id)


def note_not_come(session: Session, actor: Actor, turn_id: int, child_id: int) -> None:
    """Take back that a child came: it was a mistake. Raises Missing, NotNow once it went home."""
    turn, _circle = _mine(session, actor, turn_id)
    row, _child, _family = _of_turn(session, turn_id, child_id)
    if row.left_at is not None or turn.state != "held":
        raise NotNow()
    row.came_at = None
    session.add(row)
    session.flush()
    noted(session, actor, "not_come", turn, child=child_id)


def note_left(session: Session, actor: Actor, turn_id: int, child_id: int, name: str) -> None:
    """Write down with whom a child went home, of those who may fetch it; again changes nothing.

    Raises Missing, NotNow for a child that is not there, NotAllowed for whoever may not, whoever named them.
    """
    turn, _circle = _mine(session, actor, turn_id)
    row, child, _family = _of_turn(session, turn_id, child_id)
    if row.left_at is not None:
        return
    if row.came_at is None or turn.state != "held" or clock.now() > turn.ends_at + TELL_WITHIN:
        raise NotNow()
    allowed = allowed_for(session, [child.dependant_id or 0]).get(child.dependant_id or 0, [])
    if not any(_is(name, one) for one in allowed):
        raise NotAllowed()
    row.left_at, row.left_with, row.noted_by_id = clock.now(), name, actor.recorder_id
    session.add(row)
    session.flush()
    noted(session, actor, "went_home", turn, child=child_id)


def _is(name: str, allowed: str) -> bool:
    return name == allowed if ALONE in (name, allowed) else same_name(name) == same_name(allowed)


def _mine(session: Session, actor: Actor, turn_id: int) -> tuple[CircleTurn, CareCircle]:
    """A turn that the actor has, as first or second adult, held. Raises Missing."""
    turn, circle = turn_visible_to(session, actor, turn_id)
    if actor.must_be_person() not in (turn.person_id, turn.second_id):
        raise Missing()
    turn = hold_turns(session, [turn_id])[0]
    if actor.person_id not in (turn.person_id, turn.second_id):
        raise Missing()
    return turn, circle


def _of_turn(session: Session, turn_id: int, child_id: int) -> tuple[CircleTurnChild, CircleChild, CircleFamily]:
    found = session.execute(
        select(CircleTurnChild, CircleChild, CircleFamily)
        .join(CircleChild, col(CircleChild.id) == col(CircleTurnChild.child_id))
        .join(CircleFamily, col(CircleFamily.id) == col(CircleChild.family_id))
        .where(col(CircleTurnChild.turn_id) == turn_id, col(CircleTurnChild.child_id) == child_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise Missing()
    return found[0], found[1], found[2]
