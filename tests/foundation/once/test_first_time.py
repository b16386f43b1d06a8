"""A form sent twice does its thing once, and the second answer goes where the first did."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event

import pytest

from foundation import clock, once
from foundation.database import Database
from foundation.errors import Stale

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def first(database: Database, key: str, person_id: int | None, **options: str) -> bool:
    with database.writing() as session:
        return once.first_time(session, key, person_id, **options)


def test_the_second_goes_where_the_first_went(database: Database) -> None:
    with database.writing() as session:
        assert once.first_time(session, "k", 7)
        once.remember(session, "k", 7, "/posts/42")
    with database.writing() as session:
        assert not once.first_time(session, "k", 7)
        assert once.where_it_went(session, "k", 7) == "/posts/42"


def test_the_location_may_be_said_at_once(database: Database) -> None:
    assert first(database, "k", 7, location="/home")
    with database.reading() as session:
        assert once.where_it_went(session, "k", 7) == "/home"


def test_an_unknown_key_went_nowhere(database: Database) -> None:
    with database.reading() as session:
        assert once.where_it_went(session, "k", 7) == ""


def test_what_was_made_is_found_again_by_its_kind_only(database: Database) -> None:
    with database.writing() as session:
        assert once.first_time(session, "k", 7)
        once.remember(session, "k", 7, once.made("post", 42))
        assert once.first_time(session, "other", 7)
    with database.writing() as session:
        assert once.number_made(session, "k", 7, "post") == 42
        for key, kind in (("k", "agreement"), ("other", "post"), ("unknown", "post")):
            with pytest.raises(Stale):
                once.number_made(session, key, 7, kind)


def test_nobody_meets_the_answer_of_somebody_else(database: Database) -> None:
    assert first(database, "k", 7, location="/secret")
    assert first(database, "k", 8)
    assert first(database, "k", None)
    with database.reading() as session:
        assert once.where_it_went(session, "k", 8) == ""


def test_without_a_key_every_request_is_new(database: Database) -> None:
    assert first(database, "", 7)
    assert first(database, "", 7)


def test_what_was_rolled_back_has_not_happened(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            assert once.first_time(session, "k", 7)
            raise RuntimeError("fell over")

    with pytest.raises(RuntimeError, match="fell over"):
        fail()
    assert first(database, "k", 7)


def test_other_words_under_the_same_key_are_no_repeat(database: Database) -> None:
    assert first(database, "k", 7, content="mele")
    assert not first(database, "k", 7, content="mele")
    with pytest.raises(Stale):
        first(database, "k", 7, content="pere")


def test_any_key_is_borne(database: Database) -> None:
    for key in ("\x00", "🎈", "x" * 100_000, "'; DROP TABLE request_key; --"):
        assert first(database, key, 7)
        assert not first(database, key, 7)


def test_of_many_at_the_same_instant_one_is_the_first(database: Database) -> None:
    together = Barrier(8)

    def send(number: int) -> tuple[bool, str]:
        together.wait(timeout=20)
        with database.writing() as session:
            is_first = once.first_time(session, "k", 7)
            if is_first:
                once.remember(session, "k", 7, f"/made/{number}")
            return is_first, once.where_it_went(session, "k", 7)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert [is_first for is_first, _ in answers].count(True) == 1
    assert len({location for _, location in answers}) == 1


def test_the_second_waits_for_the_first_to_fail_and_takes_its_place(database: Database) -> None:
    begun = Event()
    seen: list[bool] = []

    def fail() -> None:
        with database.writing() as session:
            assert once.first_time(session, "k", 7)
            begun.set()
            begin_second.wait(timeout=20)
            raise RuntimeError("fell over")

    begin_second = Event()
    with ThreadPoolExecutor(2) as pool:
        failing = pool.submit(fail)
        assert begun.wait(timeout=20)
        second = pool.submit(lambda: seen.append(first(database, "k", 7)))
        begin_second.set()
        second.result(timeout=20)
        with pytest.raises(RuntimeError, match="fell over"):
            failing.result(timeout=20)
    assert seen == [True]


def test_keys_are_forgotten_after_a_week(database: Database) -> None:
    with clock.at(NOON):
        assert first(database, "k", 7)
    with clock.at(NOON + timedelta(days=6)), database.writing() as session:
        assert once.forget_old_keys(session) == 0
    with clock.at(NOON + timedelta(days=8)), database.writing() as session:
        assert once.forget_old_keys(session) == 1
