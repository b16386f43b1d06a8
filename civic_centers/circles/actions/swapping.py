"""Turn for turn: somebody proposes it, the other says yes, and both gates are asked again."""

from sqlmodel import col, select

from civic_centers.circles.actions.steps import has_begun, hold_turns, lapse_swaps, noted
from civic_centers.circles.actions.taking import family_to_take_for, must_be_free_to_take
from civic_centers.circles.actions.telling import tell, tell_families
from civic_centers.circles.notices import OTHER_ADULT, SWAP, SWAP_NO, SWAPPED
from civic_centers.circles.queries.turns import turn_visible_to
from civic_centers.circles.rules import NotNow
from civic_centers.circles.tables import CareCircle, CircleSwap, CircleTurn
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def propose_swap(session: Session, actor: Actor, turn_id: int, other_turn_id: int) -> int:
    """Propose that `turn_id` goes to who has the other turn, and the other to whose it is; the number of the proposal.

    Either side may: who has the first or gave it up, or who has the other. Raises Missing, NotNow, Refused,
    NotVerified, Limited, Busy.
    """
    turn, circle = turn_visible_to(session, actor, turn_id)
    other, _circle = turn_visible_to(session, actor, other_turn_id)
    person_id = actor.must_be_person()
    giver, taker = _giver(turn), other.person_id
    if other.circle_id != turn.circle_id or taker is None or giver is None or giver == taker:
        raise NotNow()
    if person_id not in (giver, taker):
        raise Missing()
    _must_be_to_come(session, turn, other)
    for one, mine, goes in sorted(((taker, turn, other), (giver, other, turn)), key=lambda each: each[0]):
        family_to_take_for(session, circle.id or 0, one)
        must_be_free_to_take(session, mine, one, but=goes.id or 0)
    known = select(CircleSwap).where(
        col(CircleSwap.turn_id) == turn_id,
        col(CircleSwap.other_turn_id) == other_turn_id,
    )
    hold_turns(session, [turn_id, other_turn_id])
    for earlier in session.exec(known).all():
        if earlier.state == "proposed":
            return earlier.id or 0
        if earlier.state == "declined" and earlier.from_id == person_id:
            raise Refused(N_("They said no to this swap already."), advice=N_("Propose another turn."))
    other_person = taker if person_id == giver else giver
    made = CircleSwap(
        community_id=turn.community_id, turn_id=turn_id, other_turn_id=other_turn_id, from_id=person_id,
        to_id=other_person, at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    noted(session, actor, "swap_proposed", turn, other=other_turn_id)
    gets, gives = (turn, other) if other_person == taker else (other, turn)
    tell(session, other_person, circle, SWAP, key=f"{made.id}", turn=gets, other_at=gives.starts_at)
    return made.id or 0


def answer_swap(session: Session, actor: Actor, swap_id: int, *, yes: bool) -> int:
    """Say yes or no to a swap; the turn on whose page it stands. Raises as `propose_swap` does."""
    swap = session.get(CircleSwap, swap_id)
    if swap is None or swap.community_id != actor.community_id or swap.to_id != actor.must_be_person():
        raise Missing()
    turn, circle = turn_visible_to(session, actor, swap.turn_id)
    other = session.get_one(CircleTurn, swap.other_turn_id)
    giver = swap.from_id if swap.to_id == other.person_id else swap.to_id
    taker = swap.to_id if giver == swap.from_id else swap.from_id
    if yes:
        families = {one: family_to_take_for(session, circle.id or 0, one) for one in sorted((giver, taker))}
        for one, gets, goes in sorted(((taker, turn, other), (giver, other, turn)), key=lambda each: each[0]):
            must_be_free_to_take(session, gets, one, but=goes.id or 0)
    hold_turns(session, sorted((swap.turn_id, swap.other_turn_id)))
    session.refresh(swap, with_for_update=True)
    if swap.state != "proposed":
        raise NotNow()
    if not yes:
        swap.state = "declined"
        session.add(swap)
        session.flush()
        noted(session, actor, "swap_declined", turn, other=other.id)
        tell(session, swap.from_id, circle, SWAP_NO, key=f"{swap_id}", turn=turn)
        return swap.turn_id
    if _giver(turn) != giver or other.person_id != taker:
        raise NotNow()
    _must_be_to_come(session, turn, other)
    swap.state = "done"
    session.add(swap)
    _put(turn, taker, families[taker], giver)
    _put(other, giver, families[giver], taker)
    session.add_all((turn, other))
    session.flush()
    lapse_swaps(session, swap.turn_id)
    lapse_swaps(session, swap.other_turn_id)
    noted(session, actor, "swapped", turn, other=other.id)
    _tell_swapped(session, circle, turn, other, swap)
    return swap.turn_id


def _tell_swapped(session: Session, circle: CareCircle, turn: CircleTurn, other: CircleTurn, swap: CircleSwap) -> None:
    """Who proposed hears what they have now; the other families who has each turn."""
    mine, theirs = (turn, other) if turn.person_id == swap.from_id else (other, turn)
    tell(session, swap.from_id, circle, SWAPPED, key=f"{swap.id}", turn=mine, other_at=theirs.starts_at)
    two = (swap.from_id, swap.to_id)
    for one in (turn, other):
        tell_families(session, circle, OTHER_ADULT, key=f"{one.id}-{one.version}", but=two, turn=one)


def _put(turn: CircleTurn, person_id: int, family_id: int, before_id: int) -> None:
    turn.state, turn.person_id, turn.family_id, turn.began_family_id = "held", person_id, family_id, None
    turn.gave_up_id, turn.asked_until = before_id, None
    if turn.second_id == person_id:
        turn.second_id = turn.second_family_id = None


def _giver(turn: CircleTurn) -> int | None:
    """Whose turn it is to give away: who has it, or who gave it up while nobody has."""
    if turn.state == "held":
        return turn.person_id
    return turn.gave_up_id if turn.state == "open" else None


def _must_be_to_come(session: Session, turn: CircleTurn, other: CircleTurn) -> None:
    if turn.state not in ("open", "held") or other.state != "held":
        raise NotNow()
    if has_begun(session, turn) or has_begun(session, other):
        raise NotNow()
