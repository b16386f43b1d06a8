"""Attempts are counted before they are made, so that many at once are no way around."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from community.signing_in.actions import count_attempt, forget_attempts, forget_old_attempts
from community.signing_in.rules import PASSWORD_FROM_ADDRESS, PASSWORD_OF_ACCOUNT, TooManyAttempts
from foundation import clock
from foundation.database import Database

ANNA = {"anna": PASSWORD_OF_ACCOUNT, "network": PASSWORD_FROM_ADDRESS}


def attempt(database: Database, subjects=None) -> bool:
    try:
        with database.writing() as session:
            count_attempt(session, subjects or ANNA)
    except TooManyAttempts:
        return False
    return True


def test_five_are_free_then_one_waits(database: Database) -> None:
    assert [attempt(database) for _ in range(7)] == [True] * 5 + [False] * 2
    with clock.at(clock.now() + timedelta(seconds=16)):
        assert attempt(database)
        assert not attempt(database)


def test_knocking_while_one_waits_makes_it_no_longer(database: Database) -> None:
    for _ in range(50):
        attempt(database)
    with clock.at(clock.now() + timedelta(seconds=16)):
        assert attempt(database)


def test_the_right_password_clears_the_account_and_not_the_network(database: Database) -> None:
    for _ in range(5):
        attempt(database)
    with database.writing() as session:
        forget_attempts(session, ANNA)
    assert attempt(database)
    for number in range(40):
        attempt(database, {f"person {number}": PASSWORD_OF_ACCOUNT, "network": PASSWORD_FROM_ADDRESS})
    assert not attempt(database, {"somebody new": PASSWORD_OF_ACCOUNT, "network": PASSWORD_FROM_ADDRESS})
    assert attempt(database, {"somebody new": PASSWORD_OF_ACCOUNT, "elsewhere": PASSWORD_FROM_ADDRESS})


def test_many_who_sign_in_rightly_share_a_network(database: Database) -> None:
    for number in range(60):
        subjects = {f"person {number}": PASSWORD_OF_ACCOUNT, "library": PASSWORD_FROM_ADDRESS}
        assert attempt(database, subjects)
        with database.writing() as session:
            forget_attempts(session, subjects)


def test_forty_at_the_same_moment_are_counted_one_by_one(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(lambda _: attempt(database), range(40)))
    assert sum(allowed) == 5


def test_old_ones_are_dropped(database: Database) -> None:
    attempt(database)
    with clock.at(clock.now() + timedelta(days=3)), database.writing() as session:
        assert forget_old_attempts(session) == 2


def test_a_refused_one_says_when_to_come_back(database: Database) -> None:
    for _ in range(5):
        attempt(database)
    with database.writing() as session, pytest.raises(TooManyAttempts) as refusal:
        count_attempt(session, ANNA)
    assert 0 < refusal.value.seconds <= 16
