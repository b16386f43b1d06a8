"""Telling people: a letter for who has an address, a call for who has none."""

from datetime import UTC, date, datetime

import pytest

from community.notifications.actions import notify, tick_call
from community.notifications.queries import calls_to_make, count_calls, is_reachable
from community.notifications.rules import Notice, packed
from foundation import outbox
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast, Member, make_member
from tests.community.letters import put

CONFIRM = Notice("tests:confirm", "Confirm %(time_minutes)s?", ("%(who)s waits since %(since_at)s",), topic="exchanges")
WORDS = {"time_minutes": 90, "who": "Anna", "since_at": datetime(2026, 11, 22, 9, tzinfo=UTC)}


@pytest.fixture
def giorgio(database: Database, cast: Cast) -> Member:
    """Somebody without e-mail, in Vescovato."""
    with database.writing() as session:
        return make_member(session, cast, "giorgio", "vescovato", email=None)


def tell(database: Database, cast: Cast, person_id: int, key: str | None = None) -> bool:
    with database.writing() as session:
        return notify(
            session, person_id=person_id, community_id=cast.community.id, notice=CONFIRM, params=WORDS,
            endpoint="agreements.show", values={"agreement_id": 7}, key=key,
        )  # fmt: skip


def test_a_letter_waits_in_the_outbox(database: Database, cast: Cast) -> None:
    assert tell(database, cast, cast.anna.id)
    [letter] = put(database)
    assert letter["params"] == {"time_minutes": 90, "who": "Anna", "since_at": "2026-11-22T09:00:00+00:00"}
    assert (letter["endpoint"], letter["values"]) == ("agreements.show", {"agreement_id": 7})


def test_the_same_key_tells_the_same_person_once(database: Database, cast: Cast) -> None:
    assert [tell(database, cast, cast.anna.id, "seven") for _ in range(3)] == [True, False, False]
    assert tell(database, cast, cast.bashir.id, "seven")
    assert len(put(database)) == 2


def test_nothing_is_told_when_the_deed_is_undone(database: Database, cast: Cast) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        notify(session, person_id=cast.anna.id, community_id=None, notice=CONFIRM, params=WORDS)
        raise RuntimeError("the deed failed")
    assert put(database) == []


def test_who_has_no_e_mail_is_on_the_makers_list_once(database: Database, cast: Cast, giorgio: Member) -> None:
    for _ in range(2):
        assert not tell(database, cast, giorgio.id, "seven")
    assert put(database) == []
    with database.reading() as session:
        assert is_reachable(session, cast.anna.id)
        assert not is_reachable(session, giorgio.id)
        [call] = calls_to_make(session, cast.other_maker.actor)
        assert (call.name, call.zone_name, call.phone) == ("Giorgio Prova", "Vescovato", "+39 372 000000")
        assert calls_to_make(session, cast.maker.actor) == []
        assert count_calls(session, cast.administrator.actor) == 1


def test_a_call_is_ticked_off_by_a_maker_of_the_zone(database: Database, cast: Cast, giorgio: Member) -> None:
    tell(database, cast, giorgio.id)
    with database.writing() as session:
        [call] = calls_to_make(session, cast.other_maker.actor)
        for stranger in ("maker", "anna", "zoe"):
            with pytest.raises(Missing):
                tick_call(session, cast.members[stranger].actor, call.id)
        tick_call(session, cast.other_maker.actor, call.id)
        tick_call(session, cast.other_maker.actor, call.id)
        assert count_calls(session, cast.other_maker.actor) == 0


def test_history_told_afterwards_leaves_neither_letters_nor_calls(
    database: Database, cast: Cast, giorgio: Member
) -> None:
    with outbox.muted():
        tell(database, cast, cast.anna.id)
        tell(database, cast, giorgio.id)
    assert put(database) == []
    with database.reading() as session:
        assert count_calls(session, cast.administrator.actor) == 0


def test_a_notice_gets_just_what_it_asks_for() -> None:
    for wrong in ({}, {**WORDS, "more": 1}, {**WORDS, "who": None}, {**WORDS, "who": date(2026, 1, 1)}):
        with pytest.raises(ValueError, match=r"confirm|who"):
            packed(CONFIRM, wrong)


def test_a_notice_names_no_child_no_address_no_hardship() -> None:
    for forbidden in ("child_name", "address", "hardship", "dependant"):
        with pytest.raises(ValueError, match=forbidden):
            Notice("tests:bad", f"About %({forbidden})s", (), topic="posts")
    with pytest.raises(ValueError, match="feature:what"):
        Notice("bad", "No feature", (), topic="posts")
