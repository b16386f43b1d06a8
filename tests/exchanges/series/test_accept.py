"""A weekly proposal becomes meetings: only those that are near, with only their hours set aside."""

from datetime import timedelta

import pytest

from community.safeguarding.rules import NotVerified
from exchanges.agreements.rules import NotNow, Terms
from exchanges.ledger.rules import BelowFloor
from exchanges.posts.tables import Post
from exchanges.series import actions
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.series.stage import MONDAY, TUESDAY, WEEK, SeriesStage, agreements, weekly


def test_the_meetings_of_three_weeks_are_agreed_and_set_aside(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir)
    assert stage.all_meetings(series_id) == []
    assert stage.reserved(bashir) == 0
    stage.do(actions.accept, anna, series_id, 1)
    assert stage.on_the_wall(series_id) == ["Tue 12/01 16:30", "Tue 19/01 16:30", "Tue 26/01 16:30"]
    assert {one.state for one in stage.all_meetings(series_id)} == {"accepted"}
    assert {one.adult_id for one in stage.all_meetings(series_id)} == {anna.id}
    assert stage.reserved(bashir) == 180
    assert stage.series_state(series_id) == "open"
    assert stage.mails(bashir) == ["agreements:accepted"]


def test_a_year_of_meetings_sets_aside_three(stage: SeriesStage) -> None:
    bashir = stage.cast.bashir
    stage.series_open(stage.cast.anna, bashir, minutes=180, last_day=TUESDAY + timedelta(days=364))
    assert stage.reserved(bashir) == 540


def test_every_second_week_and_two_days(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, weekdays=(4, 2), every_weeks=2)
    assert [day for day, _ in stage.states(series_id)] == ["12/01", "14/01", "26/01", "28/01"]


def test_the_job_lays_out_what_comes_near_and_twice_changes_nothing(stage: SeriesStage) -> None:
    bashir = stage.cast.bashir
    series_id = stage.series_open(stage.cast.anna, bashir)
    for _ in range(2):
        stage.roll(series_id, MONDAY + WEEK)
    assert [day for day, _ in stage.states(series_id)] == ["12/01", "19/01", "26/01", "02/02"]
    stage.roll(series_id, MONDAY + 3 * WEEK)
    assert len(stage.all_meetings(series_id)) == 6


def test_a_gift_sets_nothing_aside(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, gift=True, minutes=None)
    assert stage.reserved(stage.cast.bashir) == 0
    assert all(one.gift for one in stage.all_meetings(series_id))


def test_who_answers_a_need_gives(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir, "need", place="receiver", expense_cents=150, expense_words="Bus")
    stage.do(actions.accept, anna, series_id, None)
    meeting = stage.all_meetings(series_id)[0]
    assert (meeting.giver_id, meeting.adult_id) == (bashir.party.id, bashir.id)
    assert (meeting.place, meeting.expense_cents, meeting.expense_words) == ("receiver", 150, "Bus")
    assert stage.reserved(anna) == 180


def test_not_even_the_first_meeting_fits(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir, minutes=601)
    with pytest.raises(BelowFloor):
        stage.do(actions.accept, anna, series_id, None)
    assert stage.series_state(series_id) == "proposed"
    assert (stage.all_meetings(series_id), stage.reserved(bashir)) == ([], 0)


