"""The map of the zones: circles with numbers, each a way to its board, and the same in a table."""

from collections.abc import Callable

from community.zones.actions import place_zone, set_neighbours
from community.zones.rules import drawn
from tests.client import Browser, on_sqlite
from tests.exchanges.posts.stage import Stage

MAP = "/c/cremona/board/map"


@on_sqlite
def test_numbers_and_ways(client_for: Callable[..., Browser], stage: Stage) -> None:
    cast = stage.cast
    stage.open_post(cast.anna, title="Uno")
    stage.open_post(cast.anna, "offer", title="Due", visibility="public")
    stage.open_post(cast.dario, title="Tre", visibility="zones")
    stage.do(set_neighbours, cast.administrator, cast.zones["po"].id, [cast.zones["centro"].id])
    stage.do(place_zone, cast.administrator, cast.zones["po"].id, 0, 100)
    bashir = client_for(cast.bashir, language="en")
    page = bashir.look(MAP)
    circles = {link["aria-label"]: link["href"] for link in page.soup.select("svg a")}
    assert set(circles) == {"Centro 2 posts", "Po 0 posts", "Vescovato 0 posts"}
    assert len(page.soup.select("svg line")) == 1
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in page.soup.select("tbody tr")
    ]
    assert rows == [["Centro", "1", "1"], ["Po (yours)", "0", "0"], ["Vescovato", "0", "0"]]
    assert bashir.look(circles["Centro 2 posts"]).says("2 posts.")
    only = bashir.look(f"{MAP}?kind=offer&zone={cast.zones['po'].id}")
    assert only.soup.select_one("svg a")["aria-label"] == "Centro 1 post"
    seen = Browser(bashir.app, language="en").look(MAP)
    assert {link["aria-label"] for link in seen.soup.select("svg a")} >= {"Centro 1 post", "Vescovato 0 posts"}


def test_drawn_by_who_is_beside_whom() -> None:
    zones = tuple((number, None, None) for number in range(1, 9))
    pairs = frozenset((number, number + 1) for number in range(1, 8))
    spots = drawn(zones, pairs)
    assert spots == drawn(zones, frozenset(pairs)), "always the same"

    def far(one: int, other: int) -> float:
        return ((spots[one][0] - spots[other][0]) ** 2 + (spots[one][1] - spots[other][1]) ** 2) ** 0.5

    assert all(0 <= axis <= 100 for spot in spots.values() for axis in spot)
    assert max(far(number, number + 1) for number in range(1, 8)) < far(1, 8)
    assert min(far(one, other) for one in range(1, 9) for other in range(1, one)) > 8


def test_said_places_stay_and_odd_ones_do_no_harm() -> None:
    said = ((1, 0, 0), (2, 100, 100), (3, None, None))
    spots = drawn(said, frozenset({(1, 3)}))
    assert (spots[1], spots[2]) == ((0, 0), (100, 100))
    assert drawn((), frozenset()) == {}
    assert drawn(((1, None, None),), frozenset()) == {1: (50, 50)}
    assert len(drawn(((1, 5, 5), (2, 5, 5)), frozenset())) == 2
