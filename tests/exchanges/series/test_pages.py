"""The pages of a series, walked as people walk them: changed, left out, ended, found again."""

from exchanges.series import actions
from tests.client import Browser, Page, on_sqlite
from tests.exchanges.series.stage import SPRING, TUESDAY, WEEK, SeriesStage, at, spoken, weekly

pytestmark = on_sqlite


def to_leave_out(page: Page, day: str) -> str:
    """The address that leads to leaving out the meeting of a day."""
    return next(str(link["href"]) for link in page.soup.select(f'a[href$="/skip/{day}"]'))


def test_another_way_and_a_change_from_here_on(stage: SeriesStage, anna: Browser, bashir: Browser) -> None:
    series_id = stage.series_proposed(stage.cast.anna, stage.cast.bashir)
    page = anna.look(anna.look(at(series_id)).link("I propose it another way"))
    page = anna.submit(page, "Propose", at="17:00", words="Un po' più tardi")
    assert page.says("Every Tuesday at 17:00")
    page = bashir.submit(bashir.look(at(series_id)), "Yes, that suits us")
    page = bashir.look(page.link("Change from here on"))
    page = bashir.submit(page, "Propose", at="18:00", first_day="2027-01-19")
    assert page.says("We wait for Anna")
    page = anna.look(anna.look("/c/cremona/waiting").link("proposes a change from here on"))
    assert page.says("Your turn: a change from here on?")
    page = anna.submit(page, "Yes, that suits us")
    assert "Tuesday 12 January, 17:00" in spoken(page)
    assert "Tuesday 19 January, 18:00" in spoken(page)


def test_one_is_left_out_and_it_ends(stage: SeriesStage, anna: Browser, bashir: Browser) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    page = bashir.look(to_leave_out(bashir.look(at(series_id)), "2027-01-19"))
    page = bashir.submit(page, "Leave it out", reason="Dal dentista")
    assert page.says("Left out. The other side has been told.")
    assert page.says("2 h are set aside")
    assert anna.look(at(series_id)).says("Dal dentista")
    page = anna.look(anna.look(at(series_id)).link("End it"))
    page = anna.submit(page, "End it", from_day="2027-01-20")
    assert page.says("It ends.")
    assert stage.reserved(stage.cast.bashir) == 60


def test_a_change_that_does_not_suit(stage: SeriesStage, anna: Browser, bashir: Browser) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.suggest, stage.cast.bashir, series_id, None, weekly(first_day=TUESDAY, at="18:00"))
    page = anna.look(at(series_id))
    page = anna.submit(page, "Leave it as it is", reason="Alle sei ceno")
    assert page.says("Alle sei ceno")
    assert "Tuesday 12 January, 16:30" in spoken(page)


def test_a_form_opened_before_something_changed(stage: SeriesStage, anna: Browser, bashir: Browser) -> None:
    series_id = stage.series_proposed(stage.cast.anna, stage.cast.bashir)
    page = anna.look(at(series_id))
    stage.do(actions.counter, stage.cast.anna, series_id, None, weekly(at="17:00"))
    found = anna.submit(page, "Yes, that suits us", status=409)
    assert found.says("Something changed here in the meantime.")


def test_a_meeting_that_waits_for_hours(stage: SeriesStage, anna: Browser, bashir: Browser) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, minutes=250)
    page = bashir.look(bashir.look("/c/cremona/waiting").link("is not certain yet"))
    assert page.says("It waits for hours: see what you can do.")
    waiting = stage.meetings(series_id).waiting[0]
    page = bashir.look(f"/c/cremona/agreements/{waiting.id}")
    assert page.says("This meeting is not certain yet")
    found = bashir.submit(page, "Try again", status=422)
    assert any("you would pass the limit" in error for error in found.errors())
    assert anna.look(at(series_id)).says("Bashir has to give some hours first.")


def test_the_page_of_one_meeting_leads_to_all(stage: SeriesStage, bashir: Browser) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    meeting = stage.all_meetings(series_id)[1]
    page = bashir.look(f"/c/cremona/agreements/{meeting.id}")
    assert page.link("All the meetings") == at(series_id)
    assert page.link("Leave out this one meeting") == at(series_id, "/skip/2027-01-19")


def test_the_night_of_the_clocks_is_said(stage: SeriesStage, anna: Browser) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, weekdays=(7,), at="02:30", first_day=SPRING)
    page = anna.look(at(series_id))
    assert page.says("That night the clocks go forward: 02:30 does not exist, so it is at 03:00.")


def test_my_weekly_meetings_stand_in_one_list(stage: SeriesStage, anna: Browser, bashir: Browser) -> None:
    assert anna.look("/c/cremona/series").says("Nothing every week, for now")
    assert not anna.look("/c/cremona/me").says("With 1 neighbour")
    going_on = stage.series_open(stage.cast.anna, stage.cast.bashir)
    proposed = stage.series_proposed(stage.cast.anna, stage.cast.chiara, weekdays=(5,))
    over = stage.series_proposed(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.decline, stage.cast.anna, over, None)
    page = anna.look(anna.look("/c/cremona/me").link("Every week"))
    assert [link["href"] for link in page.soup.select(".r-waits a")] == [at(proposed), at(going_on), at(over)]
    assert "Every Tuesday at 16:30 · next on Tuesday 12 January, 16:30" in spoken(page)
    assert [link["href"] for link in bashir.look("/c/cremona/series").soup.select(".r-waits a")] == [
        at(going_on),
        at(over),
    ]


def test_the_adult_who_comes_is_chosen_already(stage: SeriesStage, anna: Browser) -> None:
    stage.second_adult(stage.cast.anna, "paolo")
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    page = anna.look(at(series_id, "/who"))
    assert [box["value"] for box in page.soup.select('input[name="adult"][checked]')] == [str(stage.cast.anna.id)]
    page = anna.look(at(series_id, "/change"))
    assert [one["value"] for one in page.soup.select('select[name="adult"] option[selected]')] == [
        str(stage.cast.anna.id)
    ]


def test_what_comes_after_a_change_is_said_beside_what_holds_now(
    stage: SeriesStage, anna: Browser, bashir: Browser
) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.suggest, stage.cast.bashir, series_id, None, weekly(first_day=TUESDAY + WEEK, at="18:00"))
    stage.do(actions.accept, stage.cast.anna, series_id, None)
    found = spoken(anna.look(at(series_id)))
    assert "Every Tuesday at 16:30" in found
    assert "From Tuesday 19 January on: every Tuesday at 18:00" in found
    assert "until one of you ends it" in found
