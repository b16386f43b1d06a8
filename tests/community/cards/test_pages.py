"""Cards on their pages: the maker records, the member reads and prints."""

from collections.abc import Callable

from foundation import clock
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def test_from_the_list_to_the_receipt(cast: Cast, client_for: Callable[..., Browser]) -> None:
    maker = client_for(cast.maker, language="en")
    listed = maker.look(maker.look("/c/cremona/me").link("Membership, insurance, fees and receipts"))
    assert listed.says("no card")
    page = maker.look(maker.look("/c/cremona/cards?q=anna").link("Open"))
    wrong = maker.submit(page, "Record it", status=422, fee="molto")
    assert wrong.errors()
    kept = maker.submit(page, "Record it", fee="12,50")
    assert kept.says("Recorded: card 1.")
    anna = client_for(cast.anna, language="en")
    mine = anna.look(anna.look("/c/cremona/me").link("My card"))
    assert mine.says("€12.50")
    receipt = anna.look(mine.link("Receipt 1/"))
    assert receipt.says("has received from Anna Prova the membership fee of €12.50.")
    assert not maker.look("/c/cremona/cards?q=zzz").says("Open")


def test_a_mistake_is_withdrawn_with_a_reason(cast: Cast, client_for: Callable[..., Browser]) -> None:
    maker = client_for(cast.maker, language="en")
    maker.submit(maker.look(f"/c/cremona/cards/people/{cast.anna.id}"), "Record it", fee="10")
    page = maker.look(maker.look(f"/c/cremona/cards/people/{cast.anna.id}").link("It was a mistake"))
    assert maker.submit(page, "Withdraw it", status=422, reason="").errors()
    done = maker.submit(page, "Withdraw it", reason="altro nome")
    assert done.says("Withdrawn: altro nome")
    assert maker.look(done.link("Receipt 1/")).says("Void: altro nome")


def test_the_rule_is_set_with_the_others(cast: Cast, client_for: Callable[..., Browser]) -> None:
    administrator = client_for(cast.administrator, language="en")
    page = administrator.look("/c/cremona/running/rules")
    assert administrator.submit(page, "These rules from now on", card_before_giving="y").says("needed")
    assert client_for(cast.anna, language="en").look("/c/cremona/me/card").says("who gives holds a card")


def test_the_insurance_alone_with_its_receipt(cast: Cast, client_for: Callable[..., Browser]) -> None:
    maker = client_for(cast.maker, language="en")
    people = f"/c/cremona/cards/people/{cast.anna.id}"
    assert maker.submit(maker.look(f"{people}/insurance"), "Record it", status=422, insured_until="2031-01-01").says(
        "There is no card that holds today"
    )
    maker.submit(maker.look(people), "Record it", fee="10")
    page = maker.look(maker.look(people).link("Renew the insurance alone"))
    assert maker.submit(page, "Record it", status=422, insured_until="2020-01-01").errors()
    later = f"{clock.today('Europe/Rome').year + 1}-03-31"
    done = maker.submit(page, "Record it", insured_until=later, fee="5,00")
    assert done.says("the insurance alone")
    anna = client_for(cast.anna, language="en")
    mine = anna.look("/c/cremona/me/card")
    assert mine.says("€5.00")
    assert anna.look(mine.link("Receipt 2/")).says("has received from Anna Prova €5.00 for the insurance.")
