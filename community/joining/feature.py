"""Joining: asking, being met by a maker, or coming in by invitation at once."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.joining.notices import NOTICES
from community.joining.pages import joining
from community.joining.policies import DECIDE, INVITE
from community.joining.queries import any_queued, count_queue
from community.leaving.queries import departure_waiting
from community.members.queries import membership_of
from community.scanning.rules import Readable
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Waiting, WaitingKind


def applicants_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a maker with people at the door."""
    count = count_queue(session, actor)
    if not count:
        return []
    title = ngettext("%(num)s person would like to join", "%(num)s people would like to join", count)
    return [Waiting(title, _("Meet them, then let them in."), "joining.applications", {}, "people")]


def not_a_member(session: Session, person_id: int, community: Any) -> str:
    """Where somebody who signed in but does not belong here is led: to where they stand, or to the form."""
    if departure_waiting(session, community.id, person_id) is not None:
        return url_for("leaving.ask_to_return")
    membership = membership_of(session, community.id, person_id)
    if membership is None or membership.state == "left":
        return url_for("joining.apply")
    return url_for("joining.standing")


def readable_codes() -> tuple[Readable, ...]:
    """Invitations."""
    return (
        Readable("joining.invited", N_("An invitation")),
        Readable("joining.together", N_("An invitation to act for others too")),
    )


feature = Feature(
    name="joining",
    blueprints=(joining,),
    permissions=(DECIDE, INVITE),
    notices=NOTICES,
    waiting=(WaitingKind(applicants_waiting, any_queued),),
    hooks={"readable_codes": readable_codes, "not_a_member": not_a_member},
)
