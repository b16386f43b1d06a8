"""Large communities on both databases, grown once and kept outside the repository for the next run.

They stand under RECIPROCA_BENCH_DATA, by default /var/tmp/reciproca-bench; removing that folder grows them anew.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bench import postgresql
from demo.growing import grow
from demo.growing.bulk import keep_house
from exchanges.posts.tables import Post
from foundation.database import Database, metadata, schema
from foundation.importing import Progress
from foundation.search.tables import SearchEntry

KINDS = ("sqlite", "postgresql")
PLACE = Path(os.environ.get("RECIPROCA_BENCH_DATA", "/var/tmp/reciproca-bench"))
OPEN = 0.85
"""About this part of what grows stands on the board."""


@dataclass(frozen=True)
class Size:
    """How large a community is; `posts` are those on the board, before they are copied."""

    name: str
    households: int
    posts: int
    exchanges: int = 0
    copies: int = 1
    """Each post stands there so many times, older and older: a million are then a matter of minutes."""


SMALL = Size("small", 2_000, 1_000)
LARGE = Size("large", 20_000, 100_000, 500_000)
HUGE = Size("huge", 20_000, 100_000, copies=10)


@dataclass(frozen=True)
class Grown:
    """A community that has grown: its database, its name in addresses, and a member of it, no maker."""

    url: str
    slug: str
    community_id: int
    person_id: int
    seconds: float
    """What growing it took, whenever that was."""


@contextmanager
def databases(kind: str) -> Iterator[str]:
    """The address under which the grown databases of a kind stand, their server running if they need one."""
    PLACE.mkdir(parents=True, exist_ok=True)
    if kind == "postgresql":
        with postgresql.server(PLACE / "postgresql") as url:
            yield url
    else:
        yield f"sqlite:///{PLACE / 'none.sqlite3'}"


def grown(base: str, size: Size) -> Grown:
    """The community of this size, brought to the present schema; grown now when it is not there."""
    schema.import_tables()
    told = PLACE / f"{make_url(base).get_backend_name()}-{size.name}.json"
    if told.exists():
        known = json.loads(told.read_text())
        if known.pop("size") == asdict(size):
            database = Database(known["url"])
            database.migrate()
            database.dispose()
            return Grown(**known)
        told.unlink()
    made = _grow(_empty(base, size), size)
    told.write_text(json.dumps({**asdict(made), "size": asdict(size)}, indent=2) + "\n")
    return made


def _grow(url: str, size: Size) -> Grown:
    print(
        f"growing: {size.posts} posts, {size.exchanges} exchanges, {make_url(url).get_backend_name()} ...", flush=True
    )
    database, began = Database(url), time.monotonic()
    database.migrate()
    made = grow(
        database,
        households=size.households,
        posts=round(size.posts / OPEN),
        exchanges=size.exchanges,
        told=_quietly,
    )
    if size.copies > 1:
        _copy_posts(database, size.copies)
    database.dispose()
    return Grown(url, made.slug, made.community_id, made.people[-7], round(time.monotonic() - began, 1))


def _copy_posts(database: Database, copies: int) -> None:
    """Put the same posts on the board again and again, with what the index says of them: by the database alone."""
    print("  copies", flush=True)
    with database.writing() as session:
        most = session.execute(text("SELECT max(id) FROM post")).scalar_one()
        first, last = session.execute(text("SELECT min(id), max(id) FROM search_entry WHERE kind = 'post'")).one()
    for copy in range(1, copies):
        numbers = {"posts": copy * most, "moments": copy * (last - first + 1_000_000)}
        with database.writing() as session:
            for table, changed, where in (
                ("post", {"id": "id + :posts"}, "state = 'open' AND id <= :most"),
                (
                    "search_entry",
                    {"id": "id - :moments", "object_id": "object_id + :posts"},
                    "kind = 'post' AND id BETWEEN :first AND :last",
                ),
            ):
                names = [column.name for column in metadata.tables[table].columns]
                said = ", ".join(changed.get(name, name) for name in names)
                session.execute(
                    text(f"INSERT INTO {table} ({', '.join(names)}) SELECT {said} FROM {table} WHERE {where}"),
                    {**numbers, "most": most, "first": first, "last": last},
                )
    keep_house(database, Post, SearchEntry)


def _quietly(step: str) -> Progress:
    print(f"  {step}", flush=True)
    return lambda _done, _total: None


def _empty(base: str, size: Size) -> str:
    """The address of an empty database of this size's own."""
    if base.startswith("sqlite"):
        folder = PLACE / f"sqlite-{size.name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return f"sqlite:///{folder / 'reciproca.sqlite3'}"
    engine = create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {size.name}"))
        connection.execute(text(f"CREATE DATABASE {size.name}"))
    engine.dispose()
    return make_url(base).set(database=size.name).render_as_string(hide_password=False)
