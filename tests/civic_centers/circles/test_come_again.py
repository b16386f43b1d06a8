"""Children come again once what kept them away is over: never over a parent's own no, never beyond places."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.queries.single import pauses_of
from civic_centers.circles.rules import Beat, NotNow
from civic_centers.circles.tables import CircleTurn, CircleTurnChild
from community.dependants.actions import (
    answer_objection,
    object_to,
    say_consent,
    take_objection_back,
    withdraw_consent,
)
from community.dependants.tables import DependantObjection
from foundation import clock
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast
from tests.civic_centers.circles.stage import MONDAY, CircleStage

FIRST, LAST = date(2027, 1, 18), date(2027, 1, 24)


def days_of(circle: CircleStage, name: str) -> list[date]:
    """The days on which the child of a family comes."""
    return [turn.day for turn in circle.turns() if name in circle.coming(turn.id)]


def all_days(circle: CircleStage) -> list[date]:
    return [turn.day for turn in circle.turns()]


def turn_on(circle: CircleStage, day: date) -> CircleTurn:
    return next(turn for turn in circle.turns() if turn.day == day)


def end_pauses(circle: CircleStage, name: str) -> None:
    with circle.database.reading() as session:
        ours = [one.id for one in pauses_of(session, circle.circle_id) if one.family_id == circle.families[name]]
    for number in ours:
        circle.do(actions.end_pause, name, circle.circle_id, number)


def look(circle: CircleStage, name: str) -> None:
    """What was queued for the child of a family is done."""
    assert {"dependant_id": circle.children[name]} in circle.queued("circles.consent")
    circle.run(actions.look_at_consent, circle.children[name])


def test_a_family_that_is_back_earlier(circle: CircleStage) -> None:
    circle.do(actions.pause_family, "chiara", circle.circle_id, FIRST, LAST)
    away = [day for day in all_days(circle) if FIRST <= day <= LAST]
    assert len(away) == 2
    assert days_of(circle, "chiara") == [day for day in all_days(circle) if day not in away]
    end_pauses(circle, "chiara")
    assert days_of(circle, "chiara") == all_days(circle)


def test_who_is_away_gives_back_what_it_has_on_those_days(circle: CircleStage) -> None:
    """As first and as second adult; what is on other days, or goes on already, stays theirs."""
    circle.rota()
    running, hers = circle.turn_of("chiara"), circle.turn_of("chiara", 1)
    his, later = circle.turn_of("anna", 1), circle.turn_of("bashir", 2)
    for turn in (his, later):
        circle.do(actions.come_too, "chiara", turn.id)
    with clock.at(running.starts_at - timedelta(minutes=10)):
        circle.do(actions.note_came, "chiara", running.id, circle.child_row("bashir").id)
        days = (running.day, max(hers.day, his.day))
        assert circle.do(actions.pause_family, "chiara", circle.circle_id, *days) == 1
    assert (circle.who_has(running.id), circle.turn(running.id).state) == ("chiara", "held")
    assert (circle.who_has(hers.id), circle.turn(hers.id).state) == ("", "open")
    assert (circle.turn(his.id).second_id, circle.who_has(his.id)) == (None, "anna")
    assert circle.turn(later.id).second_id == circle.cast.chiara.id
    assert circle.who_has(circle.turn_of("bashir", 1).id) == "bashir"


def test_what_is_over_already_stays_as_it_was(circle: CircleStage) -> None:
    circle.do(actions.pause_family, "chiara", circle.circle_id, FIRST, LAST)
    with clock.at(MONDAY + timedelta(days=9)):
        end_pauses(circle, "chiara")
    assert FIRST not in days_of(circle, "chiara")
    assert date(2027, 1, 21) in days_of(circle, "chiara")


def test_what_was_over_is_not_ended_and_nobody_ends_the_absence_of_others(circle: CircleStage) -> None:
    circle.do(actions.pause_family, "chiara", circle.circle_id, FIRST, LAST)
    with circle.database.reading() as session:
        [pause] = pauses_of(session, circle.circle_id)
    for name in ("anna", "maker"):
        with pytest.raises(Missing):
            circle.do(actions.end_pause, name, circle.circle_id, pause.id)
    with clock.at(MONDAY + timedelta(days=14)), pytest.raises(NotNow):
        circle.do(actions.end_pause, "chiara", circle.circle_id, pause.id)


def test_two_spans_away_are_two(circle: CircleStage) -> None:
    for first in (FIRST, date(2027, 1, 21)):
        circle.do(actions.pause_family, "chiara", circle.circle_id, first, LAST)
    with circle.database.reading() as session:
        earlier = pauses_of(session, circle.circle_id)[0].id
    circle.do(actions.end_pause, "chiara", circle.circle_id, earlier)
    assert FIRST in days_of(circle, "chiara")
    assert date(2027, 1, 21) not in days_of(circle, "chiara")


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_parents_no_stays(circle: CircleStage, when: str) -> None:
    turn, bimbo = turn_on(circle, FIRST), circle.child_row("chiara").id
    if when == "before":
        circle.do(actions.say_comes, "chiara", turn.id, bimbo, comes=False)
    circle.do(actions.pause_family, "chiara", circle.circle_id, FIRST, LAST)
    if when == "meanwhile":
        circle.do(actions.say_comes, "chiara", turn.id, bimbo, comes=False)
    end_pauses(circle, "chiara")
    assert FIRST not in days_of(circle, "chiara")
    assert date(2027, 1, 21) in days_of(circle, "chiara")


def test_a_parents_yes_for_one_day_away_stays(circle: CircleStage) -> None:
    circle.do(actions.pause_family, "chiara", circle.circle_id, FIRST, LAST)
    circle.do(actions.say_comes, "chiara", turn_on(circle, FIRST).id, circle.child_row("chiara").id, comes=True)
    assert FIRST in days_of(circle, "chiara")
    end_pauses(circle, "chiara")
    assert days_of(circle, "chiara") == all_days(circle)


@pytest.fixture
def narrow(database: Database, cast: Cast) -> CircleStage:
    """Two places, and five children."""
    with clock.at(MONDAY):
        return CircleStage(database, cast, most_children=2)


def test_never_beyond_the_places(narrow: CircleStage) -> None:
    with clock.at(MONDAY):
        turn = narrow.turns()[2]
        back, stays = narrow.coming(turn.id)
        other = next(name for name in narrow.families if name not in (back, stays))
        narrow.do(actions.pause_family, back, narrow.circle_id, turn.day, turn.day)
        narrow.do(actions.say_comes, other, turn.id, narrow.child_row(other).id, comes=True)
        end_pauses(narrow, back)
        assert narrow.coming(turn.id) == sorted((stays, other))
        # Once there is room, its parents put it down themselves.
        narrow.do(actions.say_comes, other, turn.id, narrow.child_row(other).id, comes=False)
        narrow.do(actions.say_comes, back, turn.id, narrow.child_row(back).id, comes=True)
        assert narrow.coming(turn.id) == sorted((stays, back))


def test_two_children_who_are_back_share_what_room_there_is(narrow: CircleStage) -> None:
    with clock.at(MONDAY):
        turn = narrow.turns()[2]
        one, other = narrow.coming(turn.id)
        third = next(name for name in narrow.families if name not in (one, other))
        for name in (one, other):
            narrow.do(actions.pause_family, name, narrow.circle_id, turn.day, turn.day)
        narrow.do(actions.say_comes, third, turn.id, narrow.child_row(third).id, comes=True)
        for name in (other, one):
            end_pauses(narrow, name)
        assert narrow.coming(turn.id) == sorted((other, third))


def test_two_of_a_family_and_one_place(narrow: CircleStage) -> None:
    with clock.at(MONDAY):
        turn = narrow.turns()[2]
        one, other = narrow.coming(turn.id)
        for name in (one, other):
            narrow.do(actions.say_comes, name, turn.id, narrow.child_row(name).id, comes=False)
        third = next(name for name in narrow.families if name not in (one, other))
        sibling = narrow.child(third, nickname="Leo")
        narrow.do(actions.bring_child, third, narrow.circle_id, sibling)
        narrow.do(actions.say_comes, third, turn.id, narrow.child_row(third).id, comes=True)
        assert narrow.coming(turn.id) == sorted(("?", third))
        narrow.do(actions.pause_family, third, narrow.circle_id, turn.day, turn.day)
        narrow.do(actions.say_comes, one, turn.id, narrow.child_row(one).id, comes=True)
        end_pauses(narrow, third)
        assert narrow.coming(turn.id) == sorted((one, third))


def test_a_yes_that_is_given_again(circle: CircleStage) -> None:
    child, bimbo = circle.children["chiara"], circle.child_row("chiara").id
    circle.do(actions.say_comes, "chiara", turn_on(circle, FIRST).id, bimbo, comes=False)
    circle.do(withdraw_consent, "chiara", child)
    look(circle, "chiara")
    assert days_of(circle, "chiara") == []
    assert ("chiara", "circles:consent") in circle.letters()
    before = len(circle.queued("circles.consent"))
    with clock.at(MONDAY + timedelta(days=1)):
        circle.do(say_consent, "chiara", child, "alone")
        circle.do(say_consent, "chiara", child, "alone")
        assert len(circle.queued("circles.consent")) == before + 1
        look(circle, "chiara")
    later = [day for day in all_days(circle) if day > MONDAY.date()]
    assert days_of(circle, "chiara") == [day for day in later if day != FIRST]
    assert days_of(circle, "bashir") == all_days(circle)


@pytest.mark.parametrize("how", ["answered", "taken back"])
def test_what_a_child_objected_to_is_settled(circle: CircleStage, how: str) -> None:
    child = circle.children["chiara"]
    circle.run(object_to, circle.cast.community.id, child, "Non mi va")
    look(circle, "chiara")
    assert days_of(circle, "chiara") == []
    with circle.database.reading() as session:
        said = session.exec(select(DependantObjection.id)).one()
    before = len(circle.queued("circles.consent"))
    with clock.at(MONDAY + timedelta(minutes=1)):
        if how == "answered":
            circle.do(answer_objection, "chiara", child, said, "Ne parliamo a casa")
        else:
            circle.run(take_objection_back, circle.cast.community.id, child, said)
        assert len(circle.queued("circles.consent")) == before + 1
        look(circle, "chiara")
    assert days_of(circle, "chiara") == all_days(circle)


def test_one_reason_after_another(circle: CircleStage) -> None:
    """Back from holidays without a yes, and with it: only then the child comes."""
    child = circle.children["chiara"]
    circle.do(actions.pause_family, "chiara", circle.circle_id, FIRST, LAST)
    circle.do(withdraw_consent, "chiara", child)
    look(circle, "chiara")
    end_pauses(circle, "chiara")
    assert days_of(circle, "chiara") == []
    circle.do(actions.pause_family, "chiara", circle.circle_id, FIRST, LAST)
    with clock.at(MONDAY + timedelta(minutes=1)):
        circle.do(say_consent, "chiara", child, "alone")
        look(circle, "chiara")
        assert days_of(circle, "chiara") == [day for day in all_days(circle) if not FIRST <= day <= LAST]
        end_pauses(circle, "chiara")
    assert days_of(circle, "chiara") == all_days(circle)


def test_turns_laid_out_meanwhile_wait_for_the_yes_too(circle: CircleStage) -> None:
    child = circle.children["chiara"]
    circle.do(withdraw_consent, "chiara", child)
    look(circle, "chiara")
    circle.do(actions.set_rhythm, "maker", circle.circle_id, Beat((2,), time(17), 90, date(2027, 1, 12)))
    tuesdays = [turn for turn in circle.turns() if turn.state == "open" and turn.day.isoweekday() == 2]
    assert tuesdays
    assert not any("chiara" in circle.coming(turn.id) for turn in tuesdays)
    with clock.at(MONDAY + timedelta(minutes=1)):
        circle.do(say_consent, "chiara", child, "alone")
        look(circle, "chiara")
    assert all("chiara" in circle.coming(turn.id) for turn in tuesdays)


def test_turns_laid_out_while_away_are_come_to_on_the_way_back(circle: CircleStage) -> None:
    circle.do(actions.pause_family, "chiara", circle.circle_id, FIRST, LAST)
    circle.do(actions.set_rhythm, "maker", circle.circle_id, Beat((2,), time(17), 90, date(2027, 1, 12)))
    tuesday = next(turn for turn in circle.turns() if turn.day == date(2027, 1, 19))
    assert "chiara" not in circle.coming(tuesday.id)
    end_pauses(circle, "chiara")
    assert "chiara" in circle.coming(tuesday.id)


def test_a_child_brought_while_the_circle_pauses_has_a_place_after_it(circle: CircleStage) -> None:
    circle.do(actions.pause, "maker", circle.circle_id, FIRST, LAST)
    circle.do(actions.bring_child, "chiara", circle.circle_id, circle.child("chiara", nickname="Leo"))
    with circle.database.reading() as session:
        pause = pauses_of(session, circle.circle_id)[0].id
    circle.do(actions.end_pause, "maker", circle.circle_id, pause)
    turn = turn_on(circle, FIRST)
    assert turn.state == "open"
    assert len(circle.coming(turn.id)) == 6


def test_a_child_that_is_there_is_not_taken_away(circle: CircleStage) -> None:
    """Taken in ten minutes before the hour: what happens then is for the turns after this one."""
    circle.rota()
    turn = circle.turn_of("anna")
    bimbo = circle.child_row("chiara").id
    circle.do(actions.write_notes, "chiara", bimbo, "Noci")
    with clock.at(turn.starts_at - timedelta(minutes=10)):
        circle.do(actions.note_came, "anna", turn.id, bimbo)
        circle.do(actions.pause_family, "chiara", circle.circle_id, turn.day, LAST)
        circle.do(withdraw_consent, "chiara", circle.children["chiara"])
        look(circle, "chiara")
        circle.do(actions.leave, "chiara", circle.circle_id)
        assert circle.child_row("chiara").first_aid == "Noci"
        with pytest.raises(NotNow):
            circle.do(actions.give_up, "anna", turn.id)
        circle.do(actions.leave, "anna", circle.circle_id)
        circle.do(actions.pause, "maker", circle.circle_id, turn.day, LAST)
        assert circle.turn(turn.id).state == "held"
        circle.do(actions.note_left, "anna", turn.id, bimbo, circle.cast.chiara.name)
    with circle.database.reading() as session:
        row = session.exec(
            select(CircleTurnChild).where(CircleTurnChild.turn_id == turn.id, CircleTurnChild.child_id == bimbo)
        ).one()
    assert (row.comes, row.off_why, row.left_at is not None) == (True, "", True)
