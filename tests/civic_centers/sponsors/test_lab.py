"""What is promised to a lab: named on its page and poster, counted by its meetings, and over when it ends."""

from datetime import timedelta

from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About, Outcome
from civic_centers.labs.tables import Lab
from civic_centers.sponsors import actions
from civic_centers.sponsors.queries import made_possible
from civic_centers.sponsors.rules import Target
from foundation import clock
from tests.civic_centers.sponsors.stage import MONDAY, SponsorStage
from tests.client import Browser, on_sqlite

BAKERY = "Bakery e famiglia"


def make_lab(stage: SponsorStage) -> Lab:
    zone_id = stage.cast.zones["centro"].id
    about = About(
        name="Pomeriggi insieme", need="Le ore dopo la scuola", zone_id=zone_id, center_id=stage.center_id,
        entry="open", is_public=True,
    )  # fmt: skip
    lab: Lab = stage.do(labs.make_lab, stage.cast.maker, about, None)
    return lab


@on_sqlite
def test_named_on_its_page_and_poster(stage: SponsorStage, visitor: Browser) -> None:
    lab = make_lab(stage)
    stage.accepted(Target("lab", lab.id))
    bakery = stage.cast.bakery
    stage.do(actions.keep_page, bakery, bakery.party.id, "Pane", is_public=True, version=1)
    page = visitor.look(f"/c/cremona/labs/{lab.slug}")
    assert page.says(BAKERY)
    assert visitor.look(f"/c/cremona/labs/{lab.slug}/poster").says(f"Con l’aiuto di {BAKERY}")
    assert visitor.look(visitor.look("/c/cremona/sponsors/bakery-e-famiglia").link("Pomeriggi insieme")).says(
        "Pomeriggi"
    )


def test_its_meetings_are_what_it_made_possible(stage: SponsorStage) -> None:
    lab = make_lab(stage)
    stage.accepted(Target("lab", lab.id))
    stage.do(labs.link_meeting, stage.cast.maker, lab.id, stage.activity_id)
    with clock.at(MONDAY + timedelta(days=3)), stage.database.reading() as session:
        possible = made_possible(session, stage.cast.bakery.party.id)
    assert (possible.activities, possible.dates) == (1, 2)


def test_over_with_the_lab(stage: SponsorStage) -> None:
    lab = make_lab(stage)
    accepted, offered = stage.accepted(Target("lab", lab.id)), stage.offer(Target("lab", lab.id), words="Una stanza")
    stage.do(
        labs.end_lab, stage.cast.maker, lab.id, Outcome("Sei famiglie si aiutano ancora", 6, 14), version=lab.version
    )
    assert [stage.pledge(one).state for one in (accepted, offered)] == ["ended", "withdrawn"]
    assert stage.letters().count(("bakery", "sponsors:ended")) == 2
