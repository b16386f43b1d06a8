"""One folder for each test run, shared by the workers of pytest-xdist and removed at the end."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTING = "RECIPROCA_TEST_RUN"
_IN_MEMORY = Path("/dev/shm")
_ENOUGH = 2 * 1024**3
_KEEPER = Path(__file__).with_name("keeper.py")


def begin() -> None:
    """Make the folder of this run. Called by pytest's first process; the workers inherit its name."""
    if SETTING not in os.environ:
        _clear_away_the_killed()
        here = Path(tempfile.mkdtemp(prefix="reciproca-tests-", dir=_places()[0]))
        here.chmod(0o755)  # PostgreSQL runs as another user when the tests run as root
        os.environ[SETTING] = str(here)
        (here / "owner").write_text(str(os.getpid()))


def is_mine() -> bool:
    """Whether this process began the run, and so ends it; false in a worker."""
    return SETTING in os.environ and (folder() / "owner").read_text() == str(os.getpid())


def folder() -> Path:
    """The folder of this run."""
    return Path(os.environ[SETTING])


def end() -> None:
    """Stop the servers and remove the folder: for the process that began."""
    kept = list(folder().glob("*.keeper"))
    for keeper in kept:
        os.kill(int(keeper.read_text()), signal.SIGTERM)
    deadline = time.monotonic() + 20
    while any(keeper.exists() for keeper in kept) and time.monotonic() < deadline:
        time.sleep(0.02)
    shutil.rmtree(folder(), ignore_errors=True)
    del os.environ[SETTING]


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a lock of the run, so that only one worker prepares what all of them share."""
    with (folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def keep(name: str, command: list[str], *, user: str | None = None) -> None:
    """Start a server that lives as long as the run, even when the run is killed. Its output goes to `<name>.log`."""
    owner = (folder() / "owner").read_text()
    with (folder() / f"{name}.log").open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, str(_KEEPER), owner, str(folder()), name, user or "-", *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (folder() / f"{name}.keeper").write_text(str(keeper.pid))


def log_of(name: str) -> str:
    """What a server said, to show when it does not start."""
    return (folder() / f"{name}.log").read_text(errors="replace")[-2000:]


def _places() -> list[Path]:
    """Where the folder of a run may be, the best first: a database is made three times as fast in memory as on disk."""
    places = [Path(tempfile.gettempdir())]
    if _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK):
        found = os.statvfs(_IN_MEMORY)
        if found.f_bavail * found.f_frsize >= _ENOUGH and not found.f_flag & os.ST_NOEXEC:
            places.insert(0, _IN_MEMORY)
    return places


def _clear_away_the_killed() -> None:
    """A run that was killed before it had any server had no keeper to remove its folder."""
    for left in (owner for place in _places() for owner in place.glob("reciproca-tests-*/owner")):
        try:
            os.kill(int(left.read_text()), 0)
        except ProcessLookupError:
            if not list(left.parent.glob("*.keeper")):
                shutil.rmtree(left.parent, ignore_errors=True)
        except (ValueError, OSError):
            continue  # being made, being removed, or somebody else's
