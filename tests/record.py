"""Which lines an action leaves in the record."""

from collections.abc import Callable
from typing import Any, Protocol

from sqlmodel import select

from foundation.audit.tables import AuditEntry
from foundation.database import Database


class Stage(Protocol):
    """Calls an action as somebody, in a transaction of its own."""

    database: Database
    do: Callable[..., Any]


class Record:
    """Calls an action, or looks after one was called, and says which lines are new: kind and verb."""

    def __init__(self, stage: Stage, *kinds: str) -> None:
        """Only of some kinds, where they are named."""
        self.stage, self.kinds, self.last = stage, kinds, 0
        self.fresh()

    def fresh(self) -> list[tuple[str, str]]:
        """The lines since the last look; ` by itself` where nobody did it."""
        with self.stage.database.reading() as session:
            found = session.exec(select(AuditEntry).where(AuditEntry.id > self.last).order_by(AuditEntry.id)).all()
        self.last = found[-1].id if found else self.last
        mine = [one for one in found if not self.kinds or one.kind in self.kinds]
        return [(one.kind, one.verb if one.actor_person_id is not None else f"{one.verb} by itself") for one in mine]

    def of(self, act: Callable[..., Any], *arguments: Any, **more: Any) -> list[tuple[str, str]]:
        """The lines of one call of `stage.do`."""
        self.fresh()
        self.stage.do(act, *arguments, **more)
        return self.fresh()
