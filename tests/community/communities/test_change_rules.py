"""Rules are dated: a change holds from now on, and what happened before keeps the old ones."""

from datetime import timedelta

import pytest

from community.communities.actions import change_rules
from community.communities.queries import rules_history, rules_in_force
from community.communities.rules import RuleBook
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast


def test_the_old_ones_hold_for_what_happened_before(database: Database, cast: Cast) -> None:
    before = clock.now()
    with clock.at(before + timedelta(hours=1)), database.writing() as session:
        change_rules(session, cast.administrator.actor, RuleBook(ceiling_minutes=6000, welcome_minutes=120))
    with database.reading() as session:
        assert rules_in_force(session, cast.community.id, before).ceiling_minutes == 2400
        later = rules_in_force(session, cast.community.id, before + timedelta(hours=2))
        assert (later.ceiling_minutes, later.welcome_minutes) == (6000, 120)
        assert later.recorded_by_id == cast.administrator.id
        long_ago = rules_in_force(session, cast.community.id, before - timedelta(days=4000))
        assert long_ago.ceiling_minutes == 2400
        assert len(rules_history(session, cast.community.id)) == 2


@pytest.mark.parametrize("who", ["anna", "maker", "zoe"])
def test_only_administrators_change_them(database: Database, cast: Cast, who: str) -> None:
    with database.writing() as session, pytest.raises(Missing):
        change_rules(session, cast.members[who].actor, RuleBook())


@pytest.mark.parametrize(
    ("field", "book"),
    [
        ("floor_minutes", RuleBook(floor_minutes=60)),
        ("floor_minutes", RuleBook(floor_minutes=-(10**9))),
        ("soft_floor_minutes", RuleBook(soft_floor_minutes=1)),
        ("soft_floor_minutes", RuleBook(floor_minutes=-60, soft_floor_minutes=-61)),
        ("ceiling_minutes", RuleBook(ceiling_minutes=0)),
        ("welcome_minutes", RuleBook(welcome_minutes=-1)),
        ("welcome_minutes", RuleBook(ceiling_minutes=60, welcome_minutes=61)),
        ("auto_confirm_days", RuleBook(auto_confirm_days=0)),
        ("auto_confirm_days", RuleBook(auto_confirm_days=61)),
        ("approval", RuleBook(approval="nobody")),
        ("cheque_months", RuleBook(cheque_months=0)),
        ("cheque_months", RuleBook(cheque_months=25)),
        ("cheque_most_minutes", RuleBook(cheque_most_minutes=-1)),
    ],
)
def test_contradictions_are_refused_at_the_field(database: Database, cast: Cast, field: str, book: RuleBook) -> None:
    with database.writing() as session, pytest.raises(Invalid) as refusal:
        change_rules(session, cast.administrator.actor, book)
    assert refusal.value.field == field


def test_who_looked_at_older_rules_is_told(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        seen = rules_in_force(session, cast.community.id).id
        change_rules(session, cast.administrator.actor, RuleBook(auto_confirm_days=5), seen_id=seen)
        with pytest.raises(Refused):
            change_rules(session, cast.administrator.actor, RuleBook(auto_confirm_days=9), seen_id=seen)
