"""Growing a community: households, then posts, then exchanges, each piece in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import col, select

from community.members.tables import Person
from demo.growing.board import write_board
from demo.growing.bulk import keep_house
from demo.growing.finding import index_what_is_missing
from demo.growing.history import write_history
from demo.growing.homes import Homes, settle_homes
from demo.growing.setting import SLUG, Setting, settle_down
from exchanges.ledger.queries.seals import latest_seal
from foundation import audit
from foundation.access import Actor
from foundation.database import Database, Session
from foundation.importing import Progress

STAFF = 100
"""Those who may sign in are among the first."""

Told = Callable[[str], Progress]
"""Given the name of a step (`households`, `posts`, `exchanges`, `search`), how its progress is to be told."""


@dataclass(frozen=True)
class Grown:
    """What has grown: where, and the households by their parties and first adults; makers come first."""

    community_id: int
    slug: str
    parties: tuple[int, ...]
    people: tuple[int, ...]


def grow(
    database: Database,
    *,
    households: int,
    posts: int,
    exchanges: int,
    seed: int = 1,
    slug: str = SLUG,
    password_hash: str = "",
    told: Told = lambda _step: lambda _done, _total: None,
) -> Grown:
    """Grow the community with this slug, which is opened when there is none, by so much: the same for the same seed.

    Everything is written in bulk, yet past every constraint and trigger; the ledger verifies after each piece, so
    that what an interrupted run leaves behind is sound. Nobody else should move hours of the new households
    meanwhile. `password_hash` is given to the makers and the administrator. Raises ValueError for numbers that
    cannot be.
    """
    if households < 1 and (posts or exchanges):
        raise ValueError("posts and exchanges need households")
    with database.writing() as session:
        setting = settle_down(session, slug, seed)
        if exchanges and latest_seal(session, setting.community_id) is not None:
            raise ValueError(
                "the ledger of this community is sealed: a year put in now would be a forgery; grow another"
            )
    homes = settle_homes(database, setting, households, password_hash, told("households"))
    board = write_board(database, setting, homes, posts, told("posts"))
    if exchanges:
        write_history(database, setting, homes, board, exchanges, told("exchanges"))
    index_what_is_missing(database, told("search"))
    _finish(database, setting, homes)
    return Grown(setting.community_id, setting.slug, tuple(homes.parties), tuple(homes.people))


def _finish(database: Database, setting: Setting, homes: Homes) -> None:
    """One line in the audit."""
    with database.writing() as session:
        actor = Actor(community_id=setting.community_id)
        audit.record(session, actor, "grew", "community", setting.community_id, run=setting.run, households=len(homes))
    keep_house(database)


def sign_ins_of(session: Session, grown: Grown) -> list[str]:
    """The e-mail addresses of those who were given the password: makers, the administrator, and last a family."""
    statement = (
        select(Person.email)
        .where(col(Person.id).in_(grown.people[:STAFF]), col(Person.password_hash).is_not(None))
        .order_by(col(Person.id))
    )
    return [email for email in session.exec(statement) if email]
