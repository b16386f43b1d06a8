"""Who of a household hears of its agreements: everybody with a channel of their own, or one by voice."""

from typing import Any

import pytest

from community.members.tables import Person
from exchanges.agreements import actions
from exchanges.agreements.rules import Terms
from tests.cast import Member
from tests.community.notifications.stage import with_hooks
from tests.exchanges.agreements.stage import Stage

ASKED, WROTE = "agreements:proposed", "agreements:message"


def without_mail(stage: Stage, member: Member) -> Member:
    """They have no address."""
    with stage.database.writing() as session:
        session.get_one(Person, member.id).email = None
    return member


def reached_by_push(monkeypatch: pytest.MonkeyPatch, *members: Member) -> None:
    """Their phones answer."""
    ids = {one.id for one in members}
    with_hooks(monkeypatch, reached_by_push=lambda _session, person_id: person_id in ids)


def ask(stage: Stage) -> Any:
    """Bashir answers an offer of Anna's household."""
    return stage.do(actions.propose, stage.cast.bashir, stage.post(stage.cast.anna), Terms(minutes=60))


def test_who_has_only_a_phone_hears_of_it_beside_who_has_mail(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = stage.cast.anna
    mate, child = without_mail(stage, stage.second_adult(anna, "marta")), stage.second_adult(anna, "nino")
    quiet = without_mail(stage, child)
    reached_by_push(monkeypatch, mate)
    agreement_id = ask(stage)
    stage.do(actions.write_words, stage.cast.bashir, agreement_id, "Va bene alle tre?")
    assert stage.mails(anna) == stage.mails(mate) == [ASKED, WROTE]
    assert (stage.mails(quiet), stage.calls(quiet), stage.calls(mate)) == ([], [], []), "the others tell them"


def test_who_has_no_channel_is_called_once_for_the_household(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = without_mail(stage, stage.cast.anna)
    mate = without_mail(stage, stage.second_adult(anna, "marta"))
    reached_by_push(monkeypatch)
    agreement_id = ask(stage)
    stage.do(actions.write_words, stage.cast.bashir, agreement_id, "Va bene alle tre?")
    assert (stage.calls(anna), stage.calls(mate)) == ([ASKED], []), "words alone are worth no call"
    assert stage.mails(anna) == stage.mails(mate) == []


def test_nobody_calls_where_a_phone_answers(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = without_mail(stage, stage.cast.anna)
    mate = without_mail(stage, stage.second_adult(anna, "marta"))
    reached_by_push(monkeypatch, mate)
    ask(stage)
    assert (stage.mails(mate), stage.mails(anna)) == ([ASKED], [])
    assert stage.calls(anna) == stage.calls(mate) == []
