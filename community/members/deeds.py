"""What the record says of people, their membership and their roles, and who reads it."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import is_myself, of_community, of_person
from community.members.tables import Membership, RoleGrant
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _membership_read_by(actor: Actor, membership_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Membership.id) == membership_id, of_person(actor, col(Membership.person_id)))


def _own_membership(whose: Whose, membership_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Membership.id) == membership_id, col(Membership.person_id) == whose.person_id)


def _own_grant(whose: Whose, grant_id: Any) -> ColumnElement[bool]:
    return exists().where(col(RoleGrant.id) == grant_id, col(RoleGrant.person_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind="person",
        words=N_("Person"),
        verbs={
            "edited": N_("Profile changed"),
            "edited_contacts": N_("Telephone or language changed"),
            "changed_photo": N_("Photograph changed"),
            "took_photo_away": N_("Photograph taken away"),
            "took_off_second_factor": N_("Two-step sign-in taken off"),
        },
        read_by=of_person,
        concerning=is_myself,
        told=("edited", "edited_contacts", "changed_photo", "took_photo_away", "took_off_second_factor"),
        unnamed=("took_photo_away",),
        endpoint="members.person",
        parameter="person_id",
    ),
    DeedKind(
        kind="membership",
        words=N_("Membership"),
        verbs={
            "applied": N_("Somebody asked to join"),
            "approved": N_("Somebody let in"),
            "approved_by_invitation": N_("Somebody let in by invitation"),
            "declined": N_("Somebody not let in"),
            "took_back": N_("Request to join taken back"),
            "left": N_("Somebody left"),
            "came_back": N_("Somebody came back"),
            "forgot": N_("Personal data let go after leaving"),
        },
        read_by=_membership_read_by,
        concerning=_own_membership,
        told=("approved", "approved_by_invitation", "declined"),
    ),
    DeedKind(
        kind="role_grant",
        words=N_("Role"),
        verbs={"granted": N_("Role given"), "ended": N_("Role ended")},
        read_by=of_community,
        concerning=_own_grant,
        told=("granted", "ended"),
    ),
)
