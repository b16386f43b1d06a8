"""Which words are taken for each other: where both stand on the board, and where the typed one stands nowhere."""

import pytest

from foundation.search import question
from foundation.search.closeness import Text
from foundation.search.spelling import is_close, keys_of, nearest, sound
from foundation.search.words import words_of


@pytest.mark.parametrize(
    "pair",
    [
        "mattematica matematica", "babysiter babysitter", "bebisitter babysitter", "stazzione stazioni",
        "aquarello acquerello", "passagio passaggio", "ospdale ospedale", "lavatrcie lavatrice", "kitarra chitarra",
        "compitti compiti", "conpagnia compagnia", "famillia famiglia", "bycicle bicycle", "fotografia photography",
        "imbianchino imbiancare", "cucitrice cucire", "scarpine scarpe", "scatoloni scatola", "gardeners gardening",
        "sartoria sarta", "potatura potare", "ripetizzione ripetizioni",
    ],
)  # fmt: skip
def test_the_same_though_both_stand_there(pair: str) -> None:
    one, other = pair.split()
    assert is_close(one, other)
    assert is_close(other, one)
    assert keys_of(one) & keys_of(other), "and the index leads from one to the other"


@pytest.mark.parametrize(
    "pair",
    [
        "cane pane", "casa cassa", "nonno nono", "rosa rossa", "finestra minestra", "lezioni sezioni", "spesa spesso",
        "cantina cantare", "lavare lavoro", "parte porte", "torta porta", "giusto gusto", "chiari cari",
        "cucina cucito", "mowing moving", "run rum",
    ],
)  # fmt: skip
def test_other_words_where_both_stand_there(pair: str) -> None:
    one, other = pair.split()
    assert not is_close(one, other)


@pytest.mark.parametrize(
    ("typed", "known", "likely"),
    [
        ("gatyo", ["gatto", "gita", "patto"], ["gatto"]),
        ("parru", ["parrucchiera", "parte", "pari"], ["parrucchiera"]),
        ("hcitarra", ["chitarra"], ["chitarra"]),
        ("scachi", ["sacchi", "scacchi"], ["scacchi"]),
        ("mate", ["make", "matematica"], ["matematica"]),
        ("vaie", ["zoo"], []),
        ("ab", ["abate"], []),
        ("orro", ["orto", "oro"], ["oro"]),
        ("hhhhh", ["hhhha", "hhhh"], ["hhhh"]),
    ],
)
def test_the_likeliest(typed: str, known: list[str], likely: list[str]) -> None:
    assert nearest(typed, known)[0] == likely


def test_sounds() -> None:
    assert sound("acqua") == sound("aqua")
    assert sound("quochi") == sound("cuochi")
    assert sound("chiesa") != sound("cesa")
    assert sound("язык") == "язык"


@pytest.mark.parametrize(
    ("text", "typed", "answers"),
    [
        ("Cerco baby sitter", "babysitter", True),
        ("Cerco babysitter", "baby-sitter", True),
        ("Cerco bebisitter", "babysitter", True),
        ("Verdura dellorto", "orto", True),
        ("Lorto comune", "dell'orto comune", True),
        ("Il cane", "pane", False),
        ("Il cane e il gatto", "cane gallo", False),
        ("Qualcosa", "", True),
    ],
)
def test_a_text_answers(text: str, typed: str, *, answers: bool) -> None:
    assert Text(words_of(text)).answers(question(typed)) is answers
