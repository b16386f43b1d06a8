"""For who is looked after, from 14 on: what is kept about them, where it concerns them, who looked, what they say.

They have no account: a code of their own opens the view on this device, for half an hour at a time.
"""

from datetime import datetime, timedelta

from flask import Blueprint
from flask import session as cookie
from flask_babel import gettext as _

from community.dependants import actions
from community.dependants.actions.viewing import LINK
from community.dependants.forms import CodeForm, ObjectForm
from community.dependants.queries import page_of, viewed_as
from community.dependants.rules import TEXT_VERSION, TEXTS
from community.households.forms import AGES
from community.households.tables import Dependant
from community.safeguarding.queries import leads_of
from community.signing_in.actions.attempts import count_attempt
from community.signing_in.pages.coming_in import subjects_for
from community.signing_in.rules import CODE_FROM_ADDRESS, TooManyAttempts
from foundation import clock, tokens
from foundation.errors import Missing
from foundation.web import Answer, community, page, public, reading, redirect_to, say, writing
from foundation.web.forms import ActForm, BaseForm

own_view = Blueprint("own_view", __name__, url_prefix="/c/<community>/own-view")

COOKIE = "own_view"
OPEN_FOR = timedelta(minutes=30)


@own_view.get("/")
@public
def show() -> Answer:
    dependant = _who()
    return _enter(CodeForm()) if dependant is None else _view(dependant)


@own_view.post("/")
@public
def enter() -> Answer:
    form = CodeForm()
    if not form.validate_on_submit():
        return _enter(form, status=422)
    network = {subject: limit for subject, limit in subjects_for("", code=True).items() if limit is CODE_FROM_ADDRESS}
    try:
        with writing() as session:
            count_attempt(session, network)
            found = actions.enter_own_view(session, community().id or 0, form.code.data)
    except TooManyAttempts as error:
        form.refuse(error)
        return _enter(form, status=429)
    if found is None:
        form.code.errors = [_("This code opens nothing. Ask for a new link at home if you have lost it.")]
        return _enter(form, status=422)
    _remember(*found)
    return redirect_to(".show")


@own_view.get("/open/<secret>")
@public
def opening(secret: str) -> Answer:
    found = tokens.look(reading(), LINK, secret)
    if found is None or found.community_id != community().id:
        raise Missing()
    return page("community/dependants/own_opening.html", form=ActForm(), secret=secret)


@own_view.post("/open/<secret>")
@public
def open_it(secret: str) -> Answer:
    with writing() as session:
        dependant_id, token_id, code = actions.open_own_view(session, community().id or 0, secret)
    _remember(dependant_id, token_id)
    return page("community/dependants/own_code.html", code=code)


@own_view.post("/object")
@public
def object_to() -> Answer:
    dependant = _must_be_in()
    form = ObjectForm()
    if not form.validate_on_submit():
        return _view(dependant, form, status=422)
    with writing() as session:
        actions.object_to(session, community().id or 0, dependant.id or 0, form.words.data)
    say(_("Your household reads it. Until they have answered nothing new begins for you."))
    return redirect_to(".show")


@own_view.post("/object/<int:objection_id>/back")
@public
def take_back(objection_id: int) -> Answer:
    dependant = _must_be_in()
    with writing() as session:
        actions.take_objection_back(session, community().id or 0, dependant.id or 0, objection_id)
    say(_("Done."))
    return redirect_to(".show")


@own_view.post("/agree")
@public
def agree() -> Answer:
    return _agree(yes=True)


@own_view.post("/disagree")
@public
def disagree() -> Answer:
    return _agree(yes=False)


@own_view.post("/close")
@public
def close() -> Answer:
    cookie.pop(COOKIE, None)
    say(_("Closed. With your code you come back when you like."))
    return redirect_to(".show")


def _agree(*, yes: bool) -> Answer:
    dependant = _must_be_in()
    with writing() as session:
        actions.agree_oneself(session, community().id or 0, dependant.id or 0, yes=yes)
    say(_("Kept, with the day and the words. You can change it at any time."))
    return redirect_to(".show")


def _remember(dependant_id: int, token_id: int) -> None:
    until = (clock.now() + OPEN_FOR).isoformat()
    cookie[COOKIE] = {"dependant": dependant_id, "code": token_id, "until": until}


def _who() -> Dependant | None:
    """Whose view is open on this device; a code that was taken back ends it at once."""
    kept = cookie.get(COOKIE)
    if not isinstance(kept, dict) or datetime.fromisoformat(kept["until"]) < clock.now():
        return None
    return viewed_as(reading(), community().id or 0, int(kept["dependant"]), int(kept["code"]))


def _must_be_in() -> Dependant:
    dependant = _who()
    if dependant is None:
        raise Missing()
    return dependant


def _enter(form: CodeForm, status: int = 200) -> Answer:
    return page("community/dependants/own_enter.html", form=form, status=status)


def _view(dependant: Dependant, form: BaseForm | None = None, status: int = 200) -> Answer:
    found = page_of(reading(), dependant)
    return page(
        "community/dependants/own.html",
        found=found,
        dependant=dependant,
        grown_up=dependant.age_band in ("adult", "elder"),
        mine=found.own(None),
        texts=TEXTS,
        version=TEXT_VERSION,
        ages=AGES,
        leads=leads_of(reading(), community().id or 0),
        form=form or ObjectForm(formdata=None),
        status=status,
    )
