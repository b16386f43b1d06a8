"""What the record says of people, their membership and their roles, and who reads it."""

from community.deeds.deeds import about_people
from community.deeds.policies import is_myself, of_community, of_person, through
from community.members.tables import Membership, RoleGrant
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    about_people(
        {
            "edited": N_("Profile changed"),
            "edited_contacts": N_("Telephone or language changed"),
            "changed_photo": N_("Photograph changed"),
            "took_photo_away": N_("Photograph taken away"),
            "took_off_second_factor": N_("Two-step sign-in taken off"),
        },
        unnamed=("took_photo_away",),
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
        read_by=through(Membership.id, of_person, Membership.person_id),
        concerning=through(Membership.id, is_myself, Membership.person_id),
        told=("approved", "approved_by_invitation", "declined"),
    ),
    DeedKind(
        kind="role_grant",
        words=N_("Role"),
        verbs={"granted": N_("Role given"), "ended": N_("Role ended")},
        read_by=of_community,
        concerning=through(RoleGrant.id, is_myself, RoleGrant.person_id),
        told=("granted", "ended"),
    ),
)
