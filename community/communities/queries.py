"""Communities, their zones and categories at hand, the rules in force at a moment, what is asked of who applies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.categories.queries import Branch, all_categories, tree_of
from community.categories.tables import Category
from community.communities.tables import Community, CommunityRules, Question
from community.members.tables import Membership
from community.zones.queries import all_zones, neighbours_in
from community.zones.tables import Zone
from foundation import clock
from foundation.database import Session
from foundation.errors import Missing

_BY_SLUG = select(Community).where(col(Community.slug) == bindparam("slug"), col(Community.closed_at).is_(None))
"""Put together once, since every page asks it."""


def community_by_slug(session: Session, slug: str) -> Community | None:
    """The community of an address; None when there is none of that name, or it has closed."""
    if not (slug.isascii() and slug.isprintable()):
        return None
    return session.exec(_BY_SLUG, params={"slug": slug}).one_or_none()


def community_of(session: Session, community_id: int) -> Community:
    """A community that must be there. Raises Missing."""
    community = session.get(Community, community_id)
    if community is None:
        raise Missing()
    return community


def today_of(session: Session, community_id: int) -> date:
    """Which day it is where a community is."""
    return clock.today(community_of(session, community_id).time_zone)


def open_communities(session: Session) -> list[Community]:
    """Every open community of the installation, by name."""
    statement = select(Community).where(col(Community.closed_at).is_(None)).order_by(col(Community.name))
    return list(session.exec(statement))


def communities_of(session: Session, person_id: int) -> list[tuple[Community, Membership]]:
    """Where a person belongs or has applied, by name."""
    statement = (
        select(Community, Membership)
        .join(Membership, col(Membership.community_id) == col(Community.id))
        .where(
            col(Membership.person_id) == person_id,
            col(Membership.state).in_(("applied", "approved")),
            col(Community.closed_at).is_(None),
        )
        .order_by(col(Community.name))
    )
    return [(community, membership) for community, membership in session.execute(statement)]


def rules_in_force(session: Session, community_id: int, at: datetime | None = None) -> CommunityRules:
    """The rules at a moment (now when None); before the first ones were written, the first ones.

    Raises Missing for a community without rules, which no action makes.
    """
    found = session.exec(select(CommunityRules).where(in_force(community_id, at))).one_or_none()
    if found is None:
        raise Missing()
    return found


def in_force(community_id: Any, at: datetime | None = None) -> ColumnElement[bool]:
    """The condition that rules are those of a community, by id or in a column, at a moment: as in `rules_in_force`."""
    rules = aliased(CommunityRules)
    of_community = select(col(rules.id)).where(col(rules.community_id) == community_id)
    latest = of_community.where(col(rules.in_force_from) <= (at or clock.now()))
    latest = latest.order_by(col(rules.in_force_from).desc(), col(rules.id).desc()).limit(1)
    first = of_community.order_by(col(rules.in_force_from), col(rules.id)).limit(1)
    return col(CommunityRules.id) == func.coalesce(latest.scalar_subquery(), first.scalar_subquery())


def rules_history(session: Session, community_id: int) -> list[CommunityRules]:
    """Every version of the rules, newest first."""
    statement = (
        select(CommunityRules)
        .where(col(CommunityRules.community_id) == community_id)
        .order_by(col(CommunityRules.in_force_from).desc(), col(CommunityRules.id).desc())
    )
    return list(session.exec(statement))


def questions_of(session: Session, community_id: int) -> list[Question]:
    """What the community asks who applies, in order."""
    statement = (
        select(Question)
        .where(col(Question.community_id) == community_id, col(Question.retired_at).is_(None))
        .order_by(col(Question.position), col(Question.id))
    )
    return list(session.exec(statement))


def retired_questions(session: Session, community_id: int) -> list[Question]:
    """What the community asked once and asks no more, the latest first."""
    statement = (
        select(Question)
        .where(col(Question.community_id) == community_id, col(Question.retired_at).is_not(None))
        .order_by(col(Question.retired_at).desc(), col(Question.id).desc())
    )
    return list(session.exec(statement))


def count_communities(session: Session) -> int:
    """How many open communities there are."""
    return session.scalar(select(func.count()).where(col(Community.closed_at).is_(None))) or 0


@dataclass(frozen=True)
class Catalogue:
    """The zones and categories of a community, retired ones included. Kept between requests: only to be read."""

    version: int
    every_zone: Sequence[Zone]
    every_category: Sequence[Category]
    beside: Mapping[int, frozenset[int]]

    @cached_property
    def zones(self) -> list[Zone]:
        """Those in use, in their order."""
        return [zone for zone in self.every_zone if zone.retired_at is None]

    @cached_property
    def branches(self) -> list[Branch]:
        """The tree of the categories in use."""
        return tree_of([category for category in self.every_category if category.retired_at is None])

    @cached_property
    def categories(self) -> dict[int | None, Category]:
        """Every category by its id."""
        return {category.id: category for category in self.every_category}

    @cached_property
    def zone_names(self) -> dict[int | None, str]:
        """The name of every zone by its id."""
        return {zone.id: zone.name for zone in self.every_zone}


_catalogues: dict[tuple[str, int], Catalogue] = {}


def catalogue_of(session: Session, community: Community) -> Catalogue:
    """The zones and categories of a community as it was just read: asked of the database only when they changed."""
    key = (session.get_bind().engine.url.render_as_string(hide_password=True), community.id or 0)
    kept = _catalogues.get(key)
    if kept is None or kept.version != community.catalogue:
        kept = Catalogue(
            community.catalogue,
            all_zones(session, key[1]),
            all_categories(session, key[1], with_retired=True),
            neighbours_in(session, key[1]),
        )
        _catalogues[key] = kept
    return kept
