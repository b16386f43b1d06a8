"""When both can: from the weeks that two parties keep, the dates of a post, and what one has promised already."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import col, or_, select

from community.availability.queries import slots_of
from community.availability.rules import Start
from exchanges.agreements.tables import Agreement
from exchanges.matching.rules import (
    MOST_TIMES,
    USUAL_LENGTH,
    WEEKS_AHEAD,
    Busy,
    Wanted,
    common_moments,
    weekly_starts,
)
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

LONGEST = timedelta(days=5)


def wanted_of(post: Post, dates: Sequence[datetime] = ()) -> Wanted:
    """When a post takes place, as the rules of matching want it."""
    return Wanted(
        rhythm=post.rhythm,
        weekdays=tuple(post.weekdays),
        weekly_at=post.weekly_at,
        dates=tuple(dates),
        languages=tuple(post.languages),
        lasts=post.minutes or USUAL_LENGTH,
    )


class Times(NamedTuple):
    """The next moments at which two parties both can. `unsaid`: the other has said when it can, and the reader not."""

    moments: list[datetime]
    unsaid: bool = False


def common_times(session: Session, actor: Actor, other_party_id: int, wanted: Wanted, time_zone: str) -> Times:
    """The next moments at which the party acted for and the other both can.

    None where either has not said when. The caller has checked that the other may be seen. Only one's own promises
    are looked at: whether the other is busy is theirs to say.
    """
    if actor.party_id is None or other_party_id in actor.party_ids:
        return Times([])
    weeks = slots_of(session, (actor.party_id, other_party_id))
    ours, theirs = weeks.get(actor.party_id, []), weeks.get(other_party_id, [])
    if not ours:
        return Times([], unsaid=bool(theirs))
    now = clock.now()
    return Times(common_moments(ours, theirs, wanted, _promised(session, actor, now), time_zone, now))


def common_starts(session: Session, actor: Actor, other_party_id: int, wanted: Wanted) -> list[Start]:
    """The days of the week and the hours at which the party acted for and the other both can, for meeting every week.

    Empty where either has not said when. The caller has checked that the other may be seen.
    """
    if actor.party_id is None or other_party_id in actor.party_ids or wanted.rhythm == "dates":
        return []
    weeks = slots_of(session, (actor.party_id, other_party_id))
    return sorted(weekly_starts(weeks.get(actor.party_id, []), weeks.get(other_party_id, []), wanted))[:MOST_TIMES]


def _promised(session: Session, actor: Actor, now: datetime) -> list[Busy]:
    """What the parties of the person have agreed to in the weeks ahead."""
    statement = select(col(Agreement.starts_at), col(Agreement.minutes)).where(
        col(Agreement.community_id) == actor.community_id,
        or_(col(Agreement.giver_id).in_(actor.party_ids), col(Agreement.receiver_id).in_(actor.party_ids)),
        col(Agreement.state) == "accepted",
        col(Agreement.starts_at) > now - LONGEST,
        col(Agreement.starts_at) < now + timedelta(weeks=WEEKS_AHEAD + 1),
    )
    return [
        Busy(starts, starts + timedelta(minutes=minutes or USUAL_LENGTH))
        for starts, minutes in session.execute(statement)
    ]
