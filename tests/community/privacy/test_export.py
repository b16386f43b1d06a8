"""Everything about oneself in one file: asked for, made by a job, fetched by nobody else, removed after a week."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import select

from community.concerns.actions import tell
from community.moderation.actions import decide, report
from community.moderation.rules import Ruling
from community.privacy.actions import ask_for_export
from community.privacy.jobs import JOBS, folder
from community.privacy.queries import kinds, whose
from community.privacy.tables import PersonalExport
from community.safeguarding.actions import name_lead
from exchanges.agreements.actions import write_words
from foundation import clock
from foundation.database import Database
from foundation.jobs import run_due
from foundation.outbox import OutboxMessage
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage

MINE = "/c/cremona/privacy/mine"


def make(app: Flask, database: Database) -> None:
    with app.app_context():
        run_due(database, {job.kind: job for job in JOBS})


def taken(browser: Browser) -> dict[str, list[dict]]:
    page = browser.look(MINE)
    answer = browser.client.get(page.link("Fetch the file"))
    content = answer.data
    answer.close()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=reciproca-")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        assert {"LEGGIMI.txt", "person.csv", "household.csv"} <= set(file.namelist())
        return json.loads(file.read("dati.json"))


@on_sqlite
def test_everything_of_mine_and_nothing_of_others(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    stage = Stage(database, cast)
    agreement_id = stage.settled(cast.anna, cast.bashir)
    stage.do(write_words, cast.anna, agreement_id, "La mia parola")
    stage.do(write_words, cast.bashir, agreement_id, "Parola di Bashir")
    anna = client_for(cast.anna, language="en")
    page = anna.submit(anna.look(MINE), "Make the file")
    assert page.says("Gathering everything…")
    make(app, database)
    found = taken(anna)
    assert found["person"][0]["email"] == "anna@example.org"
    assert "password_hash" not in found["person"][0]
    assert found["household"][0]["address"] == "Via Anna 1"
    assert [row["id"] for row in found["agreements"]] == [agreement_id]
    assert [row["minutes"] for row in found["movements"]] == [60]
    assert [row["words"] for row in found["messages"]] == ["La mia parola"]
    written = json.dumps(found, ensure_ascii=False)
    for others in ("bashir@example.org", "Via Bashir 1", "Parola di Bashir", "chiara"):
        assert others not in written


def test_the_record_tells_neither_who_decided_nor_that_one_was_worried(database: Database, cast: Cast) -> None:
    """The file may lie where others look, and which maker decided is told to nobody it concerns."""
    with database.writing() as session:
        name_lead(session, cast.administrator.actor, cast.dario.id)
        tell(session, cast.anna.actor, "Ho paura per lui.", party_ids=[])
        case_id = report(session, cast.bashir.actor, "party", cast.anna.party.id, reason="other", words="").case_id
    with database.writing() as session:
        decide(session, cast.maker.actor, case_id, Ruling("warn", "Per favore, con garbo."))
    with database.reading() as session:
        of = whose(session, cast.anna.id, cast.community.id)
        kind = next(kind for kind in kinds() if kind.kind == "record")
        rows = [dict(row) for row in kind.rows(session, of)]
    assert "concern" not in {row["kind"] for row in rows}
    told = [row for row in rows if row["verb"] == "decided_warn"]
    assert [(row["actor_person_id"], row["party_id"]) for row in told] == [(None, None)]
    assert {row["actor_person_id"] for row in rows} <= {cast.anna.id, None}


@on_sqlite
def test_a_letter_says_that_it_is_ready_and_nothing_else(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    anna = client_for(cast.anna, language="en")
    anna.submit(anna.look(MINE), "Make the file")
    make(app, database)
    with database.reading() as session:
        letters = [row.payload for row in session.exec(select(OutboxMessage))]
    assert [(letter["person_id"], letter["notice"], letter["params"]) for letter in letters] == [
        (cast.anna.id, "privacy:ready", {})
    ]


@on_sqlite
def test_nobody_else_fetches_or_removes_it(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    anna = client_for(cast.anna, language="en")
    anna.submit(anna.look(MINE), "Make the file")
    make(app, database)
    address = anna.look(MINE).link("Fetch the file")
    for other in ("bashir", "maker", "administrator"):
        browser = client_for(cast.members[other])
        browser.look(address, status=404)
        browser.post(f"{address}/remove", status=404, token_from=MINE)
    assert visitor.look(address).soup.select_one("input[type=password]")
    with anna.client.get(address) as answer:
        assert answer.status_code == 200


def test_asked_twice_it_is_made_once(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        first = ask_for_export(session, cast.anna.actor)
    with database.writing() as session:
        assert ask_for_export(session, cast.anna.actor) == first
        assert ask_for_export(session, cast.bashir.actor) != first
    with clock.at(clock.now() + timedelta(days=1)), database.writing() as session:
        assert ask_for_export(session, cast.anna.actor) != first, "one that nobody answered stands in nobody's way"


@on_sqlite
def test_after_a_week_it_is_gone_from_the_page_and_from_the_disk(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    anna = client_for(cast.anna, language="en")
    anna.submit(anna.look(MINE), "Make the file")
    make(app, database)
    address = anna.look(MINE).link("Fetch the file")
    with app.app_context():
        [path] = folder().iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    with clock.at(clock.now() + timedelta(days=8)):
        anna.look(address, status=404)
        with app.app_context():
            next(job for job in JOBS if job.kind == "privacy.tidy").run_batches(database, {})
    assert not path.exists()
    with database.reading() as session:
        assert session.exec(select(PersonalExport.state)).all() == ["gone"]


@on_sqlite
def test_i_can_remove_it_myself(app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = client_for(cast.anna, language="en")
    anna.submit(anna.look(MINE), "Make the file")
    make(app, database)
    page = anna.look(MINE)
    address = page.link("Fetch the file")
    assert not anna.submit(page, "Remove it").says("Fetch the file")
    anna.look(address, status=404)
    with app.app_context():
        assert list(folder().iterdir()) == []


@on_sqlite
def test_killed_half_way_it_is_made_again(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = client_for(cast.anna, language="en")
    anna.submit(anna.look(MINE), "Make the file")
    gather = next(job for job in JOBS if job.kind == "privacy.gather").run_batches
    with database.reading() as session:
        [export] = session.exec(select(PersonalExport))

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, app.app_context(), pytest.raises(KeyboardInterrupt):
        patch.setattr("community.privacy.jobs._write_pictures", killed)
        gather(database, {"export_id": export.id})
    assert anna.look(MINE).says("Gathering everything…")
    with app.app_context():
        gather(database, {"export_id": export.id})
        gather(database, {"export_id": export.id})
        assert [path.suffix for path in folder().iterdir()] == [".zip"]
    assert taken(anna)["person"]


@on_sqlite
def test_let_go_while_it_is_finished_no_file_is_left(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last kind and the name it is found by nobody asks any more: the person may let it go just then."""
    anna = client_for(cast.anna, language="en")
    anna.submit(anna.look(MINE), "Make the file")
    gather = next(job for job in JOBS if job.kind == "privacy.gather").run_batches
    with database.reading() as session:
        [export] = session.exec(select(PersonalExport))

    def let_go_meanwhile(*_args: object) -> None:
        with database.writing() as session:
            session.get_one(PersonalExport, export.id).state = "gone"

    monkeypatch.setattr("community.privacy.jobs._write_pictures", let_go_meanwhile)
    with app.app_context():
        gather(database, {"export_id": export.id})
        assert list(folder().iterdir()) == []


@on_sqlite
def test_where_one_met_goes_from_the_other_ones_file_too(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    """Two weeks after the end the contacts of the other are gone, from pages and from the file."""
    stage = Stage(database, cast)
    agreement_id = stage.settled(cast.anna, cast.bashir, place="receiver", place_words="Scala B, Bashir")
    later = clock.now() + timedelta(days=15)
    for when, seen in ((clock.now(), True), (later, False)):
        with clock.at(when):
            anna = client_for(cast.anna, language="en")
            assert anna.look(f"/c/cremona/agreements/{agreement_id}").says("+39 372 000000") is seen
            stage.do(ask_for_export, cast.anna)
            make(app, database)
            found = taken(anna)
            assert [row["place_words"] for row in found["agreements"]] == ["Scala B, Bashir" if seen else ""]
            assert "Via Bashir 1" not in json.dumps(found, ensure_ascii=False)
