"""The way in, and one's own needs and offers. Each page has a quick way out, and the telephone keeps none."""

from typing import Any

from flask_babel import gettext as _

from care.housing import actions
from care.housing.forms import PaperForm, SayForm, SendForm
from care.housing.forms.words import (
    ANSWER_WORDS,
    BAND_WORDS,
    ICONS,
    KIND_WORDS,
    MATCH_WORDS,
    OUTCOME_WORDS,
    REACH_WORDS,
    SECTION_WORDS,
    SIDE_WORDS,
    STATE_WORDS,
    STEP_WORDS,
)
from care.housing.pages.blueprint import housing
from care.housing.pages.doing import done, done_or_said, seen
from care.housing.policies import ASK
from care.housing.queries.cases import own_cases, own_view
from care.housing.queries.matches import known_matches, questions_for
from care.housing.rules.cases import LANGUAGES, steps_of
from foundation.web import Answer, actor, page, reading, redirect_to, requires
from foundation.web.forms import ActForm, BaseForm

WORDS: dict[str, Any] = {
    "side_words": SIDE_WORDS,
    "kind_words": KIND_WORDS,
    "state_words": STATE_WORDS,
    "reach_words": REACH_WORDS,
    "outcome_words": OUTCOME_WORDS,
    "band_words": BAND_WORDS,
    "step_words": STEP_WORDS,
    "answer_words": ANSWER_WORDS,
    "match_words": MATCH_WORDS,
    "section_words": SECTION_WORDS,
    "languages": LANGUAGES,
    "icons": ICONS,
}


@housing.get("/")
@requires(ASK)
def home() -> Answer:
    """Ask or offer, and what one asked for and offered."""
    cases = own_cases(reading(), actor())
    return page("care/housing/home.html", cases=cases, **WORDS)


@housing.get("/<int:housing_id>")
@requires(ASK)
def show(housing_id: int) -> Answer:
    return own_page(housing_id)


@housing.post("/<int:housing_id>/withdraw")
@requires(ASK)
def withdraw(housing_id: int) -> Answer:
    own_view(reading(), actor(), housing_id)
    return done_or_said(
        ActForm(),
        lambda session: actions.withdraw(session, actor(), housing_id),
        lambda: redirect_to(".home"),
        _("Withdrawn. Nobody is asked about it any more."),
    )


@housing.post("/<int:housing_id>/discard")
@requires(ASK)
def discard(housing_id: int) -> Answer:
    own_view(reading(), actor(), housing_id)
    return done_or_said(
        ActForm(),
        lambda session: actions.discard(session, actor(), housing_id),
        lambda: redirect_to(".home"),
        _("Thrown away. Nobody has read it."),
    )


@housing.post("/<int:housing_id>/moved")
@requires(ASK)
def agree_to_move(housing_id: int) -> Answer:
    own_view(reading(), actor(), housing_id)
    return done_or_said(
        ActForm(),
        lambda session: actions.agree_to_move(session, actor(), housing_id),
        lambda: redirect_to(".show", housing_id=housing_id),
        _("The desk of where you live now reads it."),
    )


@housing.post("/<int:housing_id>/say")
@requires(ASK)
def say_more(housing_id: int) -> Answer:
    own_view(reading(), actor(), housing_id)
    form = SayForm(prefix="say-")
    return done(
        form,
        lambda session: actions.say_to_desk(session, actor(), housing_id, form.words.data or ""),
        lambda status: own_page(housing_id, say=form, status=status),
        lambda: redirect_to(".show", housing_id=housing_id),
    )


@housing.post("/<int:housing_id>/papers")
@requires(ASK)
def add_paper(housing_id: int) -> Answer:
    own_view(reading(), actor(), housing_id)
    form = PaperForm(prefix="paper-")
    return done(
        form,
        lambda session: actions.add_paper(session, actor(), housing_id, form.words.data or "", form.due_on.data),
        lambda status: own_page(housing_id, paper=form, status=status),
        lambda: redirect_to(".show", housing_id=housing_id),
    )


@housing.post("/<int:housing_id>/papers/<int:paper_id>/<any(there, missing):paper_state>")
@requires(ASK)
def tick_paper(housing_id: int, paper_id: int, paper_state: str) -> Answer:
    own_view(reading(), actor(), housing_id)
    return done_or_said(
        ActForm(),
        lambda session: actions.tick_paper(session, actor(), housing_id, paper_id, done=paper_state == "there"),
        lambda: redirect_to(".show", housing_id=housing_id),
        _("Written down."),
    )


def own_page(
    housing_id: int,
    *,
    say: BaseForm | None = None,
    paper: BaseForm | None = None,
    send: BaseForm | None = None,
    status: int = 200,
) -> Answer:
    """The page of one's own, with whichever form came back."""
    view = own_view(reading(), actor(), housing_id)
    seen(housing_id)
    return page(
        "care/housing/show.html",
        view=view,
        case=view.case,
        told=view.told,
        steps=steps_of(view.case.kind, view.case.side),
        asked=questions_for(reading(), actor(), housing_id),
        known=known_matches(reading(), housing_id),
        say_form=say or SayForm(formdata=None, prefix="say-"),
        paper_form=paper or PaperForm(formdata=None, prefix="paper-"),
        send_form=send or SendForm(formdata=None),
        act=ActForm(formdata=None),
        on_behalf=actor().is_on_behalf,
        status=status,
        **WORDS,
    )
