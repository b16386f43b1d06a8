"""Who reads reports, what a limit takes, and what a block means."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, func, or_, select

from community.moderation.rules import STOPS
from community.moderation.tables import Block, Limit
from foundation import clock
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Refused

REPORT = Permission("member:report:write", ("member", "maker", "administrator"), "Report something to the makers")
DESK = Permission("zone:case:read", ("maker", "administrator"), "Open the makers' desk")
MODERATE = Permission("zone:report:decide", ("maker",), "Read the reports of the zone and decide")
STEP_IN = Permission(
    "community:report:decide", ("administrator",), "Decide on a report or an appeal where no other maker can"
)
BLOCK = Permission("member:block:write", ("member",), "Have nothing to do with another household")


def may_hear_desk(_session: Session, actor: Actor, community_id: int) -> bool:
    """Whether the actor is told when one of the makers' queues changes: who opens the desk."""
    return actor.may(DESK) and actor.community_id == community_id


class Blocked(Refused):
    """One of the two wants nothing to do with the other; neither is told who."""

    def __init__(self) -> None:
        super().__init__(
            N_("You and they cannot exchange with each other."),
            advice=N_("A community maker can help if you think this is a mistake."),
        )


class Limited(Refused):
    """A decision of the makers takes this from the person for a while."""

    def __init__(self, what: str, until: datetime | None) -> None:
        messages = {
            "posting": N_("For now you cannot put anything on the board."),
            "proposing": N_("For now you cannot propose anything new."),
            "messages": N_("For now you cannot write messages."),
            "care": N_("For now this person cannot look after children or frail people."),
        }
        advice = N_("It ends by itself on %(until_at)s. Under “Me” you read why, and can ask for another look.")
        if until is None:
            advice = N_("Under “Me” you read why, and can ask for another look.")
        super().__init__(messages[what], advice=advice, until_at=until, field="adult" if what == "care" else None)


def must_be_free(session: Session, actor: Actor, what: str) -> None:
    """Raises Limited where a decision keeps the person acted for from `what` (see rules.LIMITS)."""
    if actor.person_id is not None:
        must_not_be_limited(session, actor.community_id, actor.person_id, what)


def must_not_be_limited(session: Session, community_id: int, person_id: int, what: str) -> None:
    """The same of any person. Raises Limited."""
    ends = session.scalars(
        select(col(Limit.until)).where(
            col(Limit.community_id) == community_id,
            col(Limit.person_id) == person_id,
            col(Limit.what) == what,
            *in_force(),
        )
    ).all()
    if ends:
        raise Limited(what, None if None in ends else max(end for end in ends if end is not None))


def in_force(moment: Any = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a limit holds now: it ends by itself, without anybody or any job doing anything."""
    now = clock.now() if moment is None else moment
    return col(Limit.lifted_at).is_(None), or_(col(Limit.until).is_(None), col(Limit.until) > now)


def is_stopped(community: Any, person: Any, moment: Any = None) -> ColumnElement[bool]:
    """The condition that a person, given by id or in a column, is paused or excluded in a community."""
    return exists().where(
        col(Limit.person_id) == person,
        col(Limit.community_id) == community,
        col(Limit.what).in_(STOPS),
        *in_force(moment),
    )


def stopped_since(session: Session, community_id: int, person_ids: Collection[int]) -> datetime | None:
    """Since when all of these people are paused or excluded; None while one of them is there, or for nobody."""
    since = dict(
        session.execute(
            select(col(Limit.person_id), func.min(col(Limit.since)))
            .where(col(Limit.community_id) == community_id, col(Limit.person_id).in_(person_ids))
            .where(col(Limit.what).in_(STOPS), *in_force())
            .group_by(col(Limit.person_id))
        ).all()
    )
    return max(since.values()) if since and set(person_ids) <= set(since) else None


def are_blocked(session: Session, one_id: int, other_id: int) -> bool:
    """Whether a block stands between two parties, whoever set it."""
    return _some_blocked(session, (one_id,), other_id)


def are_apart(session: Session, actor: Actor, other_id: int) -> bool:
    """Whether a block stands between another party and any of those the person acts for; never among one's own."""
    mine = own_ids(actor)
    return bool(mine) and other_id not in mine and _some_blocked(session, sorted(mine), other_id)


def own_ids(actor: Actor) -> set[int]:
    """Every party the person acts for here, the present one among them."""
    return {party_id for party_id in (actor.party_id, *actor.party_ids) if party_id is not None}


def must_not_be_blocked(session: Session, one_id: int, other_id: int) -> None:
    """Raises Blocked where a block stands between two parties."""
    if are_blocked(session, one_id, other_id):
        raise Blocked()


def is_party_to(actor: Actor, about_party_id: int | None, reporter_id: int) -> bool:
    """Whether the maker is a side of the matter: nobody decides their own case."""
    return about_party_id in actor.party_ids or reporter_id == actor.person_id


def _some_blocked(session: Session, party_ids: Sequence[int], other_id: int) -> bool:
    statement = select(Block.id).where(
        or_(
            col(Block.party_id).in_(party_ids) & (col(Block.blocked_party_id) == other_id),
            (col(Block.party_id) == other_id) & col(Block.blocked_party_id).in_(party_ids),
        )
    )
    return session.exec(statement.limit(1)).first() is not None
