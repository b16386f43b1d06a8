"""Who gives vouchers, who sees who holds one, and who redeems."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, func, select

from civic_centers.sponsors.policies import DECIDE, of_zones
from civic_centers.vouchers.tables import Voucher, VoucherOffer
from community.moderation.policies import own_ids
from community.parties.tables import Party
from foundation.access import Actor


def offers_seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on VoucherOffer that the actor may look at it: the organisation, and makers; of what is only
    offered those of the zone."""
    here = col(VoucherOffer.community_id) == actor.community_id
    own = col(VoucherOffer.party_id).in_(sorted(own_ids(actor)))
    makes = actor.may(DECIDE) and not actor.is_on_behalf
    running = col(VoucherOffer.state).in_(("accepted", "ended")) if makes else col(VoucherOffer.id).is_(None)
    return here & or_(own, running, of_zones(actor, col(VoucherOffer.zone_id)))


def offers_decided_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on VoucherOffer that the actor says yes or no as a maker: never for an organisation of theirs."""
    here = col(VoucherOffer.community_id) == actor.community_id
    others = col(VoucherOffer.party_id).not_in(sorted(own_ids(actor)))
    return here & others & of_zones(actor, col(VoucherOffer.zone_id))


def held_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Voucher that the actor holds it: the person named, or every adult where nobody is."""
    here = col(Voucher.community_id) == actor.community_id
    if actor.person_id is None:
        return here & col(Voucher.id).is_(None)
    theirs = col(Voucher.person_id).is_(None) & col(Voucher.party_id).in_(sorted(own_ids(actor)))
    return here & or_(col(Voucher.person_id) == actor.person_id, theirs)


def looked_after_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Voucher that the actor sees who holds it, and may call it back: a maker of the zone of the
    household, or of the shop. Never who acts for the shop: it does not learn who the families are. Nor who lives with
    who holds it: what is for one person alone is kept from the others of their house, makers or not."""
    here = col(Voucher.community_id) == actor.community_id
    homes = select(col(Party.id)).where(of_zones(actor, col(Party.zone_id)))
    shops = select(col(VoucherOffer.id)).where(of_zones(actor, col(VoucherOffer.zone_id)))
    own = select(col(VoucherOffer.id)).where(col(VoucherOffer.party_id).in_(sorted(own_ids(actor))))
    # Each on its own, for what is asked may join the same tables itself.
    of_home = col(Voucher.party_id).in_(homes.correlate(None))
    of_shop = col(Voucher.offer_id).in_(shops.correlate(None))
    at_home = func.coalesce(col(Voucher.party_id), 0).in_(sorted(own_ids(actor)))
    return here & or_(of_home, of_shop) & col(Voucher.offer_id).not_in(own.correlate(None)) & ~at_home
