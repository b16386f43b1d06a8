"""The pages of a series, walked as people walk them."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from community.availability.actions import set_week
from community.moderation.actions import block
from exchanges.agreements import actions as agreements
from exchanges.series import actions
from foundation import clock
from tests.client import Browser, Page, on_sqlite
from tests.exchanges.series.stage import MONDAY, SPRING, TUESDAY, WEEK, SeriesStage, weekly

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]
LATER = MONDAY + 2 * WEEK + timedelta(days=2)


@pytest.fixture
def anna(stage: SeriesStage, client_for: ClientFor) -> Browser:
    return client_for(stage.cast.anna, language="en")


@pytest.fixture
def bashir(stage: SeriesStage, client_for: ClientFor) -> Browser:
    return client_for(stage.cast.bashir, language="en")


@pytest.fixture
def later(stage: SeriesStage) -> Iterator[None]:
    with clock.at(LATER):
        yield


def at(series_id: int, more: str = "") -> str:
    return f"/c/cremona/series/{series_id}{more}"


def spoken(page: Page) -> str:
    """The words of a page with its days written the European way, whichever English it is in."""
    words = re.sub(r"(\w+day), (\w+) (\d+)", r"\1 \3 \2", page.words)
    return re.sub(r"(\w+day), (\d+)", r"\1 \2", words)


def to_leave_out(page: Page, day: str) -> str:
    """The address that leads to leaving out the meeting of a day."""
    return next(str(link["href"]) for link in page.soup.select(f'a[href$="/skip/{day}"]'))


def test_from_a_weekly_post_to_three_meetings_confirmed_together(
    stage: SeriesStage, anna: Browser, bashir: Browser
) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60, rhythm="weekly", weekdays=[2], weekly_at="16:30")
    page = bashir.look(bashir.look(f"/c/cremona/posts/{post_id}").link("I need this"))
    assert page.says("Every week")
    assert page.says("One time only")
    page = bashir.submit(page, "I need this", words="Fino a giugno?")
    assert page.says("We wait for Anna")
    assert page.says("Every Tuesday at 16:30")
    assert not page.says("372 000000")

    page = anna.look(anna.look("/c/cremona/waiting").link("proposes to meet every week"))
    assert page.says("Your turn: does it suit you?")
    assert "Tuesday 12 January, 16:30" in spoken(page)
    page = anna.submit(page, "Yes, that suits us")
    assert page.says("Agreed! Here are your next meetings.")
    assert page.says("Call Bashir")
    assert page.says("3 h are set aside")

    with clock.at(LATER):
        page = anna.look(anna.look("/c/cremona/waiting").link("3 meetings to write down"))
        second = str(stage.all_meetings(1)[1].id)
        page = anna.submit(page, "Write down those I ticked", **{f"minutes_{second}": "90"})
        assert page.says("Written down. Now the other side confirms.")
        page = bashir.look(bashir.look("/c/cremona/waiting").link("3 meetings"))
        assert page.says("1 h 30")
        page = bashir.submit(page, "I confirm all 3 · 3 h 30")
        assert page.says("Confirmed. Thank you!")
        assert page.says("What was")
    assert stage.balance(stage.cast.anna) == 210


def test_once_is_still_possible_and_other_posts_offer_both(stage: SeriesStage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60, rhythm="weekly", weekdays=[2], weekly_at="16:30")
    page = bashir.look(f"/c/cremona/posts/{post_id}/answer?once=1")
    page = bashir.submit(page, "I need this")
    assert "/agreements/" in page.address
    other = stage.post(stage.cast.anna, minutes=60, rhythm="any")
    page = bashir.look(f"/c/cremona/posts/{other}/answer")
    assert page.says("Every week")
    dated = stage.post(stage.cast.anna, minutes=60, rhythm="dates")
    assert not bashir.look(f"/c/cremona/posts/{dated}/answer").says("Every week")


def test_somebody_is_asked_every_week(stage: SeriesStage, bashir: Browser) -> None:
    party_id = stage.cast.anna.party.id
    page = bashir.look(bashir.look(f"/c/cremona/members/{party_id}/ask").link("Every week"))
    category = str(stage.cast.categories["repairs"].id)
    typed = {
        "title": "Un'ora di matematica",
        "category": category,
        "weekdays": ["2", "4"],
        "at": "17:00",
        "minutes": "60",
    }
    page = bashir.submit(page, "Ask", **typed)
    assert page.says("Every Tuesday and Thursday at 17:00")


def test_what_was_typed_wrong_is_said_at_the_field(stage: SeriesStage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    page = bashir.look(f"/c/cremona/posts/{post_id}/answer/weekly")
    for typed, words in (
        ({"at": "16:30", "weekdays": []}, "Choose at least one day of the week."),
        ({"at": "", "weekdays": ["2"]}, "Say at what time."),
        ({"at": "16:30", "weekdays": ["2"], "first_day": "2020-01-01"}, "This day has already passed."),
        ({"at": "16:30", "weekdays": ["2"], "last_day": "2027-01-11"}, "The last day comes before the first."),
        ({"at": "16:30", "weekdays": ["2"], "last_day": "ieri"}, "Not a valid date value."),
        ({"at": "sera", "weekdays": ["2"]}, "Not a valid time value."),
    ):
        found = bashir.submit(page, "I need this", status=422, words="Ciao", **typed)
        assert any(words in error for error in found.errors()), (words, found.errors())
        assert found.says("Ciao") or "Ciao" in found.html


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


def test_one_meeting_changed_while_all_are_being_confirmed(stage: SeriesStage, later: None, bashir: Browser) -> None:
    with clock.at(MONDAY):
        series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    ids = stage.write_down(series_id, stage.cast.anna, LATER)
    page = bashir.look(at(series_id))
    stage.do(agreements.deliver, stage.cast.anna, ids[1], None, 90)
    found = bashir.submit(page, "I confirm all 3", status=409)
    assert "The meeting of Tuesday 19 January has changed in the meantime, so nothing was done." in spoken(found)
    assert stage.balance(stage.cast.anna) == 0


def test_nothing_ticked(stage: SeriesStage, later: None, anna: Browser) -> None:
    with clock.at(MONDAY):
        series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    page = anna.look(at(series_id))
    ids = [str(one.id) for one in stage.all_meetings(series_id)]
    found = anna.submit(page, "Write down those I ticked", status=422, **{f"done_{one}": [] for one in ids})
    assert found.says("Choose at least one meeting.")


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


def test_messages_and_home_tell_a_series_once(stage: SeriesStage, later: None, anna: Browser, bashir: Browser) -> None:
    with clock.at(MONDAY):
        series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, weekdays=(1, 2, 3, 4))
    for page in (anna.look("/c/cremona/messages"), anna.look("/c/cremona/waiting")):
        links = [link["href"] for link in page.soup.select(".r-waits a")]
        assert links == [at(series_id)]
    page = bashir.submit(bashir.look(at(series_id)), "Send", words="A domani!")
    assert page.says("A domani!")
    assert anna.look("/c/cremona/messages").says("1 new")


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


def test_a_post_tells_its_owner_who_would_come_every_week(stage: SeriesStage, anna: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60, expires_on=TUESDAY)
    series_id = stage.do(actions.propose, stage.cast.bashir, post_id, weekly())
    page = anna.look(f"/c/cremona/posts/{post_id}")
    assert page.link("Bashir e famiglia") == at(series_id)


def test_who_answered_for_every_week_is_not_asked_again(stage: SeriesStage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60, expires_on=TUESDAY)
    series_id = stage.do(actions.propose, stage.cast.bashir, post_id, weekly())
    page = bashir.look(f"/c/cremona/posts/{post_id}")
    assert page.says("You have answered")
    assert not page.says("Would it help you?")
    assert page.link("Orli e bottoni") == at(series_id)
    assert bashir.look(f"/c/cremona/posts/{post_id}/answer/weekly").address.endswith(at(series_id))


def test_hours_that_suit_both_are_offered_and_written_into_the_form(stage: SeriesStage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    stage.do(set_week, stage.cast.anna, [(4, "afternoon"), (6, "morning")])
    stage.do(set_week, stage.cast.bashir, [(4, "afternoon"), (2, "evening")])
    for address, button, typed in (
        (f"/c/cremona/posts/{post_id}/answer/weekly", "I need this", {}),
        (f"/c/cremona/members/{stage.cast.anna.party.id}/ask/weekly", "Ask", {"title": "Un orlo"}),
    ):
        page = bashir.look(address)
        assert page.says("Both of you can")
        page = bashir.look(page.link("Thursday, 16:00"))
        if typed:
            typed |= {"category": str(stage.cast.categories["repairs"].id), "minutes": "60"}
        assert bashir.submit(page, button, **typed).says("Every Thursday at 16:00")


@pytest.mark.parametrize(
    "asked", ["on=9&at=16:00", "on=4&at=99:99", "on=&at=", "on=4", "at=16:00&on=xx", "on=٤&at=16:00"]
)
def test_a_link_of_hours_that_nobody_should_type(stage: SeriesStage, bashir: Browser, asked: str) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    page = bashir.look(f"/c/cremona/posts/{post_id}/answer/weekly?{asked}")
    assert not page.soup.select('input[name="weekdays"][checked]')


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


def test_what_was_said_across_a_block_stays_with_its_author(stage: SeriesStage, anna: Browser, bashir: Browser) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.end, stage.cast.anna, series_id, None, MONDAY.date(), reason="Non mi fido")
    assert bashir.look(at(series_id)).says("Non mi fido")
    stage.do(block, stage.cast.bashir, stage.cast.anna.party.id)
    assert anna.look(at(series_id)).says("Non mi fido")
    page = bashir.look(at(series_id))
    assert not page.says("Non mi fido")
    assert page.says("This conversation is over.")


@pytest.mark.parametrize("more", ["", "/end", "/decline", "/change", "/counter", "/who", "/skip/2027-01-19"])
def test_strangers_find_no_such_page(stage: SeriesStage, client_for: ClientFor, more: str) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    for who in (stage.cast.chiara, stage.cast.maker, stage.cast.dario):
        assert client_for(who).look(at(series_id, more), status=404).status == 404


@pytest.mark.parametrize("day", ["ieri", "2027-02-30", "2027-13-01", "1"])
def test_days_that_no_calendar_has(stage: SeriesStage, bashir: Browser, day: str) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    assert bashir.look(at(series_id, f"/skip/{day}"), status=404).status == 404


def test_a_maker_reads_along_where_a_meeting_is_in_dispute(
    stage: SeriesStage, client_for: Callable[..., Browser]
) -> None:
    cast = stage.cast
    with clock.at(MONDAY):
        series_id = stage.series_open(cast.anna, cast.bashir)
        meeting = stage.meetings(series_id).to_come[0]
    with clock.at(MONDAY + timedelta(days=2)):
        stage.do(agreements.deliver, cast.anna, meeting.id, None, 60)
        stage.do(agreements.dispute, cast.bashir, meeting.id, None, "Era mezz'ora")
        maker = client_for(cast.maker, language="en")
        page = maker.look(f"/c/cremona/agreements/{meeting.id}")
        assert page.says("What they wrote to each other")
        assert maker.submit(page, "Send", words="Vi ascolto").says("Vi ascolto")
        bashir = client_for(cast.bashir, language="en")
        assert bashir.look(f"/c/cremona/agreements/{meeting.id}").says("Vi ascolto")
        client_for(cast.other_maker).look(f"/c/cremona/agreements/{meeting.id}", status=404)
