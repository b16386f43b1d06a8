"""The household one acts for, on its pages."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from community.parties.queries import own_party
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def anna(cast: Cast, client_for: Callable[..., Browser]) -> Browser:
    return client_for(cast.anna, language="en")


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "orange").save(out, "JPEG")
    out.seek(0)
    return out


def status(browser: Browser, address: str) -> int:
    with browser.client.get(address) as response:
        return response.status_code


def test_changing_name_place_and_address(database: Database, anna: Browser, cast: Cast) -> None:
    page = anna.look("/c/cremona/household/edit")
    done = anna.submit(page, "Save", name="Casa 🙂 <i>Anna</i>", zone_id=cast.zones["po"].id, address="Via Nuova 2")
    assert done.says("Casa 🙂 <i>Anna</i>")
    assert done.says("Via Nuova 2")
    with database.reading() as session:
        assert own_party(session, cast.anna.actor).zone_id == cast.zones["po"].id


def test_the_address_is_on_no_page_of_others(anna: Browser, cast: Cast, client_for: Callable[..., Browser]) -> None:
    bashir = client_for(cast.bashir, language="en")
    for address in (f"members/{cast.anna.party.id}", f"people/{cast.anna.id}", "members/"):
        page = bashir.look(f"/c/cremona/{address}")
        assert page.says("Anna")
        assert "Via Anna" not in page.html
        assert "anna@example.org" not in page.html
        assert "372" not in page.html


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 121}, {"zone_id": "9999"}, {"address": "x" * 301}])
def test_wrong_words_lose_nothing(anna: Browser, wrong: dict[str, str]) -> None:
    page = anna.submit(anna.look("/c/cremona/household/edit"), "Save", status=422, **{"about": "Ciao a tutti", **wrong})
    assert page.errors()
    assert "Ciao a tutti" in page.soup.find("textarea", attrs={"name": "about"}).get_text()


def test_who_we_look_after(anna: Browser) -> None:
    page = anna.submit(anna.look("/c/cremona/household/"), "Add", nickname="Pulce", age_band="6-10")
    assert page.says("Pulce")
    again = anna.submit(page, "Add", status=422, nickname="", age_band="6-10")
    assert again.says("Write a nickname.")
    assert not anna.submit(anna.look("/c/cremona/household/"), "Remove").says("Pulce")


def test_a_photograph_comes_and_goes(anna: Browser, cast: Cast, client_for: Callable[..., Browser]) -> None:
    page = anna.look("/c/cremona/household/edit")
    nothing = anna.submit(page, "Use this one", status=422)
    assert nothing.says("Choose a photograph first.")
    no_image = anna.submit(page, "Use this one", status=422, photo=(io.BytesIO(b"<svg onload=alert(1)>"), "x.jpg"))
    assert no_image.errors()
    kept = anna.submit(page, "Use this one", photo=(picture(), "casa.jpg"))
    address = kept.soup.select_one(".r-avatar img")["src"]
    assert status(client_for(cast.bashir), address) == 200
    assert status(client_for(cast.zoe), address) == 404
    assert status(Browser(anna.app), address) == 404
    gone = anna.submit(kept, "Take it away")
    assert gone.soup.select_one(".r-avatar img") is None
    assert status(client_for(cast.bashir), address) == 404


def test_leaving_needs_somebody_who_stays(anna: Browser, cast: Cast) -> None:
    assert "I leave" not in anna.look("/c/cremona/household/").words
    anna.post("/c/cremona/household/leave", status=409, token_from="/c/cremona/household/")


def test_others_cannot_reach_in(anna: Browser, cast: Cast) -> None:
    for address in (f"people/{cast.bashir.id}/end", "dependants/1/remove"):
        answer = anna.client.post(
            f"/c/cremona/household/{address}",
            data={
                "csrf_token": anna.look("/c/cremona/household/").soup.find("input", attrs={"name": "csrf_token"})[
                    "value"
                ]
            },
        )
        assert answer.status_code in (404, 409), address


def test_an_organisation_says_where_it_is_found(cast: Cast, client_for: Callable[..., Browser]) -> None:
    bakery = client_for(cast.bakery, language="en")
    page = bakery.look(bakery.look("/c/cremona/household/").link("Website and contacts"))
    wrong = bakery.submit(page, "Save", status=422, website="javascript:alert(1)", phone="chiama")
    assert len(wrong.errors()) >= 2
    bakery.submit(wrong, "Save", website="www.panificio.example", phone="0372 12345")
    shown = client_for(cast.anna, language="en").look(f"/c/cremona/members/{cast.bakery.party.id}")
    assert shown.link("https://www.panificio.example") == "https://www.panificio.example"
    client_for(cast.anna).look("/c/cremona/organisation/edit", status=404)
