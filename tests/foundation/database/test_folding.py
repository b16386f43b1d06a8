"""A name is found however it is typed, on both databases alike."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from foundation.database import Database, fold, folded

NAMES = ("Nicolò D’Èrcole", "ÉLODIE", "Ștefan Țurcanu", "Zoë", "Çelik", "straße", "Łukasz", "Nicolo\u0300", "مريم", "")


def in_database(database: Database, words: str) -> str:
    with database.reading() as session:
        return str(session.scalar(select(folded(literal(words)))))


def test_case_and_accents_are_left_out() -> None:
    assert fold("Nicolò D’ÈRCOLE") == fold("nicolo\u0300 d’ercole") == "nicolo d’ercole"


@pytest.mark.parametrize("name", NAMES)
def test_the_database_folds_as_python_does(database: Database, name: str) -> None:
    assert in_database(database, name) == fold(name)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    words=st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=["Cs", "Cc"]), max_size=30)
)
def test_whatever_is_typed_in_latin_letters(database: Database, words: str) -> None:
    assert in_database(database, words) == fold(words)
