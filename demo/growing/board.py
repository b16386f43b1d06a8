"""Grown posts: offers and needs in every category, most of them open."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from sqlmodel import SQLModel

from demo.growing.bulk import Bulk
from demo.growing.homes import Homes
from demo.growing.setting import Setting, Topic
from demo.growing.words import Pen
from exchanges.posts.tables import Post, PostChildcare, PostDate, PostHousing, PostPurchasing
from foundation.crypto.sealed import Confidential
from foundation.database import Database
from foundation.importing import Progress

PIECE = 4_000
LONG_AGO = 0.15
"""The part of the posts that were written long ago: done with, or standing offers."""
RECENTLY = 2 / 3
"""The others are no older than this part of the time."""
MOST_ANSWERED = 50_000
MINUTES = (30, 45, 60, 60, 60, 90, 90, 120, 120, 180)
AGES = ("0-2", "3-5", "6-10", "11-13", "14-17")
HOUSING = ("room", "repair", "move", "documents", "guarantee")

COLUMNS = (
    "id community_id party_id author_id kind state title description category_id rhythm weekdays weekly_at "
    "when_words zone_id place minutes gift places always urgent expires_on languages visibility created_at changed_at "
    "published_at closed_at closing"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """A post that exchanges may come from: it stays open however often it is answered, or it is done with."""

    id: int
    home: int
    kind: str
    topic: Topic
    title: str
    at: float
    """When it was published, as a part of the time."""


@dataclass
class Board:
    """The posts that may be answered, in the order in which they were published."""

    posts: list[Answered] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    def add(self, post: Answered) -> None:
        """Beyond so many the others are as good as these, and memory stays flat."""
        if len(self.posts) < MOST_ANSWERED:
            self.posts.append(post)
            self.moments.append(post.at)

    def some(self, part: float, chance: float) -> Answered | None:
        """One that was there when that part of the time had passed."""
        there = bisect_right(self.moments, part)
        return self.posts[int(chance * there)] if there else None


def write_board(database: Database, setting: Setting, homes: Homes, count: int, progress: Progress) -> Board:
    """Write `count` posts, oldest first, piece by piece."""
    chance = Random(f"{setting.seed}:{setting.run}:posts")  # noqa: S311 - realism, not secrecy
    pen, board = Pen(setting.words, chance), Board()
    for first in range(0, count, PIECE):
        size = min(PIECE, count - first)
        with database.writing() as session:
            _Piece(Bulk(session), setting, homes, chance, pen, board).write(first, size, count)
        progress(first + size, count)
    return board


class _Piece:
    """Some posts, written in one transaction."""

    def __init__(self, bulk: Bulk, setting: Setting, homes: Homes, chance: Random, pen: Pen, board: Board) -> None:
        self._bulk = bulk
        self._setting = setting
        self._homes = homes
        self._chance = chance
        self._pen = pen
        self._board = board
        self._own: dict[type[SQLModel], list[tuple[object, ...]]] = {}

    def write(self, first: int, size: int, count: int) -> None:
        ids = self._bulk.ids(Post, size)
        self._bulk.write(Post, COLUMNS, self._rows(ids, first, count))
        for table, columns in (
            (PostDate, "post_id starts_at"),
            (PostChildcare, "post_id children age_bands"),
            (PostPurchasing, "post_id what quantity unit share_cents"),
            (PostHousing, "post_id help since"),
        ):
            self._bulk.write(table, columns, self._own.get(table, ()))

    def _rows(self, ids: Iterable[int], first: int, count: int) -> Iterator[tuple[object, ...]]:
        setting, chance, pen = self._setting, self._chance, self._pen
        for place, post_id in enumerate(ids, start=first):
            part = _when(place / count)
            topic = setting.topics[int(chance.random() * len(setting.topics))]
            kind = "offer" if chance.random() < 0.55 else "need"
            home = self._home(topic, kind)
            zone = setting.zones[self._homes.zones[home]]
            visibility = self._visibility(topic, kind)
            closed = Confidential if visibility == "confidential" else str
            title, description = map(closed, pen.post(topic.slug, topic.branch, kind, zone[1]))
            gift = chance.random() < 0.12
            state, always, closing = self._fate(part, kind)
            published = setting.at(part)
            rhythm, weekdays, weekly_at = self._rhythm(post_id)
            self._own_fields(post_id, topic)
            if visibility != "confidential" and not gift and (always or closing == "found"):
                self._board.add(Answered(post_id, home, kind, topic, title, part))
            yield (
                post_id, setting.community_id, self._homes.parties[home], self._homes.people[home], kind, state, title,
                description, topic.id, rhythm, weekdays, weekly_at, pen.when(),
                zone[0], chance.choice(("mine", "theirs", "somewhere", "remote", "")),
                None if gift else chance.choice(MINUTES), gift,
                chance.randrange(2, 9) if chance.random() < 0.08 else 1, always, chance.random() < 0.04,
                setting.end.date() + timedelta(days=chance.randrange(5, 150) if state in ("open", "paused") else -1),
                chance.choice(_LANGUAGES), visibility, published, published, published,
                published + timedelta(days=9) if state == "closed" else None, closing,
            )  # fmt: skip

    def _home(self, topic: Topic, kind: str) -> int:
        """Whose post it is: a few write many. Whoever offers care has been met by a maker."""
        count = len(self._homes)
        home = int(self._chance.random() ** 1.8 * count)
        for _ in range(30):
            if not topic.cares or kind == "need" or self._homes.verified[home]:
                break
            home = int(self._chance.random() * count)
        return home

    def _visibility(self, topic: Topic, kind: str) -> str:
        if topic.confidential and kind == "need":
            return "confidential"
        found = self._chance.random()
        return "community" if found < 0.72 else "public" if found < 0.94 else "zones"

    def _fate(self, part: float, kind: str) -> tuple[str, bool, str]:
        """Its state, whether it stays open after an answer, and why it closed."""
        found = self._chance.random()
        if part < RECENTLY:
            return ("open", True, "") if found < 0.4 else ("closed", False, "found")
        if found < 0.24:
            return "open", kind == "offer", ""
        if found < 0.90:
            return "open", False, ""
        if found < 0.93:
            return "paused", False, ""
        return ("closed", False, "found") if found < 0.98 else ("expired", False, "")

    def _rhythm(self, post_id: int) -> tuple[str, str, str]:
        chance = self._chance
        found = chance.random()
        if found < 0.45:
            return "any", "[]", ""
        if found < 0.75:
            days = sorted(chance.sample(range(1, 8), chance.choice((1, 1, 1, 2, 3))))
            return "weekly", str(days).replace(" ", ""), f"{chance.randrange(8, 20):02}:{chance.choice(('00', '30'))}"
        ahead = timedelta(days=chance.randrange(1, 60), hours=chance.randrange(8, 19))
        self._own.setdefault(PostDate, []).append((post_id, self._setting.end + ahead))
        return "dates", "[]", ""

    def _own_fields(self, post_id: int, topic: Topic) -> None:
        chance = self._chance
        if topic.fields == "childcare":
            ages = chance.sample(AGES, chance.choice((1, 1, 2)))
            self._own.setdefault(PostChildcare, []).append((post_id, len(ages), sorted(ages, key=AGES.index)))
        elif topic.fields == "purchasing":
            what = chance.choice(self._setting.words.slots["bought"])
            share = chance.choice((None, None, 500, 850, 1200, 1600))
            kilos = chance.choice((1, 2, 5, 5, 10, 20)) * 1000
            self._own.setdefault(PostPurchasing, []).append(
                (post_id, what[:1].upper() + what[1:], kilos, chance.choice(("kg", "kg", "pieces", "boxes")), share)
            )
        elif topic.fields == "housing":
            since = self._setting.end.date() + timedelta(days=chance.randrange(3, 60))
            self._own.setdefault(PostHousing, []).append((post_id, chance.choice(HOUSING), since))


_LANGUAGES: Sequence[str] = (
    *["[]"] * 12,
    '["it"]',
    '["ar","it"]',
    '["it","pa"]',
    '["it","ro"]',
    '["en","it"]',
    '["fr","it"]',
)


def _when(part: float) -> float:
    """When a post was published, whose place among all is `part`: most of them lately."""
    if part < LONG_AGO:
        return part / LONG_AGO * RECENTLY * 0.98
    return RECENTLY + (part - LONG_AGO) / (1 - LONG_AGO) * (1 - RECENTLY) * 0.999
