"""A worker killed with -9 at any point of sending letters: counted at the mail server, nothing is lost, and at most one
letter comes twice, under the same Message-ID."""

import subprocess
import sys
import time
from collections import Counter

import pytest

from foundation import clock, outbox
from foundation.database import Database
from foundation.mail import Letter, SmtpMailbox
from foundation.outbox.delivery import LEASE
from tests.foundation.mail.desk import open_desk

LETTERS, THIRD = 6, 3

WORKS = """
import os, signal, sys
from foundation import outbox
from foundation.database import Database
from foundation.jobs import Worker
from foundation.mail import Letter, SmtpMailbox
from foundation.outbox import delivery

address, url, where = sys.argv[1:]
seen = {"before": 0, "after": 0, "ticked": 0}

def point(name):
    seen[name] += 1
    if name == where and seen[name] == 3:
        os.kill(os.getpid(), signal.SIGKILL)

mailbox = SmtpMailbox(url, "Reciproca <r@example.org>", timeout=5)

def channel(session, payload):
    point("before")
    number = payload["outbox_id"]
    mailbox.send(Letter("anna@example.org", "Anna", "Ciao", "Ciao", "<p>Ciao</p>", f"notice-{number}"))
    point("after")

deliver = delivery._deliver
def and_then(*arguments):
    deliver(*arguments)
    point("ticked")
delivery._deliver = and_then

Worker(Database(address), [], {"mail": channel}).work_once()
print("was not killed", flush=True)
"""


@pytest.mark.parametrize(("where", "twice"), [("before", 0), ("after", 1), ("ticked", 0)])
def test_at_any_point(database: Database, where: str, twice: int) -> None:
    with database.writing() as session:
        for number in range(LETTERS):
            outbox.put(session, "mail", {"n": number})
    address = database.url.render_as_string(hide_password=False)
    with open_desk() as desk:
        killed = subprocess.run(
            [sys.executable, "-c", WORKS, address, desk.url, where], capture_output=True, text=True, check=False
        )
        assert killed.returncode == -9, killed.stdout + killed.stderr
        before = len(desk.kept)
        assert before == (THIRD - 1 if where == "before" else THIRD)
        _go_on(database, desk.url)
        arrived = Counter(letter["Message-ID"] for letter in desk.letters)
    assert len(arrived) == LETTERS, "nothing is lost"
    assert sum(arrived.values()) == LETTERS + twice


def test_while_the_server_is_writing_its_answer(database: Database) -> None:
    """The letter is with the server, and who sent it never hears so."""
    with database.writing() as session:
        outbox.put(session, "mail", {"n": 0})
    address = database.url.render_as_string(hide_password=False)
    with open_desk() as desk:
        desk.slow_seconds = 0.5
        process = subprocess.Popen(
            [sys.executable, "-c", WORKS, address, desk.url, "nowhere"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with process:
            deadline = time.monotonic() + 30
            while not desk.being_read and time.monotonic() < deadline:
                time.sleep(0.01)
            process.kill()
        desk.slow_seconds = 0
        _go_on(database, desk.url)
        ids = {letter["Message-ID"] for letter in desk.letters}
        assert len(ids) == 1
        assert 1 <= len(desk.kept) <= 2


def _go_on(database: Database, url: str) -> None:
    """Another worker, once the lease is over."""
    mailbox = SmtpMailbox(url, "Reciproca <r@example.org>", timeout=5)

    def channel(_session, payload) -> None:
        reference = f"notice-{payload['outbox_id']}"
        mailbox.send(Letter("anna@example.org", "Anna", "Ciao", "Ciao", "<p>Ciao</p>", reference))

    with clock.at(clock.now() + LEASE):
        while outbox.deliver_due(database, {"mail": channel}):
            pass
    mailbox.close()
