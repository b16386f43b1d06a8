"""The place of a post that a series fills: given back when it ends and nobody ever met, and only then."""

from datetime import timedelta

from community.moderation.actions import block
from exchanges.agreements.rules import Terms
from exchanges.posts.actions import close_post
from exchanges.posts.tables import Post
from exchanges.series import actions
from foundation import clock
from tests.exchanges.series.stage import MONDAY, TUESDAY, SeriesStage, agreements, weekly

AFTER_THE_FIRST = MONDAY + timedelta(days=2)


def post_of(stage: SeriesStage, series_id: int) -> Post:
    with stage.database.reading() as session:
        return session.get(Post, stage.series(series_id).post_id)


def test_it_is_offered_again_when_a_series_ends_before_anybody_met(stage: SeriesStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    series_id = stage.series_open(anna, bashir)
    post_id = post_of(stage, series_id).id
    assert (post_of(stage, series_id).state, post_of(stage, series_id).closing) == ("closed", "full")
    stage.do(actions.end, bashir, series_id, None, MONDAY.date())
    assert (stage.series_state(series_id), post_of(stage, series_id).state) == ("ended", "open")
    assert "posts:free_again" in stage.mails(anna)
    again = stage.do(actions.propose, chiara, post_id, weekly())
    stage.do(actions.accept, anna, again, None)
    assert post_of(stage, series_id).state == "closed"


def test_it_stays_taken_until_the_last_meeting_to_come_is_left_out(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.end, stage.cast.bashir, series_id, None, TUESDAY + timedelta(days=1))
    assert (stage.series_state(series_id), post_of(stage, series_id).state) == ("open", "closed")
    stage.do(actions.skip, stage.cast.bashir, series_id, TUESDAY)
    assert (stage.series_state(series_id), post_of(stage, series_id).state) == ("ended", "open")


def test_a_series_that_met_keeps_it(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.write_down(series_id, anna, AFTER_THE_FIRST)
    with clock.at(AFTER_THE_FIRST):
        stage.do(actions.end, bashir, series_id, None, AFTER_THE_FIRST.date())
    assert (stage.series_state(series_id), post_of(stage, series_id).state) == ("ended", "closed")
    assert "posts:free_again" not in stage.mails(anna)


def test_the_only_meeting_did_not_take_place_after_all(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    with clock.at(AFTER_THE_FIRST):
        stage.do(actions.end, bashir, series_id, None, AFTER_THE_FIRST.date())
        assert post_of(stage, series_id).state == "closed", "they may have met: nobody has said how it went"
        begun = stage.meetings(series_id).to_write_down[0]
        stage.do(agreements.miss, bashir, begun.id, begun.version, "Non è venuta")
    assert post_of(stage, series_id).state == "open"


def test_one_missed_meeting_of_a_series_that_goes_on_frees_nothing(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    with clock.at(AFTER_THE_FIRST):
        begun = stage.meetings(series_id).to_write_down[0]
        stage.do(agreements.miss, stage.cast.bashir, begun.id, begun.version, "Non è venuta")
    assert post_of(stage, series_id).state == "closed"


def test_a_waiting_meeting_is_accepted_though_the_post_is_full(stage: SeriesStage) -> None:
    bashir = stage.cast.bashir
    series_id = stage.series_open(stage.cast.anna, bashir, minutes=250)
    waiting = stage.meetings(series_id).waiting[0]
    stage.settled(bashir, stage.cast.chiara, minutes=150, said=150)
    stage.do(agreements.accept, bashir, waiting.id, waiting.version)
    assert post_of(stage, series_id).state == "closed"


def test_a_block_gives_it_back(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(block, stage.cast.bashir, stage.cast.anna.party.id)
    assert post_of(stage, series_id).state == "open"


def test_what_its_owner_closed_by_hand_stays_closed(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    post_id = stage.post(anna, places=2)
    series_id = stage.do(actions.propose, bashir, post_id, weekly())
    stage.do(actions.accept, anna, series_id, None)
    stage.do(close_post, anna, post_id, found=True)
    stage.do(actions.end, bashir, series_id, None, MONDAY.date())
    assert (post_of(stage, series_id).state, post_of(stage, series_id).closing) == ("closed", "found")


def test_a_series_and_single_answers_share_the_places(stage: SeriesStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    post_id = stage.post(anna, places=2)
    series_id = stage.do(actions.propose, bashir, post_id, weekly())
    stage.do(actions.accept, anna, series_id, None)
    once = stage.do(agreements.propose, chiara, post_id, Terms(minutes=60))
    stage.do(agreements.accept, anna, once, None)
    assert post_of(stage, series_id).state == "closed"
    stage.do(actions.end, bashir, series_id, None, MONDAY.date())
    assert post_of(stage, series_id).state == "open"
