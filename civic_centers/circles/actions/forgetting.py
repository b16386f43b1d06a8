"""Who leaves the community, is forgotten, or whose household becomes a part of another."""

from collections.abc import Sequence

from sqlalchemy import Update, or_, update
from sqlmodel import col, delete, select

from civic_centers.circles.actions.caring import adult_ends
from civic_centers.circles.actions.counting import ask_anew
from civic_centers.circles.actions.families import end_family, parties_in, tell_left
from civic_centers.circles.actions.people import let_child_go
from civic_centers.circles.actions.steps import hold_circle
from civic_centers.circles.rules import LIVE
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
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from community.moderation.queries import blocked_with
from foundation import clock
from foundation.database import Session

BY = (
    (CareCircle, "keeper_id"),
    (CirclePause, "said_by_id"),
    (CircleFamily, "asked_by_id"),
    (CircleFamily, "agreed_by_id"),
    (CircleChild, "written_by_id"),
    (CircleTurn, "second_id"),
    (CircleTurn, "gave_up_id"),
    (CircleTurn, "told_by_id"),
    (CircleTurn, "confirmed_by_id"),
    (CircleTurnChild, "noted_by_id"),
    (CircleCounting, "proposed_by_id"),
    (CircleVote, "said_by_id"),
)
"""Where a person is named besides."""


def somebody_leaves(session: Session, going: Going) -> None:
    """What closes with them goes out of its circles; of what stays with others they take no turns (a hook)."""
    for family in _live(session, going.closing):
        end_family(session, None, hold_circle(session, family.circle_id), family)
    for party_id in going.staying:
        adult_ends(session, going.community_id, party_id, going.person_id)
    kept = (col(CareCircle.community_id) == going.community_id, col(CareCircle.keeper_id) == going.person_id)
    _do(session, update(CareCircle).where(*kept).values(keeper_id=None))


def forget(session: Session, going: Going) -> None:
    """Nothing says any more who they were; that a turn took place, and for how long, stays (a hook)."""
    here = going.community_id
    theirs = select(col(CircleFamily.id)).where(col(CircleFamily.party_id).in_(going.closing))
    children = select(col(CircleChild.id)).where(col(CircleChild.family_id).in_(theirs))
    _do(
        session,
        update(CircleTurnChild).where(col(CircleTurnChild.child_id).in_(children)).values(left_with=None),
    )
    _do(
        session,
        update(CircleChild)
        .where(col(CircleChild.family_id).in_(theirs))
        .values(dependant_id=None, first_aid=None, written_at=None, written_by_id=None),
    )
    mine = (col(CircleTurn.community_id) == here, col(CircleTurn.person_id) == going.person_id)
    _do(session, update(CircleTurn).where(*mine).values(person_id=None))
    for table, name in BY:
        column = getattr(table, name)
        _do(
            session,
            update(table).where(col(table.community_id) == here, column == going.person_id).values({name: None}),
        )
    asked = (col(CircleAsk.community_id) == here, col(CircleAsk.person_id) == going.person_id)
    adult = (col(CircleAdult.community_id) == here, col(CircleAdult.person_id) == going.person_id)
    swaps = or_(col(CircleSwap.from_id) == going.person_id, col(CircleSwap.to_id) == going.person_id)
    for statement in (
        delete(CircleAsk).where(*asked),
        delete(CircleAdult).where(*adult),
        delete(CircleSwap).where(col(CircleSwap.community_id) == here, swaps),
    ):
        session.exec(statement.execution_options(synchronize_session=False))
    circles = select(col(CircleFamily.circle_id)).where(col(CircleFamily.party_id).in_(going.closing))
    names_out(session, going, CareCircle, ("name", "about", "place_words", "reason"), col(CareCircle.id).in_(circles))
    _do(
        session,
        update(CircleFamily).where(col(CircleFamily.party_id).in_(going.closing)).values(party_id=None, state="left"),
    )


def names_gone(session: Session, going: Going) -> None:
    """A nickname goes out of what is written of circles (a hook)."""
    circles = select(col(CircleFamily.circle_id)).where(col(CircleFamily.party_id).in_(going.closing))
    names_out(session, going, CareCircle, ("name", "about", "place_words", "reason"), col(CareCircle.id).in_(circles))


def dependant_removed(session: Session, _community_id: int, dependant_id: int) -> None:
    """Somebody was taken off their household's list: they are in no circle any more (a hook)."""
    live = (col(CircleChild.dependant_id) == dependant_id, col(CircleChild.gone_at).is_(None))
    for child in session.exec(select(CircleChild).where(*live)).all():
        let_child_go(session, child)


def household_joined(session: Session, party_id: int, into_party_id: int) -> None:
    """A household becomes a part of another: so do its families; where both are in a circle they become one."""
    into = {family.circle_id: family for family in _live(session, (into_party_id,))}
    for family in _live(session, (party_id,)):
        other = into.get(family.circle_id)
        if other is not None:
            _merge(session, family, other)
    _do(session, update(CircleFamily).where(col(CircleFamily.party_id) == party_id).values(party_id=into_party_id))
    _go_out_of_blocks(session, into_party_id)


def _go_out_of_blocks(session: Session, party_id: int) -> None:
    """A household with which a block came goes out of the circles of those it stands against, who hear no reason."""
    blocked = blocked_with(session, [party_id])
    for family in _live(session, (party_id,)) if blocked else ():
        circle = hold_circle(session, family.circle_id)
        if blocked & (parties_in(session, family.circle_id) - {party_id}):
            tell_left(session, circle, family)
            end_family(session, None, circle, family)


def _merge(session: Session, family: CircleFamily, into: CircleFamily) -> None:
    """What one family has the other has from now on."""
    circle = hold_circle(session, family.circle_id)
    if "in" not in (family.state, into.state):
        _leave_quietly(session, family)
        return
    for table, name in (
        (CircleChild, "family_id"),
        (CircleTurn, "family_id"),
        (CircleTurn, "second_family_id"),
        (CircleTurn, "began_family_id"),
        (CirclePause, "family_id"),
    ):
        column = getattr(table, name)
        _do(session, update(table).where(column == family.id).values({name: into.id}))
    known = select(col(CircleAdult.person_id)).where(col(CircleAdult.family_id) == into.id)
    moving = (col(CircleAdult.family_id) == family.id, col(CircleAdult.person_id).not_in(known))
    _do(session, update(CircleAdult).where(*moving).values(family_id=into.id))
    if into.state != "in":
        into.state, into.agreed_by_id, into.agreed_at = "in", family.agreed_by_id, family.agreed_at
        into.text_version = family.text_version
        session.add(into)
    _leave_quietly(session, family)
    ask_anew(session, circle)


def _leave_quietly(session: Session, family: CircleFamily) -> None:
    for adult in session.exec(select(CircleAdult).where(col(CircleAdult.family_id) == family.id)).all():
        session.delete(adult)
    family.state, family.left_at = "left", clock.now()
    session.add(family)
    session.flush()


def _live(session: Session, party_ids: Sequence[int]) -> list[CircleFamily]:
    statement = select(CircleFamily).where(col(CircleFamily.party_id).in_(party_ids), col(CircleFamily.state).in_(LIVE))
    return list(session.exec(statement.order_by(col(CircleFamily.circle_id))))


def _do(session: Session, statement: Update) -> None:
    session.execute(statement.execution_options(synchronize_session="fetch"))
