"""What is kept of people in care circles: one's own part, never what others wrote of their children."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Select
from sqlmodel import col, or_, select

from civic_centers.circles.tables import (
    CareCircle,
    CircleAdult,
    CircleAsk,
    CircleChild,
    CircleCounting,
    CircleFamily,
    CirclePause,
    CircleSwap,
    CircleTurn,
    CircleTurnChild,
    CircleVote,
)
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

KIND = "circle_turns"
TWO_YEARS = timedelta(days=730)
NOBODY = {
    "person_id": None,
    "second_id": None,
    "gave_up_id": None,
    "told_by_id": None,
    "confirmed_by_id": None,
}


def _families(session: Session, whose: Whose) -> Iterator[Row]:
    ours = _ours(whose)
    yield from rows_of(
        session,
        CircleFamily,
        col(CircleFamily.id).in_(ours),
        without=("asked_by_id", "agreed_by_id"),
    )
    here = col(CareCircle.community_id) == whose.community_id
    yield from rows_of(session, CareCircle, here, col(CareCircle.keeper_id) == whose.person_id)
    mine = (col(CircleAdult.community_id) == whose.community_id, col(CircleAdult.person_id) == whose.person_id)
    yield from rows_of(session, CircleAdult, *mine)
    yield from rows_of(session, CirclePause, col(CirclePause.family_id).in_(ours), without=("said_by_id",))
    yield from rows_of(session, CircleVote, col(CircleVote.family_id).in_(ours), without=("said_by_id",))
    proposed = (
        col(CircleCounting.community_id) == whose.community_id,
        col(CircleCounting.proposed_by_id) == whose.person_id,
    )
    yield from rows_of(session, CircleCounting, *proposed)


def _children(session: Session, whose: Whose) -> Iterator[Row]:
    ours = _ours(whose)
    yield from rows_of(session, CircleChild, col(CircleChild.family_id).in_(ours), without=("written_by_id",))
    children = select(col(CircleChild.id)).where(col(CircleChild.family_id).in_(ours))
    yield from rows_of(session, CircleTurnChild, col(CircleTurnChild.child_id).in_(children), without=("noted_by_id",))


def _turns(session: Session, whose: Whose) -> Iterator[Row]:
    here = col(CircleTurn.community_id) == whose.community_id
    mine = or_(col(CircleTurn.person_id) == whose.person_id, col(CircleTurn.second_id) == whose.person_id)
    yield from rows_of(
        session, CircleTurn, here, mine, without=("second_id", "gave_up_id", "told_by_id", "confirmed_by_id")
    )
    asked = (col(CircleAsk.community_id) == whose.community_id, col(CircleAsk.person_id) == whose.person_id)
    yield from rows_of(session, CircleAsk, *asked)
    swaps = (
        col(CircleSwap.community_id) == whose.community_id,
        or_(col(CircleSwap.from_id) == whose.person_id, col(CircleSwap.to_id) == whose.person_id),
    )
    yield from rows_of(session, CircleSwap, *swaps, without=("from_id", "to_id"))


def _ours(whose: Whose) -> Select[Any]:
    return select(col(CircleFamily.id)).where(
        col(CircleFamily.community_id) == whose.community_id, col(CircleFamily.party_id).in_(whose.household_ids)
    )


def _clear(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    """Two years after the turn: that it took place, and for how long, stays as a number."""
    community_id = col(CircleTurn.community_id)
    somebody = or_(*(col(getattr(CircleTurn, name)).is_not(None) for name in NOBODY))
    due = cutoff.passed(col(CircleTurn.ends_at), community_id) & somebody
    return let_go_of(session, CircleTurn, due, limit, community_id=community_id, blank=NOBODY)


def _clear_went(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    community_id = col(CircleTurnChild.community_id)
    somebody = or_(col(CircleTurnChild.left_with).is_not(None), col(CircleTurnChild.noted_by_id).is_not(None))
    due = cutoff.passed(col(CircleTurnChild.left_at), community_id) & somebody
    nobody = {"left_with": None, "noted_by_id": None}
    return let_go_of(session, CircleTurnChild, due, limit, community_id=community_id, blank=nobody)


def _clear_asked(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    community_id = col(CircleAsk.community_id)
    due = cutoff.passed(col(CircleAsk.asked_at), community_id)
    return let_go_of(session, CircleAsk, due, limit, community_id=community_id)


PERSONAL = (
    PersonalData(
        kind="circle_families",
        words=N_("The care circles your family is in, what it agreed to, and whether you take turns"),
        purpose=N_("So that families take turns with the children by their own yes"),
        basis="consent",
        keeping=N_("Until you leave; what was agreed stays without your name"),
        rows=_families,
        tables=(CareCircle, CircleFamily, CircleAdult, CirclePause, CircleCounting, CircleVote),
    ),
    PersonalData(
        kind="circle_children",
        words=N_("Who you bring to care circles, when they came and with whom they went, and what to know in an "
                 "emergency. Sealed"),
        purpose=N_("So that who looks after them can help, and nobody goes home with the wrong person"),
        basis="vital",
        keeping=N_("What to know in an emergency until they leave the circle; with whom they went one month"),
        bound="wish",
        rows=_children,
        tables=(CircleChild, CircleTurnChild),
        on_paper=False,
    ),
    PersonalData(
        kind=KIND,
        words=N_("The turns you took with a care circle, those you were asked for, and swaps"),
        purpose=N_("So that turns go round fairly, and everybody knows who has the children"),
        basis="agreement",
        keeping=N_("Two years after that date; then only that it took place"),
        rows=_turns,
        tables=(CircleTurn, CircleAsk, CircleSwap),
    ),
)  # fmt: skip
RETENTIONS = (
    Retention(
        name="circles.turns",
        words=N_("Who had a turn with a care circle"),
        after=TWO_YEARS,
        clear=_clear,
        kind=KIND,
    ),
    Retention(
        name="circles.asked",
        words=N_("Who was asked to take a turn, and what they said"),
        after=TWO_YEARS / 2,
        clear=_clear_asked,
        kind=KIND,
    ),
    Retention(
        name="circles.went",
        words=N_("With whom a child went home from a turn"),
        after=timedelta(days=30),
        clear=_clear_went,
        kind="circle_children",
    ),
)
