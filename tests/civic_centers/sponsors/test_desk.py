"""The pledges of a maker's zones, page by page: what waits first, then what goes on, then the rest."""

from collections.abc import Callable

import pytest

from civic_centers.sponsors import actions
from civic_centers.sponsors.queries import pledges_for_makers, waiting
from tests.civic_centers.sponsors.stage import SponsorStage
from tests.client import Browser, on_sqlite


def several(stage: SponsorStage) -> list[int]:
    """Two that wait, three that were accepted, two that were declined: in the order in which they are read."""
    accepted = [stage.accepted() for _one in range(3)]
    declined = [stage.offer() for _one in range(2)]
    for pledge_id in declined:
        stage.do(actions.decline, stage.cast.maker, pledge_id, 1, "Ne abbiamo già")
    waits = [stage.offer() for _one in range(2)]
    return [one for part in (waits, accepted, declined) for one in reversed(part)]


def page(stage: SponsorStage, after: int | None, limit: int) -> tuple[list[int], bool]:
    with stage.database.reading() as session:
        found, more = pledges_for_makers(session, stage.cast.maker.actor, after, limit=limit)
    return [pledge.id or 0 for pledge, _name in found], more


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8])
def test_every_pledge_is_read_once_whatever_the_length_of_a_page(stage: SponsorStage, limit: int) -> None:
    wanted, seen, after, more = several(stage), list[int](), None, True
    while more:
        found, more = page(stage, after, limit)
        assert 0 < len(found) <= limit
        seen, after = [*seen, *found], found[-1]
    assert seen == wanted


def test_after_one_that_is_not_there_it_begins_anew(stage: SponsorStage) -> None:
    wanted = several(stage)
    for after in (0, -1, 10**9):
        assert page(stage, after, 3) == (wanted[:3], True)


@on_sqlite
def test_the_pages(stage: SponsorStage, client_for: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = several(stage)
    monkeypatch.setattr(pledges_for_makers, "__kwdefaults__", {"limit": 3})
    assert waiting.PAGE == 30
    maker = client_for(stage.cast.maker)
    first = maker.look("/c/cremona/sponsors/desk")
    assert not first.says("Torna ai più recenti")
    second = maker.look(first.link("Mostra altri"))
    third = maker.look(second.link("Mostra altri"))
    for one, there in ((first, wanted[:3]), (second, wanted[3:6]), (third, wanted[6:])):
        assert [number for number in wanted if f'/sponsors/pledges/{number}"' in one.html] == there
    assert not third.says("Mostra altri")
    assert maker.look(f"/c/cremona/sponsors/desk?after={wanted[-1]}").says("Erano tutti")
    for odd in ("x", "-1", "1e9", "", "99999999999"):
        assert maker.look(f"/c/cremona/sponsors/desk?after={odd}").says("Mostra altri")
