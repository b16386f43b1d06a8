"""The pages of a concern: whom to call first, telling of it, and the leads' own. Each has a quick way out."""

from flask import Blueprint
from flask_babel import gettext as _

from community.concerns import actions
from community.concerns.forms import REACH_WORDS, CloseForm, ConcernForm, WriteForm
from community.concerns.policies import TELL, is_lead
from community.concerns.queries import Opened, concerns_for, leads_apart, leads_who_read, open_concern, own_concerns
from foundation import audit
from foundation.errors import Invalid, Missing, Stale
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.forms import BaseForm
from foundation.web.state import database

concerns = Blueprint("concerns", __name__, url_prefix="/c/<community>/help-me")


@concerns.get("/")
@requires(TELL)
def ask() -> Answer:
    return _ask_page(ConcernForm())


@concerns.post("/")
@requires(TELL)
def tell() -> Answer:
    return _tell("", 0)


@concerns.get("/about/<kind>/<int:object_id>")
@requires(TELL)
def ask_about(kind: str, object_id: int) -> Answer:
    _parties_of(kind, object_id)
    return _ask_page(ConcernForm(), kind, object_id)


@concerns.post("/about/<kind>/<int:object_id>")
@requires(TELL)
def tell_about(kind: str, object_id: int) -> Answer:
    return _tell(kind, object_id)


@concerns.get("/list")
@requires(TELL)
def listing() -> Answer:
    """What one told of, and for a lead what others did: without words, which only their page shows."""
    lead = is_lead(reading(), actor())
    return page(
        "community/concerns/list.html",
        own=own_concerns(reading(), actor()),
        lead=lead,
        found=concerns_for(reading(), actor()) if lead else [],
    )


@concerns.get("/<int:concern_id>")
@requires(TELL)
def show(concern_id: int) -> Answer:
    return _page(concern_id)


@concerns.post("/<int:concern_id>/write")
@requires(TELL)
def write(concern_id: int) -> Answer:
    form = WriteForm(prefix="write-")
    if not form.validate_on_submit():
        return _page(concern_id, write=form, status=422)
    with writing() as session:
        actions.write(session, actor(), concern_id, form.words.data)
    say(_("Sent."))
    return redirect_to(".show", concern_id=concern_id)


@concerns.post("/<int:concern_id>/close")
@requires(TELL)
def close(concern_id: int) -> Answer:
    form = CloseForm(prefix="close-")
    if not form.validate_on_submit():
        return _page(concern_id, close=form, status=422)
    with writing() as session:
        actions.close(session, actor(), concern_id, form.words.data)
    say(_("Closed."))
    return redirect_to(".listing")


def _tell(kind: str, object_id: int) -> Answer:
    form = ConcernForm()
    party_ids = _parties_of(kind, object_id) if kind else ()
    if not form.validate_on_submit():
        return _ask_page(form, kind, object_id, status=422)
    try:
        with writing() as session:
            concern_id = actions.tell(
                session,
                actor(),
                form.words.data,
                reach=form.reach.data,
                reach_words=form.reach_words.data or "",
                kind=kind,
                object_id=object_id or None,
                party_ids=party_ids,
                request_key=form.request_key.data or "",
            )
    except (Invalid, Stale) as error:
        form.refuse(error)
        return _ask_page(form, kind, object_id, status=error.status)
    return redirect_to(".show", concern_id=concern_id)


def _parties_of(kind: str, object_id: int) -> tuple[int, ...]:
    """The parties of what a concern is about. Raises Missing where the actor takes no part in it."""
    for find in registry.hooks("concern_about"):
        found: tuple[int, ...] | None = find(reading(), actor(), kind, object_id)
        if found is not None:
            return found
    raise Missing()


def _about(opened: Opened) -> str:
    """What a concern is about, where a feature has words for it."""
    concern = opened.concern
    for say_it in registry.hooks("concern_words") if concern.object_id is not None else ():
        said: str | None = say_it(reading(), concern.kind, concern.object_id)
        if said is not None:
            return said
    return ""


def _ask_page(form: ConcernForm, kind: str = "", object_id: int = 0, status: int = 200) -> Answer:
    party_ids = _parties_of(kind, object_id) if kind else ()
    return page(
        "community/concerns/ask.html",
        form=form,
        kind=kind,
        object_id=object_id,
        leads=leads_apart(reading(), community().id, actor().recorder_id, party_ids),
        status=status,
    )


def _page(
    concern_id: int, *, write: BaseForm | None = None, close: BaseForm | None = None, status: int = 200
) -> Answer:
    opened = open_concern(reading(), actor(), concern_id)
    if opened.as_lead:
        audit.looked(database(), actor(), "concern", concern_id)
    return page(
        "community/concerns/show.html",
        opened=opened,
        concern=opened.concern,
        about=_about(opened) if opened.as_lead else "",
        leads=leads_who_read(reading(), opened.concern),
        reach_words=REACH_WORDS,
        write=write or WriteForm(formdata=None, prefix="write-"),
        close=close or CloseForm(formdata=None, prefix="close-"),
        status=status,
    )
