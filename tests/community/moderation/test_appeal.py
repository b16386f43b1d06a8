"""Asking another maker to look again: once, within thirty days, and never the one who decided."""

from datetime import timedelta

import pytest

from community.members.queries import actor_for
from community.moderation import actions
from community.moderation.policies import Limited, must_be_free
from community.moderation.queries import about_me, appeal_for, appeals_for
from foundation import clock
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import Missing, Refused, Stale
from tests.cast import Cast, make_member
from tests.community.letters import letters_to
from tests.community.moderation.desk import Desk


def appealed(database: Database, cast: Cast, desk: Desk, outcome: str = "limit", **more: object) -> int:
    """Anna appeals against a decision of the maker: the number of her appeal."""
    decision = desk.decide(desk.report(), outcome, **more)
    with database.writing() as session:
        anna = actor_for(session, cast.anna.id, cast.community.id)
        actions.appeal(session, anna, decision.id, "Non sono stata io.")
        return about_me(session, cast.community.id, cast.anna.id)[0].appeal.id


def test_it_goes_to_another_maker(database: Database, cast: Cast, desk: Desk) -> None:
    with database.writing() as session:
        colleague = make_member(session, cast, "third_maker", "centro", makes=("centro",))
    number = appealed(database, cast, desk, what=("posting",))
    assert letters_to(database, colleague.id) == ["moderation:appealed"]
    with database.reading() as session:
        assert [one.appeal.id for one in appeals_for(session, colleague.actor)] == [number]
        assert appeals_for(session, cast.administrator.actor) == []
        for who in ("maker", "other_maker", "anna", "administrator"):
            with pytest.raises(Missing):
                appeal_for(session, cast.members[who].actor, number)


def test_it_goes_to_an_administrator_where_there_is_no_other_maker(database: Database, cast: Cast, desk: Desk) -> None:
    number = appealed(database, cast, desk, what=("posting",))
    assert letters_to(database, cast.administrator.id) == ["moderation:appealed"]
    with database.reading() as session:
        assert [one.appeal.id for one in appeals_for(session, cast.administrator.actor)] == [number]
        with pytest.raises(Missing):
            appeal_for(session, cast.maker.actor, number)


def test_overturning_undoes(database: Database, cast: Cast, desk: Desk) -> None:
    number = appealed(database, cast, desk, what=("posting",))
    with database.writing() as session:
        actions.answer_appeal(session, cast.administrator.actor, number, "overturned", "Ha ragione.")
        must_be_free(session, cast.anna.actor, "posting")
        with pytest.raises(Stale):
            actions.answer_appeal(session, cast.administrator.actor, number, "upheld", "No.")
    assert letters_to(database, cast.anna.id)[-1] == "moderation:overturned"
    with database.reading() as session:
        (view,) = about_me(session, cast.community.id, cast.anna.id)
        assert (view.appeal.answer, view.decision.undone_at is None) == ("Ha ragione.", False)
        assert appeals_for(session, cast.administrator.actor) == []


def test_upholding_leaves_it(database: Database, cast: Cast, desk: Desk) -> None:
    number = appealed(database, cast, desk, what=("posting",))
    with database.writing() as session:
        actions.answer_appeal(session, cast.administrator.actor, number, "upheld", "Resta così.")
        with pytest.raises(Limited):
            must_be_free(session, cast.anna.actor, "posting")
    assert letters_to(database, cast.anna.id)[-1] == "moderation:upheld"


def test_who_is_excluded_can_appeal_and_comes_back(database: Database, cast: Cast, desk: Desk) -> None:
    number = appealed(database, cast, desk, "exclude")
    with database.writing() as session:
        assert not actor_for(session, cast.anna.id, cast.community.id).is_member
        actions.answer_appeal(session, cast.administrator.actor, number, "overturned", "Ha ragione.")
    with database.reading() as session:
        assert actor_for(session, cast.anna.id, cast.community.id).is_member


def test_once_within_thirty_days_and_only_ones_own(database: Database, cast: Cast, desk: Desk) -> None:
    decision = desk.decide(desk.report(), "warn")
    late = clock.now() + timedelta(days=30, minutes=1)
    with database.writing() as session:
        for stranger in (cast.bashir.actor, cast.maker.actor, Actor(cast.other_community.id, cast.anna.id)):
            with pytest.raises(Missing):
                actions.appeal(session, stranger, decision.id, "Io no.")
        with clock.at(late), pytest.raises(Refused):
            actions.appeal(session, cast.anna.actor, decision.id, "Tardi.")
        actions.appeal(session, cast.anna.actor, decision.id, "Non sono stata io.")
        with pytest.raises(Refused):
            actions.appeal(session, cast.anna.actor, decision.id, "E ancora.")


def test_the_maker_takes_it_back_before_anybody_answers(database: Database, cast: Cast, desk: Desk) -> None:
    number = appealed(database, cast, desk, what=("posting",))
    with database.writing() as session:
        case_id = about_me(session, cast.community.id, cast.anna.id)[0].case.id
        actions.undo(session, cast.maker.actor, case_id)
        with pytest.raises(Stale):
            actions.answer_appeal(session, cast.administrator.actor, number, "upheld", "Resta.")
