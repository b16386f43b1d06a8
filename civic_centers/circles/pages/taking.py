"""One tap: taking a turn, "I can't", no, coming too, and the answer to a swap."""

from flask import request
from flask_babel import gettext as _

from civic_centers.circles import actions
from civic_centers.circles.pages.acting import tap
from civic_centers.circles.pages.blueprint import circles
from civic_centers.circles.policies import TAKE_PART
from civic_centers.circles.queries.turns import view_of_turn
from civic_centers.circles.tables import CircleSwap, CircleTurn
from foundation.errors import Missing
from foundation.web import Answer, actor, reading, requires
from foundation.web.state import database


@circles.post("/circles/turns/<int:turn_id>/take")
@requires(TAKE_PART)
def take(turn_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    return tap(actions.take, _("The turn is yours: thank you!"), ".turn", turn_id, turn_id=turn_id)


@circles.post("/circles/turns/<int:turn_id>/cannot")
@requires(TAKE_PART)
def cannot(turn_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)

    def done() -> str:
        with database().reading() as session:
            fell_out = session.get_one(CircleTurn, turn_id).state == "off"
        if fell_out:
            return _("Thank you for saying so. Nobody else could take it, so it does not take place: all are told.")
        return _("Thank you for saying so: the turn is open, and others are asked. If you can, propose a swap.")

    return tap(actions.give_up, done, ".turn", turn_id, turn_id=turn_id)


@circles.post("/circles/turns/<int:turn_id>/substitute")
@requires(TAKE_PART)
def substitute(turn_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    return tap(actions.look_for_substitute, _("Others are asked now."), ".turn", turn_id, turn_id=turn_id)


@circles.post("/circles/turns/<int:turn_id>/no")
@requires(TAKE_PART)
def say_no(turn_id: int) -> Answer:
    view = view_of_turn(reading(), actor(), turn_id)
    done = _("That is fine: we ask somebody else, and you no more for this one.")
    return tap(actions.say_no, done, ".show", turn_id, circle_id=view.circle.id)


@circles.post("/circles/turns/<int:turn_id>/too")
@requires(TAKE_PART)
def come_too(turn_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    return tap(actions.come_too, _("You come too: thank you!"), ".turn", turn_id, turn_id=turn_id)


@circles.post("/circles/turns/<int:turn_id>/not-too")
@requires(TAKE_PART)
def come_not_too(turn_id: int) -> Answer:
    view_of_turn(reading(), actor(), turn_id)
    return tap(actions.come_not_too, _("Said."), ".turn", turn_id, turn_id=turn_id)


@circles.post("/circles/swaps/<int:swap_id>/answer")
@requires(TAKE_PART)
def answer_swap(swap_id: int) -> Answer:
    yes = request.form.get("answer") == "yes"
    row = reading().get(CircleSwap, swap_id)
    if row is None or row.community_id != actor().community_id or row.to_id != actor().person_id:
        raise Missing()
    done = _("Swapped.") if yes else _("Said.")
    return tap(
        lambda session, who: actions.answer_swap(session, who, swap_id, yes=yes), done, ".turn", turn_id=row.turn_id
    )


@circles.post("/circles/turns/<int:turn_id>/hours")
@requires(TAKE_PART)
def post_again(turn_id: int) -> Answer:
    """What the ledger refused is tried again, or left by turns alone."""
    view = view_of_turn(reading(), actor(), turn_id)
    if not view.keeps:
        raise Missing()
    move = request.form.get("move") == "yes"
    return tap(lambda session, who: actions.post_again(session, who, turn_id, move=move), "", ".turn", turn_id=turn_id)
