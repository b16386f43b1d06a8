"""Vouchers: goods and discounts of organisations, handed on by makers for need or thanks. Never for hours.

Nothing here imports the ledger, and no column of these tables leads to hours: tests hold it so.
"""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col, select

from civic_centers.sponsors.policies import DECIDE, OFFER
from civic_centers.vouchers import actions
from civic_centers.vouchers.deeds import DEEDS
from civic_centers.vouchers.jobs import JOBS
from civic_centers.vouchers.notices import NOTICES
from civic_centers.vouchers.pages import vouchers
from civic_centers.vouchers.personal import PERSONAL, RETENTIONS
from civic_centers.vouchers.policies import held_by
from civic_centers.vouchers.queries import (
    OFFER_KIND,
    number_offered,
    offer_visible_to,
    possible_line,
    statement_line,
    what_of_mine,
)
from civic_centers.vouchers.tables import Voucher, VoucherOffer
from community.scanning.rules import Readable
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing
from foundation.feature import Feature, Reportable, Waiting, WaitingKind


def reported(session: Session, actor: Actor, offer_id: int) -> tuple[str, int | None, int | None]:
    """An offer: for makers, its organisation, and who holds a voucher of it. Raises Missing."""
    holds = select(col(Voucher.id)).where(col(Voucher.offer_id) == offer_id, held_by(actor)).limit(1)
    offer = session.get(VoucherOffer, offer_id) if session.scalar(holds) is not None else None
    if offer is None:
        offer = offer_visible_to(session, actor, offer_id)
    if offer.community_id != actor.community_id:
        raise Missing()
    return "\n".join(filter(None, (offer.words, offer.place, offer.conditions))), offer.zone_id, offer.party_id


def author_of(session: Session, offer_id: int) -> int | None:
    """Who wrote an offer."""
    offer = session.get(VoucherOffer, offer_id)
    return (offer.offered_by_id or offer.recorded_by_id) if offer is not None else None


def offered_waiting(_session: Session, _actor: Actor) -> list[Waiting]:
    """For makers one line where offers wait for their answer."""
    title, detail = _("Vouchers were offered in your zone"), _("Say yes or no to who would like to give it")
    return [Waiting(title, detail, "vouchers.desk", {}, icon="offer")]


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """One’s own vouchers where there are any, for a shop the way to redeem one, for makers what they can hand on."""
    links = []
    if actor.may(OFFER):
        gives, number = what_of_mine(session, actor)
        if gives:
            line = _("Read the code, or type it")
            links.append(
                {"url": url_for("vouchers.ask_code"), "title": _("Redeem a voucher"), "line": line, "icon": "scan"}
            )
        if number:
            line = ngettext("%(num)s that you can use", "%(num)s that you can use", number)
            links.append({"url": url_for("vouchers.mine"), "title": _("Your vouchers"), "line": line, "icon": "basket"})
    if actor.may(DECIDE) and not actor.is_on_behalf:
        line = _("Hand one on, for need or to thank")
        links.append({"url": url_for("vouchers.desk"), "title": _("Vouchers"), "line": line, "icon": "basket"})
    return links


def readable_codes() -> tuple[Readable, ...]:
    """What a shop reads with its telephone."""
    return (Readable("vouchers.at_shop", N_("A voucher"), typed="vouchers.take_code", permission=OFFER),)


def member_stopped(session: Session, actor: Actor, _person_id: int, party_ids: Sequence[int]) -> None:
    """Everybody of some organisations is paused or excluded: their vouchers are good no more."""
    actions.stop_for(session, actor, party_ids)


feature = Feature(
    name="vouchers",
    blueprints=(vouchers,),
    jobs=JOBS,
    notices=NOTICES,
    reportables=(
        Reportable(
            OFFER_KIND,
            N_("An offer of vouchers"),
            reported,
            "vouchers.offer",
            "offer_id",
            actions.hide_offer,
            show_again=actions.show_offer_again,
            author=author_of,
        ),
    ),
    waiting=(WaitingKind(offered_waiting, number_offered, sums_up=True),),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    on_behalf=("vouchers.mine", "vouchers.show", "vouchers.paper"),
    hooks={
        "readable_codes": readable_codes,
        "me_links": me_links,
        "sponsor_possible": possible_line,
        "sponsor_statement": statement_line,
        "household_joined": actions.follow_household,
        "party_moved": actions.follow_party,
        "member_stopped": member_stopped,
        "somebody_leaves": actions.end_for,
        "somebody_forgotten": actions.forget,
    },
)
