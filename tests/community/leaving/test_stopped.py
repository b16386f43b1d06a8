"""Who is paused or excluded keeps what nobody may take: their data, their answers, leaving, and the way back."""

from collections.abc import Callable

import pytest

from community.deeds.queries import about_me
from community.leaving.actions import come_back, leave
from community.members.queries import actor_for, membership_of
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.privacy.actions import ask_for_export
from community.privacy.queries import whose
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite


def stopped(database: Database, cast: Cast, who: Member, outcome: str) -> Actor:
    with database.writing() as session:
        case_id = moderation.report(session, cast.bashir.actor, "person", who.id, reason="insult", words="").case_id
    with database.writing() as session:
        ruling = Ruling(outcome, "Per ora basta.", days=None)
        moderation.decide(session, cast.maker.actor, case_id, ruling)
    with database.reading() as session:
        actor = actor_for(session, who.id, cast.community.id)
    assert not actor.is_member
    return actor


@pytest.mark.parametrize("outcome", ["pause", "exclude"])
def test_they_take_along_and_leave_and_come_back(database: Database, cast: Cast, outcome: str) -> None:
    actor = stopped(database, cast, cast.anna, outcome)
    with database.writing() as session:
        assert ask_for_export(session, actor)
        assert whose(session, cast.anna.id, cast.community.id).household_ids == (cast.anna.party.id,)
        about_me(session, actor)
        assert leave(session, actor).closing == [cast.anna.party.id]
    with database.writing() as session:
        come_back(session, cast.community.id, cast.anna.id)
    with database.reading() as session:
        assert membership_of(session, cast.community.id, cast.anna.id).state == "approved"
        assert not actor_for(session, cast.anna.id, cast.community.id).is_member


def test_who_never_belonged_takes_nothing(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        stranger = actor_for(session, cast.zoe.id, cast.community.id)
        for verb in (ask_for_export, about_me, leave):
            with pytest.raises(Missing):
                verb(session, stranger)


@on_sqlite
def test_their_pages_are_open_to_them(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    stopped(database, cast, cast.anna, "exclude")
    anna = client_for(cast.anna, language="en")
    page = anna.look("/c/cremona/")
    assert page.says("What stays yours")
    for name, says in (
        ("Your data", "A file with everything"),
        ("What I agree to", "What makers decided about you"),
        ("What was done about you", "What makers decided about you"),
    ):
        assert anna.look(page.link(name)).says(says)
    leaving = anna.look(page.link("Leave the community"))
    left = anna.submit(leaving, "Leave the community", typed="banca del tempo di prova")
    assert left.says("You have left Banca del tempo di prova")
    anna.submit(left, "Come back")
    assert anna.look("/c/cremona/").says("What stays yours")
