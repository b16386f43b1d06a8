"""U+0000, huge and odd numbers, days that nobody means: refused kindly, on both databases."""

from collections.abc import Callable

from tests.care.housing.stage import HousingStage
from tests.client import Browser

Open = Callable[..., Browser]
HERE = "/c/cremona/beside-you"


def test_odd_words_and_numbers_are_refused_kindly(stage: HousingStage, client_for: Open) -> None:
    need, offer = stage.pair()
    anna, maker = client_for(stage.cast.anna), client_for(stage.cast.maker)
    for number in ("9" * 30, str(2**31), str(2**63), "0"):
        for address in (number, f"asked/{number}", f"together/{number}", f"look/asked/{number}"):
            anna.look(f"{HERE}/{address}", status=404)
        maker.look(f"{HERE}/desk/{need}/with/{number}", status=404)
    for section, typed in (
        ("what", {"words": "a\0b"}), ("what", {"words": "a", "place": "\0"}), ("terms", {"conditions": "\0"}),
        ("reach", {"reach": "here", "language": "\0"}), ("readers", {"excluded": "9" * 30}),
        ("readers", {"excluded": ["1", "\0"]}),
        ("when", {"to_on": "0001-01-01"}), ("when", {"from_on": "9999-12-31"}), ("reach", {"reach": "\0"}),
    ):  # fmt: skip
        anna.submit(anna.look(f"{HERE}/{need}/{section}"), "Tieni quello che ho scritto", status=422, **typed)
    for days in ("-1", "0", "31", "9" * 20, "1.5"):
        form = maker.look(f"{HERE}/desk/{need}/with/{offer}")
        maker.submit(form, "Chiedi alla prima persona", status=422, words="Una stanza", first_side="need", days=days)
