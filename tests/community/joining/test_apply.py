"""Asking to join."""

from collections.abc import Iterator

import pytest
from sqlmodel import col, select

from community.communities.actions import add_question, change_rules
from community.communities.rules import RuleBook
from community.joining import actions
from community.joining.queries import application_for, queue, standing_of
from community.joining.rules import Application
from community.members.tables import Person
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast
from tests.community.joining.door import apply, newcomer, standing
from tests.community.letters import notices, put, secret_of


@pytest.fixture
def question(database: Database, cast: Cast) -> Iterator[int]:
    with database.writing() as session:
        words = {"it": "Perché?", "en": "Why?"}
        made = add_question(session, cast.administrator.actor, words, required=True)
    return made.id


def test_it_reaches_the_makers_of_the_zone_with_a_letter_for_the_applicant(database: Database, cast: Cast) -> None:
    apply(database, cast, "vescovato")
    person, membership = standing(database, cast)
    assert (person.email, person.email_confirmed_at, person.password_hash) == ("nadia@example.org", None, None)
    assert (membership.state, membership.applies_for) == ("applied", "household")
    assert set(notices(database)) == {
        ("joining:new_application", cast.other_maker.id),
        ("joining:confirm", person.id),
    }
    with database.reading() as session:
        assert [a.person.name for a in queue(session, cast.other_maker.actor)] == ["Nadia Nuova"]
        assert queue(session, cast.maker.actor) == []
        assert len(queue(session, cast.administrator.actor)) == 1
        with pytest.raises(Missing):
            queue(session, cast.anna.actor)


def test_a_known_address_changes_nothing_and_its_owner_is_told(database: Database, cast: Cast) -> None:
    apply(database, cast, email="Anna@example.org")
    with database.reading() as session:
        assert session.exec(select(Person).where(col(Person.given_name) == "Nadia")).all() == []
    assert notices(database) == [("joining:already_here", cast.anna.id)]
    assert put(database)[0]["endpoint"] == "joining.apply"


def test_answers_reach_who_decides(database: Database, cast: Cast, question: int) -> None:
    with pytest.raises(Invalid) as refusal:
        apply(database, cast)
    assert refusal.value.field == f"question_{question}"
    apply(database, cast, answers={question: " Per <b>amicizia</b> "})
    _person, membership = standing(database, cast)
    with database.reading() as session:
        dossier = application_for(session, cast.maker.actor, membership.id)
        assert [(asked["en"], words) for asked, words in dossier.answers] == [("Why?", "Per <b>amicizia</b>")]
        for stranger in ("other_maker", "anna", "zoe"):
            with pytest.raises(Missing):
                application_for(session, cast.members[stranger].actor, membership.id)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("applies_for", {"applies_for": "bank"}),
        ("party_name", {"applies_for": "school"}),
        ("party_name", {"applies_for": "school", "party_name": "x" * 121}),
    ],
)
def test_what_cannot_be_right_is_said_at_the_field(database: Database, cast: Cast, field: str, words: dict) -> None:
    with pytest.raises(Invalid) as refusal:
        apply(database, cast, **words)
    assert refusal.value.field == field
    assert put(database) == []


@pytest.mark.parametrize("email", ["", "nadia", "nadia@", "a b@example.org", "x" * 250 + "@example.org"])
def test_impossible_addresses(database: Database, cast: Cast, email: str) -> None:
    with database.writing() as session, pytest.raises((Invalid, TypeError)):
        application = Application(cast.zones["po"].id)
        actions.apply_as_newcomer(session, cast.community.id, newcomer(email or "@"), application)


def test_a_zone_of_another_community_is_missing(database: Database, cast: Cast) -> None:
    with database.writing() as session, pytest.raises(Missing):
        application = Application(cast.zones["po"].id)
        actions.apply_as_newcomer(session, cast.other_community.id, newcomer(), application)


def test_by_invitation_only(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        change_rules(session, cast.administrator.actor, RuleBook(approval="invitation"))
    with pytest.raises(Refused):
        apply(database, cast)


def test_who_belongs_elsewhere_joins_with_the_same_account_once(database: Database, cast: Cast) -> None:
    application = Application(cast.zones["centro"].id)
    with database.writing() as session:
        actions.apply_as_person(session, cast.community.id, cast.zoe.id, application)
        with pytest.raises(Refused):
            actions.apply_as_person(session, cast.community.id, cast.zoe.id, application)
        found = standing_of(session, cast.community.id, cast.zoe.id)
        assert [(step.name, step.state) for step in found.steps] == [
            ("applied", "done"), ("confirmed", "done"), ("met", "now"), ("in", "next"),
        ]  # fmt: skip


def test_asking_again_after_a_no(database: Database, cast: Cast) -> None:
    apply(database, cast)
    person, membership = standing(database, cast)
    with database.writing() as session:
        actions.decline(session, cast.maker.actor, membership.id, reason="Parliamone")
    with database.writing() as session:
        again = Application(cast.zones["po"].id)
        membership = actions.apply_as_person(session, cast.community.id, person.id, again)
        assert (membership.state, membership.reason, membership.zone_id) == ("applied", "", cast.zones["po"].id)


def test_confirming_the_address(database: Database, cast: Cast) -> None:
    apply(database, cast)
    secret = secret_of(database, "joining:confirm")
    with database.writing() as session:
        person, community_id = actions.confirm_email(session, secret, "a hash")
        assert (person.password_hash, community_id) == ("a hash", cast.community.id)
        assert person.email_confirmed_at is not None
        with pytest.raises(Missing):
            actions.confirm_email(session, secret, "another")
