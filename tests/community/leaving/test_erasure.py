"""A family goes for good: nothing in any table, index or letter says who it was, nor what they wrote in confidence."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from app import load_features
from community.households.actions import add_dependant, remove_dependant
from community.households.tables import Dependant
from community.leaving import jobs
from community.leaving.actions import finish, leave, move_hours
from community.leaving.rules import Going, without_names
from community.leaving.tables import Departure
from community.members.queries import actor_for
from community.members.tables import Person
from community.moderation.actions import report
from community.parties.actions import put_in_index
from community.parties.tables import Party
from community.privacy.actions import ask_for_export
from community.resting.tables import QuietAsk, Rest
from exchanges.agreements.actions import thank, write_words
from exchanges.agreements.tables import Agreement
from exchanges.ledger.actions.giving import give_hours
from exchanges.ledger.jobs import run_seal
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.posts.tables import Post
from exchanges.searches.actions import keep_search
from foundation import clock, outbox, tokens
from foundation.database import Database, Session, metadata
from foundation.feature import registry
from foundation.search.forgetting import forget_by_job
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage

NAMES = ("quintilia", "zanzotterra", "zanzottino", "zanzottina")
OWN_WORDS = "pappataci"


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[Stage]:
    before = registry.features
    registry.register(load_features())
    yield Stage(database, cast)
    registry.register(before)


def everything(database: Database) -> str:
    """Every value of every table as it stands there, and once more as whoever has the keys reads it."""
    found = []
    with database.reading() as session:
        others = [] if database.dialect == "postgresql" else ["search_text"]
        for table in metadata.sorted_tables:
            found += [f"{table.name}: {tuple(row)}" for row in session.execute(select(table))]
        for name in (*(table.name for table in metadata.sorted_tables), *others):
            rows = session.execute(text(f"SELECT * FROM {name}"))
            found += [f"{name}: {tuple(row)}" for row in rows]
    return "\n".join(found).casefold()


def left_over(database: Database, *words: str) -> list[str]:
    return [line for line in everything(database).splitlines() if any(word in line for word in words)]


def give(stage: Stage, giver: Member, receiver: Member, words: str) -> None:
    with stage.database.writing() as session:
        give_hours(session, giver.actor, receiver.party.id, 5, request_key=uuid4().hex, memo=words)


def live_here(stage: Stage) -> int:
    """Anna under a name that nothing else has, and everything she and others write about her."""
    cast, database = stage.cast, stage.database
    anna, bashir = cast.anna, cast.bashir
    with database.writing() as session:
        person, party = session.get_one(Person, anna.id), session.get_one(Party, anna.party.id)
        person.given_name, person.family_name, person.email = "Quintilia", "Zanzotterra", "q.zanzotterra@example.org"
        person.about = party.about = OWN_WORDS
        party.name, party.address = "Famiglia Zanzotterra", "Via Zanzotterra 9"
        session.add(Dependant(party_id=anna.party.id, nickname="Zanzottino", age_band="6-10"))
        session.flush()
        put_in_index(session, party)
    agreement_id = stage.settled(anna, bashir)
    stage.do(write_words, anna, agreement_id, f"Ciao, {OWN_WORDS}")
    stage.do(write_words, bashir, agreement_id, "Grazie QUINTILIA Zanzotterra, e saluta Zanzottino")
    stage.do(thank, anna, agreement_id, OWN_WORDS, offered=False)
    give(stage, anna, bashir, OWN_WORDS)
    give(stage, bashir, anna, "Per la torta di Quintilia")
    give(stage, bashir, cast.chiara, "Come disse Quintilia Zanzotterra")
    stage.do(thank, bashir, agreement_id, "Brava Quintilia", offered=True)
    post_id = stage.post(anna, description=OWN_WORDS)
    with database.writing() as session:
        session.get_one(Post, post_id).title = f"Dalla Zanzotterra {OWN_WORDS}"
    stage.do(report, cast.chiara, "post", post_id, reason="other", words="Quintilia Zanzotterra esagera")
    other_post = stage.post(bashir)
    stage.do(report, anna, "post", other_post, reason="other", words=OWN_WORDS)
    stage.do(keep_search, anna, OWN_WORDS, {"q": OWN_WORDS}, alert="none")
    stage.do(ask_for_export, anna)
    stage.do(write_words, bashir, agreement_id, "E saluta anche Zanzottina")
    with database.writing() as session:
        session.get_one(Agreement, agreement_id).title = "Un'ora con Zanzottina"
        child = add_dependant(session, anna.actor, anna.party.id, nickname="Zanzottina", age_band="3-5").id
    stage.do(remove_dependant, anna, anna.party.id, child)
    with database.writing() as session:
        secret = tokens.issue(
            session, "test", lasts=None, person_id=anna.id, payload={"email": "q.zanzotterra@example.org"}
        )
        tokens.withdraw(session, tokens.look(session, "test", secret).id)
        session.add(QuietAsk(community_id=cast.community.id, person_id=anna.id))
        session.add(Rest(community_id=cast.community.id, person_id=anna.id, why="own"))
    with database.writing() as session:
        outbox.put(session, "mail", {"person_id": bashir.id, "params": {"who": "Quintilia"}}, key="x")
    return agreement_id


def go_for_good(stage: Stage) -> None:
    anna = stage.cast.anna
    with stage.database.writing() as session:
        departure_id = leave(session, actor_for(session, anna.id, stage.cast.community.id)).id
    with stage.database.writing() as session:
        session.get_one(Departure, departure_id).ends_at = clock.now() - timedelta(minutes=1)
    for _again in range(2):
        with stage.database.writing() as session:
            finish(session, departure_id)
        with stage.database.writing() as session:
            move_hours(session, departure_id)
    forget_by_job(stage.database, {})


def test_nothing_says_who_it_was(stage: Stage) -> None:
    live_here(stage)
    run_seal(stage.database, {})
    assert {line.partition(":")[0] for line in left_over(stage.database, *NAMES, OWN_WORDS)} >= {
        "person", "party", "dependant", "message", "report", "appreciation", "outbox_message", "saved_search", "post",
        "transfer",
    }  # fmt: skip
    go_for_good(stage)
    assert left_over(stage.database, *NAMES) == []
    assert left_over(stage.database, OWN_WORDS) == []
    with stage.database.reading() as session:
        for table in (QuietAsk, Rest):
            assert session.scalars(select(table)).all() == []
    with stage.database.reading() as session:
        hold_still(session)
        assert [str(fault) for fault in faults(session)] == [], "the ledger and the record still verify"
    run_seal(stage.database, {})
    with stage.database.reading() as session:
        hold_still(session)
        assert [str(fault) for fault in faults(session)] == []


def test_a_nickname_goes_with_who_is_taken_off_the_list(stage: Stage) -> None:
    """Nobody knows it any more when the household leaves: it goes out of titles and messages at once."""
    live_here(stage)
    assert left_over(stage.database, "zanzottina") == []
    assert "e saluta anche …" in everything(stage.database)
    assert "un'ora con …" in everything(stage.database)


def test_others_still_read_what_they_wrote(stage: Stage) -> None:
    live_here(stage)
    go_for_good(stage)
    assert "grazie qualcuno che è andato via, e saluta qualcuno che è andato via" in everything(stage.database)


@pytest.mark.parametrize(
    ("text_", "said"),
    [
        ("Anna e Annalisa", "X e Annalisa"),
        ("chiama anna rossi: 0372-11", "chiama X: 0372-11"),
        ("ANNA, Rossi", "X, X"),
        ("niente", "niente"),
        ("", ""),
        ("Al mercato", "Al mercato"),
    ],
)
def test_names_go_as_whole_words(text_: str, said: str) -> None:
    going = Going(1, 1, (), (), names=("Anna", "Rossi", "Anna Rossi", "Al", ""), gone="X")
    assert without_names(text_, going) == said


def test_what_fails_for_one_holds_up_nobody_else(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = stage.cast
    for who in (cast.anna, cast.chiara):
        stage.do(leave, who)
    done = jobs.finish

    def failing(session: Session, departure_id: int) -> bool:
        if session.get_one(Departure, departure_id).person_id == cast.anna.id:
            raise RuntimeError("this text cannot be read")
        return done(session, departure_id)

    monkeypatch.setattr(jobs, "finish", failing)
    with clock.at(clock.now() + timedelta(days=15)), pytest.raises(RuntimeError, match="cannot be read"):
        jobs.run_finish(stage.database, {})
    with stage.database.reading() as session:
        states = dict(session.execute(select(Departure.person_id, Departure.state)).all())
        assert states == {cast.anna.id: "waiting", cast.chiara.id: "done"}
        assert session.scalars(select(Departure.hours_at).where(Departure.person_id == cast.chiara.id)).one()
