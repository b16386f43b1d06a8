"""A household that ordered nothing is added after closing, by the rules of any change after it."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from civic_centers.purchasing.actions.adding import add_order
from civic_centers.purchasing.actions.changing import add_cost
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import deliver, finish, send
from civic_centers.purchasing.actions.ordering import drop_order
from civic_centers.purchasing.queries.adding import FEW, households_named
from civic_centers.purchasing.rules.cycles import NotNow
from civic_centers.purchasing.tables import LineMove, PurchaseOrder
from community.moderation.actions import block
from community.notifications.tables import Notification
from community.parties.tables import PartyMember
from foundation import clock
from foundation.audit.tables import AuditEntry
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Member, make_member
from tests.civic_centers.purchasing.stage import NOW, BuyingStage
from tests.client import Browser, on_sqlite

HERE = "/c/cremona/orders"
ADDED = "purchasing:added"


def closed(stage: BuyingStage) -> int:
    """Anna alone ordered: 3 packs of flour at 2.39."""
    cycle_id = stage.opened(pack_rule="send")
    stage.order(stage.cast.anna, cycle_id, {"Farina": 3000})
    assert stage.do(close, stage.cast.maker, cycle_id) == "closed"
    return cycle_id


def put(stage: BuyingStage, cycle_id: int, who: Member, quantities: dict[str, int], **more: object) -> PurchaseOrder:
    by_id = {stage.product(cycle_id, name).id: quantity for name, quantity in quantities.items()}
    said = {"place_id": stage.place(cycle_id), "reason": "Ha telefonato", **more}
    reason, by = said.pop("reason"), said.pop("by", stage.cast.maker)
    return stage.do(add_order, by, cycle_id, who.party.id, by_id, reason, **said)


def told(stage: BuyingStage) -> list[str]:
    return [name for name, notice in stage.letters() if notice == ADDED]


def test_a_family_that_forgot_is_added_and_every_sum_is_right_to_the_cent(stage: BuyingStage) -> None:
    """Transport of 10.01 by head: Anna pays it alone, then half each. Bashir: 2 packs, 4.78."""
    with clock.at(NOW):
        cycle_id = closed(stage)
        stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 1001, "head")
        order = put(stage, cycle_id, stage.cast.bashir, {"Farina": 2000})
        anna, bashir = (stage.order_of(one, cycle_id) for one in (stage.cast.anna, stage.cast.bashir))
        assert (anna.goods_cents, bashir.goods_cents) == (717, 478)
        assert sorted((anna.extra_cents, bashir.extra_cents)) == [500, 501]
        assert (bashir.state, bashir.number, bashir.placed_by_id, bashir.reason) == (
            "standing", 0, None, "Ha telefonato",
        )  # fmt: skip
        assert bashir.told_cents == bashir.total_cents
        line = stage.lines(order.id)["Farina"]
        assert (line.ordered, line.confirmed, line.delivered) == (0, 2000, None)
        assert told(stage) == ["bashir"]
        with stage.database.reading() as session:
            [move] = session.exec(select(LineMove).where(LineMove.line_id == line.id)).all()
            assert (move.kind, move.delta) == ("changed", 2000)
            [deed] = session.exec(select(AuditEntry).where(AuditEntry.verb == "added")).all()
            assert (deed.kind, deed.object_id, deed.actor_person_id) == (
                "purchase_order", order.id, stage.cast.maker.id,
            )  # fmt: skip


def test_both_adults_are_told_but_not_who_did_it(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = closed(stage)
        with stage.database.writing() as session:
            second = make_member(session, stage.cast, "basma", "centro")
            session.add(PartyMember(party_id=stage.cast.bashir.party.id, person_id=second.id))
        put(stage, cycle_id, stage.cast.bashir, {"Farina": 1000})
        put(stage, cycle_id, stage.cast.maker, {"Farina": 1000})
        with stage.database.reading() as session:
            people = session.exec(select(Notification.person_id).where(Notification.notice == ADDED)).all()
        assert sorted(people) == sorted([stage.cast.bashir.id, second.id])


def test_never_more_than_there_is(stage: BuyingStage) -> None:
    """Of flour the supplier has 20 packs; Anna gets 3."""
    with clock.at(NOW):
        cycle_id = closed(stage)
        with pytest.raises(Refused) as refused:
            put(stage, cycle_id, stage.cast.bashir, {"Farina": 17_001})
        assert refused.value.field == f"q{stage.product(cycle_id, 'Farina').id}"
        with stage.database.reading() as session:  # wholly or not at all
            assert len(session.exec(select(PurchaseOrder)).all()) == 1
        put(stage, cycle_id, stage.cast.bashir, {"Farina": 17_000})


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"reason": " "}, Invalid),
        ({"place_id": None}, Invalid),
        ({"place_id": 10**9}, Invalid),
    ],
)
def test_what_has_to_be_said(stage: BuyingStage, more: dict[str, object], wrong: type[Exception]) -> None:
    with clock.at(NOW):
        cycle_id = closed(stage)
        with pytest.raises(wrong):
            put(stage, cycle_id, stage.cast.bashir, {"Farina": 1000}, **more)
        for quantities in ({}, {"Farina": 0}, {"Farina": -1000}, {"Farina": 10**12}):
            with pytest.raises(Invalid):
                put(stage, cycle_id, stage.cast.bashir, quantities)
        assert told(stage) == []


def test_who_may_not_be_added(stage: BuyingStage) -> None:
    """Nobody twice, no organisation, nobody of elsewhere, none that was blocked; nor by who is not in charge."""
    with clock.at(NOW):
        cycle_id = closed(stage)
        with pytest.raises(Refused):
            put(stage, cycle_id, stage.cast.anna, {"Farina": 1000})
        with pytest.raises(Missing):
            stage.do(add_order, stage.cast.maker, cycle_id, stage.cast.bakery.party.id, {}, "p", place_id=None)
        with pytest.raises(Missing):
            stage.do(add_order, stage.cast.maker, cycle_id, 10**9, {}, "p", place_id=None)
        with pytest.raises(Missing):
            put(stage, cycle_id, stage.cast.bashir, {"Farina": 1000}, by=stage.cast.anna)
        stage.do(block, stage.cast.bashir, stage.cast.maker.party.id)
        with pytest.raises(Missing):
            put(stage, cycle_id, stage.cast.bashir, {"Farina": 1000})


def test_only_between_closing_and_the_end(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = stage.opened(pack_rule="send")
        stage.order(stage.cast.anna, cycle_id, {"Farina": 3000})
        stage.order(stage.cast.chiara, cycle_id, {"Farina": 1000})
        stage.do(drop_order, stage.cast.chiara, cycle_id, 0, stage.order_of(stage.cast.chiara, cycle_id).version)
        with pytest.raises(NotNow):
            put(stage, cycle_id, stage.cast.bashir, {"Farina": 1000})
        for act in (close, send):
            stage.do(act, stage.cast.maker, cycle_id)
        # Who took their order out while it was open has the same one again.
        before = stage.order_of(stage.cast.chiara, cycle_id).id
        assert put(stage, cycle_id, stage.cast.chiara, {"Farina": 2000}).id == before
        assert stage.order_of(stage.cast.chiara, cycle_id).goods_cents == 478
        stage.do(deliver, stage.cast.maker, cycle_id)
        order = put(stage, cycle_id, stage.cast.bashir, {"Formaggio": 380})
        assert stage.lines(order.id)["Formaggio"].delivered == 380
        assert stage.order_of(stage.cast.bashir, cycle_id).goods_cents == 627
        stage.do(finish, stage.cast.maker, cycle_id)
        with pytest.raises(NotNow):
            put(stage, cycle_id, stage.cast.dario, {"Farina": 1000})


def named(stage: BuyingStage, words: str) -> tuple[list[str], bool]:
    with stage.database.reading() as session:
        found, more = households_named(session, stage.cast.maker.actor, words)
    return [one.name for one in found], more


def make_called(stage: BuyingStage, *names: str, **more: str) -> None:
    with stage.database.writing() as session:
        for name in names:
            make_member(session, stage.cast, name, "centro", **more)


def test_organisations_of_the_same_name_hide_no_family(stage: BuyingStage) -> None:
    make_called(stage, *(f"pozzi_a{number:02}" for number in range(FEW)), organisation="business")
    make_called(stage, "pozzi_z")
    found, more = named(stage, "pozzi")
    assert (len(found), more) == (1, False)
    make_called(stage, *(f"pozzi_y{number:02}" for number in range(FEW - 1)))
    found, more = named(stage, "pozzi")
    assert (len(found), more) == (FEW, False)
    make_called(stage, "pozzi_x")
    found, more = named(stage, "pozzi")
    assert (len(found), more) == (FEW, True)
    assert named(stage, " ") == ([], False)


@on_sqlite
def test_the_page_says_that_there_are_more(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id, first = closed(stage), "Queste sono le prime 20."
    maker = client_for(stage.cast.maker)
    make_called(stage, *(f"pozzi_{number:02}" for number in range(FEW)))
    assert not maker.look(f"{HERE}/{cycle_id}/families/add?q=pozzi").says(first)
    make_called(stage, "pozzi_uno")
    assert maker.look(f"{HERE}/{cycle_id}/families/add?q=pozzi").says(first)


@on_sqlite
def test_the_pages(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    with clock.at(NOW):
        cycle_id = closed(stage)
        flour = f"q{stage.product(cycle_id, 'Farina').id}"
        maker, bashir = client_for(stage.cast.maker), client_for(stage.cast.bashir)
        listed = maker.look(f"{HERE}/{cycle_id}/families")
        search = maker.look(listed.link("Aggiungi una famiglia"))
        assert maker.look(f"{search.address}?q=nessuno").says("Nessuna famiglia si chiama così")
        found = maker.look(f"{search.address}?q=bashir")
        form = maker.look(found.link("Bashir"))
        assert form.says("prima senti la famiglia")
        wrong = maker.submit(form, "Aggiungila", status=422, reason="Ha telefonato", **{flour: "1e9"})
        assert 'value="1e9"' in wrong.html
        assert maker.submit(form, "Aggiungila", status=422, reason="Ha telefonato").says("almeno un prodotto")
        said = {"reason": "Ha telefonato", flour: "2"}
        done = maker.submit(form, "Aggiungila", **said)
        assert done.says("Bashir")
        assert done.says("4,78")
        assert maker.submit(form, "Aggiungila", **said).says("4,78")  # the same click twice is one order
        assert maker.look(form.address).says("ha già un ordine qui")
        assert told(stage) == ["bashir"]
        assert bashir.look(f"{HERE}/{cycle_id}").says("L’ordine fa 4,78")
        bashir.look(f"{HERE}/{cycle_id}/families/add", status=404)
