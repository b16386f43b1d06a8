"""How long to wait before trying again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from foundation.claims.rules import FIRST_WAIT, LONGEST_WAIT, wait_before_retry


@given(st.integers(1, 10_000))
def test_waits_longer_each_time_but_never_for_ever(attempts: int) -> None:
    wait = wait_before_retry(attempts)
    assert FIRST_WAIT <= wait <= LONGEST_WAIT * 1.25
    assert wait >= min(FIRST_WAIT * 2 ** min(attempts - 1, 15), LONGEST_WAIT)


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({wait_before_retry(3) for _ in range(20)}) > 15


def test_the_longest_wait_can_be_shorter() -> None:
    assert wait_before_retry(50, timedelta(minutes=1)) <= timedelta(seconds=75)
