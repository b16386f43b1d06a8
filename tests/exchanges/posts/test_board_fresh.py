"""What was published a moment ago by another process is found at once, though it is counted only later."""

import pytest

from exchanges.posts.queries import Filters, board
from tests.exchanges.posts.stage import Stage


@pytest.mark.parametrize("order", ["newest", "best", "soonest", "nearest"])
def test_found_before_it_is_counted(stage: Stage, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bashir = stage.cast.bashir
    stage.open_post(stage.cast.anna, title="Bici da corsa")
    kept = stage.ask(board, bashir, Filters()).counts.tally
    monkeypatch.setattr("exchanges.posts.queries.choices.tally_of", lambda *_: kept)
    stage.open_post(stage.cast.anna, title="Un idraulico")
    found = stage.ask(board, bashir, Filters(words="idraulico", order=order))
    assert [card.title for card in found.cards] == ["Un idraulico"]
