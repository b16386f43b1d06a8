"""Help that was called for can be given, and who was alarmed hears that it comes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.queries.turns import balances, view_of_turn
from civic_centers.circles.rules import NotNow
from civic_centers.circles.tables import CircleTurn
from community.notifications.tables import CallToMake
from community.parties.tables import Party
from foundation import clock
from foundation.errors import Refused
from tests.civic_centers.circles.stage import CircleStage
from tests.civic_centers.circles.test_attend import demand_a_second_adult
from tests.civic_centers.circles.test_lacking import HELP, lapse, needs, running, told
from tests.client import Browser, on_sqlite

COMES, RELIEVED = "circles:help_comes", "circles:relieved"


def two_there(circle: CircleStage) -> CircleTurn:
    """A turn of anna's to which dario comes too, where the community demands two."""
    turn = running(circle)
    demand_a_second_adult(circle)
    circle.do(actions.come_too, "dario", turn.id)
    circle.forget_letters()
    return turn


def there(circle: CircleStage, turn: CircleTurn) -> tuple[str, str]:
    """Who has a turn, and who comes too."""
    names = {member.id: name for name, member in circle.cast.members.items()}
    row = circle.turn(turn.id)
    return names.get(row.person_id or 0, ""), names.get(row.second_id or 0, "")


def address(circle: CircleStage, turn: CircleTurn, who: str) -> str:
    with circle.database.reading() as session:
        return view_of_turn(session, circle.cast.members[who].actor, turn.id).address


def test_where_two_have_to_be_there_the_second_has_the_turn_and_another_comes(circle: CircleStage) -> None:
    turn = two_there(circle)
    with circle.database.writing() as session:
        for name in ("anna", "dario"):
            session.get_one(Party, circle.cast.members[name].party.id).address = f"Via {name} 1"
    bimbo = circle.child_row("bashir").id
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, bimbo)
        lapse(circle, "anna")
        assert needs(circle, turn)
        circle.do(actions.come_too, "elisa", turn.id)
        assert there(circle, turn) == ("dario", "elisa")
        assert not needs(circle, turn)
        with pytest.raises(NotNow):
            circle.do(actions.come_too, "chiara", turn.id)
        assert address(circle, turn, "elisa") == "Via anna 1"  # the children are there
        circle.do(actions.note_came, "dario", turn.id, circle.child_row("chiara").id)
        for name in ("bashir", "chiara"):
            fetched = circle.cast.members[name].name
            circle.do(actions.note_left, "elisa", turn.id, circle.child_row(name).id, fetched)
    with clock.at(turn.ends_at):
        circle.do(actions.tell_minutes, "dario", turn.id, 120)
        circle.do(actions.confirm, "bashir", turn.id)
        with circle.database.reading() as session:
            found = balances(session, circle.circle_id)
    given = {name: found[circle.families[name]].given_turns for name in ("anna", "bashir", "dario", "elisa")}
    assert given == {"anna": 1, "bashir": 0, "dario": 1, "elisa": 1}


def test_where_both_may_not_go_on_two_come(circle: CircleStage) -> None:
    turn = two_there(circle)
    with clock.at(turn.starts_at):
        lapse(circle, "anna")
        lapse(circle, "dario")
        circle.do(actions.come_too, "elisa", turn.id)
        assert there(circle, turn) == ("anna", "elisa")
        assert needs(circle, turn)
        assert (told(circle, RELIEVED), told(circle, COMES)) == ({"dario"}, set())
        circle.do(actions.come_too, "chiara", turn.id)
        assert there(circle, turn) == ("elisa", "chiara")
        assert not needs(circle, turn)
    assert told(circle, RELIEVED) == {"anna", "dario"}
    assert told(circle, COMES) == {"bashir", "dario", "elisa", "maker"}


def test_who_was_alarmed_hears_once_that_somebody_comes(circle: CircleStage) -> None:
    turn = running(circle)
    with clock.at(turn.starts_at):
        lapse(circle, "anna")
        assert told(circle, HELP) == {"maker", "bashir", "chiara", "dario", "elisa"}
        circle.do(actions.come_too, "elisa", turn.id)
        before = circle.letters()
        circle.do(actions.come_too, "elisa", turn.id)
        assert circle.letters() == before
    assert sorted(name for name, said in before if said == COMES) == ["bashir", "chiara", "dario", "maker"]
    assert [name for name, said in before if said == RELIEVED] == ["anna"]


def test_who_was_not_alarmed_hears_nothing(circle: CircleStage) -> None:
    turn = running(circle)
    circle.do(actions.come_too, "dario", turn.id)
    with clock.at(turn.starts_at):
        lapse(circle, "dario")  # anna is there: nobody is called
        circle.do(actions.come_too, "elisa", turn.id)
    assert (told(circle, RELIEVED), told(circle, COMES)) == ({"dario"}, set())
    assert there(circle, turn) == ("anna", "elisa")


def test_who_has_no_e_mail_is_called_again(circle: CircleStage) -> None:
    turn = running(circle)
    with circle.database.writing() as session:
        person = session.get_one(type(circle.cast.members["bashir"].person), circle.cast.members["bashir"].id)
        person.email = None
        session.add(person)
    with clock.at(turn.starts_at):
        lapse(circle, "anna")
        circle.do(actions.come_too, "elisa", turn.id)
    with circle.database.reading() as session:
        calls = session.exec(select(CallToMake.notice).order_by(CallToMake.id)).all()
    assert [one for one in calls if one in (HELP, COMES)] == [HELP, COMES]


def test_before_a_turn_runs_nobody_is_moved(circle: CircleStage) -> None:
    turn = two_there(circle)
    with clock.at(turn.starts_at - timedelta(hours=3)), pytest.raises(NotNow):
        circle.do(actions.come_too, "elisa", turn.id)
    assert there(circle, turn) == ("anna", "dario")


@on_sqlite
def test_i_come_now_is_shown_to_who_takes_turns_alone(circle: CircleStage, client_for: Callable[..., Browser]) -> None:
    turn = running(circle)
    circle.do(actions.answer_adult, "bashir", circle.circle_id, yes=False)
    with clock.at(turn.starts_at):
        lapse(circle, "anna")
        with pytest.raises(Refused):
            circle.do(actions.come_too, "bashir", turn.id)
        pages = {
            name: client_for(circle.cast.members[name]).look(f"/c/cremona/circles/turns/{turn.id}")
            for name in ("bashir", "elisa")
        }
    assert [name for name, page in pages.items() if page.says("Vengo io")] == ["elisa"]
    assert [name for name, page in pages.items() if page.says("Chiedi a un adulto delle famiglie")] == ["bashir"]


@on_sqlite
def test_where_two_have_to_be_there_the_page_lets_another_come(
    circle: CircleStage, client_for: Callable[..., Browser]
) -> None:
    turn = two_there(circle)
    with clock.at(turn.starts_at):
        lapse(circle, "anna")
        browser = client_for(circle.cast.members["elisa"])
        page = browser.look(f"/c/cremona/circles/turns/{turn.id}")
        assert page.says("Ora serve un altro adulto")
        done = browser.submit(page, f"/turns/{turn.id}/too")
    assert not done.says("Ora serve un altro adulto")
