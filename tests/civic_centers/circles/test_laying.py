"""Turns laid out by the clock on the wall, without holidays and pauses; other days from a day on; the end."""

from datetime import date, time, timedelta

import pytest

from civic_centers.circles import actions
from civic_centers.circles.queries.due import circles_to_roll
from civic_centers.circles.queries.single import pauses_of
from civic_centers.circles.rules import Beat, Full, NotNow
from civic_centers.circles.tables import CareCircle, CirclePause
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid
from tests.cast import Cast
from tests.civic_centers.circles.stage import MONDAY, ROME, CircleStage, at


def days(circle: CircleStage, *states: str) -> list[date]:
    return [turn.day for turn in circle.turns() if not states or turn.state in states]


def test_the_hour_on_the_wall_stays_when_the_clocks_change(circle: CircleStage) -> None:
    for moment in (at(15, month=2), at(14, month=3), at(29, month=3)):
        with clock.at(moment):
            circle.run(actions.roll, circle.circle_id)
            assert circle.run(actions.roll, circle.circle_id) == 0
    walls = {clock.local(turn.starts_at, ROME).time() for turn in circle.turns()}
    assert walls == {time(16, 30)}
    before = next(turn for turn in circle.turns() if turn.day == date(2027, 3, 25))
    after = next(turn for turn in circle.turns() if turn.day == date(2027, 4, 1))
    assert (before.starts_at.hour, after.starts_at.hour) == (15, 14)
    assert date(2027, 3, 29) not in days(circle)  # Easter Monday
    assert date(2027, 4, 26) in days(circle)


def test_a_pause_calls_off_and_its_end_brings_back(circle: CircleStage) -> None:
    circle.rota()
    assert circle.do(actions.pause, "maker", circle.circle_id, date(2027, 1, 18), date(2027, 1, 31)) == 4
    assert ("anna", "circles:paused") in circle.letters()
    with clock.at(at(20)):
        pauses = [one for one in circle_pauses(circle) if one.family_id is None]
        circle.do(actions.end_pause, "maker", circle.circle_id, pauses[0].id)
    open_again = [turn.day for turn in circle.turns() if turn.state == "open"]
    assert open_again[:3] == [date(2027, 1, 21), date(2027, 1, 25), date(2027, 1, 28)]
    with pytest.raises(Invalid):
        circle.do(actions.pause, "maker", circle.circle_id, date(2027, 3, 2), date(2027, 3, 1))
    with pytest.raises(Invalid):
        circle.do(actions.pause, "maker", circle.circle_id, date(2027, 3, 2), date(2028, 3, 1))


def test_where_two_pauses_meet_the_other_still_holds(circle: CircleStage) -> None:
    for first, last in ((18, 25), (25, 31)):
        circle.do(actions.pause, "maker", circle.circle_id, date(2027, 1, first), date(2027, 1, last))
    circle.do(actions.end_pause, "maker", circle.circle_id, circle_pauses(circle)[0].id)
    off = [turn.day.day for turn in circle.turns() if turn.state == "off"]
    assert off == [25, 28]


def test_the_end_of_a_pause_brings_no_days_of_an_old_rhythm_back(circle: CircleStage) -> None:
    circle.do(actions.pause, "maker", circle.circle_id, date(2027, 1, 18), date(2027, 1, 31))
    circle.do(actions.set_rhythm, "maker", circle.circle_id, Beat((2,), time(17), 90, date(2027, 1, 25)))
    circle.do(actions.end_pause, "maker", circle.circle_id, circle_pauses(circle)[0].id)
    stand = [turn.day.day for turn in circle.turns() if turn.state == "open" and turn.day < date(2027, 2, 1)]
    assert stand == [11, 14, 18, 21, 26]


def circle_pauses(circle: CircleStage) -> list[CirclePause]:
    with circle.database.reading() as session:
        return pauses_of(session, circle.circle_id)


def test_other_days_from_a_day_on(circle: CircleStage) -> None:
    circle.rota()
    beat = Beat((2,), time(17), 90, date(2027, 1, 25))
    assert circle.do(actions.set_rhythm, "maker", circle.circle_id, beat) == 9
    assert days(circle, "held") == [date(2027, 1, 11), date(2027, 1, 14), date(2027, 1, 18), date(2027, 1, 21)]
    assert days(circle, "open")[:2] == [date(2027, 1, 26), date(2027, 2, 2)]
    circle.do(actions.set_rhythm, "maker", circle.circle_id, Beat((2,), time(18), 90, date(2027, 1, 25)))
    assert len([turn for turn in circle.turns() if turn.state == "open"]) == 4
    for bad in (
        Beat((), time(17), 90, date(2027, 1, 25)),
        Beat((8,), time(17), 90, date(2027, 1, 25)),
        Beat((1,), time(17), -5, date(2027, 1, 25)),
        Beat((1,), time(17), 90, date(2026, 1, 25)),
        Beat((1,), time(17), 90, date(2027, 1, 25), 10**9),
    ):
        with pytest.raises(Invalid):
            circle.do(actions.set_rhythm, "maker", circle.circle_id, bad)


