"""Posts and balances taken in line by line, through the same actions that people's own pages use."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from community.categories.queries import category_of
from community.categories.tables import Category
from community.communities.tables import Community
from community.importing.queries import categories_by_name, community_named, zones_by_name
from community.importing.rules import moment_of
from exchanges.importing.queries import actor_named
from exchanges.importing.rules import balance_columns, last_day, post_columns
from exchanges.ledger.actions.giving import opening_balance
from exchanges.ledger.actions.opening import open_account
from exchanges.ledger.tables import Entry, Transfer
from exchanges.posts.actions import How, What, When, publish_post, save_how, save_what, save_when, start_draft
from exchanges.posts.actions.finding import put_in_index
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.importing import Import, Intake, Row

USUAL_HOUR = time(9)


def posts_import(session: Session, slug: str) -> Import:
    """The import of posts of the community with this slug. Raises Invalid when there is none."""
    community = community_named(session, slug)
    community_id = community.id or 0
    session.expunge(community)
    columns = post_columns(
        zones_by_name(session, community_id),
        categories_by_name(session, community_id),
        clock.today(community.time_zone),
    )

    def take_row(writing: Session, row: Row) -> bool:
        return take_post(writing, community, row)

    return Import(columns, lambda _rows: Intake(take_row))


def balances_import(session: Session, slug: str) -> Import:
    """The import of opening balances of the community with this slug. Raises Invalid when there is none."""
    community = community_named(session, slug)
    session.expunge(community)

    def take_row(writing: Session, row: Row) -> bool:
        return take_balance(writing, community, row)

    return Import(balance_columns(), lambda _rows: Intake(take_row))


def take_post(session: Session, community: Community, row: Row) -> bool:
    """Write and publish one post; False when it is there already. Raises Invalid, as the three steps do."""
    key = row["code"] or f"#{row.fingerprint[:40]}"
    there = select(Post.id).where(col(Post.community_id) == community.id, col(Post.import_key) == key)
    if session.exec(there).first() is not None:
        return False
    actor = actor_named(session, community.id or 0, community.slug, row["who"])
    category = category_of(session, actor.community_id, row["category"])
    post = start_draft(session, actor, row["kind"])
    post_id = post.id or 0
    save_what(session, actor, post_id, What(row["title"], category.id, row["description"]), version=post.version)
    save_when(session, actor, post_id, _when(actor, row, category, community.time_zone), version=post.version)
    today = clock.today(community.time_zone)
    save_how(session, actor, post_id, _how(row, category, today), version=post.version)
    publish_post(session, actor, post_id)
    post.import_key = key
    if row["published"] is not None:
        post.created_at = post.changed_at = post.published_at = moment_of(row["published"], community.time_zone)
        put_in_index(session, post)
    session.flush()
    return True


def take_balance(session: Session, community: Community, row: Row) -> bool:
    """Give a party the balance it brings, once. Raises Invalid when it has another one already."""
    actor = actor_named(session, community.id or 0, community.slug, row["who"])
    party_id = actor.must_be_party()
    key = f"opening:{party_id}"
    account = open_account(session, party_id)
    before = session.exec(
        select(Entry.minutes)
        .join(Transfer, col(Transfer.id) == col(Entry.transfer_id))
        .where(col(Transfer.request_key) == key, col(Entry.account_id) == account)
    ).one_or_none()
    if before is not None:
        if before != row["minutes"]:
            raise Invalid(N_("An opening balance of %(there_minutes)s is there already."), there_minutes=before)
        return False
    installation = Actor(community_id=actor.community_id)
    posted = opening_balance(session, installation, party_id, row["minutes"], request_key=key, memo=row["note"])
    return posted is not None


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
