"""Which passwords are taken, and how long one waits after wrong ones: pure rules."""

from datetime import UTC, datetime, timedelta

import pytest

from community.signing_in.rules import (
    LIMITS,
    PASSWORD_OF_ACCOUNT,
    TooManyAttempts,
    check_password,
    network_of,
    wait_after,
)
from foundation.errors import Invalid

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ABOUT = ("Anna Prova", "anna.prova@example.org")


@pytest.mark.parametrize(
    "password",
    ["tre gatti sul tetto", "sole-luna-99", "correttacavalla", "però così va bene", "x9#kQ2!mWz", "🙂🙃 bicicletta"],
)
def test_no_rules_of_composition(password: str) -> None:
    check_password(password, about=ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "corta", "123456789", "1234567890", "password123", "P4ssw0rd!!!", "juventus1897", "FRANCESCO1", "qwertyuiop",
        "aaaaaaaaaaaa", "abababababab", "ciaociaociao", "abcdefghijkl", "anna.prova1", "AnnaProva99", "farelegami2026",
        "banca del tempo", "0000000001", "x" * 201,
    ],
)  # fmt: skip
def test_the_first_that_anybody_tries(password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_password(password, about=ABOUT)
    assert refusal.value.field == "password"


def test_the_wait_grows_and_stops_growing() -> None:
    moments: list[datetime] = []
    waits = []
    for _ in range(20):
        waits.append(wait_after(PASSWORD_OF_ACCOUNT, moments, NOW))
        moments.append(NOW)
    assert waits[:5] == [timedelta(0)] * 5
    assert waits[5:8] == [timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60)]
    assert waits[-1] == PASSWORD_OF_ACCOUNT.longest


@pytest.mark.parametrize("limit", LIMITS)
def test_what_lies_outside_the_window_is_forgotten(limit) -> None:
    old = [NOW - limit.window - timedelta(seconds=1)] * 100
    assert wait_after(limit, old, NOW) == timedelta(0)


def test_after_the_wait_one_may_try() -> None:
    moments = [NOW] * 6
    assert wait_after(PASSWORD_OF_ACCOUNT, moments, NOW + timedelta(seconds=29)) == timedelta(seconds=1)
    assert wait_after(PASSWORD_OF_ACCOUNT, moments, NOW + timedelta(seconds=30)) == timedelta(0)


def test_the_sentence_speaks_of_minutes() -> None:
    assert TooManyAttempts(15).params["wait_minutes"] == 1
    assert TooManyAttempts(61).params["wait_minutes"] == 2


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_household_of_addresses_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
