"""The board as most people ask for it, the newest first and nothing chosen: the same question for all of a sort.

Putting a statement together takes longer than the database takes to answer it. This one is put together once for
everybody with the same roles; who they are stands in it as blanks, which each request fills in.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import bindparam
from sqlmodel import col, select

from exchanges.posts.policies import on_board
from exchanges.posts.queries.cards import selected
from exchanges.posts.queries.entries import KIND
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor, Grant
from foundation.database import Session
from foundation.search.tables import SearchEntry

SORTS = 64


def rows(session: Session, actor: Actor, before: int | None, limit: int) -> Sequence[Any] | None:
    """The newest posts of the actor's board, those after an entry where one is given; None for an actor of no sort.

    Makers of zones and those who act for several parties are too many sorts to keep.
    """
    if len(actor.party_ids) > 1 or actor.party_ids not in ((), (actor.party_id,)):
        return None
    if any(grant.zone_id is not None for grant in actor.grants):
        return None
    roles = tuple(grant.role for grant in actor.grants)
    statement = _statement(roles, bool(actor.party_ids), actor.zone_id is not None, before is not None)
    filled = {
        "community": actor.community_id, "person": actor.person_id, "party": actor.party_id, "zone": actor.zone_id,
        "moment": clock.now(), "before": before, "most": limit,
    }  # fmt: skip
    return session.execute(statement, filled).all()


@lru_cache(SORTS)
def _statement(roles: tuple[str, ...], has_party: bool, has_zone: bool, goes_on: bool) -> Any:
    somebody = _anybody(roles, has_party=has_party, has_zone=has_zone)
    entry_id = col(SearchEntry.id)
    chosen = (
        select(entry_id, SearchEntry.object_id, SearchEntry.soon_at)
        .join(Post, col(Post.id) == col(SearchEntry.object_id))
        .where(SearchEntry.community_id == somebody.community_id, SearchEntry.kind == KIND, on_board(somebody))
        .order_by(entry_id.desc())
        .limit(cast(int, bindparam("most")))
    )
    if goes_on:
        chosen = chosen.where(entry_id < bindparam("before"))
    page = chosen.subquery()
    cards = selected(bindparam("moment")).join(page, page.c.object_id == col(Post.id))
    return cards.add_columns(page.c.id, page.c.soon_at).order_by(page.c.id.desc())


def _anybody(roles: tuple[str, ...], *, has_party: bool, has_zone: bool) -> Actor:
    """An actor with these roles who has blanks in place of numbers, for the conditions that policies make of them."""
    community, person, party, zone = (cast(int, bindparam(name)) for name in ("community", "person", "party", "zone"))
    return Actor(
        community_id=community,
        person_id=person,
        party_id=party if has_party else None,
        zone_id=zone if has_zone else None,
        grants=tuple(Grant(role) for role in roles),
        party_ids=(party,) if has_party else (),
    )
