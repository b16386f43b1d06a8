"""What the record says of labs."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.labs.actions.diary import COMMENT, ENTRY
from civic_centers.labs.actions.joining import MEMBER
from civic_centers.labs.rules import KIND
from civic_centers.labs.tables import Lab, LabComment, LabEntry, LabMember
from community.deeds.policies import in_zones, is_myself, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def of_lab(actor: Actor, lab_id: Any) -> ColumnElement[bool]:
    """The condition that a lab stands in a zone whose record the actor reads."""
    here = (col(Lab.id) == lab_id, col(Lab.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(Lab.zone_id)))


def _of_member(actor: Actor, member_id: Any) -> ColumnElement[bool]:
    return exists().where(
        col(LabMember.id) == member_id,
        col(Lab.id) == col(LabMember.lab_id),
        col(Lab.community_id) == actor.community_id,
        in_zones(actor, col(Lab.zone_id)),
    )


def _of_entry(actor: Actor, entry_id: Any) -> ColumnElement[bool]:
    return exists().where(
        col(LabEntry.id) == entry_id,
        col(Lab.id) == col(LabEntry.lab_id),
        col(Lab.community_id) == actor.community_id,
        in_zones(actor, col(Lab.zone_id)),
    )


def _of_comment(actor: Actor, comment_id: Any) -> ColumnElement[bool]:
    return exists().where(
        col(LabComment.id) == comment_id,
        col(LabEntry.id) == col(LabComment.entry_id),
        col(Lab.id) == col(LabEntry.lab_id),
        col(Lab.community_id) == actor.community_id,
        in_zones(actor, col(Lab.zone_id)),
    )


_LAB_VERBS = {
    "made": N_("Community lab made and opened"),
    "proposed": N_("Community lab proposed or begun"),
    "opened": N_("Community lab opened by a maker"),
    "not_taken_up": N_("Proposal of a community lab not taken up"),
    "proposed_no_more": N_("Proposal of a community lab taken back"),
    "changed": N_("Page of a community lab changed"),
    "ended": N_("Community lab ended, with what came of it"),
    "reopened": N_("Community lab opened again"),
    "hid": N_("Community lab taken out of sight"),
    "showed_again": N_("Community lab shown again"),
    "set_goal": N_("Goal of a community lab set"),
    "changed_goal": N_("Goal of a community lab changed"),
    "reached_goal": N_("Goal of a community lab reached"),
    "dropped_goal": N_("Goal of a community lab dropped"),
    "added_task": N_("Task of a community lab written down"),
    "changed_task": N_("Task of a community lab changed"),
    "took_task": N_("Task of a community lab taken"),
    "gave_task_back": N_("Task of a community lab given back"),
    "did_task": N_("Task of a community lab done"),
    "closed_task": N_("Task of a community lab needed no more"),
    "put_photo_up": N_("Photograph of a community lab put up"),
    "took_photo_away": N_("Photograph of a community lab taken away"),
    "asked_for": N_("Community lab asks for something"),
    "asked_no_more": N_("Community lab asks for something no more"),
    "received": N_("Community lab received something"),
    "took_back": N_("Something noted as received by a community lab taken back"),
    "linked_meeting": N_("Activity made a meeting of a community lab"),
    "unlinked_meeting": N_("Activity no longer a meeting of a community lab"),
}
_MEMBER_VERBS = {
    "came": N_("Came into a community lab"),
    "asked": N_("Asked to come into a community lab"),
    "declined": N_("Declined an invitation to a community lab"),
    "invited": N_("Invited to a community lab"),
    "let_in": N_("Let into a community lab"),
    "refused": N_("Not let into a community lab"),
    "said_part": N_("Said what they do in a community lab"),
    "went": N_("Left a community lab"),
    "removed": N_("Sent away from a community lab"),
    "gave_keys": N_("Runs a community lab from now on"),
    "took_keys": N_("Runs a community lab no more"),
    "hid": N_("Words on a part in a community lab taken out of sight"),
    "showed_again": N_("Words on a part in a community lab shown again"),
}
DEEDS = (
    DeedKind(kind=KIND, words=N_("Community lab"), verbs=_LAB_VERBS, read_by=of_lab),
    DeedKind(
        kind=MEMBER,
        words=N_("Part in a community lab"),
        verbs=_MEMBER_VERBS,
        read_by=_of_member,
        concerning=through(LabMember.id, is_myself, LabMember.person_id),
        told=tuple(_MEMBER_VERBS),
        unnamed=("hid", "showed_again"),
    ),
    DeedKind(
        kind=ENTRY,
        words=N_("Page of the diary of a community lab"),
        verbs={
            "wrote": N_("Page of a lab’s diary written"),
            "opened": N_("Page of a lab’s diary shown to everybody"),
            "closed": N_("Page of a lab’s diary shown to its people alone"),
            "withdrew": N_("Page of a lab’s diary taken back"),
            "hid": N_("Page of a lab’s diary taken out of sight"),
            "showed_again": N_("Page of a lab’s diary shown again"),
        },
        read_by=_of_entry,
        concerning=through(LabEntry.id, is_myself, LabEntry.author_id),
        told=("wrote", "opened", "closed", "withdrew", "hid", "showed_again"),
        unnamed=("hid", "showed_again"),
    ),
    DeedKind(
        kind=COMMENT,
        words=N_("Comment in the diary of a community lab"),
        verbs={
            "wrote": N_("Comment in a lab’s diary written"),
            "withdrew": N_("Comment in a lab’s diary taken back"),
            "hid": N_("Comment in a lab’s diary taken out of sight"),
            "showed_again": N_("Comment in a lab’s diary shown again"),
        },
        read_by=_of_comment,
        concerning=through(LabComment.id, is_myself, LabComment.author_id),
        told=("wrote", "withdrew", "hid", "showed_again"),
        unnamed=("hid", "showed_again"),
    ),
)
