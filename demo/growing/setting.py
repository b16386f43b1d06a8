"""Where things grow: a community that is there, or one of its own with the zones, rules and categories of the demo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from community.categories.queries import all_categories
from community.communities.actions import Page, open_community
from community.communities.queries import community_by_slug
from community.communities.rules import RuleBook
from community.communities.tables import Community, CommunityRules
from community.importing.queries import zones_by_name
from community.parties.tables import Party
from community.zones.queries import zones_of
from community.zones.tables import Zone, ZoneNeighbour
from demo.files import FIRST, described
from demo.growing.words import Words, read_words
from exchanges.ledger.actions import fund_account, issue_account
from foundation import clock
from foundation.database import Session

SLUG = "in-grande"
NAME = "FareLegami, in grande"
DAYS = 360
"""How long ago the first exchange took place."""
_OPENED_BEFORE = timedelta(days=400)


@dataclass(frozen=True)
class Topic:
    """A category that posts and exchanges are about; `branch` is the slug of the one it stands on."""

    id: int
    slug: str
    branch: str
    name: str
    cares: bool
    fields: str
    confidential: bool


@dataclass(frozen=True)
class Setting:
    """What grows where. Moments run from `start` to `end`: `at(0.5)` is in the middle, and always by day."""

    community_id: int
    slug: str
    zone: str
    run: int
    seed: int
    start: datetime
    end: datetime
    zones: Sequence[tuple[int, str]]
    topics: Sequence[Topic]
    floor: int
    ceiling: int
    words: Words

    def at(self, part: float) -> datetime:
        """The moment at which that part of the time (from 0 to 1) has passed, counting the hours from 8 to 21 only."""
        days = (self.end - self.start).days * part
        whole = int(days)
        return self.start + timedelta(days=whole, hours=7 + 13 * (days - whole))

    def key(self, number: int) -> str:
        """The code of a grown household."""
        return f"G{self.run:02}-{number:06}"


def settle_down(session: Session, slug: str, seed: int) -> Setting:
    """Find the community, or open it. Raises ValueError where words are known for none of its categories."""
    now = clock.now()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    start = today - timedelta(days=DAYS)
    community = community_by_slug(session, slug)
    if community is None:
        with clock.at(start - _OPENED_BEFORE):
            community = _open(session, slug)
    community_id = community.id or 0
    fund_account(session, community_id)
    issue_account(session, community_id)
    topics, words = _topics(session, community_id)
    floor, ceiling = session.execute(
        select(func.max(CommunityRules.floor_minutes), func.min(CommunityRules.ceiling_minutes)).where(
            col(CommunityRules.community_id) == community_id
        )
    ).one()
    return Setting(
        community_id=community_id,
        slug=community.slug,
        zone=community.time_zone,
        run=_runs(session, community_id) + 1,
        seed=seed,
        start=start,
        end=today,
        zones=[(zone.id or 0, zone.name) for zone in zones_of(session, community_id)],
        topics=topics,
        floor=floor,
        ceiling=ceiling,
        words=words,
    )


def _open(session: Session, slug: str) -> Community:
    said = described(FIRST)
    page = Page(name=NAME, territory=said["territory"], welcome=said["welcome"], contact_name=said["contact"]["name"])
    community = open_community(
        session,
        slug=slug,
        page=page,
        zones=said["zones"],
        rules=RuleBook(**said["rules"]),
        time_zone=said["time_zone"],
    )
    _draw_zones(session, community.id or 0, said)
    return community


def _draw_zones(session: Session, community_id: int, said: dict[str, Any]) -> None:
    ids = zones_by_name(session, community_id)
    for name, (x, y) in said.get("map", {}).items():
        zone = session.get(Zone, ids[name])
        if zone is not None:
            zone.map_x, zone.map_y = x, y
    touching = {
        (min(ids[name], ids[other]), max(ids[name], ids[other]))
        for name, others in said.get("beside", {}).items()
        for other in others
    }
    session.add_all(
        ZoneNeighbour(zone_id=one, other_zone_id=other, community_id=community_id) for one, other in sorted(touching)
    )
    session.flush()


def _topics(session: Session, community_id: int) -> tuple[list[Topic], Words]:
    every = {category.id: category for category in all_categories(session, community_id)}
    words = read_words({category.names.get("it", ""): category.slug for category in every.values()})
    topics = []
    for category in every.values():
        branch = every.get(category.parent_id)
        if branch is None or category.retired_at is not None:
            continue
        if category.slug not in words.titles or branch.slug not in words.sentences:
            continue
        topics.append(
            Topic(
                id=category.id or 0,
                slug=category.slug,
                branch=branch.slug,
                name=category.names.get("it", category.slug),
                cares=category.demands_care,
                fields=category.fields,
                confidential=category.confidential,
            )
        )
    if not topics:
        raise ValueError("none of the community's categories is among those of words.toml")
    return sorted(topics, key=lambda topic: topic.id), words


def _runs(session: Session, community_id: int) -> int:
    """How often this community has been grown, whether to the end or not."""
    last = session.scalar(
        select(func.max(Party.import_key)).where(
            col(Party.community_id) == community_id, col(Party.import_key).like("G__-______")
        )
    )
    return int(last[1:3]) if last else 0
