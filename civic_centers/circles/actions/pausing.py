"""Days without turns: of the whole circle, or of one family that takes none; and giving turns back."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from civic_centers.circles.actions.asking import reopen
from civic_centers.circles.actions.coming import AWAY, children_of, come_again, keep_away
from civic_centers.circles.actions.laying import call_off, lay_out
from civic_centers.circles.actions.steps import has_begun, hold_circle, hold_turns, kept_circle
from civic_centers.circles.actions.telling import tell_families
from civic_centers.circles.notices import PAUSE_OVER, PAUSED
from civic_centers.circles.queries.single import FAMILY, KIND, own_family, pauses_of, rhythms_of
from civic_centers.circles.rules import NotNow, check_pause, is_paused
from civic_centers.circles.tables import CareCircle, CircleChild, CirclePause, CircleTurn, CircleTurnChild
from community.communities.queries import today_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

A_DAY = timedelta(days=1)
MOST_PAUSES = 200


def pause(session: Session, actor: Actor, circle_id: int, first_on: date, last_on: date) -> int:
    """No turns of the whole circle on these days; how many are called off. Raises Missing, NotNow, Invalid."""
    circle = kept_circle(session, actor, circle_id)
    check_pause(first_on, last_on, today_of(session, circle.community_id))
    row = _pause(session, actor, circle, None, first_on, last_on)
    days = (col(CircleTurn.day) >= first_on) & (col(CircleTurn.day) <= last_on)
    gone = call_off(session, actor, circle, "pause", days)
    audit.record(session, actor, "paused", KIND, circle_id, pause=row.id, number=gone)
    tell_families(
        session, circle, PAUSED, key=f"{row.id}", but=[actor.person_id], place="circles.turns", first_on=first_on,
        last_on=last_on,
    )  # fmt: skip
    return gone


def pause_family(session: Session, actor: Actor, circle_id: int, first_on: date, last_on: date) -> int:
    """The actor's family takes no turns on these days, and its children do not come; how many turns it gives up.

    Raises Missing, NotNow, Invalid.
    """
    own_family(session, actor, circle_id)
    circle = hold_circle(session, circle_id)
    family = own_family(session, actor, circle_id)
    if circle.state == "ended":
        raise NotNow()
    check_pause(first_on, last_on, today_of(session, circle.community_id))
    row = _pause(session, actor, circle, family.id, first_on, last_on)
    audit.record(session, actor, "paused", FAMILY, family.id, pause=row.id)
    days = (
        col(CircleTurn.circle_id) == circle_id,
        col(CircleTurn.day).between(first_on, last_on),
        col(CircleTurn.starts_at) > clock.now(),
    )
    children = select(col(CircleChild.id)).where(col(CircleChild.family_id) == family.id)
    coming = select(CircleTurnChild).where(
        col(CircleTurnChild.turn_id).in_(select(col(CircleTurn.id)).where(*days)),
        col(CircleTurnChild.child_id).in_(children),
    )
    keep_away(session, session.exec(coming).all(), AWAY)
    return give_back(session, actor, circle, [family.id or 0], *days)


def give_back(
    session: Session, actor: Actor | None, circle: CareCircle, family_ids: Collection[int], *which: ColumnElement[bool]
) -> int:
    """Open the turns to come that families have, and take their adults off those they come to as a second; how many."""
    theirs = col(CircleTurn.family_id).in_(family_ids) | col(CircleTurn.second_family_id).in_(family_ids)
    to_come = (
        col(CircleTurn.circle_id) == circle.id,
        col(CircleTurn.state).in_(("open", "held")),
        col(CircleTurn.starts_at) > clock.now(),
        theirs,
        *which,
    )
    ids = session.scalars(select(col(CircleTurn.id)).where(*to_come).order_by(col(CircleTurn.id))).all()
    number = 0
    for turn in hold_turns(session, [one or 0 for one in ids]):
        if has_begun(session, turn):
            continue
        if turn.second_family_id in family_ids:
            turn.second_id = turn.second_family_id = None
            session.add(turn)
        if turn.state == "held" and turn.family_id in family_ids:
            reopen(session, actor, circle, turn)
            number += 1
    session.flush()
    return number


def end_pause(session: Session, actor: Actor, circle_id: int, pause_id: int) -> None:
    """A pause is over today: what it called off and has not begun is open again, and the children of a family that
    is back come again. Raises Missing, NotNow.
    """
    row = session.get(CirclePause, pause_id)
    if row is None or row.circle_id != circle_id or row.community_id != actor.community_id:
        raise Missing()
    if row.family_id is None:
        circle = kept_circle(session, actor, circle_id)
    else:
        if own_family(session, actor, circle_id).id != row.family_id:
            raise Missing()
        circle = hold_circle(session, circle_id)
    today = today_of(session, circle.community_id)
    if row.last_on < today:
        raise NotNow()
    if row.first_on >= today:
        session.delete(row)
    else:
        row.last_on = today - A_DAY
        session.add(row)
    session.flush()
    audit.record(session, actor, "pause_over", KIND, circle_id, pause=pause_id)
    if row.family_id is not None:
        come_again(session, circle, children_of(session, row.family_id))
    else:
        _stand_again(session, circle)
        lay_out(session, circle)
        tell_families(session, circle, PAUSE_OVER, key=f"over-{pause_id}", but=[actor.person_id], place="circles.turns")


def _stand_again(session: Session, circle: CareCircle) -> None:
    """Turns that pauses called off and no pause holds any more are open, if their rhythm still has them."""
    paused = [(one.first_on, one.last_on) for one in pauses_of(session, circle.id or 0) if one.family_id is None]
    lasts = {row.id: row.last_on for row in rhythms_of(session, circle.id or 0)}
    off = (
        col(CircleTurn.circle_id) == circle.id,
        col(CircleTurn.off_why) == "pause",
        col(CircleTurn.starts_at) > clock.now(),
    )
    ids = session.scalars(select(col(CircleTurn.id)).where(*off).order_by(col(CircleTurn.id))).all()
    for turn in hold_turns(session, [one or 0 for one in ids]):
        last = lasts.get(turn.rhythm_id)
        if not is_paused(turn.day, paused) and (last is None or turn.day <= last):
            turn.state, turn.off_why, turn.gave_up_id = "open", "", None
            session.add(turn)
    session.flush()


def _pause(
    session: Session, actor: Actor, circle: CareCircle, family_id: int | None, first_on: date, last_on: date
) -> CirclePause:
    there = select(func.count()).where(col(CirclePause.circle_id) == circle.id)
    if (session.scalar(there) or 0) >= MOST_PAUSES:
        raise Refused(N_("At most %(most)s pauses."), most=MOST_PAUSES)
    row = CirclePause(
        community_id=circle.community_id,
        circle_id=circle.id or 0,
        family_id=family_id,
        first_on=first_on,
        last_on=last_on,
        said_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    return row
