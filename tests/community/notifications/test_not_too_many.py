"""Not too many in a day or a week, and an end to those nobody looks at; what people count on is told."""

from datetime import UTC, datetime

import pytest

from community.notifications.actions import answer_stop, see, see_all, stop_topic
from community.notifications.queries import stops_of, wishes_of
from community.notifications.tables import NoticeStop
from foundation import clock
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast
from tests.community.notifications.stage import (
    DANGER,
    FOUND,
    NOON,
    TOMORROW,
    days,
    decided,
    left,
    rows,
    tell,
    ways,
)


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