def test_it_takes_one_place_of_its_post(stage: SeriesStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    post_id = stage.post(anna, places=2)
    one = stage.do(actions.propose, bashir, post_id, weekly())
    other = stage.do(actions.propose, chiara, post_id, weekly(weekdays=(3,)))
    stage.do(actions.accept, anna, one, None)
    with stage.database.reading() as session:
        assert session.get(Post, post_id).state == "open"
    stage.do(actions.accept, anna, other, None)
    with stage.database.reading() as session:
        assert session.get(Post, post_id).state == "closed"


def test_the_last_place_closes_every_other_proposal(stage: SeriesStage) -> None:
    anna, bashir, chiara, dario = (stage.cast.members[name] for name in ("anna", "bashir", "chiara", "dario"))
    post_id = stage.post(anna)
    one = stage.do(actions.propose, bashir, post_id, weekly())
    other = stage.do(actions.propose, chiara, post_id, weekly())
    once = stage.do(agreements.propose, dario, post_id, Terms(minutes=60))
    stage.do(actions.accept, anna, one, None)
    assert (stage.series_state(other), stage.state(once)) == ("declined", "declined")
    assert stage.mails(chiara) == ["agreements:closed"]


def test_a_single_answer_closes_weekly_ones(stage: SeriesStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    post_id = stage.post(anna)
    weekly_one = stage.do(actions.propose, bashir, post_id, weekly())
    once = stage.do(agreements.propose, chiara, post_id, Terms(minutes=60))
    stage.do(agreements.accept, anna, once, None)
    assert stage.series_state(weekly_one) == "declined"


def test_a_full_post_takes_no_series(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir)
    with stage.database.writing() as session:
        post = session.get(Post, stage.series(series_id).post_id)
        post.state, post.closing = "closed", "hidden"
    with pytest.raises(Refused):
        stage.do(actions.accept, anna, series_id, None)


def test_with_children_the_gate_stands(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    post_id = stage.post(anna, category="childcare")
    series_id = stage.do(actions.propose, bashir, post_id, weekly())
    with pytest.raises(NotVerified):
        stage.do(actions.accept, anna, series_id, None)
    stage.verify(anna)
    stage.do(actions.accept, anna, series_id, None)
    assert len(stage.all_meetings(series_id)) == 3


def test_an_offer_of_care_by_somebody_nobody_has_met(stage: SeriesStage) -> None:
    with pytest.raises(NotVerified):
        stage.series_proposed(stage.cast.anna, stage.cast.bashir, "need", category="childcare")


def test_all_proposed_days_have_passed(stage: SeriesStage) -> None:
    series_id = stage.series_proposed(stage.cast.anna, stage.cast.bashir, last_day=TUESDAY + WEEK)
    with clock.at(MONDAY + 2 * WEEK), pytest.raises(Refused):
        stage.do(actions.accept, stage.cast.anna, series_id, None)


def test_days_that_passed_before_the_yes_are_not_made_up_for(stage: SeriesStage) -> None:
    series_id = stage.series_proposed(stage.cast.anna, stage.cast.bashir)
    with clock.at(MONDAY + WEEK):
        stage.do(actions.accept, stage.cast.anna, series_id, None)
    assert [day for day, _ in stage.states(series_id)] == ["19/01", "26/01", "02/02"]


def test_strangers_meet_nothing(stage: SeriesStage) -> None:
    series_id = stage.series_proposed(stage.cast.anna, stage.cast.bashir)
    for verb in (actions.accept, actions.decline, actions.withdraw):
        for who in (stage.cast.chiara, stage.cast.maker, stage.cast.members["zoe"]):
            with pytest.raises(Missing):
                stage.do(verb, who, series_id, None)


def test_who_proposed_cannot_say_yes(stage: SeriesStage) -> None:
    series_id = stage.series_proposed(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(NotNow):
        stage.do(actions.accept, stage.cast.bashir, series_id, None)
    with pytest.raises(NotNow):
        stage.do(actions.accept, stage.cast.anna, series_id, 7)


def test_another_way_and_back(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir)
    stage.do(actions.counter, anna, series_id, 1, weekly(at="17:00", minutes=45), words="Così?")
    stage.do(actions.counter, bashir, series_id, 2, weekly(at="17:15", minutes=45))
    stage.do(actions.accept, anna, series_id, 3)
    assert stage.on_the_wall(series_id)[0] == "Tue 12/01 17:15"
    assert stage.reserved(bashir) == 135
    assert "Così?" in stage.series_said(series_id)


def test_no_and_taken_back(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    one = stage.series_proposed(anna, bashir)
    stage.do(actions.decline, anna, one, 1, reason="Quest'anno no")
    two = stage.series_proposed(anna, bashir)
    stage.do(actions.withdraw, bashir, two, 1)
    assert [stage.series_state(one), stage.series_state(two)] == ["declined", "withdrawn"]
    assert stage.series(one).reason == "Quest'anno no"
    assert stage.mails(bashir) == ["agreements:declined"]


def test_one_weekly_answer_to_a_post_at_a_time(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    post_id = stage.post(anna)
    stage.do(actions.propose, bashir, post_id, weekly())
    with pytest.raises(Refused):
        stage.do(actions.propose, bashir, post_id, weekly())
    with pytest.raises(Refused):
        stage.do(agreements.propose, bashir, post_id, Terms(minutes=60))
    with pytest.raises(Refused):
        stage.do(actions.propose, anna, post_id, weekly())


def test_the_same_form_sent_twice_proposes_once(stage: SeriesStage) -> None:
    post_id = stage.post(stage.cast.anna)
    ids = [stage.do(actions.propose, stage.cast.bashir, post_id, weekly(), request_key="k") for _ in range(2)]
    assert ids[0] == ids[1]


def test_somebody_is_asked_directly(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    category = stage.cast.categories["repairs"].id
    series_id = stage.do(actions.ask, bashir, anna.party.id, "Un'ora di matematica", category, weekly())
    stage.do(actions.accept, anna, series_id, None, words="Volentieri")
    assert len(stage.all_meetings(series_id)) == 3
    with pytest.raises(Refused):
        stage.do(actions.ask, anna, anna.party.id, "Da me a me", category, weekly())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weekdays": ()}, "weekdays"),
        ({"weekdays": (0,)}, "weekdays"),
        ({"at": "24:00"}, "at"),
        ({"at": ""}, "at"),
        ({"every_weeks": 3}, "every_weeks"),
        ({"first_day": TUESDAY - WEEK}, "first_day"),
        ({"first_day": TUESDAY + 60 * WEEK}, "first_day"),
        ({"last_day": TUESDAY - timedelta(days=1)}, "last_day"),
        ({"last_day": TUESDAY + 120 * WEEK}, "last_day"),
        ({"weekdays": (3,), "last_day": TUESDAY}, "last_day"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 6001}, "minutes"),
        ({"place": "roof"}, "place"),
        ({"expense_cents": -1}, "expense"),
    ],
)
def test_what_makes_no_sense(stage: SeriesStage, changes: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        stage.series_proposed(stage.cast.anna, stage.cast.bashir, **changes)
    assert refused.value.field == field
