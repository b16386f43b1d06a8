"""Work to do later or again and again, and the sign of life of whoever does it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from foundation.claims.tables import Claimable, claimable_constraints
from foundation.database import UtcDateTime


class QueuedJob(Claimable, table=True):
    """One run of a kind of job. A periodic one has its period as key: many processes queue it once."""

    __tablename__ = "queued_job"
    __table_args__ = claimable_constraints("queued_job", "kind")

    kind: str = Field(max_length=60)


class WorkerBeat(SQLModel, table=True):
    """The last sign of life of a worker. `busy_until` covers a run that lasts longer than the usual beat."""

    __tablename__ = "worker_beat"

    worker: str = Field(primary_key=True, max_length=120)
    beat_at: datetime = Field(sa_type=UtcDateTime, index=True)
    busy_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
