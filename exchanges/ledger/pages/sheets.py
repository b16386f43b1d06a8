"""The monthly sheets of households without e-mail: choosing the month and the zone, and all of them on paper."""

from datetime import date, timedelta

from flask import request
from flask_babel import gettext as _

from community.zones.queries import zones_of
from exchanges.ledger.forms import first_of
from exchanges.ledger.pages import wording
from exchanges.ledger.pages.blueprint import ledger
from exchanges.ledger.policies import READ_ACCOUNT
from exchanges.ledger.queries.sheets import Sheet, sheets_of
from foundation import clock
from foundation.web import Answer, actor, community, page, reading, requires
from foundation.web.asked import row_number

MONTHS = 6


@ledger.get("/c/<community>/time/sheets")
@requires(READ_ACCOUNT)
def sheets() -> Answer:
    first, found = _asked()
    this = clock.today(community().time_zone).replace(day=1)
    months = [this]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    within = actor().zones_for(READ_ACCOUNT)
    zones = [zone for zone in zones_of(reading(), community().id) if within is None or zone.id in within]
    return page(
        "exchanges/ledger/sheets.html", first=first, months=months, zones=zones, zone_id=_zone(), count=len(found)
    )


@ledger.get("/c/<community>/time/sheets/print")
@requires(READ_ACCOUNT)
def print_sheets() -> Answer:
    first, found = _asked()
    return page(
        "exchanges/ledger/print_sheets.html",
        first=first,
        last=_after(first) - timedelta(days=1),
        sheets=[(one, [_row(one, number) for number in range(len(one.movements))]) for one in found],
        community=community(),
        printed_at=clock.now(),
    )


def _row(sheet: Sheet, number: int) -> dict[str, object]:
    movement = sheet.movements[number]
    return {
        "movement": movement,
        "title": wording.movement_title(movement),
        "way": wording.movement_way(movement),
        "recorded": _("written by %(name)s", name=movement.recorded_by) if movement.recorded_by else "",
    }


def _asked() -> tuple[date, list[Sheet]]:
    """The month asked for, or the one that is over; and its sheets."""
    this = clock.today(community().time_zone).replace(day=1)
    first = first_of(request.args.get("month", "")) or (this - timedelta(days=1)).replace(day=1)
    here = community().time_zone
    begins, ends = (clock.start_of_day(day, here) for day in (first, _after(first)))
    return first, sheets_of(reading(), actor(), begins, ends, _zone())


def _after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _zone() -> int | None:
    return request.args.get("zone", type=row_number)
