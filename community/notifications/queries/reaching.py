"""Where somebody can be reached, how they wish to be, and what they were told before."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from community.communities.tables import Community
from community.members.queries import actor_for, in_force
from community.members.rules import RUNNING
from community.members.tables import Person, RoleGrant
from community.notifications.rules import (
    IGNORED_AFTER,
    MOST_IGNORED,
    SAME_FOR,
    Before,
    Reach,
    Wishes,
    first_moment,
    usual_wishes,
)
from community.notifications.tables import NoticeChoice, NoticeStop, NoticeWishes, Notification
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation import clock
from foundation.database import Session
from foundation.feature import registry

USUAL_ZONE = "Europe/Rome"
MOST_LOOKED_AT = 100
"""So many notices of a kind are read to see whether they were ignored."""
FIELDS = (
    "by_mail",
    "by_push",
    "quiet",
    "quiet_from",
    "quiet_until",
    "digest",
    "digest_weekday",
    "digest_hour",
    "most_a_day",
)


def is_reached_by_push(session: Session, person_id: int) -> bool:
    """Whether a device of theirs still answers: some feature says so through the hook `reached_by_push`."""
    return any(hook(session, person_id) for hook in registry.hooks("reached_by_push"))


def is_reachable(session: Session, person_id: int) -> bool:
    """Whether the person has a channel of their own: silence of who has none never settles anything."""
    has_mail = session.scalar(select(col(Person.email).is_not(None)).where(col(Person.id) == person_id)) is True
    return has_mail or is_reached_by_push(session, person_id)


def reached_of(session: Session, people: Iterable[Person]) -> list[Person]:
    """Those of some people who have a channel of their own, in their order."""
    return [one for one in people if one.email is not None or is_reached_by_push(session, one.id or 0)]


def to_be_told(session: Session, adults: Sequence[Person]) -> list[Person]:
    """Whom to tell in a household: everybody with a channel of their own, or else one whom a maker calls."""
    return reached_of(session, adults) or list(adults[:1])


def wishes_of(session: Session, person_id: int) -> Wishes:
    """What they chose, or what is usual for their roles."""
    choices = session.exec(select(NoticeChoice).where(col(NoticeChoice.person_id) == person_id))
    row = session.get(NoticeWishes, person_id)
    chosen = wishes_in(row) if row is not None else usual_wishes(_roles_anywhere(session, person_id))
    return replace(chosen, choices={one.topic: one.how for one in choices})


def wishes_in(row: NoticeWishes) -> Wishes:
    """The same without what was chosen for single topics."""
    return Wishes(**{name: getattr(row, name) for name in FIELDS})


def roles_columns(person_id: Any) -> dict[str, ColumnElement[bool]]:
    """As what somebody has a rhythm, which is one for all their communities, each as a condition.

    A business is who acts for organisations and for no household: at home one is a member like others.
    """
    runs = {
        role: exists().where(col(RoleGrant.person_id) == person_id, col(RoleGrant.role) == role, *in_force())
        for role in RUNNING
    }
    acts = (
        col(PartyMember.person_id) == person_id,
        col(PartyMember.party_id) == col(Party.id),
        col(Party.closed_at).is_(None),
        *acting(),
    )
    is_organisation = col(Party.kind) == "organisation"
    return {**runs, "organisation": exists().where(*acts, is_organisation) & ~exists().where(*acts, ~is_organisation)}


def _roles_anywhere(session: Session, person_id: int) -> set[str]:
    roles = roles_columns(person_id)
    found = session.execute(columns(*roles.values())).one()
    return {role for role, holds in zip(roles, found, strict=True) if holds}


def reach_of(session: Session, person: Person, community_id: int | None) -> Reach:
    """By which channels somebody can be reached, and as whom."""
    person_id = person.id or 0
    community = session.get(Community, community_id) if community_id is not None else None
    return Reach(
        mail=person.email is not None,
        push=is_reached_by_push(session, person_id),
        zone=community.time_zone if community is not None else USUAL_ZONE,
        roles=roles_of(session, person_id, community_id),
    )


def params_outside(session: Session, one: Notification) -> dict[str, Any]:
    """What fills a notice where it leaves the house: a title that may name a child says only what it is about.

    A feature knows which may, by the hook `title_outside(session, matter)`: other words by language, or None.
    """
    if "title" not in one.params or not one.matter:
        return one.params
    for hook in registry.hooks("title_outside"):
        words = hook(session, one.matter)
        if words is not None:
            return {**one.params, "title": dict(words)}
    return one.params


def told_before(session: Session, one: Notification, zone: str, wishes: Wishes) -> Before:
    """What the person was told before this notice, as far as it decides where this one goes."""
    planned = clock.local(first_moment(clock.now(), zone, wishes), zone).date()
    stop = session.get(NoticeStop, (one.person_id, one.notice))
    return Before(
        on_that_day=_told_between(session, one.person_id, *_days(planned, 1, zone)),
        in_that_week=_told_between(session, one.person_id, *_days(planned, 7, zone)),
        same_unseen=_is_same_unseen(session, one),
        stopped=stop is not None and stop.answer != "yes",
        ignored=_ignored(session, one, stop.answered_at if stop is not None else None),
    )


def stops_of(session: Session, person_id: int, *, open_only: bool = False) -> list[tuple[NoticeStop, Notification]]:
    """The kinds that were stopped, each with the last notice of it; `open_only`: those that wait for an answer."""
    latest = (
        select(func.max(col(Notification.id)))
        .where(
            col(Notification.person_id) == col(NoticeStop.person_id),
            col(Notification.notice) == col(NoticeStop.notice),
        )
        .correlate(NoticeStop)
        .scalar_subquery()
    )
    statement = (
        select(NoticeStop, Notification)
        .join(Notification, col(Notification.id) == latest)
        .where(col(NoticeStop.person_id) == person_id, col(NoticeStop.answer) != "yes")
        .order_by(col(NoticeStop.asked_at).desc())
    )
    if open_only:
        statement = statement.where(col(NoticeStop.answer) == "")
    return [(stop, last) for stop, last in session.exec(statement)]


def roles_of(session: Session, person_id: int, community_id: int | None) -> set[str]:
    """As what somebody is told things in a community: `organisation` for who acts for one there."""
    if community_id is None:
        return {"member"}
    actor = actor_for(session, person_id, community_id)
    roles = {grant.role for grant in actor.grants}
    party = session.get(Party, actor.party_id) if actor.party_id is not None else None
    return roles | {"organisation"} if party is not None and party.kind == "organisation" else roles


def _days(last: date, count: int, zone: str) -> tuple[datetime, datetime]:
    first = last - timedelta(days=count - 1)
    return clock.start_of_day(first, zone), clock.start_of_day(last + timedelta(days=1), zone)


def _told_between(session: Session, person_id: int, since: datetime, until: datetime) -> int:
    told = col(Notification.told_at)
    statement = select(func.count()).where(
        col(Notification.person_id) == person_id,
        told >= since,
        told < until,
        col(Notification.way) == "told",
        ~col(Notification.urgent),
    )
    return session.scalar(statement) or 0


def _is_same_unseen(session: Session, one: Notification) -> bool:
    if not one.matter:
        return False
    statement = select(col(Notification.id)).where(
        col(Notification.person_id) == one.person_id,
        col(Notification.matter) == one.matter,
        col(Notification.seen_at).is_(None),
        col(Notification.notice) == one.notice,
        col(Notification.community_id).is_not_distinct_from(one.community_id),
        col(Notification.id) < one.id,
        col(Notification.way).in_(("told", "digest", "summed")),
        col(Notification.created_at) > clock.now() - SAME_FOR,
    )
    return session.scalar(statement.limit(1)) is not None


def _ignored(session: Session, one: Notification, since: datetime | None) -> int:
    """How many times in a row this kind was told outside and not looked at for days.

    What came at one moment (in one summary, or when the night was over) was ignored once; what is younger says nothing
    yet, and keeps nothing from being counted that lies before it.
    """
    statement = (
        select(col(Notification.seen_at), col(Notification.told_at))
        .where(
            col(Notification.person_id) == one.person_id,
            col(Notification.notice) == one.notice,
            col(Notification.told_at).is_not(None),
        )
        .order_by(col(Notification.told_at).desc(), col(Notification.id).desc())
        .limit(MOST_LOOKED_AT)
    )
    before = clock.now() - IGNORED_AFTER
    ignored: set[datetime] = set()
    for seen_at, told_at in session.execute(statement):
        if seen_at is not None or (since is not None and told_at < since) or len(ignored) == MOST_IGNORED:
            break
        if told_at <= before:
            ignored.add(told_at)
    return len(ignored)
