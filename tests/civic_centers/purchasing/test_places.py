"""Each family fetches at its own place: so the paper of a place says, and the letter that the goods are there."""

from collections.abc import Callable
from datetime import UTC, datetime, time

from sqlmodel import select

from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import deliver, send
from civic_centers.purchasing.actions.ordering import Wish, save_order
from civic_centers.purchasing.actions.placing import Where, add_place
from civic_centers.purchasing.tables import CyclePlace
from community.notifications.tables import Notification
from tests.civic_centers.purchasing.stage import BuyingStage
from tests.client import Browser, on_sqlite

HERE = "/c/cremona/orders"


def two_places(stage: BuyingStage) -> tuple[int, int, int]:
    """Anna fetches flour at the Oratorio, Bashir oil in the library; the cycle is closed, with its two places."""
    cycle_id = stage.opened(pack_rule="send")
    oratory = stage.place(cycle_id)
    library = stage.do(add_place, stage.cast.maker, cycle_id, Where("Biblioteca", time(10), time(12))).id
    flour, oil = (stage.product(cycle_id, name).id for name in ("Farina", "Olio"))
    stage.do(save_order, stage.cast.anna, cycle_id, Wish({flour: 3000}, oratory))
    stage.do(save_order, stage.cast.bashir, cycle_id, Wish({oil: 2000, flour: 1000}, library))
    stage.do(close, stage.cast.maker, cycle_id)
    return cycle_id, oratory, library


@on_sqlite
def test_the_paper_of_a_place_names_its_own_families_alone(
    stage: BuyingStage, client_for: Callable[..., Browser]
) -> None:
    cycle_id, oratory, library = two_places(stage)
    maker = client_for(stage.cast.maker)
    at_oratory = maker.look(f"{HERE}/{cycle_id}/picking/{oratory}")
    at_library = maker.look(f"{HERE}/{cycle_id}/picking/{library}")
    assert at_oratory.says("Anna e famiglia")
    assert not at_oratory.says("Bashir")
    assert not at_oratory.says("Olio")
    assert at_oratory.says("☐ Farina: 3 ")
    assert at_library.says("Bashir")
    assert not at_library.says("Anna")
    assert at_library.says("☐ Farina: 1 ")
    other = stage.opened(title="Un altro ordine")
    assert maker.client.get(f"{HERE}/{cycle_id}/picking/{stage.place(other)}").status_code == 404


def test_everybody_is_told_the_place_where_theirs_is(stage: BuyingStage) -> None:
    cycle_id, oratory, library = two_places(stage)
    for act in (send, deliver):
        stage.do(act, stage.cast.maker, cycle_id)
    with stage.database.reading() as session:
        ready = select(Notification).where(Notification.notice == "purchasing:ready")
        told = {one.person_id: (one.params["place"], one.params["starts_at"]) for one in session.exec(ready)}
        hours = {place: session.get_one(CyclePlace, place).starts_at for place in (oratory, library)}
    # In Cremona it is an hour later than in Greenwich.
    assert hours == {
        oratory: datetime(2027, 1, 18, 16, tzinfo=UTC),
        library: datetime(2027, 1, 18, 9, tzinfo=UTC),
    }
    anna, bashir = told[stage.cast.anna.id], told[stage.cast.bashir.id]
    assert (anna[0], bashir[0]) == ("Oratorio", "Biblioteca")
    assert "2027-01-18" in str(anna[1])
    assert anna[1] != bashir[1]
