"""Who hears of what becomes of a circle: neither one too few, nor who did it themselves."""

from datetime import timedelta

from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.tables import CirclePause
from community.dependants.actions import withdraw_consent
from community.parties.tables import PartyMember
from foundation import clock
from tests.civic_centers.circles.stage import NAMES, CircleStage

OTHERS = ["bashir", "chiara", "dario", "elisa"]


def heard(circle: CircleStage, notice: str) -> list[str]:
    """Who was told it since the last look."""
    names = sorted(name for name, _letter in circle.told(notice))
    circle.forget_letters()
    return names


def test_of_a_family_that_is_asked_comes_in_and_leaves(draft: CircleStage) -> None:
    circle, number = draft, draft.circle_id
    circle.join("anna")
    circle.forget_letters()
    asked = circle.do(actions.invite, "anna", number, circle.cast.bashir.party.id).id
    assert circle.told("invited") == []
    assert heard(circle, "asked") == ["maker"]
    circle.do(actions.answer_asked, "maker", number, asked, yes=True)
    assert heard(circle, "invited") == ["bashir"]
    circle.do(actions.decline, "bashir", number)
    assert heard(circle, "said_no") == ["maker"]
    asked = circle.do(actions.invite, "anna", number, circle.cast.bashir.party.id).id
    circle.do(actions.answer_asked, "maker", number, asked, yes=False)
    assert heard(circle, "not_this_time") == ["anna"]
    circle.do(actions.invite, "maker", number, circle.cast.chiara.party.id)
    assert heard(circle, "invited") == ["chiara"]
    circle.do(actions.join, "chiara", number, agreed=True)
    assert heard(circle, "came_in") == ["anna"]
    circle.join("bashir")
    circle.forget_letters()
    circle.do(actions.leave, "bashir", number)
    assert heard(circle, "left") == ["anna", "chiara", "maker"]


def test_of_adults_put_down_and_of_hours(circle: CircleStage) -> None:
    with circle.database.writing() as session:
        session.add(PartyMember(party_id=circle.cast.anna.party.id, person_id=circle.cast.dario.id))
    circle.do(actions.put_adult_down, "anna", circle.circle_id, circle.cast.dario.id)
    assert heard(circle, "put_down") == ["dario"]
    circle.do(actions.take_adult_off, "anna", circle.circle_id, circle.cast.dario.id)
    counting = circle.do(actions.propose_counting, "anna", circle.circle_id).id
    assert heard(circle, "proposed") == OTHERS
    for name in NAMES:
        circle.do(actions.vote, name, circle.circle_id, counting, yes=True)
    assert heard(circle, "agreed") == sorted(NAMES)
    circle.do(actions.vote, "elisa", circle.circle_id, counting, yes=False)
    assert heard(circle, "by_turns") == ["anna", "bashir", "chiara", "dario"]
    circle.do(actions.propose_counting, "maker", circle.circle_id)
    circle.forget_letters()
    circle.do(actions.leave, "elisa", circle.circle_id)
    assert heard(circle, "asked_anew") == ["anna", "bashir", "chiara", "dario"]
    circle.join("elisa")
    assert heard(circle, "asked_anew") == sorted(NAMES)


def test_of_the_rota_of_pauses_and_of_a_consent_that_is_absent(circle: CircleStage) -> None:
    circle.rota()
    assert sorted(set(heard(circle, "yours_many"))) == sorted(NAMES)
    turn = circle.turn_of("anna")
    circle.do(actions.give_up, "anna", turn.id)
    circle.do(actions.come_too, "bashir", turn.id)
    circle.do(actions.pause, "maker", circle.circle_id, turn.day, turn.day)
    assert heard(circle, "paused") == sorted(NAMES)
    with circle.database.reading() as session:
        pause_id = session.exec(select(CirclePause.id)).one()
    circle.do(actions.end_pause, "maker", circle.circle_id, pause_id)
    assert heard(circle, "pause_over") == sorted(NAMES)
    assert circle.rota() == 1
    assert heard(circle, "yours") == [circle.who_has(turn.id)]
    circle.do(withdraw_consent, "chiara", circle.children["chiara"])
    circle.run(actions.look_at_consent, circle.children["chiara"])
    assert heard(circle, "consent") == ["chiara"]


def test_of_a_correction(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    circle.hold(turn)
    circle.forget_letters()
    with clock.at(turn.ends_at + timedelta(hours=1)):
        circle.do(actions.correct, "maker", turn.id, 60, "Un’ora sola")
    assert heard(circle, "corrected") == sorted(NAMES)
