"""What the board asks of the database each time, prepared once for all readers of a sort.

Putting a statement together takes longer than the database takes to answer it. These are put together once for
everybody with the same roles; who they are stands in them as blanks, which each request fills in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import and_, bindparam
from sqlmodel import col, select

from exchanges.posts.policies import on_board
from exchanges.posts.queries.cards import CARD_COLUMNS, selected
from exchanges.posts.queries.entries import KIND
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor, Grant
from foundation.database import Session
from foundation.search import Groups
from foundation.search.queries import first_of_parts, on_sqlite, wanted_by
from foundation.search.rules import audience_term, is_mark
from foundation.search.tables import SearchEntry

SORTS = 64
LARGEST_ID = 2**62


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
class Part:
    """A part of a list: the posts that have one term of each group and lack one of `lacking`, the newest first.

    `ids` are the entries that are known to belong to it; without any known the index is asked for all of them. It is
    asked for those between `after` and `before`.
    """

    groups: Groups
    lacking: Groups = ()
    ids: Sequence[int] | None = None
    after: int = -LARGEST_ID
    before: int = LARGEST_ID

    def wanted(self, session: Session, community_id: int) -> str:
        """What the index is asked for.

        Where only a few new ones are missing, only their words: to find marks that many have among those takes longer
        than to look at each.
        """
        of_kind = (audience_term(KIND, community_id),)
        if self.ids is None:
            return wanted_by(session, [of_kind, *self.groups] if on_sqlite(session) else self.groups, self.lacking)
        return wanted_by(session, _of_words(self.groups) or [of_kind], _of_words(self.lacking))

    def has(self, entry_id: int, marks: str) -> bool:
        """Whether an entry with these marks that the index named belongs to it."""
        if self.ids is None or entry_id in self.ids:
            return True
        lacking = _of_marks(self.lacking)
        return _fits(_of_marks(self.groups), marks) and not (lacking and _fits(lacking, marks))


def rows_of_parts(session: Session, actor: Actor, parts: Sequence[Part], limit: int) -> list[tuple[int, int, Any]]:
    """The first posts of a list made of parts: number of the part, id of the entry, and the row of the card.

    The row is None for what does not belong to it after all, or is not seen by the actor on the board.
    """
    filled: dict[str, Any] = {**_blanks(actor), "most": limit}
    for number, part in enumerate(parts):
        filled |= {f"wanted{number}": part.wanted(session, actor.community_id), f"ids{number}": part.ids or ()}
        filled |= {f"after{number}": part.after, f"before{number}": part.before}
    statement = _for_sort_of(actor, _of_parts, on_sqlite(session), len(parts))
    found: list[tuple[int, int, Any]] = []
    for row in session.execute(statement, filled):
        entry_id, marks, number = row[CARD_COLUMNS:]
        is_there = row[0] is not None and parts[number].has(entry_id, marks)
        found.append((number, entry_id, row if is_there else None))
    return found


def _of_words(groups: Groups) -> Groups:
    return [group for group in groups if not is_mark(group[0])]


def _of_marks(groups: Groups) -> Groups:
    return [group for group in groups if is_mark(group[0])]


def _fits(groups: Groups, marks: str) -> bool:
    return all(any(f" {term} " in marks for term in group) for group in groups)


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


def _of_parts(somebody: Actor, on_sqlite: bool, parts: int) -> Any:
    found = first_of_parts(KIND, somebody.community_id, on_sqlite, parts)
    here = and_(col(SearchEntry.id) == found.c.id, col(SearchEntry.community_id) == somebody.community_id)
    post = and_(col(Post.id) == col(SearchEntry.object_id), on_board(somebody))
    cards = selected(bindparam("moment"), found.outerjoin(SearchEntry, here).outerjoin(Post, post))
    return cards.add_columns(found.c.id, SearchEntry.marks, found.c.part).order_by(found.c.part, found.c.id.desc())


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
