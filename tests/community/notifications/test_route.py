"""A notice stands in the app and goes where its reader wishes: once, and in the transaction that ticks it off."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from community.notifications.actions import answer_stop, keep_wishes, notify, see, see_all, see_matter, stop_topic
from community.notifications.queries import is_reachable, is_seen, stops_of, wishes_of
from community.notifications.rules import Wishes
from community.notifications.tables import CallToMake, NoticeStop
from foundation import clock
from foundation.crypto.sealed import Confidential
from foundation.database import Database
from foundation.errors import Missing
from foundation.signals import carry
from tests.cast import Cast, make_member
from tests.community.notifications.stage import (
    ACCOUNT_LETTER,
    DANGER,
    FOUND,
    NOON,
    TOMORROW,
    WORDS,
    WROTE,
    days,
    decided,
    left,
    rows,
    tell,
    ways,
    with_hooks,
)


def test_in_the_app_and_by_letter_at_once(database: Database, cast: Cast) -> None:
    assert tell(database, cast, key="7")
    assert not tell(database, cast, key="7")
    [one] = rows(database)
    assert (one.way, one.topic, one.person_id, one.seen_at) == ("new", "messages", cast.anna.id, None)
    decided(database)
    [letter] = left(database, "mail")
    assert (letter.payload["notification_id"], letter.key, letter.due_at) == (one.id, f"notification:{one.id}", NOON)
    assert ways(database) == ["told"]
    decided(database)
    assert len(left(database, "mail")) == 1


def test_the_reader_hears_of_it_live(database: Database, cast: Cast) -> None:
    heard: list[str] = []
    stop = carry(heard.append)
    tell(database, cast, matter="thread:7")
    with database.writing() as session:
        see_matter(session, cast.anna.id, cast.community.id, "thread:7")
        see_matter(session, cast.anna.id, cast.community.id, "thread:7")
    stop()
    assert heard == [f"person:{cast.anna.id}"] * 2


def test_at_night_it_waits_for_the_morning(database: Database, cast: Cast) -> None:
    night = datetime(2026, 11, 25, 22, tzinfo=UTC)
    tell(database, cast, DANGER, at=night)
    decided(database, at=night)
    assert [one.due_at for one in left(database, "mail")] == [datetime(2026, 11, 26, 6, 30, tzinfo=UTC)]


def test_five_messages_of_one_conversation_are_one_letter(database: Database, cast: Cast) -> None:
    for _time in range(5):
        tell(database, cast, matter="thread:7")
        decided(database)
    tell(database, cast, matter="thread:8")
    decided(database)
    assert ways(database) == ["told", "same", "same", "same", "same", "told"]
    with clock.at(NOON), database.writing() as session:
        see(session, cast.anna.actor, rows(database)[0].id)
    assert [one.seen_at is not None for one in rows(database)] == [True] * 5 + [False]
    tell(database, cast, matter="thread:7")
    decided(database)
    assert ways(database)[-1] == "told", "once it was read, the next one is news again"


def test_the_one_thing_in_the_address_is_the_matter(database: Database, cast: Cast) -> None:
    for number in (7, 7, 8):
        tell(database, cast, endpoint="posts.show", values={"post_id": number})
    decided(database)
    assert [(one.matter, one.way) for one in rows(database)] == [
        ("post:7", "told"), ("post:7", "same"), ("post:8", "told"),
    ]  # fmt: skip


def test_what_was_seen_is_told_nowhere_else(database: Database, cast: Cast) -> None:
    tell(database, cast)
    tell(database, cast)
    decided(database)
    first, second = rows(database)
    with database.writing() as session:
        assert not is_seen(session, first.id)
        see_all(session, cast.anna.actor, first.id)
        assert is_seen(session, first.id)
        assert not is_seen(session, second.id)
        assert is_seen(session, 99)
    tell(database, cast)
    with database.writing() as session:
        see_all(session, cast.anna.actor, 99)
    decided(database)
    assert ways(database) == ["told", "told", "app"]


def test_nobody_sees_or_marks_what_others_were_told(database: Database, cast: Cast) -> None:
    tell(database, cast, matter="thread:7")
    [one] = rows(database)
    for stranger in (cast.bashir, cast.zoe, cast.maker):
        with pytest.raises(Missing), database.writing() as session:
            see(session, stranger.actor, one.id)
    with database.writing() as session:
        see_all(session, cast.bashir.actor, 99)
        see_matter(session, cast.bashir.id, cast.community.id, "thread:7")
    assert rows(database)[0].seen_at is None


def test_too_many_in_a_day_go_into_the_summary(database: Database, cast: Cast) -> None:
    for _time in range(7):
        tell(database, cast)
        decided(database)
    tell(database, cast, DANGER)
    decided(database)
    assert ways(database) == ["told"] * 5 + ["digest"] * 2 + ["told"]
    assert rows(database)[5].digest_at == datetime(2026, 11, 25, 17, tzinfo=UTC)
    tell(database, cast, at=NOON + days(1))
    decided(database, at=NOON + days(1))
    assert ways(database)[-1] == "told"


def test_too_many_in_a_week(database: Database, cast: Cast) -> None:
    for number in range(30):
        at = NOON + days(number // 5)
        tell(database, cast, at=at)
        decided(database, at=at)
        with clock.at(at), database.writing() as session:
            see_all(session, cast.anna.actor, 999)
    assert ways(database) == ["told"] * 20 + ["digest"] * 10


def test_what_may_wait_is_held_for_the_summary(database: Database, cast: Cast) -> None:
    tell(database, cast, FOUND)
    decided(database)
    assert (ways(database), left(database, "mail")) == (["digest"], [])


def test_after_three_unseen_ones_it_stops_asks_once_and_goes_on_when_told(database: Database, cast: Cast) -> None:
    for number in range(3):
        tell(database, cast, at=NOON + days(number))
        decided(database, at=NOON + days(number))
    later = NOON + days(6)
    for _time in range(2):
        tell(database, cast, at=later)
        decided(database, at=later)
    assert ways(database) == ["told"] * 3 + ["app"] * 2
    with database.reading() as session:
        [(stop, last)] = stops_of(session, cast.anna.id, open_only=True)
        assert (stop.notice, last.id) == ("tests:wrote", rows(database)[-1].id)
    with clock.at(later), database.writing() as session:
        answer_stop(session, cast.anna.actor, "tests:wrote", go_on=True)
        assert stops_of(session, cast.anna.id) == []
    tell(database, cast, at=later)
    decided(database, at=later)
    assert ways(database)[-1] == "told"
    with clock.at(later), database.writing() as session:
        answer_stop(session, cast.anna.actor, "tests:wrote", go_on=False)
        with pytest.raises(Missing):
            answer_stop(session, cast.bashir.actor, "tests:wrote", go_on=True)
        assert session.get_one(NoticeStop, (cast.anna.id, "tests:wrote")).answer == "no"
    tell(database, cast, at=later)
    decided(database, at=later)
    assert ways(database)[-1] == "app"


def test_a_fresh_one_hides_no_ignored_ones_and_one_morning_is_once(database: Database, cast: Cast) -> None:
    """Who hears of something every day and never looks is asked too; who found three after a night, is not."""
    for number in range(5):
        tell(database, cast, at=NOON + days(number))
        decided(database, at=NOON + days(number))
    assert ways(database) == ["told"] * 5
    tell(database, cast, at=NOON + days(5))
    decided(database, at=NOON + days(5))
    assert ways(database)[-1] == "app", "three are older than three days, though two came since"


def test_three_after_one_night_were_ignored_once(database: Database, cast: Cast) -> None:
    night = datetime(2026, 11, 25, 22, tzinfo=UTC)
    for _time in range(3):
        tell(database, cast, at=night)
        decided(database, at=night)
    tell(database, cast, at=NOON + days(6))
    decided(database, at=NOON + days(6))
    assert ways(database) == ["told"] * 4


def test_a_meeting_people_count_on_is_told_beyond_the_limits(database: Database, cast: Cast) -> None:
    for _time in range(6):
        tell(database, cast)
        decided(database)
    night = datetime(2026, 11, 25, 22, tzinfo=UTC)
    for at in (NOON, night):
        tell(database, cast, TOMORROW, at=at)
        decided(database, at=at)
    assert ways(database)[-3:] == ["digest", "told", "told"]
    assert left(database, "mail")[-1].due_at == datetime(2026, 11, 26, 6, 30, tzinfo=UTC), "and nobody is woken"


def test_who_has_no_address_gets_no_letter_about_their_account(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody with notices on their telephone and no e-mail: a letter could only get stuck."""
    with database.writing() as session:
        giorgio = make_member(session, cast, "giorgio", "vescovato", email=None)
    with_hooks(monkeypatch, reached_by_push=lambda _session, _person_id: True)
    assert not tell(database, cast, ACCOUNT_LETTER, person_id=giorgio.id)
    assert left(database, "mail") == []
    with database.reading() as session:
        assert [call.person_id for call in session.exec(select(CallToMake))] == [giorgio.id]


