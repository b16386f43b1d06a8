"""Optional consents: a yes to certain words, its history, and taking it back, which costs nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from app import load_features
from community.consents import actions, queries
from community.consents.queries import Answered, has_agreed, own_answers, who_agreed
from community.consents.rules import CONSENTS
from community.leaving.rules import Going
from foundation import audit
from foundation.database import Database
from foundation.errors import Missing, Stale
from foundation.feature import registry
from foundation.personal.consents import Consent
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite

NAME = CONSENTS[0].name


@pytest.fixture(autouse=True)
def features() -> Iterator[None]:
    before = registry.features
    registry.register(load_features())
    yield
    registry.register(before)


def say(database: Database, who: Member, *, given: bool, version: int = 1, name: str = NAME) -> None:
    with database.writing() as session:
        actions.answer(session, who.actor, name, given=given, version=version)


def mine(database: Database, who: Member) -> Answered:
    with database.reading() as session:
        return own_answers(session, who.actor)[0]


def agreed(database: Database, cast: Cast) -> list[str]:
    with database.reading() as session:
        (_consent, people), *_others = who_agreed(session, cast.administrator.actor)
        return [person.given_name for person in people]


def test_no_until_somebody_says_yes_and_no_again_when_they_take_it_back(database: Database, cast: Cast) -> None:
    assert not mine(database, cast.anna).given
    for given in (True, True, False, False, True):
        say(database, cast.anna, given=given)
        assert mine(database, cast.anna).given is given
        assert agreed(database, cast) == (["Anna"] if given else [])
        with database.reading() as session:
            assert has_agreed(session, cast.community.id, cast.anna.id, NAME) is given
    steps = mine(database, cast.anna).steps
    assert [step.given for step in steps] == [True, False, True], "all of it is kept, the same twice is once"
    with database.reading() as session:
        assert [line.verb for line in audit.history_of(session, "consent", steps[0].id)] == ["agreed"]


def test_who_never_said_yes_takes_nothing_back(database: Database, cast: Cast) -> None:
    say(database, cast.anna, given=False)
    assert mine(database, cast.anna).steps == []


def test_a_yes_is_to_the_words_that_were_read(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    say(database, cast.anna, given=True)
    newer = replace(CONSENTS[0], versions=(*CONSENTS[0].versions, "Newer words."))
    monkeypatch.setattr(queries, "consents", lambda: [newer])
    now = mine(database, cast.anna)
    assert (now.given, now.outdated) == (False, True)
    assert agreed(database, cast) == []
    with pytest.raises(Stale):
        say(database, cast.anna, given=True, version=1)
    say(database, cast.anna, given=True, version=2)
    assert mine(database, cast.anna).given
    assert agreed(database, cast) == ["Anna"]
    say(database, cast.anna, given=False, version=2)
    assert [(step.given, step.version) for step in mine(database, cast.anna).steps] == [
        (False, 2),
        (True, 2),
        (True, 1),
    ]


def test_an_old_yes_can_be_taken_back_without_agreeing_anew(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(database, cast.anna, given=True)
    newer = replace(CONSENTS[0], versions=(*CONSENTS[0].versions, "Newer words."))
    monkeypatch.setattr(queries, "consents", lambda: [newer])
    say(database, cast.anna, given=False, version=2)
    assert (mine(database, cast.anna).given, mine(database, cast.anna).outdated) == (False, False)


def test_nobody_else_reads_who_agreed(database: Database, cast: Cast) -> None:
    say(database, cast.anna, given=True)
    for who in (cast.anna, cast.maker, cast.zoe):
        with database.reading() as session, pytest.raises(Missing):
            who_agreed(session, who.actor)
    with pytest.raises(Missing):
        say(database, cast.anna, given=True, name="nothing of the sort")


def test_it_goes_with_who_leaves_for_good(database: Database, cast: Cast) -> None:
    say(database, cast.anna, given=True)
    with database.writing() as session:
        actions.forget_answers(session, Going(cast.community.id, cast.anna.id, (), ()))
    assert mine(database, cast.anna).steps == []


def test_a_consent_has_words() -> None:
    with pytest.raises(ValueError, match="without words"):
        Consent("x", "X", ())
    names = [consent.name for consent in queries.consents()]
    assert len(names) == len(set(names))


@on_sqlite
def test_on_one_page(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = client_for(cast.anna, language="en")
    page = anna.look("/c/cremona/privacy/consents")
    assert page.says("costs nothing")
    page = anna.submit(page, "I agree")
    assert page.says("You said yes on")
    assert client_for(cast.administrator, language="en").look("/c/cremona/running/consents").says(cast.anna.name)
    page = anna.submit(page, "I take it back")
    assert page.says("Taken back. Nothing else changes.")
    assert not client_for(cast.administrator, language="en").look("/c/cremona/running/consents").says(cast.anna.name)
