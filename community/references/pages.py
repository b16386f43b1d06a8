"""Asking for a reference, answering by the link, weighing the answers. Each look at the answers is recorded."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from community.members.queries import members_list, membership_of, person_of
from community.references import actions
from community.references.forms import AnswerForm, WeighForm
from community.references.queries import request_behind, request_to_weigh
from community.references.rules import Answers
from community.safeguarding.policies import VERIFY, must_verify
from foundation import audit
from foundation.errors import DomainError, Invalid, Missing
from foundation.web import Answer, actor, community, page, public, reading, redirect_to, requires, say, writing
from foundation.web.formats import explain
from foundation.web.state import database

references = Blueprint("references", __name__, url_prefix="/c/<community>")


@references.get("/people/<int:person_id>/references/ask")
@requires(VERIFY)
def ask_whom(person_id: int) -> Answer:
    return _ask_page(person_id)


@references.post("/people/<int:person_id>/references/ask/<int:party_id>")
@requires(VERIFY)
def ask(person_id: int, party_id: int) -> Answer:
    try:
        with writing() as session:
            secret = actions.ask(session, actor(), person_id, party_id)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "sole")
        return redirect_to(".ask_whom", person_id=person_id)
    if secret is not None:
        return redirect_to(".hand_over", person_id=person_id, secret=secret)
    say(_("Asked: they find three short questions in their mail."))
    return redirect_to("safeguarding.show", person_id=person_id)


@references.get("/people/<int:person_id>/references/link/<secret>")
@requires(VERIFY)
def hand_over(person_id: int, secret: str) -> Answer:
    """Who was asked has no e-mail: the maker hands the link over."""
    asked = request_behind(reading(), community().id, secret)
    if asked is None or asked.person.id != person_id:
        raise Missing()
    request_to_weigh(reading(), actor(), asked.request.id or 0)
    address = url_for(".answer", secret=secret, _external=True)
    return page("community/references/hand_over.html", asked=asked, address=address)


@references.get("/reference/<secret>")
@public
def answer(secret: str) -> Answer:
    return _answer_page(secret, AnswerForm())


@references.post("/reference/<secret>")
@public
def keep_answer(secret: str) -> Answer:
    form = AnswerForm()
    if not form.validate_on_submit():
        return _answer_page(secret, form, status=422)
    answers = Answers(form.name.data, form.since_when.data, form.would_entrust.data, form.to_know.data or "")
    try:
        with writing() as session:
            actions.answer(session, community().id, secret, answers)
    except Invalid as error:
        form.refuse(error)
        return _answer_page(secret, form, status=422)
    return page("community/references/thanks.html")


@references.get("/references/<int:request_id>")
@requires(VERIFY)
def show(request_id: int) -> Answer:
    return _request_page(request_id, WeighForm())


@references.post("/references/<int:request_id>/weigh")
@requires(VERIFY)
def weigh(request_id: int) -> Answer:
    form = WeighForm()
    if not form.validate_on_submit():
        return _request_page(request_id, form, status=422)
    with writing() as session:
        actions.weigh(session, actor(), request_id, accept=form.decision.data == "yes", reason=form.reason.data)
    say(_("Decided."))
    return redirect_to("safeguarding.show", person_id=request_to_weigh(reading(), actor(), request_id).person.id)


@references.post("/references/<int:request_id>/withdraw")
@requires(VERIFY)
def withdraw(request_id: int) -> Answer:
    with writing() as session:
        actions.withdraw(session, actor(), request_id)
    say(_("Taken back: the link no longer works."))
    return redirect_to("safeguarding.show", person_id=request_to_weigh(reading(), actor(), request_id).person.id)


def _ask_page(person_id: int) -> Answer:
    membership = membership_of(reading(), community().id, person_id)
    if membership is None:
        raise Missing()
    must_verify(reading(), actor(), membership)
    words = request.args.get("q", "").replace("\x00", "")[:100]
    found = members_list(reading(), actor(), words=words).members if words else []
    return page("community/references/ask.html", person=person_of(reading(), person_id), words=words, found=found)


def _answer_page(secret: str, form: AnswerForm, status: int = 200) -> Answer:
    asked = request_behind(reading(), community().id, secret)
    if asked is None:
        raise Missing()
    return page("community/references/answer.html", asked=asked, form=form, secret=secret, status=status)


def _request_page(request_id: int, form: WeighForm, status: int = 200) -> Answer:
    asked = request_to_weigh(reading(), actor(), request_id)
    if asked.request.answered_at is not None:
        audit.looked(database(), actor(), "reference_request", request_id, person_id=asked.person.id)
    return page("community/references/show.html", asked=asked, form=form, status=status)
