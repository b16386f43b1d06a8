"""Somebody at another telephone, who comes while a transaction is open and has to wait for its end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from foundation import clock


class Waiting:
    """Does it from now on, at the same hour, in a thread of its own."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work, self._moment = work, clock.now()
        pool = ThreadPoolExecutor(1)
        self._doing = pool.submit(self._do)
        pool.shutdown(wait=False)

    def _do(self) -> Any:
        with clock.at(self._moment):
            return self._work()

    def waits(self) -> bool:
        """Whether it is not done yet, after a time that is long enough for anything that waits for nobody."""
        return bool(wait([self._doing], 0.5).not_done)

    def answer(self) -> Any:
        """What came of it: what the work gave, or the kind of error it raised."""
        error = self._doing.exception(30)
        return self._doing.result() if error is None else type(error)
