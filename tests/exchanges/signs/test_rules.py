"""What in a text, or in the way hours go, makes somebody look."""

import pytest

from exchanges.signs.rules import Flow, in_flows, in_text


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Chiamami al 333 123 4567", "contact"),
        ("Tel. 0372 123456", "contact"),
        ("+39 347 1234567, la sera", "contact"),
        ("scrivi a anna.rossi@example.org", "contact"),
        ("10 € all’ora", "money"),
        ("Chiedo 15 euro", "money"),
        ("meglio in contanti", "money"),
        ("ecco il mio IBAN", "money"),
        ("Ci vediamo alle 16:30 del 12/10/2026, per 2 ore, in via Po 12", ""),
        ("Ho 3 figli di 4, 7 e 11 anni, abito al 26100", ""),
        ("Un europeo in visita", ""),
    ],
)
def test_in_text(words: str, sign: str) -> None:
    assert in_text(words) == sign


@pytest.mark.parametrize(
    ("flows", "sign"),
    [
        ({1: {2: Flow(120, 90)}, 2: {1: Flow(90, 120)}}, ""),
        ({1: {2: Flow(300, 300)}, 2: {1: Flow(300, 300)}}, ""),
        ({1: {2: Flow(600, 600)}, 2: {1: Flow(600, 600)}}, "circular"),
        ({1: {2: Flow(1200, 0)}, 2: {1: Flow(0, 1200)}}, "sudden"),
        ({1: {2: Flow(300, 0), 3: Flow(0, 320)}, 2: {1: Flow(0, 300), 3: Flow(310, 0)}}, "circular"),
        ({1: {2: Flow(300, 0), 3: Flow(0, 900)}, 2: {1: Flow(0, 300), 3: Flow(310, 0)}}, ""),
    ],
)
def test_in_flows(flows: dict[int, dict[int, Flow]], sign: str) -> None:
    assert in_flows(1, 2, flows)[0] == sign
