"""Telling who acts for a shop, the makers of its zone, and who holds a voucher."""

from civic_centers.vouchers.queries import holders_of
from civic_centers.vouchers.tables import Voucher, VoucherOffer
from community.members.queries import makers_of
from community.notifications.actions import notify
from community.notifications.queries import to_be_told
from community.notifications.rules import Notice
from community.parties.queries import people_of
from foundation.access import Actor
from foundation.database import Session


def tell_shop(session: Session, actor: Actor | None, offer: VoucherOffer, notice: Notice) -> None:
    """Tell the people of the organisation, but for who does it."""
    for person in to_be_told(session, people_of(session, offer.party_id)):
        if person.id not in _doer(actor):
            _tell(session, person.id or 0, offer, notice)


def tell_makers(session: Session, actor: Actor | None, offer: VoucherOffer, notice: Notice) -> None:
    """Tell the makers of the zone, but for those who act for the organisation, who do not decide."""
    theirs = {person.id for person in people_of(session, offer.party_id)}
    for maker in makers_of(session, offer.community_id, offer.zone_id):
        if maker.id not in theirs | _doer(actor):
            _tell(session, maker.id or 0, offer, notice)


def tell_holders(session: Session, voucher: Voucher, notice: Notice, key: str = "", **params: object) -> None:
    """Tell who holds a voucher: the person named and nobody else of their household, or its adults."""
    for person in to_be_told(session, holders_of(session, voucher)):
        notify(
            session,
            person_id=person.id or 0,
            community_id=voucher.community_id,
            notice=notice,
            params=params,
            endpoint="vouchers.show",
            values={"voucher_id": voucher.id},
            key=f"{voucher.id}:{key}",
            matter=f"voucher:{voucher.id}",
        )


def _doer(actor: Actor | None) -> set[int | None]:
    return {actor.person_id, actor.recorder_id} if actor is not None else set()


def _tell(session: Session, person_id: int, offer: VoucherOffer, notice: Notice) -> None:
    notify(
        session,
        person_id=person_id,
        community_id=offer.community_id,
        notice=notice,
        params={},
        endpoint="vouchers.offer",
        values={"offer_id": offer.id},
        key=f"{offer.id}",
        matter=f"voucher_offer:{offer.id}",
    )
