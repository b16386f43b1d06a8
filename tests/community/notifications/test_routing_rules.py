"""Where a notice goes: never in the quiet hours, never twice, never too often."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.notifications.rules import (
    MAIL_AFTER_PUSH,
    TOPICS,
    USUAL,
    Before,
    Notice,
    Reach,
    Route,
    Wishes,
    check_wishes,
    due_slot,
    first_moment,
    good_until,
    is_quiet,
    is_stale,
    next_slot,
    route,
    usual_way,
    usual_wishes,
)
from foundation import clock
from foundation.errors import Invalid

ROME = "Europe/Rome"
NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)  # a Wednesday
NIGHT = datetime(2026, 11, 25, 22, tzinfo=UTC)
MAIL = Reach(mail=True, push=False, zone=ROME)
BOTH = Reach(mail=True, push=True, zone=ROME)

wishes = st.builds(
    Wishes,
    by_mail=st.booleans(),
    by_push=st.booleans(),
    quiet=st.booleans(),
    quiet_from=st.integers(36, 48).map(lambda half: half * 30),
    quiet_until=st.integers(10, 20).map(lambda half: half * 30),
    digest=st.sampled_from(["daily", "weekly", "never"]),
    digest_weekday=st.integers(1, 7),
    digest_hour=st.integers(7, 21),
    most_a_day=st.sampled_from([3, 5, 10]),
    choices=st.dictionaries(st.sampled_from(["messages", "posts"]), st.sampled_from(["at_once", "digest", "app"])),
)
BEGIN = datetime(2026, 3, 20, tzinfo=UTC)
moments = st.integers(0, 230 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
zones = st.sampled_from([ROME, "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"])
topics = st.sampled_from([topic for topic in TOPICS if topic != "account"])
befores = st.builds(
    Before,
    on_that_day=st.integers(0, 12),
    in_that_week=st.integers(0, 45),
    same_unseen=st.booleans(),
    stopped=st.booleans(),
    ignored=st.integers(0, 3),
)


def told(
    now: datetime = NOON, topic: str = "exchanges", *, chosen: Wishes | None = None, reach: Reach = MAIL, **more: Any
) -> Route:
    flags = {name: bool(more.pop(name, False)) for name in ("urgent", "asked_for", "promised")}
    return route(now, topic, chosen or Wishes(), reach, Before(**more), **flags)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(moments, wishes, zones, topics, befores, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_whatever_is_wished(
    now: datetime,
    chosen: Wishes,
    zone: str,
    topic: str,
    before: Before,
    mail: bool,
    push: bool,
    urgent: bool,
    asked: bool,
) -> None:
    said = route(now, topic, chosen, Reach(mail, push, zone), before, urgent=urgent, asked_for=asked)
    out = [moment for moment in (said.push_at, said.mail_at) if moment is not None]
    assert not any(is_quiet(moment, zone, chosen) for moment in out), "never in the quiet hours"
    assert all(moment >= now for moment in out)
    assert bool(out) is (said.way == "told")
    assert (said.digest_at is not None) is (said.way == "digest")
    assert said.digest_at is None or (said.digest_at > now and not is_quiet(said.digest_at, zone, chosen))
    if len(out) == 2:
        assert said.mail_at >= said.push_at + MAIL_AFTER_PUSH, "a letter only follows when nobody looked"
    if before.same_unseen:
        assert not out, "once"
    if out and not urgent:
        assert before.on_that_day < chosen.most_a_day
        assert before.in_that_week < chosen.most_a_week
        assert not before.stopped
    assert (said.way == "call") is not (mail or push)
    assert said.push_at is None or (push and chosen.by_push)
    assert said.mail_at is None or (mail and chosen.by_mail)


def test_at_once_by_day_in_the_morning_by_night() -> None:
    assert told().mail_at == NOON
    assert told(NIGHT).mail_at == datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
    assert told(NIGHT, chosen=Wishes(quiet=False)).mail_at == NIGHT
    assert told(NIGHT, urgent=True).mail_at == datetime(2026, 11, 26, 6, 30, tzinfo=UTC), "never the quiet hours"


@pytest.mark.parametrize(
    ("night", "morning"),
    [
        (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 5, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 6, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 10, 25, 6, 30, tzinfo=UTC)),
    ],
)
def test_half_past_seven_stays_half_past_seven_when_the_clocks_change(night: datetime, morning: datetime) -> None:
    assert first_moment(night, ROME, Wishes()) == morning
    assert clock.local(morning, ROME).strftime("%H:%M") == "07:30"


def test_by_push_first_and_by_letter_when_nobody_looked() -> None:
    said = told(reach=BOTH)
    assert (said.push_at, said.mail_at) == (NOON, NOON + timedelta(hours=3))
    assert told(reach=BOTH, chosen=Wishes(by_mail=False)).mail_at is None
    assert told(reach=BOTH, chosen=Wishes(by_push=False)).push_at is None
    late = NOON + timedelta(hours=7)  # seven in the evening: the letter would come at night
    assert told(late, reach=BOTH).mail_at == datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
    assert told(reach=Reach(mail=False, push=True, zone=ROME)).push_at == NOON


def test_in_the_summary_what_is_wished_there_but_not_what_is_urgent() -> None:
    sunday = datetime(2026, 11, 29, 17, tzinfo=UTC)
    assert told(topic="posts").digest_at == sunday
    assert told(topic="posts", asked_for=True).way == "told"
    assert told(topic="posts", urgent=True).way == "told"
    assert told(topic="messages", chosen=Wishes(choices={"messages": "digest"})).digest_at == sunday
    assert told(topic="messages", chosen=Wishes(choices={"messages": "app"}), urgent=True).way == "app"
    assert told(topic="posts", chosen=Wishes(digest="never")).way == "app"


def test_what_is_too_much_comes_the_next_evening() -> None:
    assert told(on_that_day=4, in_that_week=19).way == "told"
    assert told(on_that_day=5).digest_at == datetime(2026, 11, 25, 17, tzinfo=UTC)
    assert told(in_that_week=20).way == "digest"
    assert told(on_that_day=5, urgent=True).way == "told"


def test_after_three_ignored_ones_it_stops_and_asks_once() -> None:
    assert told(ignored=2).way == "told"
    assert (told(ignored=3).way, told(ignored=3).asks) == ("app", True)
    assert (told(stopped=True).way, told(stopped=True).asks) == ("app", False)
    assert told(ignored=3, urgent=True).way == "told"


def test_a_meeting_people_count_on_is_told_whatever_else_was() -> None:
    much = {"on_that_day": 9, "in_that_week": 40, "stopped": True, "ignored": 3, "same_unseen": True}
    said = told(topic="reminders", promised=True, **much)
    assert (said.way, said.mail_at) == ("told", NOON)
    assert told(NIGHT, "reminders", promised=True, **much).mail_at == datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
    assert told(topic="reminders", promised=True, chosen=Wishes(choices={"reminders": "app"})).way == "app"


def test_in_the_summary_it_is_only_where_that_comes_the_same_day() -> None:
    chosen = Wishes(choices={"reminders": "digest"})
    assert told(topic="reminders", promised=True, chosen=chosen).digest_at == datetime(2026, 11, 25, 17, tzinfo=UTC)
    late = datetime(2026, 11, 25, 18, tzinfo=UTC)
    assert told(late, "reminders", promised=True, chosen=chosen).mail_at == late
    shop = usual_wishes({"organisation"})
    reach = Reach(mail=True, push=False, zone=ROME, roles={"organisation"})
    assert told(NOON, "reminders", promised=True, chosen=shop, reach=reach).way == "told", "its morning is over"


def test_each_role_has_its_usual_way() -> None:
    assert usual_way("makers", {"member", "maker"}) == "at_once"
    assert usual_way("makers", {"member", "operator"}) == "at_once"
    assert usual_way("makers", {"member", "administrator"}) == "digest"
    assert usual_way("reminders", {"organisation", "member"}) == "digest"
    assert usual_way("messages", set()) == "at_once"
    assert usual_way("account", {"organisation"}) == "at_once"


def test_each_role_has_its_rhythm() -> None:
    assert usual_wishes(set()) == usual_wishes({"member"}) == Wishes(), "as the database has it"
    rhythms = {role: (one.digest, one.digest_hour, one.most_a_day) for role in USUAL for one in [usual_wishes({role})]}
    assert rhythms == {
        "maker": ("daily", 18, 10),
        "operator": ("daily", 18, 10),
        "administrator": ("daily", 8, 5),
        "organisation": ("daily", 9, 5),
        "member": ("weekly", 18, 5),
    }
    assert usual_wishes({"member", "maker", "administrator"}) == usual_wishes({"maker"})
    for role in USUAL:
        check_wishes(usual_wishes({role}))
        for topic in TOPICS:
            assert usual_way(topic, {role}) in ("at_once", "digest")


def test_a_summary_is_due_from_its_hour_on_and_not_the_next_day() -> None:
    sunday = datetime(2026, 11, 29, 17, tzinfo=UTC)
    assert due_slot(sunday - timedelta(minutes=1), ROME, Wishes(), held=True) is None
    assert due_slot(sunday, ROME, Wishes(), held=False) == date(2026, 11, 29)
    assert due_slot(sunday + timedelta(hours=7), ROME, Wishes(), held=True) is None
    assert due_slot(sunday + timedelta(days=1), ROME, Wishes(), held=False) is None
    assert due_slot(sunday + timedelta(days=1), ROME, Wishes(), held=True) == date(2026, 11, 30)
    assert due_slot(sunday, ROME, Wishes(digest="never"), held=True) is None


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(moments, wishes, zones)
def test_the_next_summary_is_at_its_hour(now: datetime, chosen: Wishes, zone: str) -> None:
    slot = next_slot(now, zone, chosen)
    assert now < slot <= now + timedelta(days=8)
    assert not is_quiet(slot, zone, chosen)
    if chosen.digest != "never":
        assert due_slot(slot, zone, chosen, held=False) == clock.local(slot, zone).date()


def test_only_what_the_page_offers() -> None:
    check_wishes(Wishes())
    for wrong in (
        {"quiet_from": 60},
        {"quiet_until": 720},
        {"digest": "hourly"},
        {"digest_hour": 3},
        {"most_a_day": 99},
    ):
        with pytest.raises(Invalid):
            check_wishes(Wishes(**wrong))
    for choices in ({"account": "app"}, {"messages": "by_pigeon"}, {"weather": "app"}):
        with pytest.raises(Invalid):
            check_wishes(Wishes(choices=choices))


def tells(way: str, reach: Reach, until: datetime, now: datetime = NOON) -> Route:
    """A member who wants it in this way."""
    chosen = Wishes(choices={"posts": way})
    return route(now, "posts", chosen, reach, Before(), urgent=False, asked_for=False, until=until)


def test_what_a_summary_would_say_too_late_goes_at_once() -> None:
    assert tells("digest", MAIL, NOON + timedelta(days=1)) == Route("told", mail_at=NOON)
    assert tells("digest", MAIL, NOON + timedelta(days=6)).way == "digest"


def test_what_the_night_would_make_late_stands_in_the_app() -> None:
    assert tells("at_once", MAIL, NIGHT + timedelta(hours=2), NIGHT) == Route("app")
    assert tells("at_once", MAIL, NIGHT + timedelta(hours=12), NIGHT).way == "told"


def test_no_letter_follows_a_push_when_it_is_over() -> None:
    assert tells("at_once", BOTH, NOON + MAIL_AFTER_PUSH / 2) == Route("told", push_at=NOON)


def test_a_summary_of_too_much_says_nothing_stale() -> None:
    full = Before(on_that_day=50)
    late = route(NOON, "posts", Wishes(choices={"posts": "at_once"}), MAIL, full, urgent=False, asked_for=False,
                 until=NOON + timedelta(hours=2))  # fmt: skip
    assert late == Route("app")


def test_until_when_a_notice_is_good() -> None:
    at = Notice("tests:at", "%(starts_at)s", (), topic="reminders", good_until="starts_at")
    eve = replace(at, says_tomorrow=True)
    last = Notice("tests:on", "%(until_on)s", (), topic="reminders", good_until="until_on")
    midnight = datetime(2026, 11, 25, 23, tzinfo=UTC)  # in Rome
    told = {"starts_at": datetime(2026, 11, 26, 9, tzinfo=UTC).isoformat()}
    assert good_until(at, told, ROME) == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert good_until(eve, told, ROME) == midnight
    assert good_until(last, {"until_on": "2026-11-25"}, ROME) == midnight
    assert not is_stale(last, {"until_on": "2026-11-25"}, ROME, midnight - timedelta(seconds=1))
    assert is_stale(last, {"until_on": "2026-11-25"}, ROME, midnight)
    with pytest.raises(ValueError, match="no moment"):
        replace(at, good_until="title")
