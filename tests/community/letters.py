"""Reading the letters that went out in a test."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlmodel import col, select

from foundation.database import Database
from foundation.feature import registry
from foundation.jobs import run_due
from foundation.mail import FolderMailbox, KeptLetter
from foundation.outbox import OutboxMessage, deliver_due
from foundation.web.state import installation


def put(database: Database) -> list[Mapping[str, Any]]:
    """What waits in the outbox for the channel `mail`, oldest first."""
    with database.reading() as session:
        statement = select(OutboxMessage).where(col(OutboxMessage.channel) == "mail").order_by(col(OutboxMessage.id))
        return [message.payload for message in session.exec(statement)]


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
    """Run and deliver what waits, as the worker does, and read every letter, newest first."""
    written(app)
    here = installation(app)
    with app.app_context():
        deliver_due(here.database, registry.merged("channels"))
    return FolderMailbox(here.settings.data_directory / "mail", "").letters()


def letters_to(database: Database, person_id: int) -> list[str]:
    """The notices that wait for one person, oldest first."""
    return [notice for notice, whom in notices(database) if whom == person_id]
