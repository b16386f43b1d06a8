"""Finding by words: inflections, accents, mistakes and bad input, alike on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from foundation.database import Database, Session
from foundation.search import Entry, Groups, index, question, unindex
from foundation.search.meaning import close_readings, near_readings
from foundation.search.queries import fits, found, found_objects
from foundation.search.rules import Question
from foundation.search.tables import SearchEntry, SearchSpelling, SearchTrigram, SearchWord
from tests.questions import noted

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXTS = (
    "Cerco babysitter per due bambini",
    "Ripetizioni di matematica",
    "Riparo la lavatrice e il frigorifero",
    "Un passaggio in bicicletta fino al mercato",
    "Perché no? Caffè e quattro chiacchiere",
    "Looking after children in the afternoon",
    "Lifts to the hospital for elderly neighbours",
    "L’orlo dei pantaloni",
    "Помогу с русским языком",
    "Compagnia a un’anziana",
    "Cerco zia: 10kg di uva dell’ape",
    "دروس في اللغة العربية",
    "我可以教孩子们中文",
    "Traduco e pulisco",
)


@pytest.fixture
def filled(database: Database) -> Database:
    with database.writing() as session:
        for number, text in enumerate(TEXTS):
            put(session, number, text)
    return database


def put(session: Session, number: int, title: str, body: str = "", **more: object) -> None:
    moment = more.pop("moment", NOON + timedelta(minutes=number))
    index(session, Entry("post", number, 7, moment, title, body, **more))


def objects(session: Session, *some: Groups, community_id: int = 7, limit: int = 50) -> list[int]:
    return found_objects(session, community_id, {"post": some}, limit)["post"]


def asked(database: Database, words: str | Question) -> set[str]:
    """What is found, by way of the index; looking at entries one by one must say the same."""
    question_ = question(words) if isinstance(words, str) else words
    if not question_.asks:
        return set()
    with database.reading() as session:
        there = set(objects(session, question_.demands))
        for condition in (found(session, question_.demands), fits(question_.demands)):
            assert set(session.scalars(select(SearchEntry.object_id).where(condition))) == there
        everything = session.exec(select(SearchEntry)).all()
    assert {entry.object_id for entry in everything if question_.fits(entry.terms)} == there
    return {TEXTS[number] for number in there}


def meant_by(database: Database, asking: Question) -> Question:
    """The question with all that its words may mean, where none of them stands anywhere."""
    with database.reading() as session:
        likely, others = near_readings(session, asking.words)
        return asking.meaning(close_readings(session, asking)).meaning(likely).meaning(others)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("bambino", "Cerco babysitter per due bambini"),
        ("BAMBINA", "Cerco babysitter per due bambini"),
        ("ripetizione", "Ripetizioni di matematica"),
        ("lavatrici frigoriferi", "Riparo la lavatrice e il frigorifero"),
        ("riparare", "Riparo la lavatrice e il frigorifero"),
        ("passaggi", "Un passaggio in bicicletta fino al mercato"),
        ("perche caffe", "Perché no? Caffè e quattro chiacchiere"),
        ("càffè", "Perché no? Caffè e quattro chiacchiere"),
        ("child", "Looking after children in the afternoon"),
        ("lift hospitals", "Lifts to the hospital for elderly neighbours"),
        ("orli", "L’orlo dei pantaloni"),
        ("dell'orlo, il pantalone", "L’orlo dei pantaloni"),
        ("русским", "Помогу с русским языком"),
        ("anziano", "Compagnia a un’anziana"),
        ("zie cercasi", "Cerco zia: 10kg di uva dell’ape"),
        ("api", "Cerco zia: 10kg di uva dell’ape"),
        ("uve kg 10", "Cerco zia: 10kg di uva dell’ape"),
        ("русский", "Помогу с русским языком"),
        ("عربي لغة", "دروس في اللغة العربية"),
        ("孩子", "我可以教孩子们中文"),
        ("教 中文", "我可以教孩子们中文"),
        ("traduttrice", "Traduco e pulisco"),
        ("tradotto pulire", "Traduco e pulisco"),
    ],
)
def test_other_forms_of_the_word(filled: Database, words: str, text: str) -> None:
    assert asked(filled, words) == {text}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("babysiter", "Cerco babysitter per due bambini"),
        ("babisitter", "Cerco babysitter per due bambini"),
        ("baby sitter", "Cerco babysitter per due bambini"),
        ("lavatrcie", "Riparo la lavatrice e il frigorifero"),
        ("lavatricce", "Riparo la lavatrice e il frigorifero"),
        ("biccicleta", "Un passaggio in bicicletta fino al mercato"),
        ("matematcia", "Ripetizioni di matematica"),
        ("ripettizioni", "Ripetizioni di matematica"),
        ("childern", "Looking after children in the afternoon"),
        ("hopsital", "Lifts to the hospital for elderly neighbours"),
        ("olro pantaloni", "L’orlo dei pantaloni"),
        ("pasaggio", "Un passaggio in bicicletta fino al mercato"),
        ("matem", "Ripetizioni di matematica"),
        ("babys", "Cerco babysitter per due bambini"),
        ("bebisiter", "Cerco babysitter per due bambini"),
        ("cercodue babysitter", "Cerco babysitter per due bambini"),
        ("dellorlo", "L’orlo dei pantaloni"),
        ("ilfrigorifero", "Riparo la lavatrice e il frigorifero"),
        ("русскми", "Помогу с русским языком"),
    ],
)
def test_mistakes_of_the_fingers(filled: Database, typed: str, text: str) -> None:
    asking = question(typed)
    assert asked(filled, asking) == set()
    assert text in asked(filled, meant_by(filled, asking))


@pytest.mark.parametrize("typed", ["孩中", "子孩", "oro", "zio di"])
def test_other_words(filled: Database, typed: str) -> None:
    assert asked(filled, typed) == set()


@pytest.mark.parametrize("typed", ["xyzw", "gatto", "🙂🙂", "12345", "ab"])
def test_what_nobody_wrote(filled: Database, typed: str) -> None:
    asking = question(typed)
    assert asked(filled, asking) == asked(filled, meant_by(filled, asking)) == set()


@pytest.mark.parametrize(
    "typed",
    [
        '"lavatrice"', "lavatrice*", "lavatrice:*", "(lavatrice", "lavatrice)", "+lavatrice -e", "lavatrice^",
        "lavatrice & la", "lavatrice | ", "!lavatrice", "<-> lavatrice", "'lavatrice", "lavatrice\\", ":lavatrice",
        "%lavatrice_", "{lavatrice}", "la lavatrice \x00", "🙂 lavatrice", "lavatrice;--",
    ],
)  # fmt: skip
def test_signs_are_only_gaps(filled: Database, typed: str) -> None:
    assert asked(filled, typed) == {"Riparo la lavatrice e il frigorifero"}


def test_operators_are_words(filled: Database) -> None:
    assert asked(filled, "lavatrice OR matematica") == set(), "`or` stands in every text, and it means nothing"
    assert asked(filled, "lavatrice NEAR matematica") == set()
    assert len(asked(filled, question("lavatrice matematica").loosened())) == 2


@pytest.mark.parametrize("typed", ["", "   ", "il di e", "the and of", "🙂", "''", "%%%", "\x00", "---"])
def test_nothing_to_look_for(filled: Database, typed: str) -> None:
    asking = question(typed)
    assert not asking.asks
    assert asking.only_common is bool(typed.strip())


def test_very_long_questions(filled: Database) -> None:
    assert asked(filled, "lavatrice " * 1000) == {"Riparo la lavatrice e il frigorifero"}
    assert asked(filled, "x" * 10_000) == set()
    assert asked(filled, " ".join(f"parola{number}" for number in range(1500))) == set()


def test_nobody_can_type_a_mark(filled: Database) -> None:
    with filled.writing() as session:
        put(session, 3, TEXTS[3], marks=["=c3z17"])
    assert asked(filled, "=c3z17") == set()
    assert asked(filled, "=post7m") == set()
    with filled.reading() as session:
        assert objects(session, [("=c3z17",), ("mercat",)]) == [3]
        assert objects(session, [("=c3z17",)], community_id=8) == []


def test_changed_words_and_gone_things(filled: Database) -> None:
    with filled.writing() as session:
        put(session, 1, "Lezioni di chitarra")
        unindex(session, "post", 2)
        unindex(session, "post", 2)
    assert asked(filled, "matematica") == set()
    assert len(asked(filled, "chitarre")) == 1
    assert asked(filled, "lavatrice") == set()


def test_the_newest_first_however_they_came(database: Database) -> None:
    with database.writing() as session:
        for number, days in enumerate((3, 1, 2, 1, 1)):
            put(session, number, "Orto", moment=NOON - timedelta(days=days))
    with database.reading() as session:
        assert objects(session, question("orto").demands) == [4, 3, 1, 2, 0]
    with database.writing() as session:
        put(session, 0, "Orto", moment=NOON)
    with database.reading() as session:
        assert objects(session, question("orto").demands, limit=2) == [0, 4]


def test_one_question_for_all_kinds_and_for_titles_first(database: Database) -> None:
    texts = (("Orto", ""), ("Giardino", "orto"), ("Orto", "orto"), ("Rose", "orto"))
    with database.writing() as session:
        for number, (title, body) in enumerate(texts):
            put(session, number, title, body, moment=NOON + timedelta(days=number))
        index(session, Entry("household", 5, 7, NOON, "Casa Orto"))
    wanted = question("orto").likeliest_first
    with database.reading() as session, noted() as sent:
        there = found_objects(session, 7, {"post": wanted, "household": wanted[:1], "organisation": wanted}, 3)
    assert there == {"post": [2, 0, 3, 1], "household": [5], "organisation": []}
    assert len(sent) == 1


def test_nothing_is_written_when_nothing_changed(filled: Database) -> None:
    with filled.writing() as session:
        put(session, 3, TEXTS[3])
        assert not session.new
        assert not session.dirty


def test_a_change_undone_leaves_no_trace(filled: Database) -> None:
    with pytest.raises(ZeroDivisionError), filled.writing() as session:
        put(session, 3, "Tutt’altro")
        unindex(session, "post", 2)
        raise ZeroDivisionError
    assert len(asked(filled, "mercato")) == len(asked(filled, "lavatrice")) == 1


def test_words_are_remembered_once(filled: Database) -> None:
    with filled.reading() as session:
        words = list(session.scalars(select(SearchWord.word)))
        assert "lavatrice" in words
        assert "per" not in words
        pieces = select(SearchTrigram.trigram).where(col(SearchTrigram.word) == "orlo")
        assert set(session.scalars(pieces)) == {"  o", " or", "orl", "rlo", "lo "}
        keys = select(SearchSpelling.key).where(col(SearchSpelling.word) == "orlo")
        assert set(session.scalars(keys)) == {"orlo", "~orlo"}
