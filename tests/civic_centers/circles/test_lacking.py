"""A turn that runs and whose adult may not go on: who can help is told at once, and it is shown as needing somebody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.feature import feature
from civic_centers.circles.jobs import care_changed
from civic_centers.circles.queries.turns import view_of_turn
from civic_centers.circles.rules import NotNow
from civic_centers.circles.tables import CircleTurn
from community.moderation.tables import Case, Decision, Limit
from community.safeguarding.rules import NotVerified
from community.safeguarding.tables import CareCheck
from foundation import clock
from foundation.audit.tables import AuditEntry
from tests.civic_centers.circles.stage import CircleStage
from tests.client import Browser, on_sqlite

HELP, HAND = "circles:another_now", "circles:hand_over"


def lapse(circle: CircleStage, name: str) -> None:
    """What was seen of somebody is taken back, and what follows is done."""
    person_id = circle.cast.members[name].id
    with circle.database.writing() as session:
        for row in session.exec(select(CareCheck).where(CareCheck.person_id == person_id)).all():
            row.withdrawn_at = clock.now()
            session.add(row)
        session.flush()
        care_changed(session, circle.cast.community.id, person_id)
    for due in circle.queued("circles.care"):
        circle.run(actions.let_go_of_care, due["turn_id"])


def stop(circle: CircleStage, name: str, what: str) -> None:
    """A decision stops somebody, or keeps them from care."""
    person_id = circle.cast.members[name].id
    with circle.database.writing() as session:
        community, until = circle.cast.community.id, clock.now() + timedelta(days=30)
        case = Case(community_id=community, kind="profile", object_id=person_id, due_at=until)
        session.add(case)
        session.flush()
        about = {"community_id": community, "person_id": person_id, "until": until}
        decision = Decision(case_id=case.id, outcome="limit", reason="r", **about)
        session.add(decision)
        session.flush()
        session.add(Limit(decision_id=decision.id, what=what, **about))
        session.flush()
        hook = "care_stopped" if what == "care" else "member_stopped"
        feature.hooks[hook](session, circle.cast.maker.actor, person_id)


def running(circle: CircleStage) -> CircleTurn:
    """A turn of anna's to which the children of bashir and chiara alone come."""
    circle.rota()
    turn = circle.turn_of("anna")
    for name in circle.coming(turn.id):
        if name not in ("bashir", "chiara"):
            circle.do(actions.say_comes, name, turn.id, circle.child_row(name).id, comes=False)
    assert circle.coming(turn.id) == ["bashir", "chiara"]
    circle.forget_letters()
    return turn


def told(circle: CircleStage, notice: str) -> set[str]:
    return {name for name, said in circle.letters() if said == notice}


def needs(circle: CircleStage, turn: CircleTurn, who: str = "bashir") -> bool:
    with circle.database.reading() as session:
        return view_of_turn(session, circle.cast.members[who].actor, turn.id).line.needs


@pytest.mark.parametrize("what", ["checks", "care", "pause"])
def test_a_turn_that_runs_calls_another_adult(circle: CircleStage, what: str) -> None:
    turn = running(circle)
    with clock.at(turn.starts_at + timedelta(minutes=10)):
        assert not needs(circle, turn)
        if what == "checks":
            lapse(circle, "anna")
        else:
            stop(circle, "anna", what)
        assert needs(circle, turn)
        assert (circle.turn(turn.id).state, circle.who_has(turn.id)) == ("held", "anna")
    assert told(circle, HAND) == {"anna"}
    assert told(circle, HELP) == {"maker", "bashir", "chiara", "dario", "elisa"}


def test_whose_children_come_are_told_though_they_take_no_turns(circle: CircleStage) -> None:
    turn = running(circle)
    for name in ("bashir", "dario"):
        circle.do(actions.answer_adult, name, circle.circle_id, yes=False)
    circle.forget_letters()
    with clock.at(turn.starts_at):
        lapse(circle, "anna")
    assert told(circle, HELP) == {"maker", "bashir", "chiara", "elisa"}


def test_a_child_taken_in_before_the_hour_is_a_turn_that_runs(circle: CircleStage) -> None:
    turn = running(circle)
    with clock.at(turn.starts_at - timedelta(minutes=20)):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("bashir").id)
        lapse(circle, "anna")
        assert needs(circle, turn)
        assert circle.turn(turn.id).state == "held"
    assert "bashir" in told(circle, HELP)


def test_all_are_told_once_however_often_it_is_looked_at(circle: CircleStage) -> None:
    turn = running(circle)
    with clock.at(turn.starts_at):
        lapse(circle, "anna")
        before = circle.letters()
        circle.run(actions.let_go_of_care, turn.id)
        assert circle.letters() == before
    with circle.database.reading() as session:
        lines = session.exec(select(AuditEntry).where(AuditEntry.verb == "lacks")).all()
    assert len(lines) == 1


def test_nothing_is_told_once_all_are_home_or_it_is_over(circle: CircleStage) -> None:
    turn = running(circle)
    with clock.at(turn.starts_at):
        for name in ("bashir", "chiara"):
            circle.do(actions.note_came, "anna", turn.id, circle.child_row(name).id)
            circle.do(actions.note_left, "anna", turn.id, circle.child_row(name).id, circle.cast.members[name].name)
        lapse(circle, "anna")
        assert not needs(circle, turn)
    with clock.at(turn.ends_at):
        stop(circle, "anna", "care")
        assert not needs(circle, turn)
    assert not told(circle, HELP) | told(circle, HAND)


def test_another_adult_comes_and_lets_the_children_go_home(circle: CircleStage) -> None:
    turn = running(circle)
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("bashir").id)
        lapse(circle, "anna")
        with pytest.raises(NotVerified):
            circle.do(actions.come_too, "anna", turn.id)
        circle.do(actions.come_too, "elisa", turn.id)
        assert not needs(circle, turn)
        circle.do(actions.note_left, "elisa", turn.id, circle.child_row("bashir").id, circle.cast.bashir.name)


def test_a_second_adult_who_may_not_go_on_is_told_alone_and_may_be_replaced(circle: CircleStage) -> None:
    turn = running(circle)
    circle.do(actions.come_too, "dario", turn.id)
    with clock.at(turn.starts_at):
        lapse(circle, "dario")
        assert (told(circle, HAND), told(circle, HELP)) == ({"dario"}, set())
        assert not needs(circle, turn)  # anna is there
        lapse(circle, "anna")
        assert needs(circle, turn)
        circle.do(actions.come_too, "elisa", turn.id)
        with pytest.raises(NotNow):
            circle.do(actions.come_too, "chiara", turn.id)
        assert not needs(circle, turn)


@on_sqlite
def test_the_page_says_what_to_do(circle: CircleStage, client_for: Callable[..., Browser]) -> None:
    turn = running(circle)
    here = f"/c/cremona/circles/turns/{turn.id}"
    with clock.at(turn.starts_at):
        lapse(circle, "anna")
        browsers = {name: client_for(circle.cast.members[name]) for name in ("anna", "elisa", "maker")}
        pages = {name: browser.look(here) for name, browser in browsers.items()}
        assert all(page.says("Ora serve un altro adulto") for page in pages.values())
        assert pages["anna"].says("Non lasciare nessuno da solo")
        assert pages["maker"].says("Chiedi a un adulto delle famiglie")
        listed = browsers["maker"].look(f"/c/cremona/circles/{circle.circle_id}/turns")
        assert listed.says("Ora serve un altro adulto")
        done = browsers["elisa"].submit(pages["elisa"], f"/turns/{turn.id}/too")
        assert not done.says("Ora serve un altro adulto")
