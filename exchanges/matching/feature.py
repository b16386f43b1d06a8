"""Matching: who could answer this, what could I answer, when both can. Reasons are shown, scores never."""

from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _

from exchanges.agreements.policies import TAKE_PART
from exchanges.agreements.queries import open_proposal
from exchanges.matching.notices import NOTICES
from exchanges.matching.pages import matching, times, words
from exchanges.matching.pages.summing import digest_sections
from exchanges.matching.personal import PERSONAL
from exchanges.matching.queries import (
    invitations_for,
    is_asked,
    number_asked,
    wanted_of,
    what_i_could_answer,
    who_could_answer,
    wish_of,
)
from exchanges.posts.pages.showing import new_key
from exchanges.posts.queries import dates_of
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind, registry
from foundation.web.pictures import picture_url
from foundation.web.state import time_zone


def post_section(session: Session, actor: Actor, post: Post) -> dict[str, Any] | None:
    """On a post: for its author who could answer it; for others when both can, and that they were asked."""
    if post.state != "open" or not actor.may(TAKE_PART) or actor.party_id is None:
        return None
    dates = [one.starts_at for one in dates_of(session, post.id or 0) if one.starts_at >= clock.now()]
    if post.party_id in actor.party_ids:
        found = who_could_answer(session, actor, post, time_zone(), dates)
        return (
            {
                "template": "exchanges/matching/_suggested.html",
                "found": found,
                "words": words.about_them,
                "picture_url": picture_url,
                "request_key": new_key,
            }
            if found
            else None
        )
    stands = (open_proposal, *registry.hooks("stands_on_post"))
    if any(found(session, post.id or 0, actor.party_id) is not None for found in stands):
        return None
    wanted = wanted_of(post, dates)
    common = times.common_for(post.party_id, wanted, times.address_of("agreements.ask_terms", post_id=post.id))
    asked = is_asked(session, actor, post.id or 0)
    if not (common.moments or common.unsaid or asked):
        return None
    return {"template": "exchanges/matching/_for_me.html", "common": common, "asked": asked}


def home_section(session: Session, actor: Actor) -> dict[str, Any] | None:
    """At home: what could I answer, with the reasons."""
    found = what_i_could_answer(session, actor, time_zone())
    if not found:
        return None
    return {
        "template": "exchanges/matching/_home.html",
        "found": found,
        "post_ids": [one.card.id for one in found],
        "words": words.about_me,
        "picture_url": picture_url,
    }


def asked_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each post whose author thought of me."""
    if actor.party_id is None:
        return []
    return [
        Waiting(
            _("%(name)s asks whether you could", name=one.author),
            one.title,
            "posts.show",
            {"post_id": one.post_id},
            icon="need",
            name=one.author,
        )
        for one in invitations_for(session, actor)
    ]


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to one's wish about being suggested."""
    if actor.party_id is None:
        return []
    line = {
        "": _("You may be suggested to who needs a hand"),
        "gladly": _("You are gladly suggested"),
        "never": _("You are not suggested for now"),
    }[wish_of(session, actor.party_id)]
    return [{"url": url_for("matching.wish"), "title": _("Suggestions"), "line": line, "icon": "need"}]


def set_up(app: Flask) -> None:
    times.set_up(app)


feature = Feature(
    name="matching",
    blueprints=(matching,),
    notices=NOTICES,
    waiting=(WaitingKind(asked_waiting, number_asked),),
    personal_data=PERSONAL,
    on_behalf=("matching.ask", "matching.not_now"),
    hooks={
        "post_sections": post_section,
        "home_sections": home_section,
        "digest_sections": digest_sections,
        "me_links": me_links,
        "set_up": set_up,
    },
)
