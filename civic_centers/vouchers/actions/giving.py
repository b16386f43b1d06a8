"""A maker hands a voucher on, for need or to thank. It has nothing to do with hours, and nothing here knows of them."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from civic_centers.sponsors.policies import DECIDE
from civic_centers.sponsors.rules import LONGEST_REASON, NotNow, OwnOrganisation, tidy
from civic_centers.vouchers.actions.telling import tell_holders
from civic_centers.vouchers.notices import GIVEN
from civic_centers.vouchers.queries import KIND, offer_visible_to
from civic_centers.vouchers.rules import PURPOSE, NoneLeft, NotForThem, check_why, period_of
from civic_centers.vouchers.tables import Voucher, VoucherOffer, VoucherStock
from community.communities.queries import community_of, today_of
from community.moderation.policies import are_blocked, own_ids
from community.parties.queries import party_visible_to, people_of
from community.parties.tables import Party
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing


@dataclass(frozen=True)
class Given:
    """To whom, and why. `person_id` None: to all adults of the household."""

    party_id: int
    person_id: int | None
    why: str
    reason: str = ""


def give(session: Session, actor: Actor, offer_id: int, given: Given) -> Voucher:
    """Give one voucher of an offer. The reason is sealed; no line of the record holds it.

    Raises Missing for who makes not the zone of the household, OwnOrganisation for who acts for the shop, NotForThem
    where somebody stands on both sides, NotNow, NoneLeft, Invalid at the field.
    """
    offer = offer_visible_to(session, actor, offer_id)
    home = household_to_give(session, actor, offer, given.party_id)
    adults = {person.id for person in people_of(session, given.party_id)}
    if given.person_id is not None and given.person_id not in adults:
        raise Invalid(N_("Choose who of them it is for."), field="person_id")
    check_why(given.why)
    reason = tidy(given.reason, LONGEST_REASON, "reason")
    today = today_of(session, actor.community_id)
    period = period_of(offer.per, today)
    _take_one(session, offer, period)
    zone = community_of(session, actor.community_id).time_zone
    voucher = Voucher(
        community_id=actor.community_id,
        offer_id=offer_id,
        party_id=home.id,
        person_id=given.person_id,
        why=given.why,
        reason=reason or None,
        period=period,
        given_by_id=actor.recorder_id,
        given_at=clock.now(),
        ends_at=clock.start_of_day(offer.until_on + timedelta(days=1), zone),
    )
    session.add(voucher)
    session.flush()
    _make_code(session, actor, voucher)
    audit.record(session, actor, "gave", KIND, voucher.id, offer=offer_id)
    tell_holders(session, voucher, GIVEN, until_on=offer.until_on)
    return voucher


def household_to_give(session: Session, actor: Actor, offer: VoucherOffer, party_id: int) -> Party:
    """The household, where this maker may give it this voucher. Raises as `give` does."""
    if actor.is_on_behalf or not actor.may(DECIDE):
        raise Missing()
    home = party_visible_to(session, actor, party_id)
    if home.kind != "household" or not actor.may(DECIDE, home.zone_id):
        raise Missing()
    if offer.party_id in own_ids(actor):
        raise OwnOrganisation()
    if (
        offer.state != "accepted"
        or offer.hidden_at is not None
        or offer.until_on < today_of(session, actor.community_id)
    ):
        raise NotNow()
    at_home = {person.id for person in people_of(session, party_id)}
    at_shop = {person.id for person in people_of(session, offer.party_id)}
    if not at_shop or session.get_one(Party, offer.party_id).closed_at is not None:
        raise NotNow()
    if party_id in own_ids(actor) or at_home & at_shop or are_blocked(session, party_id, offer.party_id):
        raise NotForThem()
    return home


def _take_one(session: Session, offer: VoucherOffer, period: str) -> None:
    """One conditional update: of all who give at the same moment nobody gives one too many. Raises NoneLeft."""
    values = {"offer_id": offer.id, "period": period, "most": offer.most, "given": 0}
    insert_if_absent(session, VoucherStock, values, conflict=["offer_id", "period"])
    taken = session.exec(
        update(VoucherStock)
        .where(
            col(VoucherStock.offer_id) == offer.id,
            col(VoucherStock.period) == period,
            col(VoucherStock.given) < col(VoucherStock.most),
        )
        .values(given=col(VoucherStock.given) + 1)
        .execution_options(synchronize_session=False)
    )
    if not taken.rowcount:
        raise NoneLeft()
    # Whoever ends the offer at the same moment ends this one too, or this one is not given.
    still = session.exec(
        update(VoucherOffer)
        .where(col(VoucherOffer.id) == offer.id, col(VoucherOffer.state) == "accepted")
        .values(state="accepted")
        .execution_options(synchronize_session=False)
    )
    if not still.rowcount:
        raise NotNow()


def _make_code(session: Session, actor: Actor, voucher: Voucher) -> None:
    """Its code: a token without a limit of uses, since the voucher itself is redeemed once, and may be undone."""
    code = tokens.issue(
        session,
        PURPOSE,
        payload={"voucher": voucher.id},
        lasts=voucher.ends_at - clock.now(),
        uses=None,
        community_id=voucher.community_id,
        created_by_person_id=actor.recorder_id,
        as_code=True,
    )
    token = tokens.look(session, PURPOSE, code)
    voucher.code, voucher.token_id = code, token.id if token is not None else None
    session.add(voucher)
    session.flush()
