"""Answering a post, asking somebody directly, proposing it another way."""

from collections.abc import Callable
from typing import Any

from flask import redirect, request
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.parties.queries import party_visible_to, people_of
from community.parties.tables import Party
from exchanges.agreements import actions
from exchanges.agreements.forms import HOURS, MINE, THEIRS, AskForm, TermsForm, adult_choices, category_choices
from exchanges.agreements.pages.answering import take_step
from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.pages.sections import asked_next
from exchanges.agreements.policies import TAKE_PART
from exchanges.agreements.queries import AgreementView, open_proposal, view_of
from exchanges.agreements.tables import Agreement
from exchanges.ledger.queries.accounts import account_of
from exchanges.matching.pages.times import Common, address_of, common_for
from exchanges.matching.queries import wanted_of
from exchanges.matching.rules import Wanted
from exchanges.posts.queries import PostView, post_visible_to
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing

HERE_AND_THERE = {"mine": THEIRS, "theirs": MINE, "somewhere": "somewhere", "remote": "remote"}
"""A post's place, seen by who answers: at the author's home is at theirs."""


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
        how="gift" if post.gift else HOURS,
        minutes=post.minutes,
        adult=actor().person_id,
        place=HERE_AND_THERE.get(post.place, ""),
        place_words=post.place_words if post.place == "somewhere" else "",
        expense=post.expense_cents or None,
        expense_words=post.expense_words,
    )
    return _propose_page(found, form, common=common)


@agreements.post("/posts/<int:post_id>/answer")
@requires(TAKE_PART)
def propose(post_id: int) -> Answer:
    found = post_visible_to(reading(), actor(), post_id)
    form = TermsForm()
    i_give = found.post.kind == "need"
    _leave_out_what_is_not_asked(form)

    def deed(session: Session) -> int:
        return actions.propose(
            session,
            actor(),
            post_id,
            form.terms(i_give=i_give),
            words=form.words.data or "",
            request_key=form.request_key.data or "",
        )

    return _begin(form, deed, lambda: _propose_page(found, form, status=422))


@agreements.get("/members/<int:party_id>/ask")
@requires(TAKE_PART)
def ask_somebody(party_id: int) -> Answer:
    other = _other(party_id)
    common = _times_with(party_id)
    return _ask_page(other, AskForm(how=HOURS, place="", starts_at=common.chosen), common=common)


@agreements.post("/members/<int:party_id>/ask")
@requires(TAKE_PART)
def ask(party_id: int) -> Answer:
    other = _other(party_id)
    form = AskForm()
    _leave_out_what_is_not_asked(form)

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

    return _begin(form, deed, lambda: _ask_page(other, form, status=422))


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
    _leave_out_what_is_not_asked(form)

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


def _begin(form: TermsForm, deed: Callable[[Session], int], again: Callable[[], Answer]) -> Answer:
    """Send a first proposal and show the agreement it became."""
    if not form.validate_on_submit():
        return again()
    try:
        with writing() as session:
            agreement_id = deed(session)
            more = asked_next(session, actor(), session.get_one(Agreement, agreement_id).thread_id)
    except DomainError as error:
        if isinstance(error, Missing):
            raise
        form.refuse(error)
        return again()
    say(_("Sent. It is not a commitment until the other side says yes."))
    return redirect(more, code=303) if more else redirect_to(".show", agreement_id=agreement_id)


def _leave_out_what_is_not_asked(form: TermsForm) -> None:
    """A gift asks for no minutes: what its field says is not looked at."""
    if form.how.data == "gift":
        form.minutes.data, form.minutes.other_chosen = None, False


def _other(party_id: int) -> Party:
    party = party_visible_to(reading(), actor(), party_id)
    if party.kind == "fund" or party_id in actor().party_ids:
        raise Missing()
    return party


def _propose_page(found: PostView, form: TermsForm, status: int = 200, common: Common | None = None) -> Answer:
    if found.party is None:
        raise Missing()
    i_give = found.post.kind == "need"
    mine = people_of(reading(), actor().must_be_party())
    form.adult.choices = adult_choices(mine)
    offer_seconds(form, [*mine, *people_of(reading(), found.post.party_id)], category_id=found.post.category_id or 0)
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
    form.category.choices = category_choices(catalogue_of(reading(), community()).branches)
    mine = people_of(reading(), actor().must_be_party())
    offer_seconds(form, [*mine, *people_of(reading(), other.id or 0)])
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
