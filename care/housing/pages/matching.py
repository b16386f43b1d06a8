"""The desk brings two together, and sees how far it has come. Every look is recorded."""

from typing import Any

from flask_babel import gettext as _

from care.housing import actions
from care.housing.forms import DayForm, MatchForm, MoneyForm, SayForm
from care.housing.pages.blueprint import housing
from care.housing.pages.doing import done, done_or_said
from care.housing.pages.own import WORDS
from care.housing.policies import MEDIATE
from care.housing.queries.cases import KIND as CASE
from care.housing.queries.cases import view_at_desk
from care.housing.queries.matches import (
    match_at_desk,
    money_of,
    view_of_match,
    wish_of,
)
from care.housing.rules.fitting import fit
from foundation import audit
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires
from foundation.web.fields import choices
from foundation.web.forms import ActForm, BaseForm
from foundation.web.state import database


@housing.get("/desk/<int:housing_id>/with/<int:across_id>")
@requires(MEDIATE)
def ask_match(housing_id: int, across_id: int) -> Answer:
    return _match_page(housing_id, across_id, None)


@housing.post("/desk/<int:housing_id>/with/<int:across_id>")
@requires(MEDIATE)
def propose(housing_id: int, across_id: int) -> Answer:
    form = MatchForm()
    view_at_desk(reading(), actor(), across_id)
    form.first_side.choices = _sides()
    number: list[int] = []

    def act(session: Any) -> None:
        match = actions.propose(
            session,
            actor(),
            housing_id,
            across_id,
            first_side=form.first_side.data,
            words=form.words.data or "",
            days=form.days.data or 0,
        )
        number.append(match.id or 0)

    return done(
        form,
        act,
        lambda status: _match_page(housing_id, across_id, form, status),
        lambda: (
            redirect_to(".introduction", introduction_id=number[0])
            if number
            else redirect_to(".case", housing_id=housing_id)
        ),
    )


@housing.get("/desk/introduction/<int:introduction_id>")
@requires(MEDIATE)
def introduction(introduction_id: int) -> Answer:
    return _page(introduction_id)


@housing.post("/desk/introduction/<int:introduction_id>/second")
@requires(MEDIATE)
def ask_second(introduction_id: int) -> Answer:
    match_at_desk(reading(), actor(), introduction_id)
    form = SayForm(prefix="second-")
    return done(
        form,
        lambda session: actions.ask_second(session, actor(), introduction_id, form.words.data or ""),
        lambda status: _page(introduction_id, second=form, status=status),
        lambda: redirect_to(".introduction", introduction_id=introduction_id),
    )


@housing.post("/desk/introduction/<int:introduction_id>/call-off")
@requires(MEDIATE)
def call_off(introduction_id: int) -> Answer:
    match_at_desk(reading(), actor(), introduction_id)
    return done_or_said(
        ActForm(),
        lambda session: actions.call_off(session, actor(), introduction_id),
        lambda: redirect_to(".introduction", introduction_id=introduction_id),
        _("Over. Whoever had been asked hears only that it did not go on."),
    )


@housing.post("/desk/introduction/<int:introduction_id>/euro")
@requires(MEDIATE)
def promise(introduction_id: int) -> Answer:
    match_at_desk(reading(), actor(), introduction_id)
    form = MoneyForm(prefix="euro-")
    return done(
        form,
        lambda session: actions.promise(session, actor(), introduction_id, form.amount.data, form.promised_on.data),
        lambda status: _page(introduction_id, euro=form, status=status),
        lambda: redirect_to(".introduction", introduction_id=introduction_id),
    )


@housing.post("/desk/introduction/<int:introduction_id>/euro/<int:money_id>/<any(given, returned):money_state>")
@requires(MEDIATE)
def note_money(introduction_id: int, money_id: int, money_state: str) -> Answer:
    match_at_desk(reading(), actor(), introduction_id)
    if money_id not in {one.id for one in money_of(reading(), introduction_id)}:
        raise Missing()
    form = DayForm(prefix=f"day-{money_id}-")
    act = actions.note_given if money_state == "given" else actions.note_returned
    return done(
        form,
        lambda session: act(session, actor(), money_id, form.day.data),
        lambda status: _page(introduction_id, days={money_id: form}, status=status),
        lambda: redirect_to(".introduction", introduction_id=introduction_id),
    )


def _page(
    introduction_id: int,
    *,
    second: BaseForm | None = None,
    euro: BaseForm | None = None,
    days: dict[int, BaseForm] | None = None,
    status: int = 200,
) -> Answer:
    view = view_of_match(reading(), actor(), introduction_id)
    for case in view.cases.values():
        audit.looked(database(), actor(), CASE, case.id or 0)
    forms: dict[int, BaseForm] = {one.id or 0: DayForm(formdata=None, prefix=f"day-{one.id}-") for one in view.money}
    return page(
        "care/housing/introduction.html",
        view=view,
        match=view.match,
        second_form=second or SayForm(formdata=None, prefix="second-"),
        euro_form=euro or MoneyForm(formdata=None, prefix="euro-"),
        day_forms=forms | (days or {}),
        act=ActForm(formdata=None),
        status=status,
        **WORDS,
    )


def _sides() -> Any:
    return choices({"need": _("Who asks for help"), "offer": _("Who can help")})


def _match_page(housing_id: int, across_id: int, form: MatchForm | None, status: int = 200) -> Answer:
    one, two = view_at_desk(reading(), actor(), housing_id), view_at_desk(reading(), actor(), across_id)
    if one.case.side == two.case.side or one.case.kind != two.case.kind:
        raise Missing()
    for view in (one, two):
        audit.looked(database(), actor(), CASE, view.case.id or 0)
    need, offer = (one, two) if one.case.side == "need" else (two, one)
    form = form or MatchForm(formdata=None, first_side="need")
    form.first_side.choices = _sides()
    return page(
        "care/housing/match.html",
        need=need,
        offer=offer,
        from_id=housing_id,
        across_id=across_id,
        fit=fit(wish_of(need.case), wish_of(offer.case)),
        form=form,
        status=status,
        **WORDS,
    )
