"""Many at once: the same work done by threads, or by processes that each open the database for themselves."""

import multiprocessing
import random
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from exchanges.ledger.actions import Given, Received, post_transfer, release, reserve, reverse, settle
from exchanges.ledger.rules import AboveCeiling, AlreadyReversed, BelowFloor, Line, Source
from foundation.access import Actor
from foundation.database import Database


@dataclass(frozen=True)
class Job:
    """What one of the crowd does: `work` is the name of a function below."""

    work: str
    url: str
    seed: int
    actor: Actor
    accounts: tuple[int, ...]
    parties: tuple[int, ...]
    times: int = 1
    key: str = ""
    transfer_id: int = 0


Answers = list[str]


def together(jobs: list[Job], how: str) -> list[Answers]:
    """Let all jobs begin at the same moment, in `threads` or `processes`; what each was answered."""
    if how == "threads":
        database = Database(jobs[0].url)
        barrier = threading.Barrier(len(jobs))

        def begin(job: Job) -> Answers:
            barrier.wait()
            return WORK[job.work](database, job)

        try:
            with ThreadPoolExecutor(len(jobs)) as pool:
                return list(pool.map(begin, jobs))
        finally:
            database.dispose()
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        barrier = manager.Barrier(len(jobs))
        with context.Pool(len(jobs)) as pool:
            return pool.starmap(_in_process, [(job, barrier) for job in jobs], chunksize=1)


def _in_process(job: Job, barrier: threading.Barrier) -> Answers:
    database = Database(job.url)
    try:
        barrier.wait()
        return WORK[job.work](database, job)
    finally:
        database.dispose()


def drain(database: Database, job: Job) -> Answers:
    """Everybody wants the same household to receive an hour from somebody else."""
    answers = []
    for _ in range(job.times):
        lines = [Line(job.accounts[0], -60), Line(job.accounts[1 + job.seed % (len(job.accounts) - 1)], 60)]
        answers.append(_post(database, job, lines, uuid.uuid4().hex))
    return answers


def repeat(database: Database, job: Job) -> Answers:
    """Everybody sends the same request."""
    lines = [Line(job.accounts[0], -60), Line(job.accounts[1], 60)]
    return [_post(database, job, lines, job.key) for _ in range(job.times)]


def undo(database: Database, job: Job) -> Answers:
    """Everybody undoes the same transfer, each with a form of their own."""
    try:
        with database.writing() as session:
            done = reverse(session, job.actor, job.transfer_id, reason="x", request_key=uuid.uuid4().hex)
            return [f"undone {done.transfer_id}"]
    except AlreadyReversed:
        return ["already"]


def settle_one(database: Database, job: Job) -> Answers:
    """Everybody settles the same agreement."""
    with database.writing() as session:
        settled = settle(
            session,
            job.actor,
            Source("agreement", 1),
            received=[Received(job.parties[0], 60)],
            given=[Given(job.parties[1], 60)],
            request_key="agreement:1",
        )
        return [f"settled {settled.transfer_id}"]


def reserve_all(database: Database, job: Job) -> Answers:
    """Everybody reserves an hour of the same household for agreements of their own."""
    answers = []
    for number in range(job.times):
        try:
            with database.writing() as session:
                reserve(session, job.actor, job.parties[0], 60, Source("agreement", job.seed * 1000 + number))
            answers.append("reserved")
        except BelowFloor:
            answers.append("floor")
    return answers


def live(database: Database, job: Job) -> Answers:
    """A little of everything, in an order of one's own, over several accounts at once."""
    chance = random.Random(job.seed)
    answers = []
    for number in range(job.times):
        deed = chance.choice((_lesson, _lesson, _promise_and_settle, _promise_and_release))
        try:
            answers.append(deed(database, job, chance, job.seed * 1000 + number))
        except (BelowFloor, AboveCeiling) as error:
            answers.append(type(error).__name__)
    return answers


def _lesson(database: Database, job: Job, chance: random.Random, number: int) -> str:
    several = chance.sample(job.accounts, 4)
    amount = chance.randint(1, 90)
    lines = [*(Line(account, -amount) for account in several[:3]), Line(several[3], 3 * amount)]
    chance.shuffle(lines)
    return _post(database, job, lines, uuid.uuid4().hex)


def _promise_and_settle(database: Database, job: Job, chance: random.Random, number: int) -> str:
    receiver, giver = chance.sample(job.parties, 2)
    amount, source = chance.randint(1, 90), Source("agreement", number)
    with database.writing() as session:
        reserve(session, job.actor, receiver, amount, source)
    with database.writing() as session:
        received, given = [Received(receiver, amount)], [Given(giver, amount)]
        settle(session, job.actor, source, received=received, given=given, request_key=f"agreement:{number}")
    return "settled"


def _promise_and_release(database: Database, job: Job, chance: random.Random, number: int) -> str:
    source = Source("agreement", number)
    with database.writing() as session:
        reserve(session, job.actor, chance.choice(job.parties), chance.randint(1, 90), source)
    with database.writing() as session:
        release(session, job.actor, source)
    return "released"


def _post(database: Database, job: Job, lines: list[Line], key: str) -> str:
    try:
        with database.writing() as session:
            posted = post_transfer(
                session, job.actor, lines, request_key=key, kind="exchange", source=Source("test", 1)
            )
            return f"posted {posted.transfer_id}"
    except BelowFloor:
        return "floor"
    except AboveCeiling:
        return "ceiling"


WORK: dict[str, Callable[[Database, Job], Answers]] = {
    work.__name__: work for work in (drain, repeat, undo, settle_one, reserve_all, live)
}
