"""Makers take in what belongs to their zones; an import is seen by who made it and by administrators."""

from dataclasses import replace

import pytest

from foundation.access import Grant
from foundation.database import Database
from foundation.errors import Missing
from foundation.importing.runs import (
    run_visible_to,
    runs_visible_to,
)
from tests.cast import Cast
from tests.exchanges.importing.lists import BALANCES, POSTS, REGISTER
from tests.importing import Desk


def test_a_maker_takes_in_what_belongs_to_the_zones(database: Database, cast: Cast) -> None:
    maker = Desk(database, cast.maker.actor)
    run = maker.check(maker.upload("members", REGISTER + "4;;Anselmo;;Vescovato\n"))
    assert [fault["line"] for fault in run.faults] == [5]
    with pytest.raises(Missing):
        maker.upload("balances", BALANCES)


def test_a_maker_takes_in_posts_of_the_zones_only(database: Database, cast: Cast) -> None:
    administrator, other = Desk(database, cast.administrator.actor), Desk(database, cast.other_maker.actor)
    administrator.bring("members", REGISTER)
    run = other.check(other.upload("posts", POSTS))
    assert [fault["line"] for fault in run.faults] == [2, 3]


def test_an_import_is_seen_by_who_made_it_and_by_administrators(database: Database, cast: Cast) -> None:
    run_id = Desk(database, cast.maker.actor).upload("members", REGISTER)
    with database.reading() as session:
        assert run_visible_to(session, cast.administrator.actor, run_id).id == run_id
        assert [run.id for run in runs_visible_to(session, cast.maker.actor)] == [run_id]
        assert runs_visible_to(session, cast.other_maker.actor) == []
        for actor in (cast.other_maker.actor, replace(cast.administrator.actor, community_id=cast.other_community.id)):
            with pytest.raises(Missing):
                run_visible_to(session, actor, run_id)
        member = replace(cast.anna.actor, grants=(Grant("member"),))
        assert runs_visible_to(session, member) == []
