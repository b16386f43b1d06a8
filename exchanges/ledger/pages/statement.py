"""My time: the balance in words, month by month, every movement; and that the whole sums to zero."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from babel.dates import format_date
from flask import request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from community.parties.tables import Party
from exchanges.agreements.queries.gifts import Gift, count_gifts, latest_gifts
from exchanges.ledger.forms import KIND_WORDS, StatementForm
from exchanges.ledger.pages import wording
from exchanges.ledger.pages.blueprint import ledger
from exchanges.ledger.pages.seals import shown
from exchanges.ledger.policies import GRANT, LIMIT, READ_OWN, may_in_zone, may_read_account, own_parties
from exchanges.ledger.queries.balances import (
    Month,
    balance_of,
    balance_on,
    months_of,
    reserved_for,
    whole_of,
)
from exchanges.ledger.queries.seals import latest_seal
from exchanges.ledger.queries.statement import PAGE, Movement, Wish, statement_of, whole_statement
from exchanges.matching.queries import needs_matching
from foundation import clock
from foundation.errors import Missing
from foundation.web import Answer, actor, community, page, public, reading, requires
from foundation.web.asked import row_number
from foundation.web.formats import day, month, time
from foundation.web.spreadsheets import csv_answer

MONTHS = 6
ON_CHEQUES = "time_cheque"
"""What hours are promised to when they stand on paper."""
FIRST_GIFTS, MOST_GIFTS = 5, 1000


@ledger.get("/c/<community>/time/")
@requires(READ_OWN)
def mine() -> Answer:
    return _statement(actor().must_be_party())


@ledger.get("/c/<community>/time/<int:party_id>")
@requires(READ_OWN)
def statement(party_id: int) -> Answer:
    return _statement(party_id)


@ledger.get("/c/<community>/time/<int:party_id>/print")
@requires(READ_OWN)
def printed(party_id: int) -> Answer:
    party = _readable_party(party_id)
    form = StatementForm(request.args)
    wish = _wish(form) if form.validate() else Wish()
    balance = balance_of(reading(), party_id)
    rows = list(whole_statement(reading(), balance.account.id, wish))
    return page(
        "exchanges/ledger/print.html",
        party=party,
        balance=balance,
        on_cheques=reserved_for(reading(), balance.account.id, ON_CHEQUES) if balance.account.reserved else 0,
        gifts=_gifts_within(party, wish),
        rows=[(each, wording.movement_title(each), wording.movement_way(each)) for each in reversed(rows)],
        form=form,
        seal=shown(latest_seal(reading(), community().id)),
        printed_at=clock.now(),
    )


@ledger.get("/c/<community>/time/<int:party_id>/statement.csv")
@requires(READ_OWN)
def as_csv(party_id: int) -> Answer:
    party = _readable_party(party_id)
    form = StatementForm(request.args)
    wish = _wish(form) if form.validate() else Wish()
    balance = balance_of(reading(), party_id)
    rows = whole_statement(reading(), balance.account.id, wish)
    return csv_answer(_csv_rows(rows), f"reciproca-{party.id}-{clock.today(community().time_zone)}.csv")


@ledger.get("/c/<community>/time/whole")
@public
def whole() -> Answer:
    """Anyone can see that everything given and received sums to zero."""
    return page("exchanges/ledger/whole.html", whole=whole_of(reading(), community().id))


def _statement(party_id: int) -> Answer:
    party = _readable_party(party_id)
    form = StatementForm(request.args)
    status = 200 if form.validate() else 422
    wish = _wish(form) if status == 200 else Wish()
    balance = balance_of(reading(), party_id)
    found = statement_of(reading(), balance.account.id, wish)
    own = party_id in own_parties(actor())
    here = community().time_zone
    counted = count_gifts(reading(), party_id)
    gifts = latest_gifts(reading(), party_id, MOST_GIFTS if "gifts" in request.args else FIRST_GIFTS) if own else []
    more_gifts = own and len(gifts) == FIRST_GIFTS < counted.given + counted.received
    months = months_of(reading(), balance.account.id, here, MONTHS)
    return page(
        "exchanges/ledger/statement.html",
        part="exchanges/ledger/_moves.html",
        party=party,
        own=own,
        balance=balance,
        on_cheques=reserved_for(reading(), balance.account.id, ON_CHEQUES) if balance.account.reserved else 0,
        words=_words(party, balance, own=own),
        advice=wording.balance_advice(balance) if own else "",
        gift_words=wording.gift_words(counted) if own else wording.others_gift_words(counted),
        gifts=gifts,
        more_gifts=more_gifts,
        months=[_chart_month(each) for each in months],
        chart_words=_chart_words(months),
        by_month=_by_month(found[:PAGE], own=own),
        next_url=_next_url(party_id, found),
        form=form,
        asked=_asked(),
        balance_on=_balance_on(form, balance.account.id, here),
        matching=needs_matching(reading(), actor()) if own and balance.account.warned else [],
        may_grant=not own and party.kind != "fund" and may_in_zone(actor(), GRANT, party),
        may_limit=not own and party.kind != "fund" and may_in_zone(actor(), LIMIT, party),
        seal=shown(latest_seal(reading(), community().id)),
        status=status,
    )


def _gifts_within(party: Party, wish: Wish) -> list[Gift]:
    """For the own sheet the gifts of its days, the oldest first."""
    if party.id not in own_parties(actor()):
        return []
    found = latest_gifts(reading(), party.id, MOST_GIFTS)
    return [
        one for one in reversed(found)
        if (wish.since is None or one.at >= wish.since) and (wish.until is None or one.at < wish.until)
    ]  # fmt: skip


def _readable_party(party_id: int) -> Party:
    party = reading().get(Party, party_id)
    if party is None or not may_read_account(actor(), party):
        raise Missing()
    return party


def _words(party: Party, balance: Any, *, own: bool) -> str:
    if party.kind == "fund":
        return wording.fund_words(balance)
    return wording.balance_words(balance) if own else wording.others_balance_words(balance, party.name)


def _wish(form: StatementForm) -> Wish:
    here = community().time_zone
    return Wish(
        since=clock.start_of_day(form.since.data, here) if form.since.data else None,
        until=clock.start_of_day(form.last_day, here) if form.last_day else None,
        kind=form.kind.data or "all",
        before=request.args.get("before", type=row_number),
    )


def _asked() -> dict[str, Any]:
    """What of the form is worth repeating in an address."""
    return {name: request.args[name] for name in ("since", "until", "kind") if request.args.get(name)}


def _next_url(party_id: int, found: list[Movement]) -> str | None:
    if len(found) <= PAGE:
        return None
    return url_for(".statement", party_id=party_id, before=found[PAGE - 1].sequence, **_asked())


def _balance_on(form: StatementForm, account_id: int, here: str) -> tuple[date, int] | None:
    if not form.on.data or form.on.errors:
        return None
    return form.on.data, balance_on(reading(), account_id, clock.start_of_day(form.on.data + timedelta(days=1), here))


def _chart_month(each: Month) -> dict[str, Any]:
    return {
        "label": month_label(each.first),
        "name": month(each.first),
        "given": max(each.given, 0),
        "received": max(each.received, 0),
    }


def _chart_words(months: list[Month]) -> str:
    return _(
        "Hours given and received, from %(first)s to %(last)s",
        first=month(months[0].first),
        last=month(months[-1].first),
    )


def month_label(first: date) -> str:
    """A month in three or four letters."""
    return format_date(first, "MMM", locale=get_locale())


def _by_month(found: list[Movement], *, own: bool) -> list[tuple[str, list[dict[str, Any]]]]:
    """Movements under the name of their month, ready to be shown; one's own with a link to what they come from."""
    here = community().time_zone

    def of_month(movement: Movement) -> date:
        return clock.local(movement.at, here).date().replace(day=1)

    return [
        (month(first), [_shown(movement, own=own) for movement in group]) for first, group in groupby(found, of_month)
    ]


