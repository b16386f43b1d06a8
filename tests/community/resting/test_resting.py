"""Quiet members are gently asked, may rest, rest when they stay silent, and are back by one tap."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select

from community.changes.queries import history
from community.communities.queries import open_communities
from community.leaving.actions import leave
from community.members.queries import members_list
from community.members.tables import Membership, Person
from community.moderation.actions import decide, report
from community.moderation.rules import Ruling
from community.parties.tables import PartyMember
from community.resting.actions import answer, let_silent_ones_rest, set_rest_rules
from community.resting.jobs import run
from community.resting.queries import open_ask, quiet_ones, rest_of
from community.resting.tables import QuietAsk, Rest
from foundation import audit, clock
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite
from tests.community.letters import letters_to

LATER = timedelta(days=200)
MUCH_LATER = LATER + timedelta(days=43)
QUIET = ("anna", "bashir", "chiara", "dario", "bakery")


def asked_ids(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.exec(select(QuietAsk.person_id)))


def ask(database: Database, after: timedelta = LATER) -> int:
    with clock.at(clock.now() + after):
        before = len(asked_ids(database))
        run(database, {})
        return len(asked_ids(database)) - before


def let_rest(database: Database, after: timedelta = MUCH_LATER) -> int:
    with clock.at(clock.now() + after), database.writing() as session:
        return sum(let_silent_ones_rest(session, one.id) for one in open_communities(session))


def act(database: Database, member: Member, after: timedelta) -> None:
    with clock.at(clock.now() + after), database.writing() as session:
        audit.record(session, member.actor, "did", "something", 1)


def say(database: Database, member: Member, words: str, **by: int) -> None:
    with database.writing() as session:
        answer(session, member.actor, words, **by)


def asked(database: Database, cast: Cast) -> set[str]:
    ids = set(asked_ids(database))
    return {name for name, member in cast.members.items() if member.id in ids}


def seen_by(database: Database, cast: Cast, who: str = "chiara") -> set[int]:
    with database.reading() as session:
        return {member.party.id for member in members_list(session, cast.members[who].actor, limit=50).members}


def test_who_did_nothing_for_months_is_asked_once(database: Database, cast: Cast) -> None:
    assert ask(database, timedelta(days=100)) == 0
    act(database, cast.anna, timedelta(days=90))
    ask(database)
    assert asked(database, cast) == {*QUIET, "zoe"} - {"anna"}, "who runs the community is not asked"
    assert letters_to(database, cast.bashir.id) == ["resting:still_here"]
    assert ask(database) == 0
    assert ask(database, LATER + LATER) == 1, "only Anna, who is quiet by now; the others have not answered yet"


def test_who_lives_together_is_one(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        session.add(PartyMember(party_id=cast.anna.party.id, person_id=cast.chiara.id))
    act(database, cast.anna, timedelta(days=100))
    ask(database)
    assert not {"anna", "chiara"} & asked(database, cast)


def test_who_rested_or_is_stopped_is_left_alone(database: Database, cast: Cast) -> None:
    with clock.at(clock.now() + timedelta(days=100)):
        say(database, cast.anna, "rest")
        say(database, cast.bashir, "rest")
    with clock.at(clock.now() + timedelta(days=150)):
        say(database, cast.bashir, "fine")
    with database.writing() as session:
        case = report(session, cast.dario.actor, "person", cast.chiara.id, reason="insult", words="").case_id
        decide(session, cast.maker.actor, case, Ruling("pause", "Ne parliamo.", person_id=cast.chiara.id))
    ask(database)
    assert not {"anna", "bashir", "chiara"} & asked(database, cast)


def test_the_community_says_when(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        for months, days in ((1, 30), (40, 30), (6, 3), (6, 400)):
            with pytest.raises(Invalid):
                set_rest_rules(session, cast.administrator.actor, ask_after_months=months, rest_after_days=days)
        for who in (cast.anna, cast.maker, cast.zoe):
            with pytest.raises(Missing):
                set_rest_rules(session, who.actor, ask_after_months=3, rest_after_days=0)
        set_rest_rules(session, cast.administrator.actor, ask_after_months=0, rest_after_days=0)
        [(change, _who)] = history(session, cast.administrator.actor, kind="resting")[0]
        assert change.after == {"ask_after_months": 0, "rest_after_days": 0}
    ask(database)
    assert asked(database, cast) == {"zoe"}, "another community asks as it did"


def test_the_three_answers(database: Database, cast: Cast) -> None:
    ask(database)
    with clock.at(clock.now() + LATER):
        for member, words in ((cast.anna, "fine"), (cast.bashir, "rest"), (cast.chiara, "leave")):
            say(database, member, words)
            say(database, member, words)
        with database.reading() as session:
            here = cast.community.id
            assert open_ask(session, here, cast.anna.id) is None
            assert rest_of(session, here, cast.anna.id) is None
            assert rest_of(session, here, cast.bashir.id).why == "own"
            assert session.exec(select(QuietAsk.answer).where(QuietAsk.person_id == cast.chiara.id)).one() == "leave"
            assert (
                session.exec(select(Membership.state).where(Membership.person_id == cast.chiara.id)).one() == "approved"
            )
    assert let_rest(database) == 3, "Dario, the bakery and Zoe"


def test_silence_lets_rest_and_one_tap_brings_back(database: Database, cast: Cast) -> None:
    ask(database)
    assert let_rest(database, LATER + timedelta(days=10)) == 0
    act(database, cast.bashir, LATER + timedelta(days=10))
    with database.writing() as session:
        session.exec(update(Person).where(Person.id == cast.dario.id).values(email=None))
    let_rest(database)
    with database.reading() as session:
        resting = set(session.exec(select(Rest.person_id)))
    assert {cast.anna.id, cast.chiara.id} <= resting
    assert cast.bashir.id not in resting, "who did something has answered by that"
    assert cast.dario.id not in resting, "who can only be called is never moved by silence"
    assert letters_to(database, cast.anna.id)[-1] == "resting:resting"
    assert cast.anna.party.id not in seen_by(database, cast, "bashir")
    say(database, cast.anna, "fine")
    assert cast.anna.party.id in seen_by(database, cast, "bashir")
    assert ask(database, MUCH_LATER) == 0, "not asked again at once"


def test_a_household_is_seen_while_one_of_it_is_awake(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        session.add(PartyMember(party_id=cast.anna.party.id, person_id=cast.dario.id))
    say(database, cast.anna, "rest")
    assert cast.anna.party.id in seen_by(database, cast)
    say(database, cast.dario, "rest")
    assert cast.anna.party.id not in seen_by(database, cast)


def test_makers_of_the_zone_write_down_what_they_hear(database: Database, cast: Cast) -> None:
    ask(database)
    with database.reading() as session:
        for who, names in ((cast.maker, {"anna", "bashir", "chiara", "bakery"}), (cast.other_maker, {"dario"})):
            found = {one.person.id for one in quiet_ones(session, who.actor)}
            assert found == {cast.members[name].id for name in names}
        with pytest.raises(Missing):
            quiet_ones(session, cast.anna.actor)
    for who in (cast.bashir, cast.other_maker, cast.zoe):
        with pytest.raises(Missing):
            say(database, who, "rest", for_person_id=cast.anna.id)
    with pytest.raises(Missing):
        say(database, cast.maker, "king", for_person_id=cast.anna.id)
    say(database, cast.maker, "rest", for_person_id=cast.anna.id)
    with database.reading() as session:
        rest = rest_of(session, cast.community.id, cast.anna.id)
        assert (rest.recorded_by_id, rest.why) == (cast.maker.id, "told")
    assert letters_to(database, cast.anna.id)[-1] == "resting:told"


def test_nobody_is_put_to_rest_unasked(database: Database, cast: Cast) -> None:
    with pytest.raises(Missing):
        say(database, cast.maker, "rest", for_person_id=cast.anna.id)
    with database.writing() as session:
        session.exec(update(Person).where(Person.id == cast.bashir.id).values(email=None))
    say(database, cast.maker, "rest", for_person_id=cast.bashir.id)
    with database.reading() as session:
        assert rest_of(session, cast.community.id, cast.anna.id) is None
        assert rest_of(session, cast.community.id, cast.bashir.id).why == "told"


def test_who_leaves_is_asked_nothing_more(database: Database, cast: Cast) -> None:
    ask(database)
    say(database, cast.anna, "rest")
    with database.writing() as session:
        leave(session, cast.anna.actor)
        assert rest_of(session, cast.community.id, cast.anna.id) is None
        assert open_ask(session, cast.community.id, cast.anna.id) is None


@on_sqlite
def test_the_pages(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    with database.writing() as session:
        session.add(QuietAsk(community_id=cast.community.id, person_id=cast.anna.id))
    anna = client_for(cast.anna, language="en")
    page = anna.look(anna.look("/c/cremona/").link("How are you?"))
    resting = anna.submit(page, "I would rather rest")
    assert resting.says("You are resting")
    listing = client_for(cast.maker, language="en").look("/c/cremona/quiet")
    assert listing.says("Anna Prova")
    assert listing.says("by their own wish")
    assert anna.look("/c/cremona/").says("You are resting")
    assert not anna.submit(resting, "I am back").says("You are resting")
    with database.writing() as session:
        session.add(QuietAsk(community_id=cast.community.id, person_id=cast.anna.id))
    assert anna.submit(anna.look("/c/cremona/still-here"), "I would like to leave").address.endswith("/me/leave")
    own = anna.look("/c/cremona/still-here")
    anna.submit(own, "I rest for a while")
    maker = client_for(cast.maker, language="en")
    assert not maker.submit(maker.look("/c/cremona/quiet"), "They are back").says("Anna Prova")


@on_sqlite
def test_the_settings(cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.administrator, language="en")
    page = browser.look(browser.look("/c/cremona/running").link("When somebody becomes quiet"))
    assert browser.submit(page, "From now on", status=422, ask_after_months="1").says("From 2 to 36 months")
    browser.submit(page, "From now on", ask_after_months="9")
    assert browser.look("/c/cremona/running/history/").says("6 → 9")
