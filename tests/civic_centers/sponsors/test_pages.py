"""A shopkeeper with five minutes: one short form; what comes back; and a page of its own."""

from collections.abc import Callable

from civic_centers.sponsors import actions
from tests.civic_centers.sponsors.stage import SponsorStage
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
SAID = {"kind": "goods", "words": "Venti pagnotte ogni venerdì", "amount": "40", "conflict": "no"}


def test_from_the_page_of_an_activity_to_the_thanks(stage: SponsorStage, client_for: Callable[..., Browser]) -> None:
    shop, maker = client_for(stage.cast.bakery), client_for(stage.cast.maker)
    form = shop.look(shop.look(f"/c/cremona/activities/{stage.activity_id}").link("Offri qualcosa"))
    wrong = shop.submit(form, "Offri", status=422, **(SAID | {"words": "", "amount": "1e9"}))
    assert len(wrong.errors()) >= 2
    assert 'value="1e9"' in wrong.html
    done = shop.submit(wrong, "Offri", **SAID)
    assert done.says("Grazie! Un maker vi risponde presto.")
    assert done.says("Aspetta un maker")
    again = shop.submit(wrong, "Offri", **SAID)  # the same form twice
    assert again.address == done.address
    other = shop.submit(wrong, "Offri", status=409, **(SAID | {"words": "Altro pane"}))
    assert other.errors(), "the same form with other words is no repeat"
    page = maker.look(done.address)
    assert page.says("Nessuno dichiarato")
    accepted = maker.submit(page, "accept")
    assert accepted.says("Accettato")
    late = maker.submit(page, "accept")
    assert late.says("Intanto qui è cambiato qualcosa.")
    noted = maker.submit(accepted, "deliver", cents="20,50")
    assert noted.says("20,50 €")
    bad = maker.submit(noted, "deliver", status=422, cents="-3")
    assert bad.errors()
    thanked = maker.submit(noted, "thank", thanks="Che profumo!")
    assert thanked.says("Che profumo!")
    assert shop.look(done.address).says("Che profumo!")


def test_nobody_else_opens_it(stage: SponsorStage, client_for: Callable[..., Browser]) -> None:
    pledge_id = stage.accepted()
    for who in ("anna", "bashir", "other_maker", "administrator"):
        client_for(stage.cast.members[who]).look(f"/c/cremona/sponsors/pledges/{pledge_id}", status=404)
    for address in ("sponsors/ours", "sponsors/pledges/new", "sponsors/ours/2027", "vouchers/redeem"):
        client_for(stage.cast.anna).look(f"/c/cremona/{address}", status=404)


def test_written_down_by_a_maker(stage: SponsorStage, client_for: Callable[..., Browser]) -> None:
    maker = client_for(stage.cast.maker)
    found = maker.look("/c/cremona/sponsors/pledges/for?q=bakery")
    form = maker.look(found.link("Un impegno"))
    said = SAID | {"target": f"center:{stage.center_id}"}
    assert maker.submit(form, "Segna", status=422, **said).says("Scegli come hanno detto di sì.")
    assert maker.submit(form, "Segna", yes_way="spoken", **said).says("a voce")


def test_a_page_a_badge_and_a_statement(
    stage: SponsorStage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    stage.deliver(stage.accepted(), 4_000)
    shop = client_for(stage.cast.bakery)
    form = shop.look(shop.look("/c/cremona/sponsors/ours").link("Scrivi la vostra pagina"))
    assert shop.submit(form, "Salva", words="Pane dal 1921").says("tutti la possono leggere")
    page = visitor.look(visitor.look("/c/cremona/sponsors/").link("Bakery"))
    assert page.says("Pane dal 1921")
    assert page.says("Venti pagnotte ogni venerdì")
    assert shop.look("/c/cremona/sponsors/ours/page").soup.find("img", src=lambda one: "badge.svg" in (one or ""))
    statement = shop.look("/c/cremona/sponsors/ours/2027")
    assert statement.says("Cose")
    assert statement.says("40,00 €")
    shop.look("/c/cremona/sponsors/ours/1", status=404)


def test_reported_and_taken_out_of_sight(
    stage: SponsorStage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    stage.accepted()
    bakery = stage.cast.bakery
    stage.do(actions.keep_page, bakery, bakery.party.id, "Pane", is_public=True, version=1)
    anna = client_for(stage.cast.anna)
    page = anna.look("/c/cremona/sponsors/bakery-e-famiglia")
    assert anna.look(page.link("Segnala")).soup.select("form button[name=reason]")


def test_a_page_out_of_sight_is_read_by_nobody_through_a_report(
    stage: SponsorStage, client_for: Callable[..., Browser]
) -> None:
    bakery, maker = stage.cast.bakery, stage.cast.maker
    stage.do(actions.keep_page, bakery, bakery.party.id, "Parole brutte", is_public=True, version=1)
    address = f"/c/cremona/report/sponsor_page/{bakery.party.id}"
    anna, shop = client_for(stage.cast.anna), client_for(bakery)
    assert anna.look(address).says("Parole brutte")
    stage.do(actions.hide_page, maker, bakery.party.id)
    anna.look(address, status=404)
    assert client_for(maker).look(address).says("Parole brutte")
    assert shop.look("/c/cremona/sponsors/ours").says("la vedete solo voi")
    kept = shop.submit(shop.look("/c/cremona/sponsors/ours/page"), "Salva", words="Pane")
    assert not kept.says("tutti la possono leggere"), "it is out of sight still"


def test_named_as_the_button_said_however_often_it_is_pressed(
    stage: SponsorStage, client_for: Callable[..., Browser]
) -> None:
    pledge_id, shop = stage.accepted(), client_for(stage.cast.bakery)
    address = f"/c/cremona/sponsors/pledges/{pledge_id}"
    page = shop.look(address)
    for _time in range(2):
        assert shop.submit(page, "Non nominateci").says("non siete più nominati")
        assert not stage.pledge(pledge_id).is_public
    assert shop.submit(shop.look(address), "Nominateci").says("Da adesso per questo siete nominati")
    stage.do(actions.end, stage.cast.maker, pledge_id, 2, "Il forno è chiuso")
    assert not shop.look(address).soup.select("form[action$=name]"), "nobody is named for what is over"


def test_declined_with_a_reason(stage: SponsorStage, client_for: Callable[..., Browser]) -> None:
    pledge_id = stage.offer()
    maker = client_for(stage.cast.maker)
    form = maker.look(f"/c/cremona/sponsors/pledges/{pledge_id}/decline")
    assert maker.submit(form, "Diglielo", status=422, reason="").errors()
    maker.submit(form, "Diglielo", reason="Ne abbiamo già")
    assert client_for(stage.cast.bakery).look(f"/c/cremona/sponsors/pledges/{pledge_id}").says("Ne abbiamo già")
