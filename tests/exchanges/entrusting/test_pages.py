"""From "for whom" to what who comes has to know, and who looked."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from foundation.audit.tables import AuditEntry
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.exchanges.entrusting.stage import NEEDS, CareFor

pytestmark = on_sqlite


@pytest.fixture
def two(cast: Cast, client_for: Callable[..., Browser]) -> tuple[Browser, Browser]:
    return client_for(cast.anna, language="en"), client_for(cast.bashir, language="en")


def test_for_whom_and_what_to_know(
    stage: CareFor, two: tuple[Browser, Browser], client_for: Callable[..., Browser]
) -> None:
    anna, bashir = two
    stage.child(stage.cast.bashir)
    stage.child(stage.cast.bashir, "Leo", agreed=False)
    made = stage.asked()
    address = f"/c/cremona/agreements/{made}"
    assert bashir.look("/c/cremona/waiting").says("For whom is it?")
    assert not anna.look(address).says("Pulce")
    refused = anna.submit(anna.look(address), "Yes, that suits us", status=422)
    assert refused.says("It has still to be said for whom this is.")
    page = bashir.look(bashir.look(address).link("Say for whom"))
    assert not page.says("For one of us adults")
    assert page.says("Somebody's yes is absent.")
    nobody = bashir.submit(page, "Save", status=422)
    assert nobody.says("Choose at least one.")
    page = bashir.submit(page, "Save", dependants=["1"])
    assert page.says("Pulce")
    assert not anna.look(address).says("Pulce")
    page = anna.submit(anna.look(address), "Yes, that suits us")
    assert page.says("Pulce")
    assert NEEDS not in page.words
    anna.look(page.link("Read what you have to know"))
    read = anna.look(f"{address.rsplit('/', 2)[0]}/for-whom/{stage.thread(made)}/to-know")
    assert read.says(NEEDS)
    home = bashir.look("/c/cremona/household/dependants/1")
    assert home.words.count("Anna Prova,") == 2
    for who in ("bashir", "chiara", "maker"):
        client_for(stage.cast.members[who]).look(f"/c/cremona/for-whom/{stage.thread(made)}/to-know", status=404)
    with stage.database.reading() as session:
        lines = session.exec(select(AuditEntry).where(AuditEntry.verb == "looked")).all()
        assert [(line.kind, line.object_id, line.actor_person_id) for line in lines] == [
            ("dependant", 1, stage.cast.anna.id)
        ] * 2
        assert NEEDS not in str([line.detail for line in lines])


@pytest.mark.parametrize(("way", "said"), [("answer", {}), ("answer/weekly", {"weekdays": ["4"], "at": "16:30"})])
def test_who_asks_for_care_is_led_to_say_for_whom(
    stage: CareFor, two: tuple[Browser, Browser], way: str, said: dict[str, object]
) -> None:
    _, bashir = two
    address = f"/c/cremona/posts/{stage.offer(stage.cast.anna)}/{way}"
    stage.child(stage.cast.bashir)
    page = bashir.submit(bashir.look(address), "I need this", minutes="60", **said)
    assert page.title.startswith("For whom is it?")
