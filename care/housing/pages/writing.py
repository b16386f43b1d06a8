"""Writing what one asks for or offers: what it is about, then a page a thing, then sending it."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from care.housing import actions
from care.housing.forms import (
    AmountForm,
    KindForm,
    ReachForm,
    ReadersForm,
    SendForm,
    StepForm,
    TermsForm,
    WhatForm,
    WhenForm,
    who_form,
)
from care.housing.pages.blueprint import housing
from care.housing.pages.doing import done, once, seen
from care.housing.pages.own import WORDS, own_page
from care.housing.policies import ASK
from care.housing.queries.cases import CaseView, desk_of, kept_from, own_view, people_called
from care.housing.rules.cases import LANGUAGES, LIVE, steps_of
from foundation.errors import DomainError, Missing
from foundation.once import made, number_made, remember
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say
from foundation.web.fields import choices

FORMS: dict[str, Callable[..., StepForm]] = {
    "what": WhatForm,
    "when": WhenForm,
    "who": who_form,
    "terms": TermsForm,
    "amount": AmountForm,
    "reach": ReachForm,
    "readers": ReadersForm,
}


@housing.get("/new/<any(need, offer):housing_side>")
@requires(ASK)
def choose_kind(housing_side: str) -> Answer:
    return _kind_page(housing_side, KindForm(formdata=None))


@housing.post("/new/<any(need, offer):housing_side>")
@requires(ASK)
def begin(housing_side: str) -> Answer:
    form = KindForm()
    number: list[int] = []

    def act(session: Any) -> None:
        number.append(actions.begin(session, actor(), housing_side, form.kind.data).id or 0)
        remember(session, form.request_key.data or "", person_id(), made("housing_case", number[0]))

    if not form.validate_on_submit():
        return _kind_page(housing_side, form, 422)
    try:
        once(form, act)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _kind_page(housing_side, form, error.status)
    case_id = number[0] if number else number_made(reading(), form.request_key.data or "", person_id(), "housing_case")
    return redirect_to(".edit", housing_id=case_id, section="what")


@housing.get("/<int:housing_id>/<any(what, when, who, terms, amount, reach, readers):section>")
@requires(ASK)
def edit(housing_id: int, section: str) -> Answer:
    view = _written(housing_id, section)
    return _step_page(view, section, _form(view, section, fresh=True))


@housing.post("/<int:housing_id>/<any(what, when, who, terms, amount, reach, readers):section>")
@requires(ASK)
def keep(housing_id: int, section: str) -> Answer:
    view = _written(housing_id, section)
    form = _form(view, section)
    version = form.version.data if isinstance(form.version.data, int) else 0
    return done(
        form,
        lambda session: actions.save_step(session, actor(), housing_id, section, form.said(), version=version),
        lambda status: _step_page(view, section, form, status),
        lambda: _next(view, section),
    )


@housing.post("/<int:housing_id>/send")
@requires(ASK)
def send(housing_id: int) -> Answer:
    form = SendForm()
    own_view(reading(), actor(), housing_id)
    answer = done(
        form,
        lambda session: actions.send(session, actor(), housing_id, agreed=bool(form.agreed.data)),
        lambda status: own_page(housing_id, send=form, status=status),
        lambda: redirect_to(".show", housing_id=housing_id),
    )
    if answer.status_code == 303 or answer.status_code == 302:
        say(_("Sent to the desk. Only those whose names stand here read it."))
    return answer


def _written(housing_id: int, section: str) -> CaseView:
    view = own_view(reading(), actor(), housing_id)
    # Who reads it is said also of what is over: somebody may come to the desk who must not.
    is_over = view.case.state not in ("draft", *LIVE)
    if section not in steps_of(view.case.kind, view.case.side) or (is_over and section != "readers"):
        raise Missing()
    return view


def _form(view: CaseView, section: str, *, fresh: bool = False) -> StepForm:
    """The form of a page, filled with what is known; `fresh` where nothing was typed."""
    case, told = view.case, view.told
    left_out = kept_from(reading(), case) if section == "readers" else set()
    known: dict[str, dict[str, Any]] = {
        "what": {"words": told.words, "place": told.place},
        "when": {"from_on": case.from_on, "to_on": case.to_on},
        "who": {"bands": told.bands},
        "terms": {"conditions": told.conditions},
        "amount": {"amount": case.amount_cents},
        "reach": {"reach": case.reach, "reach_words": told.reach_words, "language": case.language},
        "readers": {"excluded": sorted(left_out), "is_wide": case.is_wide},
    }
    more: dict[str, Any] = {"formdata": None} if fresh else {}
    form = FORMS[section](**known[section], version=case.version, **more)
    if isinstance(form, ReachForm):
        form.language.choices = choices(LANGUAGES)
    if isinstance(form, ReadersForm):
        desk = desk_of(reading(), actor().community_id, actor().must_be_person())
        # Who is not at the desk now may be again: they stay left out.
        desk += people_called(reading(), left_out - {one.id for one in desk})
        form.excluded.choices = choices((str(one.id), one.name) for one in desk)
    return form


def _next(view: CaseView, section: str) -> Answer:
    """On to the next page while it is being written; back to the whole where it was sent."""
    steps = steps_of(view.case.kind, view.case.side)
    at = steps.index(section)
    if view.case.state == "draft" and at + 1 < len(steps):
        return redirect_to(".edit", housing_id=view.case.id, section=steps[at + 1])
    if view.case.state != "draft":
        say(_("Changed."))
    return redirect_to(".show", housing_id=view.case.id)


def _kind_page(side: str, form: KindForm, status: int = 200) -> Answer:
    return page("care/housing/kind.html", side=side, form=form, status=status, **WORDS)


def _step_page(view: CaseView, section: str, form: StepForm, status: int = 200) -> Answer:
    steps = steps_of(view.case.kind, view.case.side)
    seen(view.case.id)
    return page(
        "care/housing/step.html",
        view=view,
        case=view.case,
        section=section,
        number=steps.index(section) + 1,
        total=len(steps),
        before=steps[steps.index(section) - 1] if section != steps[0] else "",
        form=form,
        status=status,
        **WORDS,
    )
