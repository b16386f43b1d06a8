"""What the record says of pledges and of the pages of who gives."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col

from civic_centers.sponsors.tables import Pledge, SponsorPage
from community.deeds.policies import in_zones, is_own_party, of_party, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _read_by(actor: Actor, pledge_id: Any) -> ColumnElement[bool]:
    here = (col(Pledge.id) == pledge_id, col(Pledge.community_id) == actor.community_id)
    return exists().where(*here, or_(col(Pledge.zone_id).is_(None), in_zones(actor, col(Pledge.zone_id))))


DEEDS = (
    DeedKind(
        kind="pledge",
        words=N_("Pledge"),
        verbs={
            "offered": N_("Pledge offered by an organisation"),
            "wrote_down": N_("Pledge written down by a maker, with the yes of the organisation"),
            "accepted": N_("Pledge accepted"),
            "declined": N_("Pledge declined"),
            "withdrew": N_("Pledge taken back by the organisation"),
            "ended": N_("Pledge ended by a maker"),
            "over": N_("Pledge over"),
            "delivered": N_("Part of a pledge noted as given"),
            "corrected": N_("Part of a pledge taken back, noted by mistake"),
            "thanked": N_("Thanks written for a pledge"),
            "named": N_("An organisation agreed to be named for its pledge"),
            "unnamed": N_("An organisation wishes not to be named for its pledge"),
            "hid": N_("Pledge taken out of sight"),
            "showed_again": N_("Pledge shown again"),
        },
        read_by=_read_by,
        concerning=through(Pledge.id, is_own_party, Pledge.party_id),
        told=(
            "offered", "wrote_down", "accepted", "declined", "withdrew", "ended", "over", "delivered", "corrected",
            "thanked", "named", "unnamed", "hid", "showed_again",
        ),
        unnamed=("hid", "showed_again"),
    ),
    DeedKind(
        kind="sponsor_page",
        words=N_("Page of who gives"),
        verbs={
            "kept_page": N_("Page of who gives written"),
            "hid": N_("Page of who gives taken out of sight"),
            "showed_again": N_("Page of who gives shown again"),
        },
        read_by=through(SponsorPage.party_id, of_party, SponsorPage.party_id),
        concerning=through(SponsorPage.party_id, is_own_party, SponsorPage.party_id),
        told=("kept_page", "hid", "showed_again"),
        unnamed=("hid", "showed_again"),
    ),
)  # fmt: skip
