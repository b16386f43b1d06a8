"""What is said about a circle is taken out of sight, and shown again."""

from collections.abc import Callable

from civic_centers.circles import actions
from civic_centers.circles.rules import About
from tests.civic_centers.circles.stage import CircleStage
from tests.client import Browser

Opening = Callable[..., Browser]


def test_what_is_hidden_is_shown_again(circle: CircleStage) -> None:
    about = About("Il girotondo", circle.cast.zones["centro"].id, about="Merenda")
    circle.do(actions.edit_circle, "maker", circle.circle_id, about, version=circle.circle().version)
    circle.do(actions.hide_words, "maker", circle.circle_id)
    assert circle.circle().said == ""
    circle.do(actions.show_words_again, "maker", circle.circle_id)
    assert circle.circle().said == "Merenda"
