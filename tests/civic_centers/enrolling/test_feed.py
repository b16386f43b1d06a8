"""What of a household's places stands in the calendar of one of its adults."""

from civic_centers.enrolling import actions
from civic_centers.enrolling.queries import ForFeed, places_for_feed
from tests.cast import Member
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.civic_centers.stage import MONDAY


def found(stage: EnrolStage, who: Member) -> list[ForFeed]:
    with stage.database.reading() as session:
        return places_for_feed(session, who.actor, MONDAY)


def test_one_brings_a_child_and_gives_it_up_and_comes_again(stage: EnrolStage) -> None:
    anna, here = stage.cast.anna, stage.date(places=2)
    other = stage.second_adult(anna, "olmo")
    stage.enrol(anna, here, stage.kids()[0])
    [first] = found(stage, anna)
    assert (first.one.id, first.comes) == (here, True)
    assert [one.comes for one in found(stage, other)] == [True], "whoever of the two brings the child"
    stage.do(actions.cannot_come, anna, here)
    [second] = found(stage, anna)
    assert not second.comes
    stage.enrol(anna, here, stage.kids()[0])
    [third] = found(stage, anna)
    assert third.comes
    assert first.changes < second.changes < third.changes


def test_where_another_adult_goes_and_who_only_waits_is_left_out(stage: EnrolStage) -> None:
    anna, here = stage.cast.anna, stage.date(places=1)
    other = stage.second_adult(anna, "olmo")
    stage.enrol(other, here)
    stage.enrol(stage.cast.chiara, here)
    assert [one.comes for one in found(stage, other)] == [True]
    assert not found(stage, anna)
    assert not found(stage, stage.cast.chiara)
