"""Reading the letters that went out in a test."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlmodel import col, select

from foundation import clock
from foundation.database import Database
from foundation.feature import registry
from foundation.jobs import run_due
from foundation.mail import FolderMailbox, KeptLetter
from foundation.outbox import OutboxMessage, deliver_due
from foundation.web.state import installation

A_NIGHT = timedelta(hours=14)
"""Whatever the hour at which a test runs, the quiet hours are over by then."""


def put(database: Database) -> list[Mapping[str, Any]]:
    """What people were told and may read in a letter, oldest first: notices, and letters about their account."""
    with database.reading() as session:
        statement = select(OutboxMessage).where(col(OutboxMessage.channel).in_(("mail", "notice")))
        rows = session.exec(statement.order_by(col(OutboxMessage.id)))
        # What was sent on from a notice stands there already.
        return [row.payload for row in rows if row.channel == "notice" or "notification_id" not in row.payload]


def notices(database: Database) -> list[tuple[str, int]]:
    """The notices that wait, each with the person it is for."""
    return [(payload["notice"], payload["person_id"]) for payload in put(database)]


def secret_of(database: Database, notice: str) -> str:
    """The secret in the link of the newest notice of this name."""
    return next(p["values"]["secret"] for p in reversed(put(database)) if p["notice"] == notice)


def written(app: Flask) -> None:
    """Do the work that was queued, as the worker does; letters are left in the outbox."""
    with app.app_context():
        run_due(installation(app).database, {job.kind: job for job in registry.every("jobs")})


def delivered(app: Flask) -> list[KeptLetter]:
    """Run and deliver what waits, as the worker does until the quiet hours end, and read every letter, newest first."""
    written(app)
    here = installation(app)
    channels = registry.merged("channels")
    with app.app_context():
        deliver_due(here.database, {name: channels[name] for name in ("notice", "mail")})
        with clock.at(clock.now() + A_NIGHT):
            deliver_due(here.database, {"mail": channels["mail"]})
    return FolderMailbox(here.settings.data_directory / "mail", "").letters()


def letters_to(database: Database, person_id: int) -> list[str]:
    """The notices that wait for one person, oldest first."""
    return [notice for notice, whom in notices(database) if whom == person_id]
