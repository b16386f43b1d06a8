"""What is pledged for one of the things a lab asks for stands in the lab's book: once, and taken back with the part."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import func, select

from civic_centers.labs import actions as labs
from civic_centers.labs.queries.resources import lines_of, resource_of
from civic_centers.labs.tables import LabReceipt
from civic_centers.sponsors import actions
from civic_centers.sponsors.rules import NotNow, Target
from exchanges.ledger.tables import Entry
from foundation.errors import Invalid
from tests.civic_centers.sponsors.stage import SponsorStage
from tests.civic_centers.sponsors.test_lab import BAKERY, make_lab
from tests.client import Browser, on_sqlite


class Asking:
    """An open lab that asks for twenty chairs and a hundred euro."""

    def __init__(self, stage: SponsorStage) -> None:
        self.stage, self.lab = stage, make_lab(stage)
        self.chairs = self.ask("thing", "Sedie", "sedie", 20)
        self.euro = self.ask("euro", "Per la vernice", "", 10_000)

    def ask(self, kind: str, words: str, unit: str, amount: int) -> int:
        asked: int = self.stage.do(labs.ask_for, self.stage.cast.maker, self.lab.id, kind, words, unit, amount).id
        return asked

    def target(self, line: int | None) -> Target:
        return Target("lab", self.lab.id, line=line)

    def received(self, resource_id: int) -> int:
        with self.stage.database.reading() as session:
            return resource_of(session, self.lab.id or 0, resource_id).received

    def givers(self, resource_id: int) -> list[str]:
        with self.stage.database.reading() as session:
            return [line.giver for line in lines_of(session, resource_id)]


@pytest.fixture
def asking(stage: SponsorStage) -> Asking:
    return Asking(stage)


def number_of(stage: SponsorStage, table: Any) -> int:
    with stage.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_each_part_is_noted_in_the_book(stage: SponsorStage, asking: Asking) -> None:
    hours = number_of(stage, Entry)
    chairs = stage.accepted(asking.target(asking.chairs), words="Sedie del negozio")
    stage.deliver(chairs, received=12)
    stage.deliver(chairs, 4_000, received=8, is_last=True)
    assert asking.received(asking.chairs) == 20
    money = stage.accepted(asking.target(asking.euro), kind="money", amount_cents=9_000)
    stage.deliver(money, 3_333)
    assert asking.received(asking.euro) == 3_333
    assert number_of(stage, Entry) == hours
    assert asking.givers(asking.chairs) == [BAKERY, BAKERY]


def test_taken_back_with_the_part_and_once(stage: SponsorStage, asking: Asking) -> None:
    pledge_id = stage.accepted(asking.target(asking.chairs))
    wrong, right = stage.deliver(pledge_id, received=5), stage.deliver(pledge_id, received=7)
    stage.do(actions.correct, stage.cast.maker, pledge_id, wrong)
    assert asking.received(asking.chairs) == 7
    with stage.database.reading() as session:
        noted = session.exec(select(LabReceipt.id).where(LabReceipt.amount == 7)).one()
    stage.do(labs.take_back, stage.cast.maker, asking.lab.id, noted)  # by the lab's keepers, before the makers do
    stage.do(actions.correct, stage.cast.maker, pledge_id, right)
    assert asking.received(asking.chairs) == 0


def test_taken_back_twice_at_once(stage: SponsorStage, asking: Asking) -> None:
    pledge_id = stage.accepted(asking.target(asking.chairs))
    line = stage.deliver(pledge_id, received=5)
    assert stage.correct_twice_at_once(pledge_id, line) == ["done", "late"]
    assert (asking.received(asking.chairs), number_of(stage, LabReceipt)) == (0, 2)


def test_how_much_has_to_be_said(stage: SponsorStage, asking: Asking) -> None:
    pledge_id = stage.accepted(asking.target(asking.chairs))
    for received in (None, 0, -3, 10**12):
        with pytest.raises(Invalid) as wrong:
            stage.deliver(pledge_id, 100, received=received)
        assert wrong.value.field == "received"
    assert number_of(stage, LabReceipt) == 0


def test_only_what_the_lab_asks_for_and_of_the_same_kind(stage: SponsorStage, asking: Asking) -> None:
    closed = asking.ask("thing", "Tavoli", "tavoli", 2)
    stage.do(labs.close_resource, stage.cast.maker, asking.lab.id, closed)
    for line in (asking.euro, closed, 9_999):
        with pytest.raises(Invalid) as wrong:
            stage.offer(asking.target(line))
        assert wrong.value.field == "target"
    offered = stage.offer(asking.target(None))
    with pytest.raises(Invalid):
        stage.do(actions.accept, stage.cast.maker, offered, 1, asking.euro)
    assert stage.pledge(offered).state == "offered"


def test_the_maker_who_accepts_may_say_it(stage: SponsorStage, asking: Asking) -> None:
    said, unsaid, left = (stage.offer(asking.target(line)) for line in (None, asking.chairs, asking.chairs))
    for pledge_id, line in ((said, asking.chairs), (unsaid, 0), (left, None)):
        stage.do(actions.accept, stage.cast.maker, pledge_id, 1, line)
    of_these = [stage.pledge(one).lab_resource_id for one in (said, unsaid, left)]
    assert of_these == [asking.chairs, None, asking.chairs]
    late = stage.offer(asking.target(None))
    stage.do(actions.accept, stage.cast.maker, late, 1)
    with pytest.raises(NotNow):
        stage.do(actions.accept, stage.cast.maker, late, 2, asking.chairs)
    assert stage.pledge(late).lab_resource_id is None


def test_asked_for_no_more_it_is_noted_nowhere(stage: SponsorStage, asking: Asking) -> None:
    pledge_id = stage.accepted(asking.target(asking.chairs))
    stage.do(labs.close_resource, stage.cast.maker, asking.lab.id, asking.chairs)
    stage.deliver(pledge_id)
    assert asking.received(asking.chairs) == 0


def test_who_is_not_named_is_not_named_in_the_book(stage: SponsorStage, asking: Asking) -> None:
    pledge_id = stage.accepted(asking.target(asking.chairs), is_public=False)
    stage.deliver(pledge_id, received=5)
    assert asking.givers(asking.chairs) == [""]
    stage.do(actions.be_named, stage.cast.bakery, pledge_id, named=True)
    assert asking.givers(asking.chairs) == [BAKERY]
    stage.do(actions.hide_pledge, stage.cast.maker, pledge_id)
    assert asking.givers(asking.chairs) == [""]


@on_sqlite
def test_from_the_form_to_the_book(stage: SponsorStage, asking: Asking, client_for: Callable[..., Browser]) -> None:
    shop, maker = client_for(stage.cast.bakery), client_for(stage.cast.maker)
    form = shop.look("/c/cremona/sponsors/pledges/new")
    said = {"kind": "goods", "words": "Venti sedie", "conflict": "no", "target": f"lab:{asking.lab.id}:{asking.chairs}"}
    assert form.says("Pomeriggi insieme: Sedie")
    wrong = shop.submit(form, "Offri", status=422, **(said | {"kind": "room"}))
    assert wrong.says("Il laboratorio lì non chiede cose di questo tipo")
    done = shop.submit(form, "Offri", **said)
    accepted = maker.submit(maker.look(done.address), "accept")
    assert accepted.says("Sedie")
    missing = maker.submit(accepted, "deliver", status=422)
    assert missing.errors()
    maker.submit(accepted, "deliver", received="12")
    page = maker.look(f"/c/cremona/labs/{asking.lab.slug}")
    assert page.says("12 sedie")
    assert maker.look(f"/c/cremona/labs/{asking.lab.slug}/resources/{asking.chairs}").says(BAKERY)


@on_sqlite
def test_without_a_link_its_keepers_see_what_was_given(
    stage: SponsorStage, asking: Asking, client_for: Callable[..., Browser]
) -> None:
    named, silent = (
        stage.accepted(asking.target(None)),
        stage.accepted(asking.target(None), is_public=False, words="Zitto"),
    )
    wrong = stage.accepted(asking.target(None), words="Per sbaglio")
    for one in (named, silent):
        stage.deliver(one)
    stage.do(actions.correct, stage.cast.maker, wrong, stage.deliver(wrong))
    stage.deliver(stage.accepted(asking.target(asking.chairs), words="Nel libro"), received=1)
    address = f"/c/cremona/labs/{asking.lab.slug}/resources/"
    page = client_for(stage.cast.maker).look(f"{address}{asking.chairs}")
    delivered = page.soup.find(attrs={"aria-labelledby": "delivered"}).get_text()
    assert f"{BAKERY}: Venti pagnotte" in delivered
    assert "chi preferisce non essere nominato" in delivered
    for absent in ("Zitto", "Per sbaglio", "Nel libro"):
        assert absent not in delivered
    assert (
        client_for(stage.cast.maker).look(f"{address}{asking.euro}").soup.find(attrs={"aria-labelledby": "delivered"})
        is None
    )
    stage.do(labs.join_lab, stage.cast.anna, asking.lab.id)
    inside = client_for(stage.cast.anna).look(f"{address}{asking.chairs}")
    assert inside.soup.find(attrs={"aria-labelledby": "delivered"}) is None
