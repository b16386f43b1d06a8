"""Choosing who is in charge of an order: who is stands first, others are found by name, and ticks stay meanwhile."""

from collections.abc import Callable, Iterator

import pytest

from civic_centers.purchasing.queries.charge import FEW, people_to_charge
from civic_centers.purchasing.queries.single import keepers_of
from foundation import clock
from tests.cast import make_member
from tests.civic_centers.purchasing.stage import NOW, BuyingStage
from tests.client import Browser, Page, on_sqlite

HERE = "/c/cremona/orders"
ClientFor = Callable[..., Browser]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.at(NOW):
        yield


def many(stage: BuyingStage) -> int:
    """Somebody called Zaira, the last of many."""
    with stage.database.writing() as session:
        for number in range(FEW + 2):
            make_member(session, stage.cast, f"abele{number:02}", "centro")
        return make_member(session, stage.cast, "zaira", "centro").id


def names(page: Page) -> list[str]:
    boxes = page.soup.find_all("input", attrs={"name": "people"})
    return [str(box["value"]) for box in boxes]


def ticked(page: Page) -> set[str]:
    boxes = page.soup.find_all("input", attrs={"name": "people"})
    return {str(box["value"]) for box in boxes if box.has_attr("checked")}


def test_who_is_chosen_comes_first_then_a_few_called_so(stage: BuyingStage) -> None:
    zaira, chiara, other = many(stage), stage.cast.chiara.id, stage.cast.other_maker.id
    with stage.database.reading() as session:
        first, others, more = people_to_charge(session, stage.cast.maker.actor, "", [zaira, chiara, 10**9])
        assert [one.id for one in first] == [chiara, zaira]
        assert (len(others), more) == (FEW, True)
        assert not {one.id for one in others} & {zaira, chiara}
        first, others, more = people_to_charge(session, stage.cast.maker.actor, "zaira", [chiara])
        assert ([one.id for one in first], [one.id for one in others], more) == ([chiara], [zaira], False)
        assert other is not None


@on_sqlite
def test_somebody_is_found_by_name_and_ticks_stay(stage: BuyingStage, client_for: ClientFor) -> None:
    zaira, chiara, maker_id = str(many(stage)), str(stage.cast.chiara.id), str(stage.cast.maker.id)
    cycle_id = stage.opened()
    maker = client_for(stage.cast.maker)
    page = maker.look(f"{HERE}/{cycle_id}/charge")
    assert (names(page)[0], ticked(page)) == (maker_id, {maker_id})
    assert len(names(page)) == FEW + 1
    assert zaira not in names(page)
    assert page.says("Cerca gli altri per nome")
    chosen = maker.submit(page, "Cerca", who="Chiara")
    assert names(chosen) == [maker_id, chiara]
    found = maker.submit(chosen, "Cerca", who="ZAI", people=[maker_id, chiara])
    assert set(names(found)[:2]) == {maker_id, chiara}
    assert names(found)[2:] == [zaira]
    assert ticked(found) == {maker_id, chiara}
    assert maker.submit(found, "Cerca", who="nessuno così").says("Nessun altro si chiama così")
    with stage.database.reading() as session:  # looking saves nothing
        assert [str(one.id) for one in keepers_of(session, cycle_id)] == [maker_id]
    maker.submit(found, "Salva", people=[chiara, zaira])
    with stage.database.reading() as session:
        assert {str(one.id) for one in keepers_of(session, cycle_id)} == {chiara, zaira}


@on_sqlite
def test_odd_words_find_nobody(stage: BuyingStage, client_for: ClientFor) -> None:
    cycle_id = stage.opened()
    maker = client_for(stage.cast.maker)
    page = maker.look(f"{HERE}/{cycle_id}/charge")
    for words in ("%", "a" * 5000, "\x00", "٣", "' OR 1=1"):
        assert maker.submit(page, "Cerca", who=words, people=["-1", "99999999999999999999", "x"])
    maker.submit(page, "Salva", status=422, people=[])
    client_for(stage.cast.anna).post(f"{HERE}/{cycle_id}/charge", status=404, token_from=HERE, find="1")
