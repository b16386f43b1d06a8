"""The one tap of a quiet member, the makers' list, and the settings."""

from flask import Blueprint
from flask_babel import gettext as _

from community.communities.policies import RUN
from community.resting import actions
from community.resting.forms import RestRulesForm
from community.resting.policies import QUIET, REST
from community.resting.queries import open_ask, quiet_ones, rest_of, rest_rules_of
from foundation.errors import Invalid
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing

resting = Blueprint("resting", __name__, url_prefix="/c/<community>")


@resting.get("/still-here")
@requires(REST)
def still_here() -> Answer:
    me = actor().must_be_person()
    return page(
        "community/resting/still_here.html",
        asked=open_ask(reading(), community().id, me),
        rest=rest_of(reading(), community().id, me),
    )


@resting.post("/still-here/<any(fine, rest, leave):words>")
@requires(REST)
def answer(words: str) -> Answer:
    with writing() as session:
        actions.answer(session, actor(), words)
    if words == "leave":
        return redirect_to("leaving.ask")
    if words == "rest":
        say(_("Rest well. Your neighbours do not see you for now; one tap and you are back."))
        return redirect_to(".still_here")
    say(_("Good to have you here."))
    return redirect_to("communities.home")


@resting.get("/quiet")
@requires(QUIET)
def listing() -> Answer:
    return page("community/resting/quiet.html", found=quiet_ones(reading(), actor()))


@resting.post("/quiet/<int:person_id>/<any(fine, rest):words>")
@requires(QUIET)
def heard(person_id: int, words: str) -> Answer:
    with writing() as session:
        actions.answer(session, actor(), words, for_person_id=person_id)
    say(_("Written down."))
    return redirect_to(".listing")


@resting.get("/running/quiet")
@requires(RUN)
def rules() -> Answer:
    return _rules_page(RestRulesForm(obj=rest_rules_of(reading(), community().id)))


@resting.post("/running/quiet")
@requires(RUN)
def keep_rules() -> Answer:
    form = RestRulesForm()
    if not form.validate_on_submit():
        return _rules_page(form, status=422)
    try:
        with writing() as session:
            actions.set_rest_rules(
                session,
                actor(),
                ask_after_months=form.ask_after_months.data or 0,
                rest_after_days=form.rest_after_days.data or 0,
            )
    except Invalid as error:
        form.refuse(error)
        return _rules_page(form, status=422)
    say(_("Kept: it holds from now on."))
    return redirect_to("communities.running")


def _rules_page(form: RestRulesForm, status: int = 200) -> Answer:
    return page("community/resting/rules.html", form=form, status=status)
