"""Posts and balances taken in line by line, through the same actions that people's own pages use."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from community.categories.queries import category_of
from community.categories.tables import Category
from community.communities.tables import Community
from community.importing.queries import (
    categories_by_name,
    community_meant,
    must_be_within,
    zones_by_name,
    zones_within,
)
from community.importing.rules import moment_of
from exchanges.importing.queries import actor_named, openings_of
from exchanges.importing.rules import balance_columns, last_day, post_columns
from exchanges.ledger.actions.giving import opening_balance
from exchanges.posts.actions import How, What, When, publish_post, save_how, save_what, save_when, start_draft
from exchanges.posts.actions.finding import put_in_index
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.importing import Import, Intake, Row
from foundation.importing.runs import IMPORT

USUAL_HOUR = time(9)


def posts_import(session: Session, slug: str, who: Actor | None = None) -> Import:
    """The import of posts of the community with this slug. Raises Invalid when there is none.

    `who` takes them in from the browser, into the community and the zones that are theirs.
    """
    community = community_meant(session, slug, who)
    community_id = community.id or 0
    if community in session:
        session.expunge(community)
    columns = post_columns(
        zones_by_name(session, community_id),
        categories_by_name(session, community_id),
        clock.today(community.time_zone),
    )
    within = zones_within(who, IMPORT)

    def intake(_rows: Sequence[Row]) -> Intake:
        taking = PostsIntake(community, who, within)
        return Intake(taking.take_row, look=taking.look, made=taking.made)

    return Import(columns, intake, "posts", community_id)


def balances_import(session: Session, slug: str, who: Actor | None = None) -> Import:
    """The import of opening balances of the community with this slug. Raises Invalid when there is none."""
    community = community_meant(session, slug, who)
    if community in session:
        session.expunge(community)

    def intake(_rows: Sequence[Row]) -> Intake:
        taking = BalancesIntake(community, who)
        return Intake(taking.take_row, look=taking.look, made=taking.made)

    return Import(balance_columns(), intake, "balances", community.id or 0)


@dataclass
class _Members:
    """Whom the lines of a file mean: many lines mean the same."""

    community: Community
    _known: dict[str, Actor] = field(default_factory=dict)

    def named(self, session: Session, name: str) -> Actor:
        """The actor. Raises Invalid."""
        if name not in self._known:
            self._known[name] = actor_named(session, self.community.id or 0, self.community.slug, name)
        return self._known[name]


class PostsIntake:
    """Takes one file of posts in, line by line, as their own people would write them."""

    def __init__(self, community: Community, who: Actor | None, within: frozenset[int] | None) -> None:
        self.made: list[tuple[str, int]] = []
        self._community = community
        self._who = who
        self._within = within
        self._members = _Members(community)

    def look(self, session: Session, row: Row) -> bool:
        """Whether the line would make a post; False when it is there already. Raises Invalid."""
        if self._is_there(session, row):
            return False
        actor = self._members.named(session, row["who"])
        must_be_within(self._within, actor.zone_id)
        _own_fields(row, category_of(session, actor.community_id, row["category"]).fields)
        return True

    def take_row(self, session: Session, row: Row) -> bool:
        """Write and publish one post; False when it is there already. Raises Invalid, as the three steps do."""
        if not self.look(session, row):
            return False
        named = self._members.named(session, row["who"])
        actor = replace(named, recorded_by_id=self._who.person_id) if self._who is not None else named
        zone = self._community.time_zone
        category = category_of(session, actor.community_id, row["category"])
        post = start_draft(session, actor, row["kind"])
        post_id = post.id or 0
        save_what(session, actor, post_id, What(row["title"], category.id, row["description"]), version=post.version)
        save_when(session, actor, post_id, _when(actor, row, category, zone), version=post.version)
        save_how(session, actor, post_id, _how(row, category, clock.today(zone)), version=post.version)
        publish_post(session, actor, post_id, read_first=False)
        post.import_key = _post_key(row)
        if row["published"] is not None:
            post.created_at = post.changed_at = post.published_at = moment_of(row["published"], zone)
            put_in_index(session, post)
        session.flush()
        self.made.append(("post", post_id))
        return True

    def _is_there(self, session: Session, row: Row) -> bool:
        there = select(Post.id).where(
            col(Post.community_id) == self._community.id, col(Post.import_key) == _post_key(row)
        )
        return session.exec(there).first() is not None


class BalancesIntake:
    """Takes one file of opening balances in: each a transfer against the issue account."""

    def __init__(self, community: Community, who: Actor | None) -> None:
        self.made: list[tuple[str, int]] = []
        self._installation = Actor(community_id=community.id or 0, person_id=who.person_id if who else None)
        self._members = _Members(community)
        self._parties: dict[int, int] = {}

    def look(self, session: Session, row: Row) -> bool:
        """Whether the line would move hours. Raises Invalid when another balance was brought along already."""
        party_id = self._members.named(session, row["who"]).must_be_party()
        first = self._parties.setdefault(party_id, row.line)
        if first != row.line:
            raise Invalid(N_("This is already on line %(line)s."), line=first)
        before = openings_of(session, party_id)
        standing = [opening for opening in before if not opening.undone]
        if standing and standing[-1].minutes != row["minutes"]:
            raise Invalid(
                N_("An opening balance of %(there_minutes)s is there already."), there_minutes=standing[-1].minutes
            )
        return not standing and row["minutes"] != 0

    def take_row(self, session: Session, row: Row) -> bool:
        """Give a party the balance it brings, once. Raises Invalid when it has another one already."""
        if not self.look(session, row):
            return False
        party_id = self._members.named(session, row["who"]).must_be_party()
        earlier = len(openings_of(session, party_id))
        # After one that was undone another may come.
        key = f"opening:{party_id}:{earlier}" if earlier else f"opening:{party_id}"
        posted = opening_balance(
            session, self._installation, party_id, row["minutes"], request_key=key, memo=row["note"]
        )
        if posted is not None:
            self.made.append(("transfer", posted.transfer_id))
        return posted is not None


def _post_key(row: Row) -> str:
    return row["code"] or f"#{row.fingerprint[:40]}"


def _when(actor: Actor, row: Row, category: Category, zone: str) -> When:
    dates = []
    if row["day"] is not None:
        dates.append((_at(row["day"], row["time"] or USUAL_HOUR, zone), None))
    return When(
        rhythm="dates" if dates else "any",
        zone_id=row["zone"] or actor.zone_id or 0,
        dates=dates,
        when_words=row["when_words"],
        place=row["place"],
        place_words=row["place_words"],
        own=_own_fields(row, category.fields),
    )


def _how(row: Row, category: Category, today: date) -> How:
    confidential = category.confidential and row["kind"] == "need"
    return How(
        minutes=row["minutes"],
        gift=row["gift"] or row["minutes"] is None,
        places=row["places"],
        always=row["always"],
        urgent=row["urgent"],
        expires_on=last_day(row["expires"], today),
        expense_cents=row["expense"],
        expense_words=row["expense_words"],
        languages=row["languages"],
        visibility=row["visibility"] or ("confidential" if confidential else "community"),
    )


def _own_fields(row: Row, fields: str) -> dict[str, Any]:
    """The answers that this kind of category asks for. Raises Invalid where one is missing."""
    if fields == "childcare":
        if row["children"] is None:
            raise Invalid(N_("Say how many children."))
        return {"children": row["children"], "age_bands": list(row["age_bands"]), "pick_up": row["pick_up"]}
    if fields == "purchasing":
        if not row["what"] or row["quantity"] is None:
            raise Invalid(N_("Say what is bought, and how much."))
        return {"what": row["what"], "quantity": row["quantity"], "unit": row["unit"], "share_cents": row["share"]}
    if fields == "housing":
        if row["help"] is None:
            raise Invalid(N_("Say which help with housing it is."))
        if row["since"] and row["until"] and row["until"] < row["since"]:
            raise Invalid(N_("It must end after it begins."))
        return {"help": row["help"], "since": row["since"], "until": row["until"]}
    return {}


def _at(day: date, wall: time, zone: str) -> datetime:
    """The moment of that time on that day; an hour later where the clocks skip it."""
    try:
        return clock.from_local(datetime.combine(day, wall), zone)
    except ValueError:
        return clock.from_local(datetime.combine(day, wall) + timedelta(hours=1), zone)
