"""What one may agree to, on one page; and who agreed, for who runs the community."""

from flask import Blueprint, request
from flask_babel import gettext as _

from community.consents import actions
from community.consents.policies import READ
from community.consents.queries import own_answers, who_agreed
from foundation.errors import Stale
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, signed_in, writing
from foundation.web.asked import row_number
from foundation.web.formats import explain
from foundation.web.forms import ActForm

consents = Blueprint("consents", __name__, url_prefix="/c/<community>")


@consents.get("/privacy/consents")
@signed_in
def mine() -> Answer:
    return page("community/consents/mine.html", found=own_answers(reading(), actor()))


@consents.post("/privacy/consents/<consent>")
@signed_in
def answer(consent: str) -> Answer:
    form = ActForm()
    if not form.validate_on_submit():
        return page("community/consents/mine.html", found=own_answers(reading(), actor()), status=422)
    given = request.form.get("given") == "yes"
    try:
        with writing() as session:
            actions.answer(
                session, actor(), consent, given=given, version=request.form.get("version", 0, type=row_number)
            )
    except Stale as error:
        say(explain(error), "info")
    else:
        say(
            _("Thank you. You can take it back here at any moment.")
            if given
            else _("Taken back. Nothing else changes.")
        )
    return redirect_to(".mine")


@consents.get("/running/consents")
@requires(READ)
def listing() -> Answer:
    return page("community/consents/listing.html", found=who_agreed(reading(), actor()))
