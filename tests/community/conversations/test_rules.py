"""What tells how somebody is reached, and what is shown of what was found."""

import pytest

from community.conversations.rules import excerpt
from community.threads.rules import check_words, tells_how_to_reach


@pytest.mark.parametrize(
    "words",
    [
        "Chiamami al 333 1234567",
        "333.123.45.67",
        "+39 0372 123456",
        "tel 0372/412345",
        "scrivi a anna.rossi@example.org",
        "Abito in via Garibaldi 12",
        "Viale Trento e Trieste, 5 al secondo piano",
        "ci vediamo in piazza San Paolo n. 3",
        "I live at 12 Baker Street",
    ],
)
def test_a_number_an_address_a_street_is_asked_about(words: str) -> None:
    assert tells_how_to_reach(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ci vediamo sabato 12 alle 15:30",
        "Il 29/11/2026 dalle 9 alle 12",
        "2026-11-29 10:00",
        "Servono 1200 viti da 35 mm",
        "Vado via alle 18",
        "Ho 3 figli e 2 gatti",
        "IT 60 X 0542811101000000123456",
        "via di qui",
    ],
)
def test_dates_and_hours_are_nothing_to_ask_about(words: str) -> None:
    assert not tells_how_to_reach(words)


def test_what_no_database_keeps_is_taken_out() -> None:
    assert check_words(" a\x00b ") == "ab"
    assert check_words("👩‍👧 مرحبا") == "👩‍👧 مرحبا"
    assert check_words("", photos=1) == ""


def test_an_excerpt_begins_shortly_before_the_word() -> None:
    words = "x" * 100 + " Caffè " + "y" * 200
    assert excerpt("Un caffè", "caffe") == "Un caffè"
    cut = excerpt(words, "caffe")
    assert cut.startswith("…x")
    assert "Caffè" in cut
    assert cut.endswith("y…")
