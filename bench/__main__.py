"""`python -m bench [NAME...]`: measure, show the table, keep it under bench/results/; 1 when a limit does not hold."""

import importlib
import sys

from bench.measures import Measure, keep, table
from foundation import clock

BENCHES = (
    "ledger", "settling", "board", "words", "server", "mail", "live", "phone", "calendar", "enrolling", "volunteering",
    "purchasing",
)  # fmt: skip


def main(names: list[str]) -> int:
    measures: list[Measure] = []
    for name in names or BENCHES:
        found = importlib.import_module(f"bench.{name}").measure()
        print(f"\n{table(found)}\n", flush=True)
        measures += found
        # After each: they take long, and what was measured is not lost when a later one is stopped.
        kept = keep(clock.today("Europe/Rome").isoformat(), measures)
    print(f"Kept in {kept}")
    return 1 if any(measure.holds is False for measure in measures) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
