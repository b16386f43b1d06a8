"""The worker killed with -9 between telling somebody and the mail server's yes: counted at the mail server, each notice
comes once, and twice only the one letter whose yes was not heard."""

import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast as cast_to

import pytest
from flask import Flask
from sqlmodel import select

from community.notifications.actions import notify
from community.notifications.tables import Notification
from exchanges.searches.notices import FOUND_TODAY
from foundation import clock
from foundation.database import Database
from foundation.feature import registry
from foundation.mail import SmtpMailbox, mailbox_for
from foundation.outbox import OutboxMessage, deliver_due
from foundation.outbox.delivery import LEASE
from foundation.web.state import installation
from tests.cast import Cast
from tests.foundation.mail.desk import open_desk

TOLD = 5
WORKS = """
import os, signal, sys
from datetime import datetime, timedelta
from app import create_app
from foundation import clock
from foundation.feature import registry
from foundation.outbox import delivery
from foundation.settings import Settings
from foundation.web.state import installation

address, folder, url, where, at = sys.argv[1:]
app = create_app(Settings(env="test", database_url=address, data=folder, base_url="http://localhost", mail_url=url))
seen = 0

def dies(place, queue):
    global seen
    if where == f"{place} {queue}":
        seen += 1
        if seen == 3:
            os.kill(os.getpid(), signal.SIGKILL)

tick_off, deliver = delivery._tick_off, delivery._deliver

def ticking(session, claim):
    dies("before the tick of", claim.queue)
    tick_off(session, claim)
    dies("before the commit of", claim.queue)

def delivering(database, channels, claim, ready):
    dies("before", claim.queue)
    deliver(database, channels, claim, ready)
    dies("after", claim.queue)

delivery._tick_off, delivery._deliver = ticking, delivering
channels = {name: one for name, one in registry.merged("channels").items() if name in ("notice", "mail")}
with app.app_context(), clock.at(datetime.fromisoformat(at)):
    while delivery.deliver_due(installation(app).database, channels):
        pass
"""


FIRST = [("before the commit of notice", 0), ("before the tick of mail", 1)]
OTHERS = [
    ("before the tick of notice", 0),
    ("before mail", 0),
    ("before the commit of mail", 1),
    ("after mail", 0),
]


@pytest.mark.parametrize(("where", "twice"), [*FIRST, *(OTHERS if os.environ.get("RECIPROCA_TEST_ALL") else ())])
def test_at_any_point_nothing_is_lost(
    app: Flask, database: Database, cast: Cast, tmp_path: Path, where: str, twice: int
) -> None:
    noon = (clock.now() + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)
    with clock.at(noon), database.writing() as session:
        for number in range(TOLD):
            notify(
                session, person_id=cast.anna.id, community_id=cast.community.id, notice=FOUND_TODAY,
                params={"number": number}, endpoint="searches.mine", key=str(number),
            )  # fmt: skip
    address = database.url.render_as_string(hide_password=False)
    with open_desk() as desk:
        command = [sys.executable, "-c", WORKS, address, str(tmp_path), desk.url, where, noon.isoformat()]
        killed = subprocess.run(command, capture_output=True, text=True, check=False)
        assert killed.returncode == -9, killed.stderr
        _go_on(app, desk.url, noon + LEASE)
        arrived = Counter(letter["Message-ID"] for letter in desk.letters)
        subjects = {letter["Subject"] for letter in desk.letters}
    assert (len(arrived), len(subjects)) == (TOLD, TOLD), "nothing is lost"
    assert sum(arrived.values()) == TOLD + twice
    with database.reading() as session:
        assert {one.way for one in session.exec(select(Notification))} == {"told"}
        assert all(row.done_at for row in session.exec(select(OutboxMessage)))


def _go_on(app: Flask, mail_url: str, at: datetime) -> None:
    """Another worker, once the lease is over."""
    here = installation(app)
    object.__setattr__(here.settings, "mail_url", mail_url)
    channels = {name: one for name, one in registry.merged("channels").items() if name in ("notice", "mail")}
    with app.app_context(), clock.at(at):
        while deliver_due(here.database, channels):
            pass
        cast_to(SmtpMailbox, mailbox_for(here.settings)).close()
    object.__setattr__(here.settings, "mail_url", "")
