"""What the record says of cases and decisions: to makers who may decide on them, and to whom they concern.

Reports and blocks are no part of it: who reported, or blocked whom, is read where it belongs and nowhere else.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, true
from sqlmodel import col

from community.deeds.deeds import about_people
from community.deeds.policies import is_myself, of_another, of_community, through
from community.moderation.policies import MODERATE
from community.moderation.queries.able import kept_from, of_others, of_own_zones
from community.moderation.tables import Case, Decision
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _open_to(actor: Actor) -> ColumnElement[bool]:
    """What the desk lets a maker open; administrators who are no makers read all but their own."""
    zones = of_own_zones(actor) if actor.may(MODERATE) else true()
    return and_(of_others(actor), zones, ~kept_from(actor))


def _case_read_by(actor: Actor, case_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Case.id) == case_id, _open_to(actor))


def _decision_read_by(actor: Actor, decision_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Decision.id) == decision_id, col(Decision.case_id) == col(Case.id), _open_to(actor))


_ABOUT_PEOPLE = {
    "decided_hide": N_("Decided: something taken out of sight"),
    "decided_edit": N_("Decided: asked to change something"),
    "decided_warn": N_("Decided: a warning"),
    "decided_limit": N_("Decided: something not allowed for a while"),
    "decided_pause": N_("Decided: a pause"),
    "decided_exclude": N_("Decided: excluded"),
    "undid_decision": N_("A decision undone"),
}

DEEDS = (
    DeedKind(
        kind="moderation_case",
        words=N_("Case"),
        verbs={
            "signalled": N_("Case opened by an automatic sign"),
            "assigned": N_("Case given to a maker"),
            "noted": N_("Note written on a case"),
            "wrote": N_("Makers wrote to somebody about a case"),
            "looked": N_("Case read by a maker"),
            "decided": N_("Case decided"),
            "undid": N_("Decision on a case undone"),
        },
        read_by=_case_read_by,
        # Where something was decided about the person: that makers looked, before, is told to nobody.
        concerning=through(Decision.case_id, is_myself, Decision.person_id),
        told=("looked",),
        unnamed=("looked",),
        endpoint="moderation.show_case",
        parameter="case_id",
        opens_with=MODERATE,
    ),
    DeedKind(
        kind="decision",
        words=N_("Decision"),
        verbs={
            "appealed": N_("Another look asked for"),
            "upheld": N_("Another look: the decision stands"),
            "overturned": N_("Another look: the decision undone"),
        },
        read_by=_decision_read_by,
        concerning=through(Decision.id, is_myself, Decision.person_id),
        told=("upheld", "overturned"),
        unnamed=("upheld", "overturned"),
    ),
    # Never of oneself: nobody reads there who decided about them.
    about_people(_ABOUT_PEOPLE, unnamed=tuple(_ABOUT_PEOPLE), read_by=of_another),
    DeedKind(
        kind="community",
        words=N_("Community"),
        verbs={"set_first_look": N_("What makers read first changed")},
        read_by=of_community,
    ),
)
