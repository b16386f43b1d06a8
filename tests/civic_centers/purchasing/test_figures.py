"""Quantities as people type and read them, and what a refusal says of them."""

from collections.abc import Callable

import pytest

from civic_centers.purchasing.actions.changing import change_order, weigh
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import deliver, send
from civic_centers.purchasing.queries.totals import product_totals
from civic_centers.purchasing.rules.cycles import NotEnough
from tests.civic_centers.purchasing.stage import BuyingStage, must_agree
from tests.client import Browser, on_sqlite

HERE = "/c/cremona/orders"


def test_what_is_left_counts_what_one_has(stage: BuyingStage) -> None:
    """Twenty packets: Bashir has twelve, Anna five, so Anna may have eight."""
    cycle_id = stage.opened()
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 12_000})
    order = stage.order(stage.cast.anna, cycle_id, {"Farina": 5000})
    with pytest.raises(NotEnough) as refused:
        stage.order(stage.cast.anna, cycle_id, {"Farina": 9000}, version=order.version)
    assert refused.value.params["left"] == 8
    stage.order(stage.cast.anna, cycle_id, {"Farina": 8000}, version=order.version)
    must_agree(stage, cycle_id)


@on_sqlite
@pytest.mark.parametrize(("language", "step", "left"), [("it", "0,25", "1,75"), ("en", "0.25", "1.75")])
def test_refusals_write_figures_as_the_reader_does(
    stage: BuyingStage, client_for: Callable[..., Browser], language: str, step: str, left: str
) -> None:
    stage.add_product("Noci", "kg", 90_000, step=250, most=1750)
    cycle_id = stage.opened()
    browser = client_for(stage.cast.anna, language=language)
    form = browser.look(f"{HERE}/{cycle_id}/order/0")
    nuts, cheese = (f"q{stage.product(cycle_id, name).id}" for name in ("Noci", "Formaggio"))
    for typed, status, words in ((step.replace("25", "3"), 422, step), ("2", 409, left), (step[:-1], 422, step)):
        assert words in " ".join(browser.submit(form, f"/{cycle_id}/order/0", status=status, **{nuts: typed}).errors())
    # What is weighed is ordered in whole pieces, and the refusal says so.
    for typed in ("1,5", "1.5"):
        said = browser.submit(form, f"/{cycle_id}/order/0", status=422, **{cheese: typed}).errors()
        assert any(word in " ".join(said) for word in ("quanti pezzi", "how many pieces"))


@on_sqlite
@pytest.mark.parametrize(("language", "weight"), [("it", "1,375"), ("en", "1.375")])
def test_what_stands_in_a_field_can_be_sent_back(
    stage: BuyingStage, client_for: Callable[..., Browser], language: str, weight: str
) -> None:
    """Three decimals after a point are a weight for who reads English, and both pages take back what they show."""
    cycle_id = stage.opened()
    order_id = stage.order(stage.cast.anna, cycle_id, {"Formaggio": 1400, "Farina": 1000}).id
    stage.do(close, stage.cast.maker, cycle_id)
    cheese = stage.product(cycle_id, "Formaggio").id
    maker = client_for(stage.cast.maker, language=language)
    page = f"{HERE}/{cycle_id}/products/{cheese}/weigh"
    maker.submit(maker.look(page), "/weigh", **{f"w{order_id}": weight})
    assert stage.lines(order_id)["Formaggio"].delivered == 1375
    maker.submit(maker.look(page), "/weigh")
    assert stage.lines(order_id)["Formaggio"].delivered == 1375
    change = maker.look(f"{HERE}/{cycle_id}/families/{order_id}/change")
    assert f'value="{weight}"' in change.html
    flour = f"q{stage.product(cycle_id, 'Farina').id}"
    maker.submit(change, "/change", reason="Avanzava", **{flour: "2"})
    lines = stage.lines(order_id)
    assert (lines["Formaggio"].delivered, lines["Farina"].confirmed) == (1375, 2000)
    # 1.375 kg at 16.50: 22.6875, so 22.69; two packets at 2.39.
    assert stage.order_of(stage.cast.anna, cycle_id).goods_cents == 2269 + 478
    must_agree(stage, cycle_id)


