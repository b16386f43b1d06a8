"""What stands on every page is kept for a few seconds: never past a deed of one's own, nor a write of this process."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from foundation import clock
from foundation.database import Database
from foundation.web import keeping
from foundation.web.numbers import Numbers
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the number at the bell was worked out."""
    times: list[int] = []

    def count(_who: object) -> Numbers:
        times.append(1)
        return Numbers([len(times)], {})

    monkeypatch.setattr("foundation.web.numbers._ask", count)
    return times


def bell(browser: Browser) -> int:
    words = browser.look("/c/cremona/searches/").soup.select_one('a[href="/c/cremona/waiting"]')
    return int(words.select_one(".r-count").get_text())


def test_asked_once_in_a_while(cast: Cast, client_for: Callable[..., Browser], asked: list[int]) -> None:
    bashir = client_for(cast.bashir)
    now = clock.now()
    with clock.at(now):
        assert [bell(bashir), bell(bashir)] == [1, 1]
    with clock.at(now + timedelta(seconds=20)):
        assert bell(bashir) == 2
        assert bell(client_for(cast.anna)) == 3, "each has their own"


def test_what_this_process_writes_is_seen(
    database: Database, app: object, cast: Cast, client_for: Callable[..., Browser], asked: list[int]
) -> None:
    bashir = client_for(cast.bashir)
    assert bell(bashir) == 1
    with app.extensions["reciproca"].database.writing():
        pass
    assert bell(bashir) == 2


def test_my_own_deeds_are_seen_whoever_serves_me(
    cast: Cast, client_for: Callable[..., Browser], asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    bashir = client_for(cast.bashir)
    assert bell(bashir) == 1
    never = property(lambda _: 0, lambda *_: None)
    monkeypatch.setattr("foundation.database.database.Database.writes", never, raising=False)
    keeping._kept.clear()
    assert bell(bashir) == 2
    page = bashir.look("/c/cremona/searches/new?kind=need")
    bashir.submit(page, "/searches/new?kind=need", name="Tutto")
    before = len(asked)
    assert bell(bashir) == before, "the page after the deed has worked it out already"
    assert before > 2
