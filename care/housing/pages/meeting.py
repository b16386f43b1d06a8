"""Two who know each other: how they are reached, what they agree upon, the sheet to print, an ordinary agreement."""

from flask_babel import gettext as _

from care.housing import actions
from care.housing.actions.meeting import party_across
from care.housing.forms import HandForm, SheetForm
from care.housing.pages.blueprint import housing
from care.housing.pages.doing import done, done_or_said, seen
from care.housing.pages.own import WORDS
from care.housing.policies import ASK
from care.housing.queries.matches import Together
from care.housing.queries.matches import together as together_for
from community.communities.queries import catalogue_of
from exchanges.agreements.forms import category_choices
from exchanges.agreements.rules import Terms
from foundation import clock
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, time_zone
from foundation.web.forms import ActForm


@housing.get("/together/<int:introduction_id>")
@requires(ASK)
def together(introduction_id: int) -> Answer:
    met = together_for(reading(), actor(), introduction_id)
    seen(met.mine.id)
    return page(
        "care/housing/together.html",
        met=met,
        sheet=met.sheets[0] if met.sheets else None,
        form=ActForm(formdata=None),
        mine_yes=_mine_yes(met),
        **WORDS,
    )


@housing.get("/together/<int:introduction_id>/sheet")
@requires(ASK)
def ask_sheet(introduction_id: int) -> Answer:
    met = _open(introduction_id)
    last = met.sheets[0] if met.sheets else None
    known = {**last.terms, "from_on": last.row.from_on, "to_on": last.row.to_on} if last else _from_case(met)
    return _sheet_page(met, SheetForm(formdata=None, seen=last.row.number if last else 0, **known))


@housing.post("/together/<int:introduction_id>/sheet")
@requires(ASK)
def write_sheet(introduction_id: int) -> Answer:
    met = _open(introduction_id)
    form = SheetForm()
    return done(
        form,
        lambda session: actions.write_sheet(
            session,
            actor(),
            introduction_id,
            {name: form[name].data or "" for name in ("conditions", "need_does", "offer_does")},
            from_on=form.from_on.data,
            to_on=form.to_on.data,
            seen=form.seen.data or 0,
        ),
        lambda status: _sheet_page(met, form, status),
        lambda: redirect_to(".together", introduction_id=introduction_id),
    )


@housing.post("/together/<int:introduction_id>/sheet/<int:sheet_number>/yes")
@requires(ASK)
def say_yes(introduction_id: int, sheet_number: int) -> Answer:
    together_for(reading(), actor(), introduction_id)
    return done_or_said(
        ActForm(),
        lambda session: actions.say_yes(session, actor(), introduction_id, sheet_number),
        lambda: redirect_to(".together", introduction_id=introduction_id),
        _("Your yes is written down."),
    )


@housing.get("/together/<int:introduction_id>/print")
@requires(ASK)
def print_sheet(introduction_id: int) -> Answer:
    met = together_for(reading(), actor(), introduction_id)
    if not met.sheets:
        raise Missing()
    seen(met.mine.id)
    names = {met.side: met.me, "offer" if met.side == "need" else "need": met.other}
    return page(
        "care/housing/print.html", met=met, sheet=met.sheets[0], names=names, today=clock.today(time_zone()), **WORDS
    )


@housing.get("/together/<int:introduction_id>/hand")
@requires(ASK)
def ask_hand(introduction_id: int) -> Answer:
    met = _open(introduction_id)
    return _hand_page(met, HandForm(formdata=None))


@housing.post("/together/<int:introduction_id>/hand")
@requires(ASK)
def begin_agreement(introduction_id: int) -> Answer:
    met = _open(introduction_id)
    form = HandForm()
    if form.gift.data:
        form.minutes.data, form.minutes.other_chosen = None, False
    number: list[int] = []

    def act(session: Session) -> None:
        terms = Terms(starts_at=form.starts_at.moment, minutes=form.minutes.data, gift=bool(form.gift.data))
        number.append(
            actions.ask_for_a_hand(
                session,
                actor(),
                introduction_id,
                form.title.data or "",
                form.category.data or 0,
                terms,
            )
        )

    return done(
        form,
        act,
        lambda status: _hand_page(met, form, status),
        lambda: (
            redirect_to("agreements.show", agreement_id=number[0])
            if number
            else redirect_to(".together", introduction_id=introduction_id)
        ),
    )


def _open(introduction_id: int) -> Together:
    met = together_for(reading(), actor(), introduction_id)
    if not met.shows_contacts:
        raise Missing()
    return met


def _mine_yes(met: Together) -> bool:
    if not met.sheets:
        return False
    row = met.sheets[0].row
    return (row.need_yes_at if met.side == "need" else row.offer_yes_at) is not None


def _from_case(met: Together) -> dict[str, object]:
    """A first sheet begins with the days, and the conditions of a deposit: nothing else is carried over."""
    return {"from_on": met.mine.from_on, "to_on": met.mine.to_on, "conditions": met.conditions}


def _sheet_page(met: Together, form: SheetForm, status: int = 200) -> Answer:
    seen(met.mine.id)
    return page("care/housing/sheet.html", met=met, form=form, status=status, **WORDS)


def _hand_page(met: Together, form: HandForm, status: int = 200) -> Answer:
    party_across(reading(), actor(), met.match.id or 0)
    form.category.choices = category_choices(catalogue_of(reading(), community()).branches)
    return page("care/housing/hand.html", met=met, form=form, status=status, **WORDS)