def test_what_is_given_beside_the_order_counts_in_the_total(stage: BuyingStage) -> None:
    cycle_id = stage.opened(pack_rule="send")
    stage.order(stage.cast.bashir, cycle_id, {"Arance": 1000})
    order_id = stage.order(stage.cast.anna, cycle_id, {"Farina": 1000}).id
    for act in (close, send, deliver):
        stage.do(act, stage.cast.maker, cycle_id)
    oranges = stage.product(cycle_id, "Arance").id
    version = stage.order_of(stage.cast.anna, cycle_id).version
    stage.do(change_order, stage.cast.maker, cycle_id, order_id, {oranges: 2000}, "Ne avanzavano", version=version)
    with stage.database.reading() as session:
        assert product_totals(session, stage.cycle(cycle_id))[oranges] == 3000
    bashir = stage.order_of(stage.cast.bashir, cycle_id).id
    stage.do(weigh, stage.cast.maker, cycle_id, oranges, {bashir: 900})
    with stage.database.reading() as session:
        assert product_totals(session, stage.cycle(cycle_id))[oranges] == 2900


@on_sqlite
def test_nothing_in_the_file_for_the_supplier_is_a_formula(
    stage: BuyingStage, client_for: Callable[..., Browser]
) -> None:
    for name in ("=1+1", "+39", "-2", "@SUM(A1)", "\tTab", '"; DROP', "Pere;mele"):
        stage.add_product(name, "piece", 10_000)
    cycle_id = stage.opened()
    names = ("=1+1", "+39", "-2", "@SUM(A1)", '"; DROP', "Pere;mele")
    stage.order(stage.cast.anna, cycle_id, dict.fromkeys(names, 1000))
    stage.do(close, stage.cast.maker, cycle_id)
    maker = client_for(stage.cast.maker)
    maker.look(f"{HERE}/{cycle_id}/supplier")
    text = maker.client.get(f"{HERE}/{cycle_id}/supplier.csv").get_data(as_text=True)
    import csv
    import io

    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert {row[1] for row in rows[1:]} == {"'=1+1", "'+39", "'-2", "'@SUM(A1)", '"; DROP', "Pere;mele"}
    assert all(len(row) == 8 and not cell[:1].startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@on_sqlite
@pytest.mark.parametrize("odd", ["\x00", "a\x00b", "x" * 100_000, "٣", "1e9", "-1", "NaN", "Infinity", "1" * 400])
def test_odd_words_and_figures_are_never_a_fault(
    stage: BuyingStage, client_for: Callable[..., Browser], odd: str
) -> None:
    """Every form of a cycle answers with a page, whatever is typed in all of its fields."""
    cycle_id = stage.opened(pack_rule="send")
    order_id = stage.order(stage.cast.anna, cycle_id, {"Arance": 1000, "Farina": 1000}).id
    maker, anna = client_for(stage.cast.maker), client_for(stage.cast.anna)
    product = stage.product(cycle_id, "Arance").id
    forms = [(anna, f"{HERE}/{cycle_id}/order/0"), (anna, f"{HERE}/{cycle_id}/order/1"), (maker, f"{HERE}/new")]
    forms += [(maker, f"{HERE}/{cycle_id}/{end}") for end in ("edit", "places", "charge", "costs", "turns", "rhythm")]
    forms += [(maker, f"{HERE}/{cycle_id}/products/{product}")]
    for browser, address in forms:
        typed_everywhere(browser, address, odd)
    stage.do(close, stage.cast.maker, cycle_id)
    for end in (f"families/{order_id}/change", f"products/{product}/weigh", f"products/{product}/leave-out", "cancel"):
        typed_everywhere(maker, f"{HERE}/{cycle_id}/{end}", odd)


def typed_everywhere(browser: Browser, address: str, odd: str) -> None:
    response = browser.client.get(address, headers=browser.headers)
    if response.status_code != 200:
        return
    page = browser.look(address)
    tokens = page.soup.find("input", attrs={"name": "csrf_token"})
    for form in page.soup.select("main form[method=post]"):
        names = {field["name"] for field in form.select("[name]")} - {"csrf_token", "request_key"}
        data = dict.fromkeys(names, odd) | {"csrf_token": tokens["value"] if tokens else ""}
        answer = browser.client.post(form.get("action") or address, data=data, headers=browser.headers)
        assert answer.status_code < 500, (address, form.get("action"))
