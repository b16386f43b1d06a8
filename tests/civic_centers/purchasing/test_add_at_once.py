"""A household that leaves in the moment in which it is added: it is gone, or it is owed what it gets."""

from threading import Thread

from sqlmodel import select

from civic_centers.purchasing.actions.adding import add_order
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.tables import PurchaseOrder
from community.leaving.actions import leave
from foundation import clock
from foundation.errors import Missing
from tests.civic_centers.purchasing.stage import NOW, BuyingStage


def closed(stage: BuyingStage) -> int:
    cycle_id = stage.opened(pack_rule="send")
    stage.order(stage.cast.anna, cycle_id, {"Farina": 3000})
    assert stage.do(close, stage.cast.maker, cycle_id) == "closed"
    return cycle_id


class Adding(Thread):
    """Bashir’s household is added in a transaction of its own, beside another that is open."""

    def __init__(self, stage: BuyingStage, cycle_id: int) -> None:
        super().__init__(daemon=True)
        self.stage, self.cycle_id, self.answer = stage, cycle_id, ""
        self.said = ({stage.product(cycle_id, "Farina").id: 1000}, "Ha telefonato")
        self.place_id = stage.place(cycle_id)
        self.start()

    def run(self) -> None:
        maker, party_id = self.stage.cast.maker, self.stage.cast.bashir.party.id
        with clock.at(NOW):
            try:
                self.stage.do(add_order, maker, self.cycle_id, party_id, *self.said, place_id=self.place_id)
                self.answer = "in"
            except Missing:
                self.answer = "gone"


def parties(stage: BuyingStage) -> list[int | None]:
    with stage.database.reading() as session:
        return list(session.exec(select(PurchaseOrder.party_id).order_by(PurchaseOrder.id)))


def test_who_is_leaving_is_not_added(stage: BuyingStage) -> None:
    cycle_id = closed(stage)
    with stage.database.writing() as session:
        leave(session, stage.cast.bashir.actor)
        adding = Adding(stage, cycle_id)
        adding.join(0.5)
        assert adding.is_alive()
    adding.join(30)
    assert adding.answer == "gone"
    assert parties(stage) == [stage.cast.anna.party.id]


def test_who_is_being_added_leaves_after_it(stage: BuyingStage) -> None:
    cycle_id = closed(stage)
    flour, place_id = stage.product(cycle_id, "Farina").id, stage.place(cycle_id)
    party_id = stage.cast.bashir.party.id

    def go() -> None:
        with clock.at(NOW):
            stage.do(leave, stage.cast.bashir)

    leaving = Thread(target=go, daemon=True)
    with stage.database.writing() as session:
        add_order(session, stage.cast.maker.actor, cycle_id, party_id, {flour: 1000}, "p", place_id=place_id)
        leaving.start()
        leaving.join(0.5)
        assert leaving.is_alive()
    leaving.join(30)
    assert not leaving.is_alive()
    assert parties(stage) == [stage.cast.anna.party.id, party_id]
