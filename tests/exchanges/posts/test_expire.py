"""The last day of a post: reminded before, ended after, in the community's own time zone."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, update

from community.communities.tables import Community
from community.notifications.tables import CallToMake
from exchanges.posts import actions
from exchanges.posts.queries import expiring_of
from foundation import clock
from tests.exchanges.posts.stage import Stage

NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)


def expire(stage: Stage, moment: datetime) -> int:
    with clock.at(moment), stage.database.writing() as session:
        return actions.expire_posts(session)


def remind(stage: Stage, moment: datetime) -> int:
    with clock.at(moment), stage.database.writing() as session:
        return actions.remind_expiring(session)


def post_until(stage: Stage, day: date, **said: object) -> int:
    with clock.at(NOON):
        return stage.open_post(stage.cast.anna, expires_on=day, **said)


def test_it_ends_after_its_last_day_where_the_community_is(stage: Stage) -> None:
    post_id = post_until(stage, date(2026, 6, 10))
    # 21:59 in Greenwich is a minute to midnight in Cremona.
    assert expire(stage, datetime(2026, 6, 10, 21, 59, tzinfo=UTC)) == 0
    assert expire(stage, datetime(2026, 6, 10, 22, 0, tzinfo=UTC)) == 1
    assert expire(stage, datetime(2026, 6, 10, 22, 5, tzinfo=UTC)) == 0
    assert stage.post(post_id).state == "expired"
    assert [letter["person_id"] for letter in stage.letters("posts:expired")] == [stage.cast.anna.id]


def test_another_zone_another_midnight(stage: Stage) -> None:
    with stage.database.writing() as session:
        session.exec(update(Community).where(col(Community.slug) == "cremona").values(time_zone="America/New_York"))
    post_id = post_until(stage, date(2026, 6, 10))
    assert expire(stage, datetime(2026, 6, 11, 3, 59, tzinfo=UTC)) == 0
    assert expire(stage, datetime(2026, 6, 11, 4, 0, tzinfo=UTC)) == 1
    assert stage.post(post_id).state == "expired"


def test_a_paused_post_ends_too_and_a_draft_does_not(stage: Stage) -> None:
    with clock.at(NOON):
        paused = stage.in_state(stage.cast.anna, "paused")
        draft = stage.written(stage.cast.anna, expires_on=date(2026, 6, 5))
    assert expire(stage, NOON + timedelta(days=40)) == 1
    assert (stage.post(paused).state, stage.post(draft).state) == ("expired", "draft")


def test_the_author_is_asked_once_a_week_before(stage: Stage) -> None:
    post_id = post_until(stage, date(2026, 6, 20), title="Passaggio a Cremona")
    # Two hours before midnight in Greenwich the day has begun in Cremona.
    assert remind(stage, datetime(2026, 6, 12, 21, 59, tzinfo=UTC)) == 0
    assert remind(stage, datetime(2026, 6, 12, 22, 0, tzinfo=UTC)) == 1
    assert remind(stage, datetime(2026, 6, 18, 12, tzinfo=UTC)) == 0
    letters = stage.letters("posts:expiring")
    assert [(letter["params"], letter["values"]) for letter in letters] == [
        ({"title": "Passaggio a Cremona", "last_on": "2026-06-20"}, {"post_id": post_id})
    ]
    assert [post.id for post in stage.ask(expiring_of, stage.cast.anna)] == [post_id]
    assert stage.ask(expiring_of, stage.cast.bashir) == []


def test_after_renewing_it_is_asked_again_before_the_new_end(stage: Stage) -> None:
    post_id = post_until(stage, date(2026, 6, 20))
    remind(stage, datetime(2026, 6, 18, 12, tzinfo=UTC))
    with clock.at(datetime(2026, 6, 18, 13, tzinfo=UTC)):
        stage.do(actions.renew_post, stage.cast.anna, post_id)
    assert stage.ask(expiring_of, stage.cast.anna) == []
    assert remind(stage, datetime(2026, 6, 19, 12, tzinfo=UTC)) == 0
    assert remind(stage, datetime(2026, 7, 16, 12, tzinfo=UTC)) == 1
    assert len(stage.letters("posts:expiring")) == 2


def test_nobody_is_asked_about_what_they_have_only_just_written(stage: Stage) -> None:
    post_until(stage, date(2026, 6, 5))
    assert remind(stage, NOON + timedelta(days=2)) == 0
    assert remind(stage, NOON + timedelta(days=2, hours=1)) == 1


def test_a_post_that_ends_with_its_dates_is_not_asked_about(stage: Stage) -> None:
    with clock.at(NOON):
        stage.open_post(stage.cast.anna, rhythm="dates", dates=[(datetime(2026, 6, 12, 8, tzinfo=UTC), None)])
    assert remind(stage, datetime(2026, 6, 11, 12, tzinfo=UTC)) == 0
    assert stage.letters("posts:expiring") == []


def test_who_has_no_email_is_called(stage: Stage) -> None:
    with stage.database.writing() as session:
        person = session.get(type(stage.cast.anna.person), stage.cast.anna.id)
        person.email = None
    post_until(stage, date(2026, 6, 20))
    remind(stage, datetime(2026, 6, 18, 12, tzinfo=UTC))
    with stage.database.reading() as session:
        calls = session.exec(actions.ending.select(CallToMake)).all()
        assert [call.notice for call in calls] == ["posts:expiring"]


def test_many_end_in_turns(stage: Stage) -> None:
    for _ in range(5):
        post_until(stage, date(2026, 6, 2))
    with clock.at(NOON + timedelta(days=3)), stage.database.writing() as session:
        assert [actions.expire_posts(session, limit=2) for _ in range(4)] == [2, 2, 1, 0]
