"""What is looked for on every page is found where it is wrong, also on a page that was found well before."""

from collections.abc import Callable

import pytest

from tests.journeys.checks import check_page
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [
    pytest.mark.journey,
    walked_only(("phone", True, "it")),
]
FAULTS = {
    "label": "document.querySelector('label[for=email]').remove()",
    "contrast": "document.querySelector('h1').style.color = '#ddd'",
    "wide": "document.querySelector('h1').style.width = '2000px'",
    "English in Italian": "document.querySelector('h1').textContent = 'Sign in with your e-mail'",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_on_a_page_found_well(travellers: Callable[..., Traveller], fault: str) -> None:
    visitor = travellers().go("/sign-in")
    visitor.page.evaluate(FAULTS[fault])
    with pytest.raises(AssertionError, match=fault):
        check_page(visitor.page, visitor.way)
