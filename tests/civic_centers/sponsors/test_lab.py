"""What is promised to a lab: named on its page and poster, counted by its meetings, and over when it ends."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread

from civic_centers.activities.tables import Activity
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About, Outcome
from civic_centers.labs.tables import Lab
from civic_centers.sponsors import actions
from civic_centers.sponsors.queries import made_possible
from civic_centers.sponsors.rules import NotNow, Target
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


def test_named_on_its_meetings(stage: SponsorStage) -> None:
    """As what is given to the activity itself: while it is agreed, as long as it is a meeting of the lab."""
    lab = make_lab(stage)
    stage.do(labs.link_meeting, stage.cast.maker, lab.id, stage.activity_id)
    changed = stage.activity().changed_at
    pledge_id = stage.accepted(Target("lab", lab.id))
    assert (stage.activity().helpers, stage.activity().changed_at >= changed) == ([BAKERY], True)
    stage.do(actions.be_named, stage.cast.bakery, pledge_id, named=False)
    assert stage.activity().helpers == []
    stage.do(actions.be_named, stage.cast.bakery, pledge_id, named=True)
    stage.do(labs.unlink_meeting, stage.cast.maker, lab.id, stage.activity_id)
    assert stage.activity().helpers == []
    stage.do(labs.link_meeting, stage.cast.maker, lab.id, stage.activity_id)
    assert stage.activity().helpers == [BAKERY]
    stage.do(labs.end_lab, stage.cast.maker, lab.id, Outcome("Fatto"), version=lab.version)
    assert stage.activity().helpers == []


def test_named_on_a_meeting_that_begins_later(stage: SponsorStage) -> None:
    lab = make_lab(stage)
    stage.accepted(Target("lab", lab.id))
    begun = stage.do(labs.begin_meeting, stage.cast.maker, lab.id, "Prima sera", "homework")
    with stage.database.reading() as session:
        assert session.get_one(Activity, begun).helpers == [BAKERY]
    assert stage.activity().helpers == []


def test_who_is_not_named_is_not_named_on_its_meetings(stage: SponsorStage) -> None:
    lab = make_lab(stage)
    stage.do(labs.link_meeting, stage.cast.maker, lab.id, stage.activity_id)
    stage.accepted(Target("lab", lab.id), is_public=False)
    assert stage.activity().helpers == []


@on_sqlite
def test_the_calendar_of_its_meetings_says_it(stage: SponsorStage, visitor: Browser) -> None:
    lab = make_lab(stage)
    stage.do(labs.link_meeting, stage.cast.maker, lab.id, stage.activity_id)
    stage.accepted(Target("lab", lab.id))
    assert visitor.look("/c/cremona/calendar/").says(f"Con l’aiuto di {BAKERY}")
    assert visitor.look(f"/c/cremona/activities/{stage.activity_id}").says("Venti pagnotte ogni venerdì")
    assert BAKERY in visitor.client.get("/c/cremona/calendar.ics").text.replace("\r\n ", "")


def test_accepted_and_ended_at_once(stage: SponsorStage) -> None:
    """Who accepts and who ends the lab wait for each other, and never in a ring: its meetings say what holds."""
    lab = make_lab(stage)
    stage.do(labs.link_meeting, stage.cast.maker, lab.id, stage.activity_id)
    offered, barrier = stage.offer(Target("lab", lab.id)), Barrier(2)
    failed: list[str] = []

    def attempt(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            with clock.at(MONDAY):
                act()
        except NotNow as late:
            failed.append(str(late))

    ends = partial(stage.do, labs.end_lab, stage.cast.maker, lab.id, Outcome("Fatto"), version=lab.version)
    accepts = partial(stage.do, actions.accept, stage.cast.maker, offered, 1)
    threads = [Thread(target=attempt, args=(act,)) for act in (ends, accepts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stage.pledge(offered).state in ("ended", "withdrawn")
    assert stage.activity().helpers == []
    assert len(failed) <= 1
