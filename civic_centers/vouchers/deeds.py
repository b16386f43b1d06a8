"""What the record says of vouchers: by number alone, never for whom nor why."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col

from civic_centers.vouchers.tables import Voucher, VoucherOffer
from community.deeds.policies import in_zones, is_myself, is_own_party, through
from community.moderation.policies import own_ids
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _offers_read_by(actor: Actor, offer_id: Any) -> ColumnElement[bool]:
    zone = col(VoucherOffer.zone_id)
    here = (col(VoucherOffer.id) == offer_id, col(VoucherOffer.community_id) == actor.community_id)
    return exists().where(*here, or_(zone.is_(None), in_zones(actor, zone)))


def _read_by(actor: Actor, voucher_id: Any) -> ColumnElement[bool]:
    """Makers of the zone of the shop, but for who acts for it: from names in the record it would learn who they are."""
    zone = col(VoucherOffer.zone_id)
    return exists().where(
        col(Voucher.id) == voucher_id,
        col(Voucher.community_id) == actor.community_id,
        col(VoucherOffer.id) == col(Voucher.offer_id),
        or_(zone.is_(None), in_zones(actor, zone)),
        col(VoucherOffer.party_id).not_in(sorted(own_ids(actor))),
    )


DEEDS = (
    DeedKind(
        kind="voucher_offer",
        words=N_("Offer of vouchers"),
        verbs={
            "offered": N_("Vouchers offered by an organisation"),
            "wrote_down": N_("Vouchers written down by a maker, with the yes of the organisation"),
            "accepted": N_("Vouchers accepted"),
            "declined": N_("Vouchers declined"),
            "withdrew": N_("Vouchers taken back by the organisation"),
            "ended": N_("No more vouchers of an offer"),
            "hid": N_("Offer of vouchers taken out of sight"),
            "showed_again": N_("Offer of vouchers shown again"),
        },
        read_by=_offers_read_by,
        concerning=through(VoucherOffer.id, is_own_party, VoucherOffer.party_id),
        told=("offered", "wrote_down", "accepted", "declined", "withdrew", "ended", "hid", "showed_again"),
        unnamed=("hid", "showed_again"),
    ),
    DeedKind(
        kind="voucher",
        words=N_("Voucher"),
        verbs={
            "gave": N_("Voucher given"),
            "redeemed": N_("Voucher redeemed at the shop"),
            "undid": N_("Redeeming undone at the shop"),
            "expired": N_("Voucher over"),
            "called_back": N_("Voucher called back"),
        },
        read_by=_read_by,
        concerning=through(Voucher.id, is_myself, Voucher.person_id),
        told=("gave", "redeemed", "undid", "expired", "called_back"),
    ),
)
