"""For whom it is, where somebody is looked after, and what who comes has to know."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import col, delete, select

from community.dependants.rules import Standing
from community.households.forms import AGES
from community.households.tables import Dependant
from community.leaving.rules import Going
from exchanges.entrusting.jobs import JOBS, consent_changed
from exchanges.entrusting.notices import NOTICES
from exchanges.entrusting.pages import entrusting, replies
from exchanges.entrusting.personal import PERSONAL
from exchanges.entrusting.queries.choosing import choice_for, subject_of
from exchanges.entrusting.queries.knowing import concerned, to_know
from exchanges.entrusting.queries.unsaid import number_to_say, to_say
from exchanges.entrusting.tables import Entrusted, Entrusting
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import Feature, Waiting, WaitingKind


def thread_section(session: Session, actor: Actor, thread_id: int) -> dict[str, Any] | None:
    """For the household: for whom it is. For who comes: who they are, and the way to what they have to know."""
    if subject_of(session, actor.community_id, thread_id) is None:
        return None
    try:
        choice = choice_for(session, actor, thread_id)
    except Missing:
        found = to_know(session, actor, thread_id)
        if not found:
            return None
        return {
            "template": "exchanges/entrusting/_carer.html",
            "first": False,
            "found": found,
            "ages": AGES,
            "thread_id": thread_id,
        }
    if not choice.dependants or not (choice.subject.is_open or choice.named):
        return None
    return {
        "template": "exchanges/entrusting/_household.html",
        "first": choice.said is None,
        "named": [one for one in choice.dependants if one.id in choice.named],
        "absent": any(choice.standings.get(one) is not Standing.GIVEN for one in choice.named),
        "choice": choice,
        "thread_id": thread_id,
    }


def asked_next(session: Session, actor: Actor, thread_id: int) -> str:
    """Who has just asked for care says for whom it is, before the other side answers."""
    try:
        choice = choice_for(session, actor, thread_id)
    except Missing:
        return ""
    return url_for("entrusting.ask", thread_id=thread_id) if choice.dependants and choice.said is None else ""


def unsaid(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each thing agreed or proposed of which nobody has said for whom it is."""
    return [
        Waiting(_("For whom is it?"), title, "entrusting.ask", {"thread_id": thread_id}, icon="child")
        for thread_id, title in to_say(session, actor)
    ]


def forget_household(session: Session, going: Going) -> None:
    """A household is gone for good: which of its people it was about goes with it."""
    theirs = select(col(Dependant.id)).where(col(Dependant.party_id).in_(going.closing))
    for gone in (
        delete(Entrusted).where(col(Entrusted.dependant_id).in_(theirs)),
        delete(Entrusting).where(col(Entrusting.party_id).in_(going.closing)),
    ):
        session.exec(gone.execution_options(synchronize_session=False))


feature = Feature(
    name="entrusting",
    blueprints=(entrusting,),
    jobs=JOBS,
    notices=NOTICES,
    waiting=(WaitingKind(unsaid, number_to_say),),
    personal_data=PERSONAL,
    on_behalf=("entrusting.ask", "entrusting.keep"),
    hooks={
        "thread_sections": thread_section,
        "asked_next": asked_next,
        "replies": replies,
        "consent_changed": consent_changed,
        "dependant_concerned": concerned,
        "somebody_forgotten": forget_household,
    },
)
