"""Saying when a household can: days by parts of the day, exact hours, taking it back, and who sees it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from community.availability.actions import clear_week, set_hours, set_week
from community.availability.queries import available_on, own_week, slots_of, week_visible_to
from community.availability.rules import Slot, whole
from community.moderation.tables import Block
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast

TUESDAY_AND_THURSDAY = [(2, "afternoon"), (4, "afternoon")]


def test_a_week_is_kept_in_its_order_and_said_anew(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        set_week(session, cast.anna.actor, [(4, "afternoon"), (2, "afternoon"), (4, "afternoon")])
    with database.reading() as session:
        assert own_week(session, cast.anna.actor) == [whole(2, "afternoon"), whole(4, "afternoon")]
    with database.writing() as session:
        set_week(session, cast.anna.actor, [(7, "morning")])
    with database.reading() as session:
        assert own_week(session, cast.anna.actor) == [whole(7, "morning")]
        assert own_week(session, cast.bashir.actor) == []


def test_exact_hours_stay_while_their_part_is_chosen(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        set_week(session, cast.anna.actor, TUESDAY_AND_THURSDAY)
        set_hours(session, cast.anna.actor, [(4, "afternoon", 16 * 60, 18 * 60), (5, "morning", 480, 600)])
    with database.writing() as session:
        set_week(session, cast.anna.actor, [(4, "afternoon"), (6, "evening")])
    with database.reading() as session:
        assert own_week(session, cast.anna.actor) == [Slot(4, 960, 1080, "afternoon"), whole(6, "evening")]


def test_hours_outside_their_part_are_refused(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        set_week(session, cast.anna.actor, TUESDAY_AND_THURSDAY)
    with pytest.raises(Invalid), database.writing() as session:
        set_hours(session, cast.anna.actor, [(4, "afternoon", 16 * 60, 19 * 60)])


def test_all_can_be_taken_back(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        set_week(session, cast.anna.actor, TUESDAY_AND_THURSDAY)
        clear_week(session, cast.anna.actor)
    with database.reading() as session:
        assert own_week(session, cast.anna.actor) == []


def test_members_see_it_visitors_and_the_blocked_do_not(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        set_week(session, cast.anna.actor, TUESDAY_AND_THURSDAY)
        block = {"party_id": cast.anna.party.id, "blocked_party_id": cast.dario.party.id}
        session.add(Block(**block, blocked_by_id=cast.anna.id))
    with database.reading() as session:
        assert week_visible_to(session, cast.bashir.actor, cast.anna.party.id) == [
            whole(2, "afternoon"),
            whole(4, "afternoon"),
        ]
        for stranger in (Actor.visitor(cast.community.id), cast.dario.actor, cast.zoe.actor):
            with pytest.raises(Missing):
                week_visible_to(session, stranger, cast.anna.party.id)


def test_who_acts_for_no_party_has_no_week(database: Database, cast: Cast) -> None:
    alone = Actor(community_id=cast.community.id, person_id=cast.anna.id)
    with pytest.raises(Missing), database.writing() as session:
        set_week(session, alone, TUESDAY_AND_THURSDAY)


def test_the_condition_finds_who_can(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        set_week(session, cast.anna.actor, TUESDAY_AND_THURSDAY)
        set_week(session, cast.bashir.actor, [(2, "evening")])

    def found(*asked: object) -> list[int]:
        with database.reading() as session:
            statement = select(col(Party.id)).where(available_on(col(Party.id), *asked)).order_by(col(Party.id))
            return list(session.scalars(statement))

    anna, bashir = cast.anna.party.id, cast.bashir.party.id
    assert found(2) == [anna, bashir]
    assert found(2, "evening") == [bashir]
    assert found(None, "afternoon") == [anna]
    assert found() == [anna, bashir]
    assert found(1) == []
    with database.reading() as session:
        assert sorted(slots_of(session, [anna, bashir])) == [anna, bashir]


@pytest.mark.parametrize("values", ["8, 'morning', 360, 720", "1, 'night', 0, 300", "1, 'evening', 700, 1440"])
def test_the_database_itself_refuses_nonsense(database: Database, cast: Cast, values: str) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(text(f"INSERT INTO availability VALUES ({cast.anna.party.id}, {values})"))
