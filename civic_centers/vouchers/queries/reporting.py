"""What a shop reads of its vouchers: how many by month and by week, and never of whom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, func, select

from civic_centers.reckoning.rules import quarter_of
from civic_centers.sponsors.queries import Giver
from civic_centers.sponsors.rules import FEW, rounded
from civic_centers.vouchers.tables import Voucher, VoucherOffer
from community.communities.queries import community_of, today_of
from community.parties.tables import Party
from foundation import clock
from foundation.database import Session

A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Report:
    """Months and the Mondays of weeks, the newest first, each with how many were redeemed and what they are worth.

    A week with fewer than five is not among them: of who came on their own a shop would know when.
    """

    months: tuple[tuple[date, int, int], ...]
    weeks: tuple[tuple[date, int], ...]
    given: int | None
    """How many are in the hands of families and good, rounded down to fives; None for fewer than five: a shop that
    saw one more the day after somebody spoke with a maker would know of whom."""
    redeemed: int
    cents: int


def report_of(session: Session, party_id: int) -> Report:
    """The last year of an organisation, in whole weeks and months. The caller acts for it."""
    zone = _zone_of(session, party_id)
    months: Counter[date] = Counter()
    worth: Counter[date] = Counter()
    weeks: Counter[date] = Counter()
    for at, cents in _redeemed(session, party_id, clock.now() - A_YEAR, None):
        day = clock.local(at, zone).date()
        months[day.replace(day=1)] += 1
        worth[day.replace(day=1)] += cents
        weeks[day - timedelta(days=day.weekday())] += 1
    standing = (
        select(func.count())
        .select_from(Voucher)
        .join(VoucherOffer, col(VoucherOffer.id) == col(Voucher.offer_id))
        .where(
            col(VoucherOffer.party_id) == party_id, col(Voucher.state) == "given", col(Voucher.ends_at) > clock.now()
        )
    )
    return Report(
        tuple((month, months[month], worth[month]) for month in sorted(months, reverse=True)),
        tuple((week, weeks[week]) for week in sorted(weeks, reverse=True) if weeks[week] >= FEW),
        rounded(session.scalar(standing) or 0),
        months.total(),
        worth.total(),
    )


def statement_line(session: Session, party_id: int, year: int) -> list[Mapping[str, object]]:
    """How many vouchers a shop honoured in a year, and what they were worth: for its yearly statement."""
    zone = _zone_of(session, party_id)
    first = clock.start_of_day(date(year, 1, 1), zone)
    found = _redeemed(session, party_id, first, clock.start_of_day(date(year + 1, 1, 1), zone))
    if not found:
        return []
    return [
        {"template": "civic_centers/vouchers/_statement.html", "count": len(found), "cents": sum(c for _at, c in found)}
    ]


def possible_line(session: Session, giver: Giver) -> list[Mapping[str, object]]:
    """How many vouchers were used up to the last quarter that is over, rounded down to fives, and until when the last
    are good.

    For everybody nothing where fewer than five were used, nor of an offer that is out of sight. The statement of a year
    says it on its own.
    """
    if giver.year is not None:
        return []
    zone, today = _zone_of(session, giver.party_id), today_of(session, giver.community_id)
    ours = [col(VoucherOffer.party_id) == giver.party_id]
    if giver.everybody:
        ours.append(col(VoucherOffer.hidden_at).is_(None))
    of_ours = col(Voucher.offer_id).in_(select(col(VoucherOffer.id)).where(*ours))
    over = col(Voucher.ended_at) < clock.start_of_day(quarter_of(today), zone)
    used = select(func.count()).select_from(Voucher).where(of_ours, col(Voucher.state) == "redeemed", over)
    goes_on = (col(VoucherOffer.state) == "accepted", col(VoucherOffer.until_on) >= today)
    until = select(func.max(col(VoucherOffer.until_on))).where(*ours, *goes_on)
    number, good = session.execute(select(used.scalar_subquery(), until.scalar_subquery())).one()
    told = rounded(number)
    if told is None and (giver.everybody or good is None):
        return []
    before = quarter_of(today) - timedelta(days=1)
    template = "civic_centers/vouchers/_possible.html"
    return [{"template": template, "number": told, "before": before, "until": good}]


def _zone_of(session: Session, party_id: int) -> str:
    return community_of(session, session.get_one(Party, party_id).community_id).time_zone


def _redeemed(session: Session, party_id: int, since: datetime, before: datetime | None) -> list[tuple[datetime, int]]:
    statement = (
        select(col(Voucher.ended_at), func.coalesce(col(VoucherOffer.value_cents), 0))
        .join(VoucherOffer, col(VoucherOffer.id) == col(Voucher.offer_id))
        .where(col(VoucherOffer.party_id) == party_id, col(Voucher.state) == "redeemed", col(Voucher.ended_at) >= since)
    )
    if before is not None:
        statement = statement.where(col(Voucher.ended_at) < before)
    return [(at, cents) for at, cents in session.execute(statement) if at is not None]
