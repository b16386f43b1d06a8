"""When to try again."""

import random
from datetime import timedelta

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=6)


def wait_before_retry(attempts: int, longest: timedelta = LONGEST_WAIT) -> timedelta:
    """How long to wait after failure number `attempts`: twice as long each time, up to `longest`.

    Up to a quarter is added by chance, so that what failed together does not come back together.
    """
    doubled: timedelta = FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 20)
    by_chance = random.uniform(1, 1.25)  # noqa: S311 - spreads retries, guards nothing
    return min(doubled, longest) * by_chance
