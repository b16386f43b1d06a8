"""Two at the same moment, step by step: the second waits for the first, and goes by what the first left."""

from civic_centers.circles import actions
from civic_centers.circles.rules import NotNow
from community.moderation.actions import block
from community.moderation.policies import Blocked
from foundation.errors import Refused, Stale
from tests.civic_centers.circles.stage import CircleStage
from tests.waiting import Waiting


def test_of_two_second_adults_one_comes(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    with circle.database.writing() as session:
        actions.come_too(session, circle.cast.bashir.actor, turn.id)
        other = Waiting(lambda: circle.do(actions.come_too, "chiara", turn.id))
        assert other.waits()
    assert other.answer() is NotNow
    assert circle.turn(turn.id).second_id == circle.cast.bashir.id


def test_two_adults_of_a_family_do_not_overwrite_what_is_known_of_a_child(circle: CircleStage) -> None:
    child_id = circle.child_row("chiara").id
    with circle.database.writing() as session:
        actions.write_notes(session, circle.cast.chiara.actor, child_id, "Noci", "")
        other = Waiting(lambda: circle.do(actions.write_notes, "chiara", child_id, "Niente", ""))
        assert other.waits()
    assert other.answer() is Stale
    assert circle.child_row("chiara").first_aid == "Noci"


def test_a_swap_is_answered_once(circle: CircleStage) -> None:
    circle.rota()
    hers, his = circle.turn_of("anna"), circle.turn_of("bashir")
    swap_id = circle.do(actions.propose_swap, "anna", hers.id, his.id)
    with circle.database.writing() as session:
        actions.answer_swap(session, circle.cast.bashir.actor, swap_id, yes=True)
        other = Waiting(lambda: circle.do(actions.answer_swap, "bashir", swap_id, yes=False))
        assert other.waits()
    assert other.answer() is NotNow
    assert (circle.who_has(hers.id), circle.who_has(his.id)) == ("bashir", "anna")
    assert circle.told("swap_no") == []


def test_a_family_is_asked_in_once(draft: CircleStage) -> None:
    party_id = draft.cast.anna.party.id
    with draft.database.writing() as session:
        actions.invite(session, draft.cast.maker.actor, draft.circle_id, party_id)
        other = Waiting(lambda: draft.do(actions.invite, "maker", draft.circle_id, party_id))
        assert other.waits()
    assert other.answer() is Refused
    assert len(draft.told("invited")) == 1


def test_who_is_being_blocked_is_not_put_together_with_who_blocks(draft: CircleStage) -> None:
    draft.join("anna")
    party_id = draft.cast.bashir.party.id
    with draft.database.writing() as session:
        block(session, draft.cast.bashir.actor, draft.cast.anna.party.id)
        other = Waiting(lambda: draft.do(actions.invite, "maker", draft.circle_id, party_id))
        assert other.waits()
    assert other.answer() is Blocked
