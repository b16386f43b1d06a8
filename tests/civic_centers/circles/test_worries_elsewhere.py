"""Who lives in another household since a turn: what they are asked of it, and what they may tell of it."""

from dataclasses import replace

import pytest

from civic_centers.circles import actions
from civic_centers.circles.queries.worries import parties_about
from foundation import clock
from foundation.errors import Missing
from tests.cast import Member
from tests.civic_centers.circles.stage import CircleStage
from tests.civic_centers.circles.test_worries import KIND, asked, asked_of, begun


def elsewhere(circle: CircleStage, name: str) -> Member:
    """Somebody who lives in a household by now that is in no circle."""
    party, member = circle.cast.administrator.party, circle.cast.members[name]
    return Member(member.person, party, replace(member.actor, party_id=party.id, party_ids=(party.id,)))


def test_a_second_adult_with_their_own_child_alone_is_asked_as_its_parent_only(circle: CircleStage) -> None:
    """Who lives elsewhere since then looked after no child but what was their own."""
    circle.rota()
    turn = circle.turn_of("anna")
    circle.do(actions.come_too, "bashir", turn.id)
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("bashir").id)
    with clock.at(turn.ends_at):
        assert asked(circle) == {"anna": [turn.id], "bashir": [turn.id]}
        assert asked_of(circle, elsewhere(circle, "bashir").actor) == []


def test_who_had_a_turn_tells_a_worry_of_it_from_another_household_too(circle: CircleStage) -> None:
    turn = begun(circle, "bashir")
    with clock.at(turn.ends_at):
        homes = {circle.cast.members[name].party.id for name in ("anna", "bashir")}
        assert set(circle.do(parties_about, elsewhere(circle, "anna"), KIND, turn.id)) == homes
        with pytest.raises(Missing):
            circle.do(parties_about, elsewhere(circle, "bashir"), KIND, turn.id)
