"""Work to do later or again and again: rows in the database that a worker claims."""

from foundation.jobs.actions import enqueue, enqueue_each, purge
from foundation.jobs.apart import each_apart
from foundation.jobs.beats import worker_is_well
from foundation.jobs.rules import Job, of_one
from foundation.jobs.running import run_due
from foundation.jobs.worker import Worker

__all__ = ["Job", "Worker", "each_apart", "enqueue", "enqueue_each", "of_one", "purge", "run_due", "worker_is_well"]
