"""Telling families of receipts and of what is open, and makers that somebody asks."""

from collections.abc import Collection, Mapping

from civic_centers.purchasing.rules.bills import in_euro
from civic_centers.reckoning.notices import RECEIPT, TAKEN_BACK
from civic_centers.reckoning.tables import PurseEntry
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import people_of
from foundation.database import Session


def tell_family(
    session: Session,
    community_id: int,
    party_id: int,
    notice: Notice,
    params: Mapping[str, object],
    *,
    endpoint: str = "reckoning.mine",
    values: Mapping[str, object] | None = None,
    key: str,
    but: Collection[int | None] = (),
) -> int:
    """Tell every adult who acts for a household: the purse is of all of them. Says how many were told."""
    return sum(
        notify(
            session,
            person_id=person.id or 0,
            community_id=community_id,
            notice=notice,
            params=notice.taking(params),
            endpoint=endpoint,
            values=values,
            key=key,
            matter=f"purse:{party_id}",
        )
        for person in people_of(session, party_id)
        if person.id not in but
    )


def tell_receipt(session: Session, entry: PurseEntry, party_id: int) -> None:
    """The receipt as a notice: the same words whoever paid it."""
    tell_family(
        session,
        entry.community_id,
        party_id,
        TAKEN_BACK if entry.reverses_id is not None else RECEIPT,
        {"number": f"{entry.receipt_number}/{entry.receipt_year}", "amount": in_euro(entry.cents)},
        endpoint="reckoning.receipt",
        values={"receipt_year": entry.receipt_year, "receipt_number": entry.receipt_number},
        key=f"{entry.id}",
    )
