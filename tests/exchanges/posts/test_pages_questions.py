"""What only some are asked who write a post: about children, purchases and homes, and businesses."""

from collections.abc import Callable

import pytest

from tests.client import Browser, on_sqlite
from tests.exchanges.posts.stage import Stage
from tests.exchanges.posts.writing import HOME, posts, step_one

pytestmark = on_sqlite


def test_the_questions_of_child_care_are_asked_and_shown(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage, category="childcare")
    back = anna.submit(when, "Avanti", status=422, rhythm="any", place="mine")
    assert back.soup.select_one("#children-error")
    how = anna.submit(
        back, "Avanti", rhythm="any", place="mine", children="2", age_bands=["3-5"], pick_up="La nonna materna"
    )
    reread = anna.submit(how, "Avanti", minutes="60")
    assert reread.says("2 bambini")
    assert reread.says("La nonna materna")
    post_id = posts(stage)[0].id
    anna.submit(reread, "Pubblica")
    bashir = Browser(anna.app)
    assert bashir.client.get(f"{HOME}/posts/{post_id}").status_code == 404


@pytest.mark.parametrize(
    ("category", "said", "words"),
    [
        ("purchasing", {"what": "Arance", "quantity": "2,5", "unit": "kg", "share_cents": "4,50"}, "Arance: 2,5"),
        ("housing", {"help": "move", "since": "2027-01-10", "until": "2027-01-12"}, "trasloco"),
    ],
)
def test_the_questions_of_purchasing_and_housing(
    anna: Browser, stage: Stage, category: str, said: dict, words: str
) -> None:
    when = step_one(anna, stage, category=category)
    anna.submit(when, "Avanti", status=422, rhythm="any", place="mine")
    how = anna.submit(when, "Avanti", rhythm="any", place="mine", **said)
    reread = anna.submit(how, "Avanti", minutes="60")
    assert words.lower() in reread.words.lower()


def test_housing_starts_confidential_and_one_maker_can_be_left_out(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage, category="housing")
    how = anna.submit(when, "Avanti", rhythm="any", place="mine", help="room")
    assert how.soup.find("input", {"name": "visibility", "value": "confidential"}).has_attr("checked")
    reread = anna.submit(how, "Avanti", minutes="60", excluded_maker_id=stage.cast.maker.id)
    anna.submit(reread, "Manda alle community maker")
    assert posts(stage)[0].excluded_maker_id == stage.cast.maker.id


def test_a_business_declares_that_it_is_not_its_trade(client_for: Callable[..., Browser], stage: Stage) -> None:
    bakery = client_for(stage.cast.bakery)
    how = bakery.submit(step_one(bakery, stage, "offer"), "Avanti", rhythm="any", place="mine")
    reread = bakery.submit(how, "Avanti", minutes="60")
    refused = bakery.submit(reread, "Pubblica", status=422)
    how = bakery.look(refused.link("Correggi"))
    reread = bakery.submit(how, "Avanti", outside_trade="y")
    assert bakery.submit(reread, "Pubblica").says("Pubblicato.")
