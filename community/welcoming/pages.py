"""The makers' list of newcomers, and putting one's own first steps away."""

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.welcoming import actions
from community.welcoming.policies import STEP, WELCOME
from community.welcoming.queries import newcomers
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing

welcoming = Blueprint("welcoming", __name__, url_prefix="/c/<community>")

STEP_WORDS = {
    "called": _l("Called"),
    "met": _l("Welcomed in person"),
    "explained": _l("Explained how it works"),
}


@welcoming.get("/newcomers")
@requires(WELCOME)
def listing() -> Answer:
    return page("community/welcoming/newcomers.html", found=newcomers(reading(), actor()), step_words=STEP_WORDS)


@welcoming.post("/newcomers/<int:membership_id>/<any(called, met, explained):step>/<any(done, undone):state>")
@requires(WELCOME)
def tick(membership_id: int, step: str, state: str) -> Answer:
    with writing() as session:
        actions.tick(session, actor(), membership_id, step, done=state == "done")
    return redirect_to(".listing", anchor=f"newcomer-{membership_id}")


@welcoming.post("/first-steps/put-away")
@requires(STEP)
def put_away() -> Answer:
    with writing() as session:
        actions.put_away(session, actor())
    say(_("Put away. Everything is under “Me” whenever you like."))
    return redirect_to("communities.home")
