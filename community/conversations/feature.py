"""Conversations of every kind in one list, what one does in them, and writing to another member directly."""

from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement

from community.conversations.actions import forget_direct, forget_wish, standing
from community.conversations.jobs import JOBS
from community.conversations.notices import NOTICES
from community.conversations.pages import conversations
from community.conversations.personal import PERSONAL
from community.conversations.policies import PERMISSIONS, WRITE
from community.conversations.queries import (
    direct_talks,
    find_reported,
    may_hear_thread,
    message_kept_from,
    my_threads,
    own_direct,
    person_to_write_to,
    sees_message_photo,
)
from community.parties.queries import people_of
from community.threads.actions import PHOTO_KIND, hide_message, show_message_again
from community.threads.queries import author_of_message, number_unread
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing
from foundation.feature import BarItem, Feature, LiveKind, Reportable


def new_words(actor: Actor) -> ColumnElement[int] | None:
    """How many messages of others the actor has not read."""
    return number_unread(actor.person_id, my_threads(actor)) if actor.person_id else None


def person_section(session: Session, actor: Actor, person_id: int) -> dict[str, Any] | None:
    """On the page of a person: writing to them."""
    try:
        person = person_to_write_to(session, actor, person_id)
    except Missing:
        return None
    return {
        "template": "community/conversations/_write.html",
        "people": [(person.given_name, url_for("conversations.ask_words", person_id=person_id))],
    }


def profile_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """On the page of a party: writing to one of its people. Whoever reads it is not kept apart from them."""
    if not actor.may(WRITE) or actor.is_on_behalf or party_id in actor.party_ids:
        return None
    people = [one for one in people_of(session, party_id) if one.email and one.id != actor.person_id]
    if not people:
        return None
    links = [(one.given_name, url_for("conversations.ask_words", person_id=one.id)) for one in people]
    return {"template": "community/conversations/_write.html", "people": links}


feature = Feature(
    name="conversations",
    blueprints=(conversations,),
    permissions=PERMISSIONS,
    jobs=JOBS,
    notices=NOTICES,
    bar=(BarItem(30, "conversations.messages", "chat", N_("Messages"), count=new_words, for_visitors=False),),
    reportables=(
        Reportable(
            "message",
            N_("A message"),
            find_reported,
            "conversations.show_message",
            "message_id",
            hide_message,
            message_kept_from,
            show_again=show_message_again,
            author=author_of_message,
        ),
    ),
    live=(LiveKind("thread", may_hear_thread, typing=True),),
    file_kinds={PHOTO_KIND: sees_message_photo},
    personal_data=PERSONAL,
    on_behalf=("conversations.*",),
    hooks={
        "talk_threads": own_direct,
        "talks": direct_talks,
        "thread_standing": standing,
        "person_sections": person_section,
        "profile_sections": profile_section,
        "somebody_forgotten": forget_direct,
        "person_forgotten": forget_wish,
    },
)
