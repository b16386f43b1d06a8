"""What was promised to something that does not take place any more, and two who accept at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

from civic_centers.activities.actions import cancel_activity
from civic_centers.activities.tables import ActivitySession
from civic_centers.centers.actions import close_center
from civic_centers.sponsors import actions
from civic_centers.sponsors.queries import over, years_of
from civic_centers.sponsors.rules import NotNow
from community.parties.actions import edit_party
from foundation import clock
from tests.cast import make_member
from tests.civic_centers.sponsors.stage import MONDAY, SPRING, TODAY, SponsorStage
from tests.client import Browser, on_sqlite
from tests.waiting import Waiting


def test_an_activity_called_off_ends_what_was_promised_to_it(stage: SponsorStage) -> None:
    accepted, offered = stage.accepted(), stage.offer(words="Altro pane")
    other = stage.accepted(stage.center_target, words="La stanza")
    stage.do(cancel_activity, stage.cast.bashir, stage.activity_id, reason="Manca la maestra")
    assert [stage.pledge(one).state for one in (accepted, offered, other)] == ["ended", "withdrawn", "accepted"]
    assert stage.pledge(accepted).reason == "Manca la maestra"
    assert stage.letters().count(("bakery", "sponsors:ended")) == 2
    assert stage.activity().helpers == []


def test_a_center_that_closes_says_why_to_who_offered_something_to_its_activities(stage: SponsorStage) -> None:
    """Its dates are over before it closes: the activity is over with it, and what waited for an answer is off."""
    offered, at_center = stage.offer(words="Altro pane"), stage.offer(stage.center_target, words="La stanza")
    with stage.database.writing() as session:
        for one in stage.dates():
            session.delete(session.get_one(ActivitySession, one.id))
    stage.do(close_center, stage.cast.maker, stage.center_id, last_day=TODAY, words="Si cambia sede")
    assert [stage.pledge(one).reason for one in (offered, at_center)] == ["Si cambia sede", "Si cambia sede"]


def test_accepted_while_somebody_edits_the_activity(stage: SponsorStage) -> None:
    """Who has its form open is not told that somebody changed it: when and where is as before."""
    before = stage.activity()
    stage.accepted()
    after = stage.activity()
    assert (after.helpers, after.version) == (["Bakery e famiglia"], before.version)
    assert after.changed_at >= before.changed_at


def test_two_are_accepted_at_the_same_moment(stage: SponsorStage) -> None:
    """Each writes the names anew: none is lost."""
    with stage.database.writing() as session:
        florist = make_member(session, stage.cast, "florist", "centro", organisation="business")
    one, other = stage.offer(), stage.offer(who=florist)
    barrier = Barrier(2)

    def accept(pledge_id: int) -> None:
        barrier.wait()
        with clock.at(MONDAY):
            stage.do(actions.accept, stage.cast.maker, pledge_id, 1)

    threads = [Thread(target=accept, args=(number,)) for number in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(stage.activity().helpers) == ["Bakery e famiglia", "Florist e famiglia"]


def test_accepted_while_another_is_called_otherwise(stage: SponsorStage) -> None:
    """Who writes the names anew waits for who is writing them: none is lost."""
    with stage.database.writing() as session:
        florist = make_member(session, stage.cast, "florist", "centro", organisation="business")
    stage.accepted()
    offered, bakery = stage.offer(who=florist), stage.cast.bakery
    said = {"name": "Il forno", "about": "", "address": "Via Po 1", "zone_id": bakery.party.zone_id}
    with stage.database.writing() as session:
        actions.accept(session, stage.cast.maker.actor, offered, 1)
        other = Waiting(lambda: stage.do(edit_party, bakery, bakery.party.id, **said) and None)
        assert other.waits()
    assert other.answer() is None
    assert sorted(stage.activity().helpers) == ["Florist e famiglia", "Il forno"]


def test_accepted_while_it_is_called_off(stage: SponsorStage) -> None:
    """Nobody waits in a ring; whichever comes first, in the end nothing is awaited."""
    pledge_id = stage.offer()
    barrier, errors = Barrier(2), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            with clock.at(MONDAY):
                act()
        except NotNow as error:
            errors.append(type(error).__name__)

    acts: list[Callable[[], object]] = [
        lambda: stage.do(actions.accept, stage.cast.maker, pledge_id, 1),
        lambda: stage.do(cancel_activity, stage.cast.bashir, stage.activity_id, reason="Manca la maestra"),
    ]
    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors in ([], ["NotNow"])
    assert stage.pledge(pledge_id).state in ("ended", "withdrawn")


def test_who_gave_all_is_named_until_its_last_day(stage: SponsorStage) -> None:
    kept = stage.accepted()
    stage.deliver(kept, is_last=True)
    assert stage.activity().helpers
    with clock.at(MONDAY + timedelta(days=92)), stage.database.writing() as session:
        assert kept in over(session, SPRING + timedelta(days=1), 10)
        actions.end_over(session, kept)
    assert stage.pledge(kept).state == "kept"
    assert stage.activity().helpers == []
    with stage.database.reading() as session:
        assert over(session, SPRING + timedelta(days=30), 10) == []


def test_a_statement_for_each_year_it_is_here(stage: SponsorStage) -> None:
    """A year with vouchers and no pledge has its statement too."""
    with stage.database.reading() as session:
        years = years_of(session, stage.cast.bakery.party.id, TODAY.replace(year=TODAY.year + 1))
    assert {TODAY.year, TODAY.year + 1} <= set(years)


@on_sqlite
def test_a_stranger_s_address(stage: SponsorStage, visitor: Browser) -> None:
    for address in ("sponsors/%00", "sponsors/a%00b/badge.svg", "sponsors/pledges/99999999999999999999"):
        assert visitor.client.get(f"/c/cremona/{address}").status_code in (302, 404, 422)
