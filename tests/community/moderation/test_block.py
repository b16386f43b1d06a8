"""Having nothing to do with another household."""

import pytest

from community.moderation import actions
from community.moderation.policies import Blocked, are_blocked, must_not_be_blocked
from community.moderation.queries import blocks_of
from foundation.database import Database
from foundation.errors import Missing, Refused
from tests.cast import Cast


def test_a_block_works_both_ways_and_once(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        actions.block(session, cast.anna.actor, cast.bashir.party.id)
        actions.block(session, cast.anna.actor, cast.bashir.party.id)
    with database.reading() as session:
        assert are_blocked(session, cast.anna.party.id, cast.bashir.party.id)
        assert are_blocked(session, cast.bashir.party.id, cast.anna.party.id)
        assert not are_blocked(session, cast.anna.party.id, cast.chiara.party.id)
        with pytest.raises(Blocked):
            must_not_be_blocked(session, cast.bashir.party.id, cast.anna.party.id)
        assert [party.id for party in blocks_of(session, cast.anna.actor)] == [cast.bashir.party.id]
        assert blocks_of(session, cast.bashir.actor) == []


def test_only_who_blocked_can_unblock(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        actions.block(session, cast.anna.actor, cast.bashir.party.id)
        actions.unblock(session, cast.bashir.actor, cast.anna.party.id)
        assert are_blocked(session, cast.anna.party.id, cast.bashir.party.id)
        actions.unblock(session, cast.anna.actor, cast.bashir.party.id)
        assert not are_blocked(session, cast.anna.party.id, cast.bashir.party.id)


def test_not_oneself_nor_the_fund_nor_a_stranger(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        with pytest.raises(Refused):
            actions.block(session, cast.anna.actor, cast.anna.party.id)
        with pytest.raises(Refused):
            actions.block(session, cast.anna.actor, cast.fund.id)
        with pytest.raises(Missing):
            actions.block(session, cast.anna.actor, cast.zoe.party.id)
        with pytest.raises(Missing):
            actions.block(session, cast.anna.actor, 999_999)
