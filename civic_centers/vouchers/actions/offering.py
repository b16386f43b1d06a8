"""Offering vouchers, and the makers' yes or no."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from civic_centers.sponsors.policies import OFFER, must_act, must_decide
from civic_centers.sponsors.queries import organisation_to_write_for
from civic_centers.sponsors.rules import LONGEST_REASON, NotNow, SaidYes, check_yes, must_say, tidy
from civic_centers.vouchers.actions.ending import end_vouchers_of
from civic_centers.vouchers.actions.telling import tell_makers, tell_shop
from civic_centers.vouchers.notices import ACCEPTED, DECLINED, ENDED, OFFERED, WITHDRAWN
from civic_centers.vouchers.queries import OFFER_KIND, offer_visible_to
from civic_centers.vouchers.rules import LONGEST_PLACE, LONGEST_WORDS, Wish, check_wish
from civic_centers.vouchers.tables import VoucherOffer
from community.communities.queries import today_of
from community.moderation.policies import must_be_free
from community.parties.queries import own_party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def offer_vouchers(
    session: Session, actor: Actor, party_id: int, wish: Wish, yes: SaidYes | None = None
) -> VoucherOffer:
    """Offer vouchers of an organisation; with `yes` a maker writes down what it told them.

    Raises Missing for who may not, Invalid at the field, Limited.
    """
    today = today_of(session, actor.community_id)
    if yes is not None:
        party = organisation_to_write_for(session, actor, party_id)
        check_yes(yes, today)
    else:
        must_act(actor, party_id, actor.community_id)
        party = own_party(session, actor, party_id)
    if party.kind != "organisation" or not actor.may(OFFER):
        raise Missing()
    check_wish(wish, today)
    must_be_free(session, actor, "posting")
    offer = VoucherOffer(
        community_id=actor.community_id,
        zone_id=party.zone_id,
        party_id=party_id,
        kind=wish.kind,
        words=must_say(wish.words, LONGEST_WORDS, "words"),
        value_cents=wish.value_cents,
        most=wish.most,
        per=wish.per,
        until_on=wish.until_on,
        place=tidy(wish.place, LONGEST_PLACE, "place"),
        conditions=tidy(wish.conditions, LONGEST_REASON, "conditions"),
        offered_by_id=actor.person_id if yes is None else None,
        recorded_by_id=actor.recorder_id,
        yes_way=yes.way if yes is not None else "",
        yes_on=yes.on if yes is not None else None,
    )
    session.add(offer)
    session.flush()
    audit.record(session, actor, "offered" if yes is None else "wrote_down", OFFER_KIND, offer.id)
    tell_makers(session, actor, offer, OFFERED)
    return offer


def accept_offer(session: Session, actor: Actor, offer_id: int) -> None:
    """A maker of the zone says yes: from now on makers hand them on. Raises Missing, OwnOrganisation, NotNow."""
    offer = _to_decide(session, actor, offer_id)
    _move(session, offer, ("offered",), state="accepted", decided_by_id=actor.person_id, decided_at=clock.now())
    audit.record(session, actor, "accepted", OFFER_KIND, offer_id)
    tell_shop(session, actor, offer, ACCEPTED)


def decline_offer(session: Session, actor: Actor, offer_id: int, reason: str) -> None:
    """A maker of the zone says no, and why. Raises Missing, OwnOrganisation, NotNow, Invalid at `reason`."""
    offer = _to_decide(session, actor, offer_id)
    said = must_say(reason, LONGEST_REASON, "reason")
    now = clock.now()
    _move(
        session, offer, ("offered",), state="declined", reason=said, decided_by_id=actor.person_id, decided_at=now,
        ended_at=now,
    )  # fmt: skip
    audit.record(session, actor, "declined", OFFER_KIND, offer_id)
    tell_shop(session, actor, offer, DECLINED)


def withdraw_offer(session: Session, actor: Actor, offer_id: int) -> int:
    """The organisation gives no more: vouchers in people's hands are good no more, and their holders are told.

    Says how many they were. Raises Missing, NotNow.
    """
    offer = offer_visible_to(session, actor, offer_id)
    must_act(actor, offer.party_id, offer.community_id)
    number = _close(session, actor, offer, "withdrawn", "withdrew", "shop")
    tell_makers(session, actor, offer, WITHDRAWN)
    return number


def end_offer(session: Session, actor: Actor, offer_id: int, reason: str = "") -> int:
    """A maker of the zone ends an offer, with the vouchers nobody has redeemed. Raises Missing, NotNow."""
    offer = _to_decide(session, actor, offer_id)
    offer.reason = tidy(reason, LONGEST_REASON, "reason")
    session.add(offer)
    session.flush()
    number = _close(session, actor, offer, "ended", "ended", "maker", before=("accepted",))
    tell_shop(session, actor, offer, ENDED)
    return number


def hide_offer(session: Session, actor: Actor, offer_id: int) -> None:
    """Makers take the words of an offer out of sight: no more are given."""
    _hide(session, actor, offer_id, hidden=True)


def show_offer_again(session: Session, actor: Actor, offer_id: int) -> None:
    """Take that back."""
    _hide(session, actor, offer_id, hidden=False)


def _close(
    session: Session, actor: Actor, offer: VoucherOffer, state: str, verb: str, why: str,
    before: Collection[str] = ("offered", "accepted"),
) -> int:  # fmt: skip
    _move(session, offer, before, state=state, ended_at=clock.now())
    audit.record(session, actor, verb, OFFER_KIND, offer.id)
    return end_vouchers_of(session, actor, offer.id or 0, why)


def _hide(session: Session, actor: Actor, offer_id: int, *, hidden: bool) -> None:
    offer = _to_decide(session, actor, offer_id)
    offer.hidden_at = clock.now() if hidden else None
    session.add(offer)
    audit.record(session, actor, "hid" if hidden else "showed_again", OFFER_KIND, offer_id)


def _to_decide(session: Session, actor: Actor, offer_id: int) -> VoucherOffer:
    offer = offer_visible_to(session, actor, offer_id)
    must_decide(actor, offer.zone_id, offer.party_id, offer.community_id)
    return offer


def _move(session: Session, offer: VoucherOffer, before: Collection[str], **values: Any) -> None:
    """From one of some states into another, if nobody was faster. Raises NotNow."""
    moved = session.exec(
        update(VoucherOffer)
        .where(col(VoucherOffer.id) == offer.id, col(VoucherOffer.state).in_(before))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        raise NotNow()
    session.refresh(offer)