def test_the_end_tells_all_and_lets_a_running_turn_finish(circle: CircleStage) -> None:
    circle.rota()
    running = circle.turn_of("anna")
    with clock.at(running.starts_at):
        circle.do(actions.note_came, "anna", running.id, circle.child_row("bashir").id)
        with pytest.raises(Invalid):
            circle.do(actions.end_circle, "maker", circle.circle_id, " ")
        assert circle.do(actions.end_circle, "maker", circle.circle_id, "Finita la scuola") == 12
    assert ("elisa", "circles:ended") in circle.letters()
    with clock.at(running.ends_at):
        circle.do(actions.note_left, "anna", running.id, circle.child_row("bashir").id, circle.cast.bashir.name)
        circle.do(actions.tell_minutes, "anna", running.id, 120)
        circle.do(actions.confirm, "bashir", running.id)
    assert circle.turn(running.id).state == "done"
    assert {turn.off_why for turn in circle.turns() if turn.id != running.id} == {"ended"}


def test_at_most_so_many_children(draft: CircleStage) -> None:
    with draft.database.writing() as session:
        row = session.get_one(CareCircle, draft.circle_id)
        row.most_children = 2
        session.add(row)
    for name in ("anna", "bashir", "chiara"):
        draft.join(name)
    draft.do(actions.start_circle, "maker", draft.circle_id)
    assert {len(draft.coming(turn.id)) for turn in draft.turns()} == {2}
    assert len({tuple(draft.coming(turn.id)) for turn in draft.turns()}) == 3
    turn = draft.turns()[0]
    out = next(name for name in ("anna", "bashir", "chiara") if name not in draft.coming(turn.id))
    with pytest.raises(Full):
        draft.do(actions.say_comes, out, turn.id, draft.child_row(out).id, comes=True)
    inside = draft.coming(turn.id)[0]
    draft.do(actions.say_comes, inside, turn.id, draft.child_row(inside).id, comes=False)
    draft.do(actions.say_comes, out, turn.id, draft.child_row(out).id, comes=True)
    assert out in draft.coming(turn.id)


def test_what_fell_out_is_not_taken_on_a_day_of_a_pause(circle: CircleStage) -> None:
    circle.rota()
    for name in ("bashir", "chiara", "dario", "elisa"):
        circle.do(actions.answer_adult, name, circle.circle_id, yes=False)
    turn = circle.turn_of("anna", 1)
    circle.do(actions.give_up, "anna", turn.id)
    assert circle.turn(turn.id).off_why == "nobody"
    circle.do(actions.pause, "maker", circle.circle_id, turn.day, turn.day)
    with pytest.raises(NotNow):
        circle.do(actions.take, "anna", turn.id)
    assert circle.turn(turn.id).off_why == "pause"


def test_a_circle_whose_turns_stand_is_not_laid_out_again(circle: CircleStage) -> None:
    with circle.database.reading() as session:
        assert circles_to_roll(session) == []
    with clock.at(MONDAY + timedelta(days=1)), circle.database.reading() as session:
        assert [number for number, _day in circles_to_roll(session)] == [circle.circle_id]


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 10, 24), 11), (date(2027, 3, 27), 9)],
)
def test_a_night_when_clocks_change_ends_at_the_hour_on_the_wall(
    database: Database, cast: Cast, day: date, hours: int
) -> None:
    """From eight in the evening to six in the morning: one hour more, or one less."""
    with clock.at(at(day.day - 3, month=day.month, year=day.year)):
        circle = CircleStage(database, cast, beat=Beat((6,), time(20), 600, day))
        turn = next(turn for turn in circle.turns() if turn.day == day)
        assert turn.ends_at - turn.starts_at == timedelta(hours=hours)
        assert clock.local(turn.ends_at, ROME).time() == time(6)
        other = next(turn for turn in circle.turns() if turn.day == day + timedelta(days=7))
        assert other.ends_at - other.starts_at == timedelta(hours=10)


def test_an_hour_that_is_not_there_is_the_next_one(database: Database, cast: Cast) -> None:
    with clock.at(at(24, month=3)):
        circle = CircleStage(database, cast, beat=Beat((7,), time(2, 15), 30, date(2027, 3, 28)))
        turn = circle.turns()[0]
        assert clock.local(turn.starts_at, ROME).time() == time(3)
        assert turn.ends_at - turn.starts_at == timedelta(minutes=30)


def test_days_of_a_pause_far_ahead_are_laid_out_once_it_is_over(circle: CircleStage) -> None:
    circle.do(actions.pause, "maker", circle.circle_id, date(2027, 3, 1), date(2027, 3, 7))
    with clock.at(at(15, month=2)):
        circle.run(actions.roll, circle.circle_id)
        assert date(2027, 2, 25) in days(circle)
        assert not [day for day in days(circle) if date(2027, 3, 1) <= day <= date(2027, 3, 7)]
        assert date(2027, 3, 8) in days(circle)
        [pause] = circle_pauses(circle)
        circle.do(actions.end_pause, "maker", circle.circle_id, pause.id)
    assert {date(2027, 3, 1), date(2027, 3, 4)} <= set(days(circle))
