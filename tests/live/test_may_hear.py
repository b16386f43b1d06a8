"""Who hears that a thing changed: those who read its page, and nobody else."""

import re
from collections.abc import Callable

import pytest

from app import ROOT, load_features
from community.moderation.actions import report
from community.speaking.actions import begin
from community.speaking.queries import place_in_case
from community.speaking.tables import CaseTalk
from exchanges.agreements.tables import Agreement
from foundation import clock
from foundation.database import Database
from foundation.feature import registry
from foundation.web.hearing import hearable, kinds
from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.groups.stage import GroupStage
from tests.exchanges.series.stage import MONDAY, SeriesStage

EVERYBODY = ("anna", "bashir", "chiara", "bakery", "maker", "other_maker", "administrator", "zoe")

NAMED = re.compile(r"""(?:data-live="|data-typing="|data-typing-for="|live\.(?:part|typing)\([^)]*?['"])([a-z_]+):""")
ANNA_AND_BASHIR = {"anna", "bashir"}
MEMBERS = set(EVERYBODY) - {"zoe"}


def elsewhere(_database: Database, cast: Cast) -> int:
    return cast.other_community.id if cast.other_community and cast.other_community.id else 0


def delivered(database: Database, cast: Cast) -> int:
    return Agreements(database, cast).delivered(cast.anna, cast.bashir)


def words_beside(database: Database, cast: Cast) -> int:
    agreement_id = delivered(database, cast)
    with database.reading() as session:
        return session.get_one(Agreement, agreement_id).thread_id


def disputed(database: Database, cast: Cast) -> int:
    return Agreements(database, cast).disputed(cast.anna, cast.bashir)


def spoken_with_makers(database: Database, cast: Cast) -> int:
    with database.writing() as session:
        case_id = report(session, cast.bashir.actor, "person", cast.anna.id, reason="insult", words="").case_id
        maker = cast.maker.actor
        talk_id = begin(session, maker, place_in_case(session, maker, case_id, cast.anna.id), "Ciao")
        return session.get_one(CaseTalk, talk_id).thread_id


def series(database: Database, cast: Cast) -> int:
    return SeriesStage(database, cast).series_open(cast.anna, cast.bashir)


def planned(database: Database, cast: Cast) -> int:
    return GroupStage(database, cast).planned(cast.anna, cast.bashir)


def held(database: Database, cast: Cast) -> int:
    return GroupStage(database, cast).held(cast.anna, cast.bashir)


TABLE: dict[str, tuple[str, Callable[[Database, Cast], int], set[str]]] = {
    "oneself": ("person", lambda _database, cast: cast.anna.id, {"anna"}),
    "the board": ("board", lambda _database, cast: cast.community.id or 0, MEMBERS),
    "another board": ("board", elsewhere, set()),
    "the desk": ("desk", lambda _database, cast: cast.community.id or 0, {"maker", "other_maker", "administrator"}),
    "an agreement": ("agreement", delivered, ANNA_AND_BASHIR),
    "a dispute": ("agreement", disputed, ANNA_AND_BASHIR | {"maker", "administrator"}),
    "a series": ("series", series, ANNA_AND_BASHIR),
    "a planned group": ("group", planned, MEMBERS),
    "a held group": ("group", held, ANNA_AND_BASHIR),
    "a thread": ("thread", words_beside, ANNA_AND_BASHIR),
    "words with the makers": ("thread", spoken_with_makers, {"anna", "maker"}),
    "nothing": ("agreement", lambda _database, _cast: 99999, set()),
}
"""By what changed: its kind, how it is made, and who hears of it."""


@pytest.mark.parametrize("what", TABLE)
def test_who_reads_it_hears_of_it(database: Database, cast: Cast, what: str) -> None:
    kind, make, hear = TABLE[what]
    with clock.at(MONDAY):
        name = f"{kind}:{make(database, cast)}"
        with database.reading() as session:
            found = {who for who in EVERYBODY if hearable(session, cast.members[who].id, "cremona", [name])}
    assert found == hear


def test_each_kind_stands_in_the_table() -> None:
    registry.register(load_features())
    assert set(kinds()) == {kind for kind, _make, _hear in TABLE.values()}


def test_templates_name_no_kind_that_nobody_declared() -> None:
    registry.register(load_features())
    pages = [path for path in (ROOT / "templates").rglob("*.html") if path.name != "live.html"]
    named = {kind for path in pages for kind in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert named >= {"agreement", "board", "desk", "group", "person", "series", "thread"}
    assert named <= set(kinds())
