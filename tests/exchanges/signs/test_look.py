"""Signs reach the makers' desk, explained, once; nothing is done by them."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.members.tables import Membership
from community.moderation.queries import case_for, cases_for, view_of
from community.moderation.tables import Case
from exchanges.agreements import actions
from exchanges.agreements.rules import Terms
from exchanges.ledger.actions.opening import open_account
from exchanges.ledger.actions.posting import post_transfer
from exchanges.ledger.rules import Line, Source
from exchanges.posts import actions as posts
from exchanges.posts.tables import Post
from exchanges.signs.actions import LOOKS, look
from exchanges.signs.queries import STRETCH
from foundation import audit, clock
from foundation.database import Database
from tests.cast import Cast, Member, make_member
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    """The agreements' stage, after the first look, which only notes where to begin."""
    made = Stage(database, cast)
    look_now(made)
    return made


def look_now(stage: Stage) -> list[tuple[str, str, int]]:
    """Look ten minutes later, and give every sign there is: its name, its kind and its object."""
    with clock.at(clock.now() + timedelta(minutes=10)):
        for name in LOOKS:
            with stage.database.writing() as session:
                look(session, name)
    with stage.database.reading() as session:
        return [(one.sign, one.kind, one.object_id) for one in session.exec(select(Case).order_by(Case.id))]


def published(stage: Stage, who: Member, *, category: str = "repairs", **more: object) -> int:
    """A post published as people do, so that the record tells of it."""
    post_id = stage.post(who, category=category, **more)
    with stage.database.writing() as session:
        audit.record(session, who.actor, "published", "post", post_id)
    return post_id


def test_a_number_in_a_post_is_seen_once_and_nothing_is_done(stage: Stage) -> None:
    bashir, maker = stage.cast.bashir, stage.cast.maker
    post_id = published(stage, bashir, description="Chiamami al 333 123 4567")
    published(stage, bashir, description="Due pantaloni da accorciare")
    assert look_now(stage) == [("contact", "post", post_id)]
    stage.do(posts.pause_post, bashir, post_id)
    stage.do(posts.resume_post, bashir, post_id)
    assert look_now(stage) == [("contact", "post", post_id)]
    with stage.database.reading() as session:
        (row,) = cases_for(session, maker.actor).rows
        view = view_of(session, maker.actor, case_for(session, maker.actor, row.case.id))
        assert (view.case.source, view.concerned[0].id) == ("sign", bashir.id)
        assert session.get(Post, post_id).state == "open"
    assert stage.mails(bashir) == []


def test_a_new_account_that_offers_child_care(stage: Stage) -> None:
    cast = stage.cast
    with stage.database.writing() as session:
        old = session.exec(select(Membership).where(Membership.person_id == cast.chiara.id)).one()
        old.decided_at = clock.now() - timedelta(days=31)
    post_id = published(stage, cast.bashir, category="childcare")
    published(stage, cast.chiara, category="childcare")
    published(stage, cast.bashir)
    assert look_now(stage) == [("new_care", "post", post_id)]


def test_only_words_to_strangers_are_looked_at(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreed = stage.accepted(anna, bashir)
    stage.do(actions.write_words, bashir, agreed, "Il mio numero è 333 123 4567")
    proposed = stage.proposed(anna, bashir)
    message_id = stage.do(actions.write_words, bashir, proposed, "Facciamo 20 euro?")
    assert look_now(stage) == [("money", "message", message_id)]


def test_many_proposals_to_strangers(stage: Stage) -> None:
    bashir = stage.cast.bashir
    terms = Terms(starts_at=clock.now() + timedelta(days=2), minutes=60)
    for number in range(10):
        with stage.database.writing() as session:
            neighbour = make_member(session, stage.cast, f"neighbour_{number}", "centro")
        stage.do(actions.propose, bashir, stage.post(neighbour), terms)
        assert look_now(stage) == ([("many_proposals", "person", bashir.id)] if number == 9 else [])


def test_hours_that_go_round(stage: Stage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    for number, (giver, receiver) in enumerate(((anna, bashir), (bashir, chiara), (chiara, anna))):
        assert look_now(stage) == []
        with stage.database.writing() as session:
            lines = [
                Line(open_account(session, receiver.party.id), -320),
                Line(open_account(session, giver.party.id), 320),
            ]
            post_transfer(
                session, stage.cast.maker.actor, kind="exchange", lines=lines, memo="Aiuto",
                source=Source("test", number), request_key=f"round-{number}",
            )  # fmt: skip
    ((sign, kind, party_id),) = look_now(stage)
    assert (sign, kind) == ("circular", "party")
    assert party_id in (anna.party.id, bashir.party.id, chiara.party.id)


def test_a_look_costs_the_same_however_much_there_is(stage: Stage) -> None:
    """A stretch at a time: what is left waits for the next look."""
    with stage.database.writing() as session:
        for _ in range(STRETCH):
            audit.record(session, stage.cast.anna.actor, "looked", "post", 1)
    post_id = published(stage, stage.cast.bashir, description="Chiamami al 333 123 4567")
    assert look_now(stage) == []
    assert look_now(stage) == [("contact", "post", post_id)]
