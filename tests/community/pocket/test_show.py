"""What one takes along: one's own agenda, agreements, contacts in force and card, and nothing that few may read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from community.moderation.tables import Block
from community.pocket.queries import pocket_of
from community.pocket.rules import Pocket
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from foundation import clock
from foundation.crypto.sealed import Confidential
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def taken(stage: Stage, member: Member) -> Pocket:
    with stage.database.reading() as session:
        return pocket_of(session, member.actor)


def entrust(stage: Stage, agreement_id: int) -> None:
    """Let what an agreement answers be a need that only makers read."""
    with stage.database.writing() as session:
        one = session.get_one(Agreement, agreement_id)
        post = session.get_one(Post, one.post_id)
        post.visibility, post.title = "confidential", Confidential(post.title)


def test_what_is_agreed_and_how_to_reach_each_other(stage: Stage, cast: Cast) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    stage.accepted(cast.anna, cast.bashir, starts_at=tomorrow)
    pocket = taken(stage, cast.bashir)
    assert [(one.title, one.other) for one in pocket.meetings] == [("Orli e bottoni", cast.anna.party.name)]
    assert [one.name for one in pocket.contacts] == [cast.anna.person.given_name]
    assert len(pocket.deals) == 1
    assert not pocket.deals[0].my_turn


def test_a_proposal_shows_no_contacts(stage: Stage, cast: Cast) -> None:
    stage.proposed(cast.anna, cast.bashir)
    assert [len(kind) for kind in (taken(stage, cast.anna).deals, taken(stage, cast.anna).contacts)] == [1, 0]


def test_nothing_of_others(stage: Stage, cast: Cast) -> None:
    stage.accepted(cast.anna, cast.bashir)
    assert taken(stage, cast.chiara) == Pocket()


def test_what_answers_a_confidential_need_stays_away(stage: Stage, cast: Cast) -> None:
    entrust(stage, stage.accepted(cast.anna, cast.bashir, starts_at=clock.now() + timedelta(days=1)))
    assert taken(stage, cast.anna) == taken(stage, cast.bashir) == Pocket()


def test_what_is_in_dispute_stays_away(stage: Stage, cast: Cast) -> None:
    stage.disputed(cast.anna, cast.bashir)
    assert taken(stage, cast.bashir) == Pocket()


def test_contacts_go_with_a_block_and_two_weeks_after_the_end(stage: Stage, cast: Cast) -> None:
    settled = stage.settled(cast.anna, cast.bashir)
    assert len(taken(stage, cast.anna).contacts) == 1
    with clock.at(clock.now() + timedelta(days=15)):
        assert not taken(stage, cast.anna).contacts
    with stage.database.writing() as session:
        session.add(
            Block(party_id=cast.anna.party.id, blocked_party_id=cast.bashir.party.id, blocked_by_id=cast.anna.id)
        )
    assert not taken(stage, cast.anna).contacts
    assert stage.state(settled) == "settled"


def test_a_maker_in_somebodys_place_takes_nothing_along(stage: Stage, cast: Cast) -> None:
    with stage.database.reading() as session, pytest.raises(Missing):
        pocket_of(session, replace(cast.anna.actor, recorded_by_id=cast.maker.id))


@on_sqlite
def test_the_page_and_the_part_that_phones_fetch(stage: Stage, cast: Cast, client_for: Callable[..., Browser]) -> None:
    stage.accepted(cast.anna, cast.bashir, starts_at=clock.now() + timedelta(days=1))
    bashir = client_for(cast.bashir, language="en")
    page = bashir.look("/c/cremona/pocket")
    assert page.says("Orli e bottoni")
    assert page.soup.select_one(".r-qr svg")
    part = bashir.client.get("/c/cremona/pocket", headers={"HX-Request": "true"})
    assert part.headers["Cache-Control"] == "no-store"
    words = part.get_data(as_text=True)
    assert "<html" not in words
    assert "<script" not in words
    assert "Orli e bottoni" in words


@on_sqlite
def test_only_who_asked_to_stay_signed_in_keeps_something(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = client_for(cast.anna, language="en")
    phone = anna.look("/c/cremona/").soup.select_one("#this-phone")
    assert phone["data-pocket"] == ""
    assert not phone.has_attr("data-stays")
    anna.client.set_cookie("remember", "of this device")
    phone = anna.look("/c/cremona/").soup.select_one("#this-phone")
    assert phone["data-pocket"] == "/c/cremona/pocket"
    assert phone.has_attr("data-stays")


@on_sqlite
def test_forms_that_may_wait_say_what_they_are(stage: Stage, cast: Cast, client_for: Callable[..., Browser]) -> None:
    said = stage.delivered(cast.anna, cast.bashir)
    page = client_for(cast.bashir, language="en").look(f"/c/cremona/agreements/{said}")
    waiting = page.soup.select("form[data-queue]")
    assert {str(form["action"]).rpartition("/")[2] for form in waiting} == {"confirm", "words"}
    more = {
        stage.proposed(cast.anna, cast.bashir): {"accept", "decline", "words"},
        stage.accepted(cast.anna, cast.bashir): {"cancel", "words"},
        stage.settled(cast.anna, cast.bashir): {"thanks", "words"},
    }
    for agreement_id, expected in more.items():
        for member in (cast.anna, cast.bashir):
            forms = (
                client_for(member, language="en")
                .look(f"/c/cremona/agreements/{agreement_id}")
                .soup.select("form[data-queue]")
            )
            names = {str(form["action"]).rpartition("/")[2] for form in forms}
            assert names <= {*expected, "withdraw", "deliver"}, agreement_id
            assert "words" in names
            assert names & (expected | {"withdraw"}) > {"words"}
    assert all(form.select_one('input[name="request_key"]')["value"] for form in waiting)
    assert not page.soup.select_one("[data-nothing-kept]")
    new = client_for(cast.bashir, language="en").look("/c/cremona/posts/new?kind=offer")
    assert new.soup.select_one('form[data-queue] input[name="request_key"]')["value"]


@on_sqlite
def test_of_what_few_may_read_no_word_waits(stage: Stage, cast: Cast, client_for: Callable[..., Browser]) -> None:
    agreement_id = stage.proposed(cast.anna, cast.bashir)
    with stage.database.writing() as session:
        one = session.get_one(Agreement, agreement_id)
        one.title = Confidential(one.title)
    page = client_for(cast.anna, language="en").look(f"/c/cremona/agreements/{agreement_id}")
    assert page.soup.select_one("[data-nothing-kept]")


def steps(stage: Stage, who: Member) -> list[str]:
    """Where the steps lead that can be taken without a connection."""
    return [
        str(step.values.get("verb", step.endpoint.rpartition(".")[2]))
        for deal in taken(stage, who).deals
        for step in deal.steps
    ]


def test_a_yes_and_a_no_without_a_connection(stage: Stage, cast: Cast) -> None:
    stage.proposed(cast.anna, cast.bashir)
    assert (steps(stage, cast.anna), steps(stage, cast.bashir)) == (["accept", "decline", "write"], ["write"])


def test_hours_can_be_written_down_and_confirmed_without_a_connection(stage: Stage, cast: Cast) -> None:
    agreement_id = stage.accepted(cast.anna, cast.bashir)
    assert (steps(stage, cast.anna), steps(stage, cast.bashir)) == (["deliver", "write"], ["write"])
    with stage.database.writing() as session:
        session.get_one(Agreement, agreement_id).starts_at = clock.now() + timedelta(days=1)
    assert steps(stage, cast.anna) == ["write"], "it has not taken place"
    stage.delivered(cast.anna, cast.bashir)
    assert sorted(steps(stage, cast.bashir)) == ["confirm", "write", "write"]
    assert "confirm" not in steps(stage, cast.anna)


@on_sqlite
def test_steps_from_the_pocket_are_taken(stage: Stage, cast: Cast, client_for: Callable[..., Browser]) -> None:
    said = stage.delivered(cast.anna, cast.bashir)
    bashir = client_for(cast.bashir, language="en")
    page = bashir.look("/c/cremona/pocket")
    forms = {str(form["action"]).rpartition("/")[2]: form for form in page.soup.select("[data-deeds] form")}
    assert page.soup.select_one("[data-deeds]").has_attr("hidden"), "each has its own page where there is a connection"
    token = bashir.client.get("/pocket/whose").json["token"]
    for name, words in (("words", "Grazie mille"), ("confirm", "")):
        form = forms[name]
        assert form["data-later"]
        assert form["data-page"] == f"/c/cremona/agreements/{said}"
        fields = {str(field["name"]): str(field["value"]) for field in form.select("input")}
        sent = {**fields, "csrf_token": token, "request_key": f"key of {name}", **({"words": words} if words else {})}
        for _again in range(2):
            assert bashir.client.post(str(form["action"]), data=sent).status_code in (302, 303)
    assert stage.state(said) == "settled"
    assert stage.said(said).count("Grazie mille") == 1
