"""Words typed before they were sealed are sealed by the migration, and open again when it is taken back."""

from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from community.threads.actions import open_thread, write
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import PostChildcare, PostPurchasing
from exchanges.series import actions as series
from exchanges.series.tables import SeriesTerms
from foundation import clock
from foundation.database import Database
from foundation.database.upgrading import downgrade
from tests.cast import make_cast
from tests.exchanges.series.stage import MONDAY, SeriesStage, weekly

BEFORE = "0052"
QUESTIONS = (
    "SELECT pick_up FROM post_childcare",
    "SELECT what FROM post_purchasing",
    "SELECT expense_words FROM agreement WHERE way = 'post' ORDER BY id LIMIT 1",
    "SELECT place_words FROM series_terms",
    "SELECT words FROM message WHERE words <> '' ORDER BY id LIMIT 1",
)


NUMBERS = count()


def as_they_stand(database: Database) -> list[str]:
    # Each time a new question: PostgreSQL would keep the plan of one that it knows from before the columns changed.
    mark = next(NUMBERS)
    with database.reading() as session:
        return [str(session.execute(text(f"{one} /* {mark} */")).scalar_one()) for one in QUESTIONS]


@pytest.fixture
def monday() -> Iterator[None]:
    """The morning before the Tuesday on which the weekly terms begin."""
    with clock.at(MONDAY):
        yield


@pytest.mark.usefixtures("monday")
def test_what_was_open_is_sealed_and_what_was_sealed_opens(empty_database: Database) -> None:
    empty_database.migrate()
    cast = make_cast(empty_database)
    stage = SeriesStage(empty_database, cast)
    maker, bashir = cast.maker, cast.bashir
    post_id, other = (stage.post(bashir, "need", visibility="confidential") for _ in range(2))
    said = {"place": "somewhere", "place_words": "Al bar", "expense_cents": 5, "expense_words": "Pane"}
    made = stage.do(agreements.propose, maker, post_id, Terms(minutes=60, **said), words="Ciao")
    every = stage.do(series.propose, maker, other, weekly(**said))
    with empty_database.writing() as session:
        session.add(PostChildcare(post_id=post_id, children=1, pick_up="La zia"))
        session.add(PostPurchasing(post_id=post_id, what="Farina", quantity=1, unit="kg"))
        write(session, bashir.actor, open_thread(session, cast.community.id), "Aperto")
    clear = ["La zia", "Farina", "Pane", "Al bar", "Ciao"]
    for _ in range(2):
        assert not set(as_they_stand(empty_database)) & set(clear)
        downgrade(empty_database, BEFORE)
        assert as_they_stand(empty_database) == clear
        empty_database.migrate()
    with empty_database.reading() as session:
        assert session.get_one(Agreement, made).expense_words == "Pane"
        assert session.get_one(PostChildcare, post_id).pick_up == "La zia"
        terms = session.scalars(select(SeriesTerms).where(col(SeriesTerms.series_id) == every)).one()
        assert terms.place_words == "Al bar"
        assert session.execute(text("SELECT words FROM message ORDER BY id DESC LIMIT 1")).scalar_one() == "Aperto"
