"""What makers do with hours: read all movements, grant from the fund, undo, set limits."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.parties.queries import fund_of
from community.parties.tables import Party
from exchanges.ledger import actions
from exchanges.ledger.forms import KIND_WORDS, GrantForm, LimitsForm, MovementsForm, ReverseForm, first_of
from exchanges.ledger.pages.blueprint import ledger
from exchanges.ledger.policies import GRANT, LIMIT, READ_ALL, REVERSE, must_reach
from exchanges.ledger.queries.accounts import AccountState, account_of
from exchanges.ledger.queries.movements import (
    PAGE,
    CommunityMovement,
    MovementsWish,
    all_movements,
    movement_of,
    movements_of,
    to_undo,
)
from foundation import clock
from foundation.errors import DomainError, Invalid, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.formats import hours, time
from foundation.web.spreadsheets import csv_answer


@ledger.get("/c/<community>/movements/")
@requires(READ_ALL)
def movements() -> Answer:
    form = _form()
    right = form.validate()
    first = _month(form)
    found = movements_of(reading(), community().id, _wish(form)) if right else []
    return page(
        "exchanges/ledger/movements.html",
        part="exchanges/ledger/_movements.html",
        form=form,
        first=first,
        movements=found[:PAGE],
        to_undo=to_undo(reading(), actor(), found[:PAGE]),
        kinds=KIND_WORDS,
        next_url=_next_url(found),
        asked=_asked(),
        earlier=(first - timedelta(days=1)).strftime("%Y-%m"),
        later=_later(first),
        status=200 if right else 422,
    )


@ledger.get("/c/<community>/movements/movements.csv")
@requires(READ_ALL)
def movements_csv() -> Answer:
    form = _form()
    if not form.validate():
        raise Missing()
    found = all_movements(reading(), community().id, _wish(form))
    return csv_answer(_csv_rows(found), f"reciproca-{community().slug}-{_month(form):%Y-%m}.csv")


@ledger.get("/c/<community>/movements/<int:transfer_id>/reverse")
@requires(REVERSE)
def ask_to_reverse(transfer_id: int) -> Answer:
    actions.transfer_to_reverse(reading(), actor(), transfer_id)
    return _reverse_page(ReverseForm(), transfer_id)


@ledger.post("/c/<community>/movements/<int:transfer_id>/reverse")
@requires(REVERSE)
def reverse(transfer_id: int) -> Answer:
    form = ReverseForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                actions.reverse(
                    session,
                    actor(),
                    transfer_id,
                    reason=form.reason.data or "",
                    request_key=f"undo:{actor().person_id}:{form.request_key.data}",
                )
        except Invalid as error:
            form.refuse(error)
        else:
            say(_("Undone: the hours are back where they were."))
            return redirect_to(".movements")
    actions.transfer_to_reverse(reading(), actor(), transfer_id)
    return _reverse_page(form, transfer_id, status=422)


@ledger.get("/c/<community>/time/<int:party_id>/grant")
@requires(GRANT)
def ask_to_grant(party_id: int) -> Answer:
    return _grant_page(GrantForm(), _party(party_id))


@ledger.post("/c/<community>/time/<int:party_id>/grant")
@requires(GRANT)
def grant(party_id: int) -> Answer:
    form, party = GrantForm(), _party(party_id)
    if form.validate_on_submit():
        try:
            with writing() as session:
                actions.grant_from_fund(
                    session,
                    actor(),
                    party_id,
                    form.minutes.data or 0,
                    reason=form.reason.data or "",
                    request_key=f"grant:{actor().person_id}:{form.request_key.data}",
                )
        except Missing:
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            say(_("%(name)s has %(hours)s more.", name=party.name, hours=hours(form.minutes.data or 0)))
            return redirect_to(".statement", party_id=party_id)
    return _grant_page(form, party, status=422)


@ledger.get("/c/<community>/time/<int:party_id>/limits")
@requires(LIMIT)
def ask_for_limits(party_id: int) -> Answer:
    party = _party(party_id, limits=True)
    return _limits_page(LimitsForm(data=_hours_of(account_of(reading(), party_id))), party)


@ledger.post("/c/<community>/time/<int:party_id>/limits")
@requires(LIMIT)
def set_limits(party_id: int) -> Answer:
    form, party = LimitsForm(), _party(party_id, limits=True)
    if form.validate_on_submit():
        try:
            with writing() as session:
                actions.set_limits(
                    session,
                    actor(),
                    party_id,
                    floor=_minutes(form.floor.data, -60),
                    soft_floor=_minutes(form.soft_floor.data, -60),
                    ceiling=_minutes(form.ceiling.data, 60),
                    reason=form.reason.data or "",
                )
        except Missing:
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            say(_("The limits of %(name)s are set.", name=party.name))
            return redirect_to(".statement", party_id=party_id)
    return _limits_page(form, party, status=422)


def _party(party_id: int, *, limits: bool = False) -> Party:
    party = reading().get(Party, party_id)
    if party is None or party.kind == "fund":
        raise Missing()
    must_reach(actor(), LIMIT if limits else GRANT, party)
    return party


def _reverse_page(form: ReverseForm, transfer_id: int, status: int = 200) -> Answer:
    return page(
        "exchanges/ledger/reverse.html",
        form=form,
        movement=movement_of(reading(), community().id, transfer_id),
        kinds=KIND_WORDS,
        status=status,
    )


def _grant_page(form: GrantForm, party: Party, status: int = 200) -> Answer:
    fund = fund_of(reading(), community().id)
    return page(
        "exchanges/ledger/grant.html",
        form=form,
        party=party,
        fund=account_of(reading(), fund.id or 0),
        status=status,
    )


def _limits_page(form: LimitsForm, party: Party, status: int = 200) -> Answer:
    return page("exchanges/ledger/limits.html", form=form, party=party, status=status)


def _hours_of(account: AccountState) -> dict[str, int | None]:
    """The limits in force, in whole hours, as the form shows them."""
    return {
        "floor": -account.floor // 60,
        "soft_floor": -account.soft_floor // 60,
        "ceiling": None if account.ceiling is None else account.ceiling // 60,
    }


def _minutes(whole_hours: int | None, factor: int) -> int | None:
    return None if whole_hours is None else whole_hours * factor


def _form() -> MovementsForm:
    zones = [(zone.id or 0, zone.name) for zone in catalogue_of(reading(), community()).zones]
    return MovementsForm(zones, request.args)


def _month(form: MovementsForm) -> date:
    """The first day of the month asked for; of this month where none was."""
    return first_of(form.month.data or "") or clock.today(community().time_zone).replace(day=1)


def _wish(form: MovementsForm) -> MovementsWish:
    here = community().time_zone
    first = _month(form)
    return MovementsWish(
        since=clock.start_of_day(first, here),
        until=clock.start_of_day((first + timedelta(days=31)).replace(day=1), here),
        kind=form.kind.data or "",
        zone_id=form.zone.data,
        before=_before(),
    )


def _before() -> tuple[datetime, int] | None:
    before = request.args.get("before", type=row_number)
    if before is None:
        return None
    return movement_of(reading(), community().id, before).at, before


def _asked() -> dict[str, Any]:
    return {name: request.args[name] for name in ("month", "kind", "zone") if request.args.get(name)}


def _next_url(found: list[CommunityMovement]) -> str | None:
    return url_for(".movements", before=found[PAGE - 1].id, **_asked()) if len(found) > PAGE else None


def _later(first: date) -> str:
    """The month after, or nothing when it has not come yet."""
    after = (first + timedelta(days=31)).replace(day=1)
    return after.strftime("%Y-%m") if after <= clock.today(community().time_zone) else ""


def _csv_rows(found: Iterable[CommunityMovement]) -> Iterator[list[object]]:
    """A line for each side of a transfer."""
    yield [
        _("Transfer"),
        _("Day"),
        _("Time"),
        _("What"),
        _("Kind"),
        _("Who"),
        _("Minutes given"),
        _("Minutes received"),
        _("Recorded by"),
        _("Undoes"),
    ]
    here = community().time_zone
    for each in found:
        wall = clock.local(each.at, here)
        for side in each.sides:
            yield [
                each.id,
                wall.date().isoformat(),
                time(each.at),
                each.memo,
                str(KIND_WORDS[each.kind]),
                side.name or _("Issue account"),
                side.minutes if side.minutes > 0 else "",
                -side.minutes if side.minutes < 0 else "",
                each.recorded_by,
                each.reverses_id or "",
            ]
