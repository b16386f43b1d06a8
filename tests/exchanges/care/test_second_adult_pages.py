"""The second adult on the pages: asked for by an administrator, chosen in the forms, shown beside who comes."""

from collections.abc import Callable

from community.safeguarding.rules import Requirements
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.exchanges.care.stage import CareStage
from tests.exchanges.groups.stage import LAST_DAY

pytestmark = on_sqlite


def test_asked_for_and_chosen(stage: CareStage, cast: Cast, client_for: Callable[..., Browser]) -> None:
    administrator, anna = client_for(cast.administrator, language="en"), client_for(cast.anna, language="en")
    paolo = stage.second_adult(cast.anna, "paolo")
    for member in (cast.anna, paolo):
        stage.verify(member)
    post_id = stage.post(cast.anna, category="childcare", expires_on=LAST_DAY)
    made = stage.do(agreements.propose, cast.bashir, post_id, Terms(minutes=60))
    address = f"/c/cremona/agreements/{made}"
    assert not anna.look(address).soup.find(attrs={"name": "second"})
    category_id = cast.categories["childcare"].id
    page = administrator.look(f"/c/cremona/safety/requirements/{category_id}")
    page = administrator.submit(page, "Save", second_adult="y")
    assert page.says("A second adult is there too, whom a maker has met")
    refused = anna.submit(anna.look(address), "Yes, that suits us", status=422)
    assert refused.says("Here a second adult has to be there, besides who comes.")
    page = anna.submit(refused, "Yes, that suits us", second=str(paolo.id))
    assert page.says("Also there")
    page = anna.submit(anna.look(f"{address}/who"), "Save", adult=str(paolo.id), second=str(cast.anna.id))
    assert page.says("Who comes Paolo")
    assert page.says("Also there Anna")


def test_in_every_form_that_names_somebody(stage: CareStage, cast: Cast, client_for: Callable[..., Browser]) -> None:
    stage.ask(Requirements(True, 2, second_adult=True))
    care = stage.post(cast.anna, category="childcare", expires_on=LAST_DAY, places=5)
    other = stage.post(cast.anna, category="repairs", expires_on=LAST_DAY)
    bashir, anna = client_for(cast.bashir, language="en"), client_for(cast.anna, language="en")
    cheques = client_for(cast.maker, language="en").look("/c/cremona/cheques")
    assert cheques.says("Who else (for care)")
    for browser, where in (
        (bashir, f"posts/{care}/answer"),
        (bashir, f"members/{cast.anna.party.id}/ask"),
        (bashir, f"record/{cast.anna.party.id}"),
        (bashir, f"posts/{care}/answer/weekly"),
        (anna, f"posts/{care}/group"),
        (anna, f"record/several/what?p={cast.bashir.party.id}"),
    ):
        page = browser.look(f"/c/cremona/{where}")
        assert page.soup.find("select", attrs={"name": "second"}), where
    assert not bashir.look(f"/c/cremona/posts/{other}/answer").soup.find(attrs={"name": "second"})
