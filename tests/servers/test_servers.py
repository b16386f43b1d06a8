"""The servers of a test run live as long as the run, and no longer, however it ends."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.servers import runs, valkey

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os
from tests.servers import runs, valkey

runs.begin()
print(runs.folder(), valkey.server(), flush=True)
"""


@pytest.mark.parametrize("ending", ["runs.end()", "os.abort()"])
def test_nothing_is_left_behind(ending: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != runs.SETTING}
    command = [sys.executable, "-c", PROGRAM + ending]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    folder, address = done.stdout.split()
    deadline = time.monotonic() + 20
    while Path(folder).exists() or valkey.answers(address):
        assert time.monotonic() < deadline
        time.sleep(0.02)
