"""A worker killed after the push service took a notice: it comes again, and says so."""

import subprocess
import sys
from pathlib import Path

from flask import Flask

from foundation.database import Database
from foundation.outbox.delivery import LEASE
from tests.cast import Cast
from tests.community.pushing.service import Service
from tests.community.pushing.telling import deliver, tell, turned_on

WORKS = """
import os, signal, sys
from datetime import timedelta
from app import create_app
from foundation import clock
from foundation.feature import registry
from foundation.outbox import delivery
from foundation.settings import Settings
from foundation.web.state import installation

address, folder, place = sys.argv[1:]
app = create_app(Settings(env="test", database_url=address, data=folder, base_url="http://localhost", push_hosts=place))
tick_off = delivery._tick_off

def dies(session, claim):
    if claim.queue == "push_device":
        os.kill(os.getpid(), signal.SIGKILL)
    tick_off(session, claim)

delivery._tick_off = dies
channels = {name: one for name, one in registry.merged("channels").items() if name in ("push", "push_device")}
by_day = (clock.now() + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)
with app.app_context(), clock.at(by_day):
    while delivery.deliver_due(installation(app).database, channels):
        pass
"""


def test_killed_after_the_service_took_it(
    app: Flask, database: Database, cast: Cast, service: Service, tmp_path: Path
) -> None:
    phone, tablet = service.phone("phone"), service.phone("tablet")
    turned_on(database, cast.anna, phone)
    turned_on(database, cast.anna, tablet)
    tell(database, cast)
    address = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WORKS, address, str(tmp_path), service.place]
    killed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    assert len(service.got) == 1
    deliver(app, LEASE)
    told = [*phone.told, *tablet.told]
    assert len(told) == 3, "one of the two comes again"
    assert len({each["id"] for each in told}) == 2, "and says so by its number"
    assert {each["tag"] for each in told} == {"notice:7"}