def test_who_took_themselves_off_such_letters_gets_not_even_the_next(database: Database, cast: Cast) -> None:
    tell(database, cast)
    decided(database)
    [one] = rows(database)
    with database.writing() as session:
        assert not is_seen(session, one.id)
        stop_topic(session, cast.anna.id, "posts")
        assert not is_seen(session, one.id)
        stop_topic(session, cast.anna.id, "messages")
        assert is_seen(session, one.id)


def test_the_rhythm_is_that_of_the_role(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        assert [wishes_of(session, who.id).digest for who in (cast.anna, cast.maker)] == ["weekly", "daily"]
        assert wishes_of(session, cast.administrator.id).digest_hour == 8
        assert wishes_of(session, cast.maker.id).most_a_day == 10
        assert wishes_of(session, cast.bakery.id).digest_hour == 9
        stop_topic(session, cast.maker.id, "digest")
        kept = wishes_of(session, cast.maker.id)
        assert (kept.digest, kept.most_a_day) == ("never", 10), "only the summary has ended"


def test_one_that_was_seen_is_not_ignored(database: Database, cast: Cast) -> None:
    for number in range(3):
        tell(database, cast, at=NOON + days(number))
        decided(database, at=NOON + days(number))
    with clock.at(NOON + days(3)), database.writing() as session:
        see(session, cast.anna.actor, rows(database)[1].id)
    tell(database, cast, at=NOON + days(9))
    decided(database, at=NOON + days(9))
    assert ways(database)[-1] == "told"


def test_by_push_first_and_by_letter_hours_later(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hooks(monkeypatch, reached_by_push=lambda _session, person_id: person_id == cast.anna.id)
    tell(database, cast)
    decided(database)
    [push], [letter] = left(database, "push"), left(database, "mail")
    assert (push.due_at, letter.due_at) == (NOON, NOON + timedelta(hours=3))
    assert push.payload == letter.payload
    assert push.key == letter.key


def test_who_has_no_address_is_reached_by_push_and_else_called(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        giorgio = make_member(session, cast, "giorgio", "vescovato", email=None)
    with_hooks(monkeypatch, reached_by_push=lambda _session, person_id: answers and person_id == giorgio.id)
    answers = True
    tell(database, cast, person_id=giorgio.id)
    tell(database, cast, person_id=giorgio.id)
    with database.reading() as session:
        assert is_reachable(session, giorgio.id)
    answers = False
    decided(database)
    assert ways(database) == ["call", "call"], "the telephone went silent meanwhile: a maker calls"
    answers = True
    tell(database, cast, person_id=giorgio.id)
    decided(database)
    assert (len(left(database, "push")), left(database, "mail")) == (1, [])


def test_each_is_reached_as_they_wish(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        keep_wishes(session, cast.anna.actor, Wishes(choices={"messages": "app", "posts": "at_once"}), {"member"})
    tell(database, cast)
    tell(database, cast, FOUND)
    decided(database)
    assert ways(database) == ["app", "told"]
    with database.writing() as session:
        keep_wishes(session, cast.anna.actor, Wishes(by_mail=False), {"member"})
    tell(database, cast)
    decided(database)
    assert ways(database)[-1] == "app"


def test_what_is_sealed_is_said_by_no_notice(database: Database, cast: Cast) -> None:
    tell(database, cast, params={"who": "Mario", "title": Confidential("Aiuto per il bere")})
    assert rows(database)[0].params["title"] == {"it": "una cosa riservata", "en": "something confidential"}


def test_a_title_that_may_name_a_child_stays_in_the_house(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hooks(monkeypatch, title_outside=lambda _session, matter: {"en": "a hand"} if matter == "post:7" else None)
    for number in (7, 8):
        tell(database, cast, values={"post_id": number})
    decided(database)
    assert [one.params["title"] for one in rows(database)] == ["Ripetizioni"] * 2
    assert [one.payload["params"]["title"] for one in left(database, "mail")] == [{"en": "a hand"}, "Ripetizioni"]


def test_it_is_written_once_or_not_at_all(database: Database, cast: Cast) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        notify(
            session, person_id=cast.anna.id, community_id=cast.community.id, notice=WROTE, params=WORDS["tests:wrote"]
        )
        raise RuntimeError("the deed failed")
    assert (rows(database), left(database, "notice")) == ([], [])
