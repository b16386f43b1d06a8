"""The same file taken in by two at the same moment, or twice by one, is taken in once."""

import threading

import pytest
from sqlmodel import col

from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.posts.tables import Post
from foundation.errors import Stale
from foundation.importing.runs import (
    take_run,
)
from tests.exchanges.importing.lists import BALANCES, POSTS, REGISTER, count, people
from tests.importing import Desk


def take_in_at_once(desk: Desk, runs: list[int]) -> None:
    """Both are looked at, then two workers set to it at the same moment."""
    for run_id in runs:
        desk.check(run_id)
    for run_id in runs:
        with desk.database.writing() as session:
            take_run(session, desk.actor, run_id)
    workers = [threading.Thread(target=desk.work) for _ in runs]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def test_two_who_take_in_the_same_file_take_it_in_once(desk: Desk) -> None:
    desk.bring("members", REGISTER)
    for kind, content in (("posts", POSTS), ("balances", BALANCES)):
        runs = [desk.upload(kind, content) for _ in range(2)]
        take_in_at_once(desk, runs)
        assert sorted(desk.run(run_id).new for run_id in runs) == [0, 2]
        assert {desk.run(run_id).state for run_id in runs} == {"taken"}
    with desk.database.reading() as session:
        hold_still(session)
        assert list(faults(session)) == []
    assert count(desk, col(Post.import_key).is_not(None)) == 2


def test_two_who_take_in_the_same_register_at_once(desk: Desk) -> None:
    without_codes = "Nome;Zona\nSamira;Po\nGiorgio;Centro\nIda;Po\n"
    runs = [desk.upload("members", without_codes) for _ in range(2)]
    take_in_at_once(desk, runs)
    assert sorted(desk.run(run_id).new for run_id in runs) == [0, 3]
    assert people(desk.database) == {"Samira", "Giorgio", "Ida"}


def test_pressing_the_button_twice_starts_it_once(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    desk.check(run_id)
    with desk.database.writing() as session:
        take_run(session, desk.actor, run_id)
    with desk.database.writing() as session, pytest.raises(Stale):
        take_run(session, desk.actor, run_id)
    desk.work()
    assert desk.run(run_id).new == 3
