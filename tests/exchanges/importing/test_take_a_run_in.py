"""An import of the browser, from upload to end: looked at first, all or nothing; or withdrawn."""

import pytest
from sqlmodel import col, select

from community.members.tables import Membership, Person
from community.parties.tables import Party
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import Invalid, Stale
from foundation.importing import working
from foundation.importing.runs import (
    KEPT_FOR,
    file_of,
    forget_files,
    take_run,
    withdraw_run,
)
from foundation.importing.tables import ImportMade
from foundation.outbox import OutboxMessage
from foundation.search.tables import SearchEntry
from tests.cast import Cast
from tests.exchanges.importing.lists import BALANCES, POSTS, REGISTER, count, people
from tests.importing import Desk


def test_a_register_is_looked_at_before_anything_is_kept(desk: Desk) -> None:
    run = desk.check(desk.upload("members", REGISTER, "soci.csv"))
    assert (run.state, run.lines, run.new, run.unchanged, run.fault_count) == ("checked", 3, 3, 0, 0)
    first = {part["column"]: part.get("words") for part in run.preview[0]["cells"]}
    assert first == {
        "code": "1",
        "household": "F1",
        "given_name": "Samira",
        "email": "samira@example.org",
        "zone": "Po",
    }
    assert people(desk.database) == set()


def test_then_it_is_taken_in_and_the_file_let_go(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    desk.check(run_id)
    run = desk.take(run_id)
    assert (run.state, run.new, run.preview) == ("taken", 3, [])
    assert people(desk.database) == {"Samira", "Giorgio", "Ida"}
    with desk.database.reading() as session:
        assert file_of(session, run_id) is None
        made = session.exec(select(ImportMade.kind).where(col(ImportMade.run_id) == run_id)).all()
        decided_by = set(
            session.exec(select(Membership.decided_by_id).where(col(Membership.person_id) > desk.actor.person_id))
        )
    assert sorted(made) == ["member"] * 3 + ["party"] * 3 + ["person"] * 3
    assert desk.actor.person_id in decided_by


def test_posts_and_balances_come_after(desk: Desk) -> None:
    for kind, content in (("members", REGISTER), ("posts", POSTS), ("balances", BALANCES)):
        desk.bring(kind, content)
    with desk.database.reading() as session:
        post = session.exec(select(Post).where(col(Post.import_key) == "A1")).one()
        assert (post.state, post.recorded_by_id) == ("open", desk.actor.person_id)
    with desk.database.reading() as session:
        hold_still(session)
        assert list(faults(session)) == []
    assert count(desk, col(OutboxMessage.id).is_not(None)) == 0


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    for kind, content in (("members", REGISTER), ("posts", POSTS), ("balances", BALANCES)):
        desk.bring(kind, content)
        run_id = desk.upload(kind, content)
        run = desk.check(run_id)
        assert (run.new, run.unchanged) == (0, run.lines)
        with desk.database.writing() as session, pytest.raises(Invalid):
            take_run(session, desk.actor, run_id)


def test_columns_can_be_told_apart_by_hand(desk: Desk) -> None:
    unknown = "a;b;c\nSamira;x;Po\nGiorgio;y;Centro\n"
    run_id = desk.upload("members", unknown)
    assert desk.run(run_id).places == {}
    run = desk.check(run_id, {"given_name": 0, "zone": 2})
    assert (run.new, run.fault_count) == (2, 0)
    assert desk.check(run_id, {"given_name": 0}).fault_count == 1
    desk.check(run_id, {"given_name": 0, "zone": 2})
    desk.take(run_id)
    assert people(desk.database) == {"Samira", "Giorgio"}


def test_a_single_wrong_line_keeps_everything_out(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER.replace("Centro", "Atlantide"))
    run = desk.check(run_id)
    assert (run.state, run.new, run.fault_count) == ("checked", 2, 1)
    assert run.faults[0]["line"] == 3
    with desk.database.writing() as session, pytest.raises(Invalid):
        take_run(session, desk.actor, run_id)
    assert people(desk.database) == set()


def test_what_is_wrong_only_when_it_is_written_keeps_everything_out_too(desk: Desk, cast: Cast) -> None:
    desk.bring("members", REGISTER)
    run_id = desk.upload("posts", POSTS)
    desk.check(run_id)
    with desk.database.writing() as session:
        session.exec(select(Person).where(col(Person.given_name) == "Giorgio")).one().import_key = "somewhere:else"
        home = session.exec(select(Party).where(col(Party.import_key) == "F2")).one()
        home.import_key = "gone"
    run = desk.take(run_id)
    assert (run.state, run.fault_count) == ("checked", 1)
    assert count(desk, col(Post.import_key) == "A1") == 0
    with desk.database.reading() as session:
        assert file_of(session, run_id) is not None


def test_a_file_nobody_takes_in_is_let_go_after_a_week(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    with desk.database.writing() as session:
        assert forget_files(session) == 0
    with clock.at(clock.now() + KEPT_FOR * 1.1), desk.database.writing() as session:
        assert forget_files(session) == 1
    run = desk.run(run_id)
    assert (run.state, run.preview) == ("withdrawn", [])
    with desk.database.reading() as session:
        assert file_of(session, run_id) is None


def test_it_can_be_withdrawn(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    desk.check(run_id)
    with desk.database.writing() as session:
        withdraw_run(session, desk.actor, run_id)
    assert desk.run(run_id).state == "withdrawn"
    with desk.database.writing() as session, pytest.raises(Stale):
        take_run(session, desk.actor, run_id)


def test_how_far_it_is_only_grows_up_to_the_last_line_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []

    class Heard(dict[tuple[int, int], tuple[int, int]]):
        def __setitem__(self, at: tuple[int, int], far: tuple[int, int]) -> None:
            told.append(far)

    monkeypatch.setattr(working, "_far", Heard())
    run_id = desk.upload("members", "Codice;Nome;Zona\n" + "".join(f"{one};Nome{one};Po\n" for one in range(450)))
    desk.check(run_id)
    assert told == sorted(told)
    assert told[-1] == (450, 450)
    told.clear()
    desk.take(run_id)
    assert told == sorted(told)
    assert told[-1] == (450, 450)
    # Nine steps written and nine found: others are answered after each fifty households.
    assert len([far for far, _ in told if far > 450 * 0.3]) >= 18
    told.clear()
    desk.undo(run_id)
    assert told == sorted(told)
    assert told[-1] == (450, 450)
    assert len(told) >= 10


def test_everybody_of_a_long_register_is_found(desk: Desk) -> None:
    before = count(desk, col(SearchEntry.kind) == "household")
    desk.bring("members", "Codice;Nome;Cognome;Zona\n" + "".join(f"{one};Nome{one};Re;Po\n" for one in range(250)))
    assert count(desk, col(SearchEntry.kind) == "household") == before + 250
