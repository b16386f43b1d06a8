"""What the record says of suppliers, products and who is in charge: every deed once, also where it is done twice."""

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from civic_centers.suppliers import actions
from civic_centers.suppliers.actions import AboutSupplier
from civic_centers.suppliers.queries import price_history
from civic_centers.suppliers.rules import PriceSaid, Said
from foundation.audit.tables import AuditEntry
from tests.cast import Member
from tests.civic_centers.suppliers.stage import LATER, TODAY, SupplierStage

LINES = "Codice;Prodotto;U.M.;Prezzo\nM1;Mele;kg;2,15\n"


def record(stage: SupplierStage, *kinds: str) -> list[tuple[str, int | None, int | None]]:
    """What was done, to which, and by whom."""
    statement = select(AuditEntry).where(col(AuditEntry.kind).in_(kinds)).order_by(col(AuditEntry.id))
    with stage.database.reading() as session:
        return [(one.verb, one.object_id, one.actor_person_id) for one in session.exec(statement)]


def twice(stage: SupplierStage, act: Callable[..., Any], who: Member, *said: Any, **more: Any) -> None:
    for _ in range(2):
        stage.do(act, who, *said, **more)


def test_of_a_supplier(stage: SupplierStage) -> None:
    cast, number = stage.cast, stage.supplier_id
    bashir, maker = cast.bashir, cast.maker
    stage.do(actions.change_supplier, bashir, number, AboutSupplier("Cascina", stage.zone_id), version=1)
    for state, words in (("paused", "In ferie"), ("closed", ""), ("open", "")):
        twice(stage, actions.set_state, bashir, number, state, words)
    stage.do(actions.say_interest, bashir, number, "È di mio fratello")
    twice(stage, actions.say_interest, bashir, number, "")
    twice(stage, actions.hide_supplier, maker, number)
    twice(stage, actions.show_supplier, maker, number)
    by_bashir = ("added", "changed", "paused", "closed", "reopened", "declared", "took_back")
    assert record(stage, "supplier") == [
        *((verb, number, bashir.id) for verb in by_bashir),
        ("hid", number, maker.id), ("showed_again", number, maker.id),
    ]  # fmt: skip


def test_of_a_product(stage: SupplierStage) -> None:
    cast, number = stage.cast, stage.product()
    bashir, maker = cast.bashir, cast.maker
    stage.do(actions.change_product, bashir, number, Said("Farina 0"), version=1)
    twice(stage, actions.set_price, bashir, number, PriceSaid(40_000), from_day=LATER)
    twice(stage, actions.set_available, bashir, number, available=False, most=None)
    twice(stage, actions.set_available, bashir, number, available=True, most=5000)
    twice(stage, actions.end_product, bashir, number)
    twice(stage, actions.bring_back, bashir, number)
    twice(stage, actions.hide_product, maker, number)
    twice(stage, actions.show_product, maker, number)
    by_bashir = ("added", "changed", "priced", "sold_out", "stocked", "ended", "brought_back")
    assert record(stage, "product") == [
        *((verb, number, bashir.id) for verb in by_bashir),
        ("hid", number, maker.id), ("showed_again", number, maker.id),
    ]  # fmt: skip


def test_of_a_list(stage: SupplierStage) -> None:
    run_id = stage.bring(LINES)
    stage.desk().undo(run_id)
    who = stage.cast.bashir.id
    assert record(stage, "supplier")[1:] == [
        ("took_list_in", stage.supplier_id, who), ("took_list_back", stage.supplier_id, who),
    ]  # fmt: skip


def test_of_who_is_in_charge(stage: SupplierStage) -> None:
    cast = stage.cast
    twice(stage, actions.end_purchaser, cast.administrator, stage.charge)
    assert record(stage, "purchaser") == [
        ("put_in_charge", stage.charge, cast.maker.id), ("ended_charge", stage.charge, cast.administrator.id),
    ]  # fmt: skip


def test_a_price_says_who_wrote_it_and_from_which_list(stage: SupplierStage) -> None:
    run_id = stage.bring(LINES, day=TODAY)
    apples = stage.products()["Mele"].id or 0
    stage.do(actions.set_price, stage.cast.maker, apples, PriceSaid(25_000), from_day=LATER)
    with stage.database.reading() as session:
        assert [(one.written_by_id, one.run_id) for one in price_history(session, apples)] == [
            (stage.cast.maker.id, None), (stage.cast.bashir.id, run_id),
        ]  # fmt: skip
