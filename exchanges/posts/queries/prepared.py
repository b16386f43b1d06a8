"""What the board asks of the database each time, prepared once for all readers of a sort.

Putting a statement together takes longer than the database takes to answer it. These are put together once for
everybody with the same roles; who they are stands in them as blanks, which each request fills in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import and_, bindparam, union
from sqlmodel import col, select

from exchanges.posts.policies import on_board
from exchanges.posts.queries.cards import CARD_COLUMNS, selected
from exchanges.posts.queries.entries import KIND
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor, Grant
from foundation.database import Session
from foundation.search import Groups
from foundation.search.queries import newest_between, on_sqlite, wanted_by
from foundation.search.rules import audience_term
from foundation.search.tables import SearchEntry

SORTS = 64


def newest_rows(session: Session, actor: Actor, before: int | None, limit: int) -> Sequence[Any]:
    """The newest posts of the actor's board, those after an entry where one is given."""
    statement = _for_sort_of(actor, _newest, before is not None)
    return session.execute(statement, {**_blanks(actor), "before": before, "most": limit}).all()


def rows_of(session: Session, actor: Actor, entry_ids: Sequence[int]) -> dict[int, Any]:
    """The cards of these entries by their ids, without those that the actor does not see on the board."""
    if not entry_ids:
        return {}
    found = session.execute(_for_sort_of(actor, _of_entries), {**_blanks(actor), "entries": list(entry_ids)}).all()
    return {row[CARD_COLUMNS]: row for row in found}


@dataclass(frozen=True)
class Dressed:
    """An entry of the index: its terms, and the row of its card, which is None where the actor does not see it."""

    terms: str
    row: Any


def dressed(
    session: Session,
    actor: Actor,
    entry_ids: Sequence[int],
    groups: Groups,
    between: tuple[int, int],
    most: int,
    lacking: Groups = (),
) -> dict[int, Dressed]:
    """These entries, and the newest others that have one term of each group and whose ids are between these."""
    after, before = between
    of_kind = (audience_term(KIND, actor.community_id),)
    wanted = [of_kind, *groups] if on_sqlite(session) or not groups else groups
    filled = {
        **_blanks(actor), "entries": list(entry_ids), "wanted": wanted_by(session, wanted, lacking), "most": most,
        "after": after, "before": before,
    }  # fmt: skip
    rows = session.execute(_for_sort_of(actor, _some_and_newest, on_sqlite(session)), filled).all()
    return {
        entry_id: Dressed(f"{marks or ''}{terms or ''}", row if row[0] is not None else None)
        for row in rows
        for entry_id, marks, terms in [row[CARD_COLUMNS:]]
    }


def _for_sort_of(actor: Actor, make: Callable[..., Any], *how: int) -> Any:
    """The statement for all readers like the actor; makers of zones and who acts for several are too many sorts."""
    is_of_sort = actor.party_ids in ((), (actor.party_id,)) and all(grant.zone_id is None for grant in actor.grants)
    if not is_of_sort:
        return make(actor, *how)
    roles = tuple(grant.role for grant in actor.grants)
    return _prepared(make, roles, bool(actor.party_ids), actor.zone_id is not None, *how)


@lru_cache(SORTS)
def _prepared(make: Callable[..., Any], roles: tuple[str, ...], has_party: bool, has_zone: bool, *how: int) -> Any:
    return make(_anybody(roles, has_party=has_party, has_zone=has_zone), *how)


def _blanks(actor: Actor) -> dict[str, Any]:
    return {
        "community": actor.community_id, "person": actor.person_id, "party": actor.party_id, "zone": actor.zone_id,
        "moment": clock.now(),
    }  # fmt: skip


def _newest(somebody: Actor, goes_on: bool) -> Any:
    entry_id = col(SearchEntry.id)
    chosen = (
        select(entry_id, SearchEntry.object_id)
        .join(Post, col(Post.id) == col(SearchEntry.object_id))
        .where(SearchEntry.community_id == somebody.community_id, SearchEntry.kind == KIND, on_board(somebody))
        .order_by(entry_id.desc())
        .limit(cast(int, bindparam("most")))
    )
    if goes_on:
        chosen = chosen.where(entry_id < bindparam("before"))
    page = chosen.subquery()
    cards = selected(bindparam("moment")).join(page, page.c.object_id == col(Post.id))
    return cards.add_columns(page.c.id).order_by(page.c.id.desc())


def _of_entries(somebody: Actor) -> Any:
    entry_id = col(SearchEntry.id)
    there = (SearchEntry.community_id == somebody.community_id, SearchEntry.kind == KIND, on_board(somebody))
    page = selected(bindparam("moment")).join(SearchEntry, col(SearchEntry.object_id) == col(Post.id))
    return page.add_columns(entry_id).where(*there, entry_id.in_(bindparam("entries", expanding=True)))


def _some_and_newest(somebody: Actor, on_sqlite: bool) -> Any:
    entry_id = col(SearchEntry.id)
    newest = newest_between(KIND, somebody.community_id, on_sqlite).subquery()
    known = select(entry_id).where(entry_id.in_(bindparam("entries", expanding=True)))
    found = union(select(newest.c[0]), known).subquery().c[0]
    here = and_(entry_id == found, col(SearchEntry.community_id) == somebody.community_id)
    post = and_(col(Post.id) == col(SearchEntry.object_id), on_board(somebody))
    cards = selected(bindparam("moment"), found.table.outerjoin(SearchEntry, here).outerjoin(Post, post))
    return cards.add_columns(found, SearchEntry.marks, SearchEntry.terms)


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
