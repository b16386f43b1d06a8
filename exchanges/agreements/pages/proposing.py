"""Answering a post, asking somebody directly, proposing it another way."""

from typing import Any

from flask import redirect, request
from flask_babel import gettext as _

from community.parties.tables import Party
from exchanges.agreements import actions
from exchanges.agreements.forms import HOURS, AskForm, TermsForm, adult_choices
from exchanges.agreements.pages.answering import take_step
from exchanges.agreements.pages.beginning import (
    begun,
    leave_out_what_is_not_asked,
    offer_people_for,
    offer_subjects,
    party_to_ask,
    said_in,
)
from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.policies import TAKE_PART
from exchanges.agreements.queries import AgreementView, open_proposal, view_of
from exchanges.agreements.tables import Agreement
from exchanges.ledger.queries.accounts import account_of
from exchanges.matching.pages.times import Common, address_of, common_for
from exchanges.matching.queries import wanted_of
from exchanges.matching.rules import Wanted
from exchanges.posts.queries import PostView, post_visible_to
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, requires


@agreements.get("/posts/<int:post_id>/answer")
@requires(TAKE_PART)
def ask_terms(post_id: int) -> Answer:
    found = post_visible_to(reading(), actor(), post_id)
    standing = open_proposal(reading(), post_id, actor().must_be_party())
    if standing is not None:
        return redirect_to(".show", agreement_id=standing)
    post = found.post
    if post.rhythm == "weekly" and not request.args and _weekly("weekly_answer", post):
        return redirect(_weekly("weekly_answer", post), code=303)
    common = _times_for(found)
    form = TermsForm(
        starts_at=common.chosen or next((one.starts_at for one in found.upcoming), None),
        **said_in(post),
    )
    return _propose_page(found, form, common=common)


@agreements.post("/posts/<int:post_id>/answer")
@requires(TAKE_PART)
def propose(post_id: int) -> Answer:
    found = post_visible_to(reading(), actor(), post_id)
    form = TermsForm()
    i_give = found.post.kind == "need"
    leave_out_what_is_not_asked(form)

    def deed(session: Session) -> int:
        return actions.propose(
            session,
            actor(),
            post_id,
            form.terms(i_give=i_give),
            words=form.words.data or "",
            request_key=form.request_key.data or "",
        )

    return begun(form, Agreement, deed, shown=_shown, again=lambda: _propose_page(found, form, status=422))


@agreements.get("/members/<int:party_id>/ask")
@requires(TAKE_PART)
def ask_somebody(party_id: int) -> Answer:
    other = party_to_ask(party_id)
    common = _times_with(party_id)
    return _ask_page(other, AskForm(how=HOURS, place="", starts_at=common.chosen), common=common)


@agreements.post("/members/<int:party_id>/ask")
@requires(TAKE_PART)
def ask(party_id: int) -> Answer:
    other = party_to_ask(party_id)
    form = AskForm()
    leave_out_what_is_not_asked(form)

    def deed(session: Session) -> int:
        return actions.ask(
            session,
            actor(),
            party_id,
            form.title.data or "",
            form.category.data or 0,
            form.terms(i_give=False),
            words=form.words.data or "",
            request_key=form.request_key.data or "",
        )

    return begun(form, Agreement, deed, shown=_shown, again=lambda: _ask_page(other, form, status=422))


@agreements.get("/agreements/<int:agreement_id>/counter")
@requires(TAKE_PART)
def ask_other_terms(agreement_id: int) -> Answer:
    view = view_of(reading(), actor(), agreement_id)
    if "counter" not in view.verbs:
        return redirect_to(".show", agreement_id=agreement_id)
    form = TermsForm(version=str(view.agreement.version))
    form.start_from(view.agreement, i_give=view.i_give)
    return _counter_page(view, form)


@agreements.post("/agreements/<int:agreement_id>/counter")
@requires(TAKE_PART)
def counter(agreement_id: int) -> Answer:
    view = view_of(reading(), actor(), agreement_id)
    form = TermsForm()
    leave_out_what_is_not_asked(form)

    def again() -> Answer:
        return _counter_page(view, form, status=422)

    if not form.validate_on_submit():
        return again()
    return take_step(
        agreement_id,
        form,
        lambda session: actions.counter(
            session,
            actor(),
            agreement_id,
            form.seen,
            form.terms(i_give=view.i_give),
            words=form.words.data or "",
        ),
        _("Sent. Now it is the other side's turn."),
        again,
    )


def _shown(agreement_id: int) -> Answer:
    return redirect_to(".show", agreement_id=agreement_id)


def _propose_page(found: PostView, form: TermsForm, status: int = 200, common: Common | None = None) -> Answer:
    offer_people_for(found, form)
    i_give = found.post.kind == "need"
    return page(
        "exchanges/agreements/propose.html",
        status=status,
        found=found,
        form=form,
        i_give=i_give,
        account=None if i_give else account_of(reading(), actor().must_be_party()),
        weekly_url=_weekly("weekly_answer", found.post),
        common=common or _times_for(found),
    )


def _ask_page(other: Party, form: AskForm, status: int = 200, common: Common | None = None) -> Answer:
    offer_subjects(other, form)
    return page(
        "exchanges/agreements/ask.html",
        status=status,
        other=other,
        form=form,
        account=account_of(reading(), actor().must_be_party()),
        weekly_url=_weekly("weekly_ask", other.id),
        common=common or _times_with(other.id or 0),
    )


def _weekly(hook: str, about: Any) -> str:
    """Where the same is proposed for every week; empty where no feature knows of weeks."""
    return next((str(found(about)) for found in registry.hooks(hook)), "")


def _times_for(found: PostView) -> Common:
    """When the reader and who wrote a post both can."""
    wanted = wanted_of(found.post, [one.starts_at for one in found.upcoming])
    return common_for(found.post.party_id, wanted, address_of("agreements.ask_terms", post_id=found.post.id))


def _times_with(party_id: int) -> Common:
    """When the reader and another party both can."""
    return common_for(party_id, Wanted(), address_of("agreements.ask_somebody", party_id=party_id))


def _counter_page(view: AgreementView, form: TermsForm, status: int = 200) -> Answer:
    if view.mine is None:
        raise Missing()
    form.adult.choices = adult_choices(view.people[view.mine])
    offer_seconds(form, view.everybody, about=view.agreement)
    return page("exchanges/agreements/counter.html", status=status, view=view, form=form)