def _shown(movement: Movement, *, own: bool) -> dict[str, Any]:
    return {
        "title": wording.movement_title(movement),
        "way": wording.movement_way(movement),
        "line": wording.movement_line(movement, day(movement.at)),
        "url": wording.movement_url(movement) if own else "",
        "inward": movement.minutes > 0,
        "minutes": abs(movement.minutes),
        "balance_after": movement.balance_after,
    }


# ---------------------------------------------------------------- CSV


def _csv_rows(movements: Iterable[Movement]) -> Iterator[list[object]]:
    yield [
        _("Number"),
        _("Day"),
        _("Time"),
        _("What"),
        _("Kind"),
        _("With"),
        _("Minutes given"),
        _("Minutes received"),
        _("Other minutes in"),
        _("Other minutes out"),
        _("Balance in minutes"),
        _("Recorded by"),
    ]
    here = community().time_zone
    for each in movements:
        wall = clock.local(each.at, here)
        amounts: list[int | str] = ["", "", "", ""]
        amounts[(0 if each.minutes > 0 else 1) + (0 if each.kind == "exchange" else 2)] = abs(each.minutes)
        yield [
            each.sequence,
            wall.date().isoformat(),
            time(each.at),
            wording.movement_title(each),
            str(KIND_WORDS[each.kind]),
            ", ".join(each.with_parties),
            *amounts,
            each.balance_after,
            each.recorded_by,
        ]
