"""The maker's way to the verification of a person."""

from collections.abc import Callable

from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def test_makers_of_the_zone_find_it_on_the_persons_page(cast: Cast, client_for: Callable[..., Browser]) -> None:
    address = f"/c/cremona/people/{cast.chiara.id}"
    maker = client_for(cast.maker, language="en")
    page = maker.look(address)
    assert page.says("Not met and vouched for yet")
    page = maker.look(page.link("Verification of Chiara"))
    assert page.says("Identity seen")
    assert not client_for(cast.other_maker, language="en").look(address).says("Verification of")
    assert not client_for(cast.anna, language="en").look(address).says("Verification of")
    assert not maker.look(f"/c/cremona/people/{cast.maker.id}").says("Verification of")
