"""One's circles, one of them, and its turns, to read and to print."""

from flask import request

from civic_centers.circles.actions.writing import standing
from civic_centers.circles.pages.blueprint import circles
from civic_centers.circles.pages.words import saying
from civic_centers.circles.policies import TAKE_PART, TEND, may_care
from civic_centers.circles.queries.listing import circles_kept, own_circles
from civic_centers.circles.queries.single import rhythms_of_all, view_of
from civic_centers.circles.queries.turns import past_turns, turns_between
from community.conversations.pages import talk_in
from foundation import clock
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires

NEAR = 6


@circles.get("/circles")
@requires(TAKE_PART)
def mine() -> Answer:
    who = actor()
    own = own_circles(reading(), who)
    invited = [circle for circle, family, _at in own if family.state == "invited"]
    return page(
        "civic_centers/circles/mine.html",
        invited=invited,
        rhythms=rhythms_of_all(reading(), [one.id or 0 for one in invited]),
        own=[(circle, at) for circle, family, at in own if family.state == "in"],
        kept=circles_kept(reading(), who),
        may_begin=who.may(TEND) or may_care(reading(), who.community_id, who.must_be_person(), clock.now()),
        **saying(),
    )


@circles.get("/circles/<int:circle_id>")
@requires(TAKE_PART)
def show(circle_id: int) -> Answer:
    view = view_of(reading(), actor(), circle_id)
    if view.mine is not None and view.mine.family.state == "invited" and not view.keeps:
        return redirect_to(".ask_join", circle_id=circle_id)
    stands = standing(reading(), actor(), view.circle.thread_id)
    return page(
        "civic_centers/circles/show.html",
        view=view,
        circle=view.circle,
        turns=turns_between(reading(), circle_id, clock.now())[:NEAR],
        talk=talk_in(view.circle.thread_id, standing=stands) if stands is not None and stands.inside else None,
        **saying(),
    )


@circles.get("/circles/<int:circle_id>/turns")
@requires(TAKE_PART)
def turns(circle_id: int) -> Answer:
    """All turns that stand; `print=1` gives the sheet for the door of the fridge, and for a family without a telephone.

    When, who and whose family: no child, no address, nothing that is written for an emergency.
    """
    view = view_of(reading(), actor(), circle_id)
    _must_be_inside(view.mine is not None and view.mine.family.state == "in", view.keeps)
    coming = turns_between(reading(), circle_id, clock.now())
    if request.args.get("print"):
        held = [line for line in coming if line.turn.state in ("held", "open")]
        return page(
            "civic_centers/circles/sheet.html", circle=view.circle, turns=held, printed_at=clock.now(),
            ours=view.mine.family.id if view.mine is not None else None, **saying(),
        )  # fmt: skip
    return page(
        "civic_centers/circles/turns.html",
        view=view,
        circle=view.circle,
        turns=coming,
        past=past_turns(reading(), circle_id, clock.now()),
        **saying(),
    )


def _must_be_inside(inside: bool, keeps: bool) -> None:
    """Raises Missing for who was only invited."""
    if not (inside or keeps):
        raise Missing()
