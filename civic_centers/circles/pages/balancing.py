"""What each family gave and received, and whether turns count as hours."""

from flask import request
from flask_babel import gettext as _

from civic_centers.circles import actions
from civic_centers.circles.pages.acting import tap
from civic_centers.circles.pages.blueprint import circles
from civic_centers.circles.pages.words import saying
from civic_centers.circles.policies import TAKE_PART
from civic_centers.circles.queries.single import view_of
from civic_centers.circles.queries.turns import balances
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, requires


@circles.get("/circles/<int:circle_id>/balance")
@requires(TAKE_PART)
def balance(circle_id: int) -> Answer:
    view = view_of(reading(), actor(), circle_id)
    if not view.keeps and (view.mine is None or view.mine.family.state != "in"):
        raise Missing()
    found = balances(reading(), circle_id)
    rows = [(home, found[home.family.id or 0]) for home in view.inside]
    most = max([60, *(max(one.given, one.received) for _home, one in rows)])
    return page(
        "civic_centers/circles/balance.html", view=view, circle=view.circle, rows=rows, most=most, **saying()
    )  # fmt: skip


@circles.post("/circles/<int:circle_id>/counting")
@requires(TAKE_PART)
def propose_counting(circle_id: int) -> Answer:
    view_of(reading(), actor(), circle_id)
    done = _("Proposed: every family is asked.")
    return tap(actions.propose_counting, done, ".balance", circle_id, circle_id=circle_id)


@circles.post("/circles/<int:circle_id>/counting/<int:counting_id>")
@requires(TAKE_PART)
def vote(circle_id: int, counting_id: int) -> Answer:
    yes = request.form.get("answer") == "yes"
    view = view_of(reading(), actor(), circle_id)
    if view.mine is None:
        raise Missing()
    done = _("Your family’s yes is written down.") if yes else _("Said: it stays with turns, without hours.")
    return tap(
        lambda session, who: actions.vote(session, who, circle_id, counting_id, yes=yes), done, ".balance",
        circle_id=circle_id,
    )  # fmt: skip
