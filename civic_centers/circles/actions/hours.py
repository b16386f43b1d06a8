"""How long a turn was: told by who had it, confirmed by another family; and its hours, where all agreed on hours."""

from sqlmodel import col, select

from civic_centers.circles.actions.steps import noted, own_turn
from civic_centers.circles.actions.telling import tell_families, tell_keepers
from civic_centers.circles.notices import CORRECTED, HOURS_REFUSED
from civic_centers.circles.policies import must_keep
from civic_centers.circles.queries.single import TURN
from civic_centers.circles.queries.turns import hours_of_turn, takers_of
from civic_centers.circles.rules import TELL_WITHIN, NotNow, check_minutes, check_reason
from civic_centers.circles.tables import CareCircle, CircleFamily, CircleTurn, CircleTurnChild
from community.parties.tables import Party
from exchanges.ledger.actions import Given, Received, reverse, settle
from exchanges.ledger.rules import AboveCeiling, AlreadyReversed, BelowFloor, Source
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def tell_minutes(session: Session, actor: Actor, turn_id: int, minutes: int | None) -> None:
    """Who had the turn says how long it was, in minutes; put right as long as nobody has confirmed it.

    Raises Missing, NotNow before its end or long after, Refused while a child has not gone home, Invalid.
    """
    turn, _circle = own_turn(session, actor, turn_id)
    if actor.must_be_person() not in (turn.person_id, turn.second_id):
        raise Missing()
    if turn.state == "told" and turn.minutes == minutes:
        return
    now = clock.now()
    if turn.state not in ("held", "told") or turn.ends_at > now or now > turn.ends_at + TELL_WITHIN:
        raise NotNow()
    there = (col(CircleTurnChild.turn_id) == turn_id, col(CircleTurnChild.came_at).is_not(None))
    if session.scalar(select(col(CircleTurnChild.id)).where(*there, col(CircleTurnChild.left_at).is_(None)).limit(1)):
        raise Refused(N_("Write down first with whom each child went home."))
    turn.minutes, turn.state, turn.told_by_id = check_minutes(minutes), "told", actor.person_id
    session.add(turn)
    session.flush()
    noted(session, actor, "told", turn, minutes=turn.minutes)


def confirm(session: Session, actor: Actor, turn_id: int) -> None:
    """Another family, or a keeper who had no part in it, confirms the minutes; again changes nothing.

    Where all agreed, the hours move once. Raises Missing for who had the turn, NotNow.
    """
    turn, circle = own_turn(session, actor, turn_id)
    if turn.state == "done":
        return
    if turn.state != "told":
        raise NotNow()
    if not may_confirm(session, actor, turn):
        raise Missing()
    turn.state, turn.confirmed_by_id = "done", actor.person_id
    session.add(turn)
    session.flush()
    noted(session, actor, "confirmed", turn, minutes=turn.minutes)
    post_hours(session, actor, circle, turn)


def may_confirm(session: Session, actor: Actor, turn: CircleTurn) -> bool:
    """Whether the actor has no part in who had the turn: neither they, nor who lives with them, nor a recorder."""
    if actor.person_id in (turn.person_id, turn.second_id, turn.told_by_id):
        return False
    theirs = select(col(CircleFamily.party_id)).where(col(CircleFamily.id).in_(takers_of(turn)))
    parties = set(session.scalars(theirs))
    return not parties & {*actor.party_ids, *actor.recorder_party_ids}


def post_hours(session: Session, actor: Actor, circle: CareCircle, turn: CircleTurn) -> None:
    """Move the hours of a confirmed turn, if it began while all agreed: in one transfer, or nothing of it.

    What the ledger refuses is told to who keeps the circle. The turn is held by the caller.
    """
    agreed = circle.counting_since is not None and turn.starts_at >= circle.counting_since
    if turn.hours == "without" or not (agreed or turn.hours):
        return
    moved = hours_of_turn(session, turn)
    parties = _open_parties(session, list(moved))
    if not moved or len(parties) < len(moved):
        turn.hours = "without"
        session.add(turn)
        session.flush()
        return
    first = next(family for family, minutes in moved.items() if minutes > 0)
    try:
        with session.begin_nested():
            settled = settle(
                session,
                actor,
                Source(TURN, turn.id),
                received=[
                    Received(parties[one], -minutes, agreed=True) for one, minutes in moved.items() if minutes < 0
                ],
                given=[Given(parties[one], minutes) for one, minutes in moved.items() if minutes > 0],
                request_key=f"{TURN}:{turn.id}:{turn.posted}",
                for_party_id=parties[first],
            )
    except (BelowFloor, AboveCeiling):
        turn.hours = "refused"
        session.add(turn)
        session.flush()
        noted(session, actor, "hours_refused", turn)
        tell_keepers(session, circle, HOURS_REFUSED, key=f"{turn.id}-{turn.version}", turn=turn)
        return
    turn.hours, turn.transfer_id, turn.posted = "moved", settled.transfer_id, turn.posted + 1
    session.add(turn)
    session.flush()
    noted(session, actor, "hours_moved", turn, transfer=settled.transfer_id)


def post_again(session: Session, actor: Actor, turn_id: int, *, move: bool) -> str:
    """What the ledger refused a keeper tries again, or leaves by turns alone; what became of it.

    Raises Missing, NotNow.
    """
    turn, circle = own_turn(session, actor, turn_id)
    must_keep(actor, circle)
    if turn.state != "done" or turn.hours != "refused":
        raise NotNow()
    if move:
        post_hours(session, actor, circle, turn)
    else:
        turn.hours = "without"
        session.add(turn)
        session.flush()
        noted(session, actor, "hours_left", turn)
    return turn.hours


def correct(session: Session, actor: Actor, turn_id: int, minutes: int | None, reason: str) -> None:
    """A keeper puts the minutes of a confirmed turn right: its hours are undone by their mirror, and moved anew.

    Hours that moved only a maker undoes, and never those of their own household. Raises Missing, NotNow, Invalid,
    Refused.
    """
    turn, circle = own_turn(session, actor, turn_id)
    must_keep(actor, circle)
    if turn.state != "done":
        raise NotNow()
    if not may_confirm(session, actor, turn):
        raise Missing()
    said, right = check_reason(reason), check_minutes(minutes)
    if right == turn.minutes:
        return
    if turn.transfer_id is not None and turn.hours == "moved":
        try:
            with session.begin_nested():
                key = f"{TURN}:{turn.id}:undo:{turn.posted}"
                reverse(session, actor, turn.transfer_id, reason=said, request_key=key)
        except AlreadyReversed:
            noted(session, actor, "undone_before", turn)
        turn.transfer_id = None
    before, turn.minutes = turn.minutes, right
    session.add(turn)
    session.flush()
    noted(session, actor, "corrected", turn, before=before, after=right)
    post_hours(session, actor, circle, turn)
    tell_families(session, circle, CORRECTED, key=f"{turn.id}-{turn.version}", but=[actor.person_id], turn=turn)


def _open_parties(session: Session, family_ids: list[int]) -> dict[int, int]:
    """The households of families that have not closed."""
    statement = (
        select(col(CircleFamily.id), col(Party.id))
        .join(Party, col(Party.id) == col(CircleFamily.party_id))
        .where(col(CircleFamily.id).in_(family_ids), col(Party.closed_at).is_(None))
    )
    return {family or 0: party or 0 for family, party in session.execute(statement)}
