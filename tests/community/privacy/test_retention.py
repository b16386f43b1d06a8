"""What has been kept long enough goes by itself, once, and administrators read how much it was."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from app import load_features
from community.members.tables import Membership
from community.moderation.tables import Case, CaseNote, Report
from community.notifications.tables import CallToMake
from community.privacy import jobs
from community.privacy.actions import note_gone
from community.privacy.queries import report_of_retention, retentions
from community.privacy.tables import LetGo
from community.threads.tables import Thread
from exchanges.agreements.tables import Agreement
from foundation import clock
from foundation.database import Database, Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.personal.keeping import Retention
from tests.cast import Cast
from tests.client import Browser, on_sqlite


@pytest.fixture(autouse=True)
def features() -> Iterator[None]:
    before = registry.features
    registry.register(load_features())
    yield
    registry.register(before)


def write_old_things(database: Database, cast: Cast, days: int) -> None:
    """An agreement, a case, a call and an application, all ended so many days ago."""
    then = clock.now() - timedelta(days=days)
    anna, here = cast.anna.party.id, cast.community.id
    with database.writing() as session:
        thread = Thread(community_id=here)
        case = Case(
            community_id=here, zone_id=cast.zones["centro"].id, kind="post", object_id=days, opened_at=then,
            due_at=then, closed_at=then,
        )  # fmt: skip
        session.add_all([thread, case])
        session.flush()
        agreement = Agreement(
            community_id=here, way="asked", state="cancelled", turn_id=anna, giver_id=anna, proposer_id=anna,
            receiver_id=cast.bashir.party.id, title="Passaggio", minutes=60, place_words="Via Anna 1",
            reason="Era tardi", thread_id=thread.id, ended_at=then,
        )  # fmt: skip
        report = Report(
            community_id=here, kind="post", object_id=days, reason="other", reporter_id=cast.bashir.id,
            case_id=case.id, words="parole", reported_at=then,
        )  # fmt: skip
        note = CaseNote(case_id=case.id, author_id=cast.maker.id, words="nota", written_at=then)
        call = CallToMake(community_id=here, person_id=cast.dario.id, notice="x", made_at=then, since=then)
        session.add_all([agreement, report, note, call])
        membership = session.get_one(Membership, 1)
        membership.state, membership.reason, membership.decided_at = "declined", "Non ora", then


def left(database: Database) -> dict[str, int]:
    with database.reading() as session:
        agreements = session.exec(select(Agreement)).all()
        said = {
            "meeting_places": [one.place_words for one in agreements],
            "dispute_words": [one.reason for one in agreements],
            "report_words": [one.words for one in session.exec(select(Report))],
            "case_notes": [one.words for one in session.exec(select(CaseNote))],
            "calls_made": [one.notice for one in session.exec(select(CallToMake))],
            "declined": [one.reason for one in session.exec(select(Membership))],
        }
    return {name: sum(bool(one) for one in ones) for name, ones in said.items()}


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        (13, set()),
        (15, {"meeting_places"}),
        (100, {"meeting_places", "calls_made"}),
        (200, {"meeting_places", "calls_made", "declined"}),
        (800, {"meeting_places", "calls_made", "declined", "dispute_words", "report_words", "case_notes"}),
    ],
)
def test_each_goes_after_its_time_and_once(database: Database, cast: Cast, days: int, gone: set[str]) -> None:
    write_old_things(database, cast, days)
    assert set(left(database).values()) == {1}
    for _again in range(2):
        jobs.retain(database, {})
        assert {name for name, count in left(database).items() if not count} == gone
    with database.reading() as session:
        kept, last = report_of_retention(session, cast.administrator.actor)
        assert {one.retention.name: one.total for one in kept if one.total} == dict.fromkeys(gone, 1)
        assert last is not None
        with pytest.raises(Missing):
            report_of_retention(session, cast.maker.actor)


def test_interrupted_it_goes_on_where_it_was(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in (800, 801, 802):
        write_old_things(database, cast, days)
    monkeypatch.setattr(jobs, "SOME", 1)
    once, calls = jobs.let_go_once, []

    def stopping(*arguments: object) -> int:
        calls.append(1)
        if len(calls) == 4:
            raise RuntimeError("the power went off")
        return once(*arguments)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(jobs, "let_go_once", stopping)
    with pytest.raises(RuntimeError, match="power"):
        jobs.retain(database, {})
    jobs.retain(database, {})
    assert not any(left(database).values())
    with database.reading() as session:
        kept, _last = report_of_retention(session, cast.administrator.actor)
    several = {one.retention.name: one.total for one in kept if one.total > 1}
    assert several == dict.fromkeys(("meeting_places", "dispute_words", "report_words", "case_notes", "calls_made"), 3)


def test_each_has_a_name_of_its_own() -> None:
    names = [one.name for one in retentions()]
    assert len(names) == len(set(names)) >= 7


@on_sqlite
def test_the_page(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    write_old_things(database, cast, 15)
    browser = client_for(cast.administrator, language="en")
    assert browser.look("/c/cremona/running/retention").says("It has not been carried out yet")
    jobs.retain(database, {})
    page = browser.look("/c/cremona/running/retention")
    assert page.says("Where the two of an exchange met, once it is over")
    assert page.says("1 so far.")


def test_one_that_fails_holds_up_no_other(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    write_old_things(database, cast, 800)
    once, first = jobs.let_go_once, retentions()[0]

    def failing(session: Session, one: Retention, limit: int) -> int:
        if one is first:
            raise RuntimeError("this one cannot be read")
        return once(session, one, limit)

    monkeypatch.setattr(jobs, "let_go_once", failing)
    with pytest.raises(RuntimeError, match="cannot be read"):
        jobs.retain(database, {})
    assert sum(left(database).values()) <= 1
    with database.reading() as session:
        assert report_of_retention(session, cast.administrator.actor)[1] is None


def test_it_is_noted_on_the_day_of_the_community(database: Database, cast: Cast) -> None:
    """At half past midnight in Rome it is still yesterday in UTC."""
    with clock.at(datetime(2027, 1, 11, 23, 30, tzinfo=UTC)), database.writing() as session:
        note_gone(session, "calls", cast.community.id, 1)
        note_gone(session, "", 0, 0)
        days = {row.community_id: row.day for row in session.exec(select(LetGo))}
    assert days == {cast.community.id: date(2027, 1, 12), 0: date(2027, 1, 11)}
