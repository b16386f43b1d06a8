"""One post, and one's own posts."""

import secrets
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from community.members.queries import person_of
from community.moderation.queries import waits_for_first_look, why_hidden
from community.safeguarding.pages.words import demands_in_words
from community.safeguarding.queries import is_verified_for_care
from exchanges.posts import rules
from exchanges.posts.pages import words
from exchanges.posts.pages.blueprint import posts
from exchanges.posts.policies import WRITE
from exchanges.posts.queries import PostView, own_posts, post_visible_to
from exchanges.posts.tables import Post
from foundation import audit, clock
from foundation.errors import Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, public, reading, requires
from foundation.web.pictures import picture_url
from foundation.web.qr import qr_drawing
from foundation.web.state import database

GROUPS = (("draft",), ("open",), ("paused",), ("expired", "closed"))


@posts.get("/posts/<int:post_id>")
@public
def show(post_id: int) -> Answer:
    view = post_visible_to(reading(), actor(), post_id)
    if view.post.visibility == "confidential" and not view.is_own:
        audit.looked(database(), actor(), "post", post_id)
    sections = _sections(view.post)
    return page(
        "exchanges/posts/show.html",
        view=view,
        post=view.post,
        possible=rules.possible(view.post.state) if view.is_own else frozenset(),
        answer_url=answer_url(view),
        met=_is_met(view),
        recorder=_recorder(view.post),
        demands_in_words=demands_in_words,
        sections=sections,
        answered=any(section.get("answered") for section in sections),
        hidden=why_hidden(reading(), "post", post_id) if view.is_own and view.post.closing == "hidden" else None,
        read_first=view.is_own and view.post.state == "draft" and waits_for_first_look(reading(), "post", post_id),
        share_url=url_for(".show", post_id=post_id, _external=True),
        **rendering(),
    )


@posts.get("/posts/<int:post_id>/poster")
@public
def poster(post_id: int) -> Answer:
    """A public post for the wall of a shop: what visitors read of it, and a drawing that leads to it."""
    view = post_visible_to(reading(), actor(), post_id)
    if view.post.state != "open" or view.post.visibility != "public":
        raise Missing()
    address = url_for(".show", post_id=post_id, _external=True)
    return page(
        "exchanges/posts/poster.html",
        post=view.post,
        zone=view.zone,
        address=address,
        drawing=qr_drawing(address, _("QR code of the post")),
        **rendering(),
    )


@posts.get("/posts/mine")
@requires(WRITE)
def mine() -> Answer:
    found = own_posts(reading(), actor()) if actor().party_id is not None else []
    groups = [[post for post in found if post.state in states] for states in GROUPS]
    return page("exchanges/posts/mine.html", groups=groups, found=found, **rendering())


def rendering() -> dict[str, Any]:
    """What the templates of posts say things with."""
    return {"picture_url": picture_url, "words": words, "request_key": new_key}


def new_key() -> str:
    """A request key for a form of one button."""
    return secrets.token_urlsafe(18)


def answer_url(view: PostView) -> str:
    """Where "I can help" leads: to the proposal, or to signing in for a visitor; empty where it cannot be answered."""
    if view.is_own or view.post.state != "open" or "agreements.propose" not in current_app.view_functions:
        return ""
    return url_for("agreements.propose", post_id=view.post.id)


def _recorder(post: Post) -> str:
    """Who wrote it for somebody without e-mail: both names are said, to members only. Empty for one's own words."""
    if not actor().is_member or post.recorded_by_id in (None, post.author_id):
        return ""
    return person_of(reading(), post.recorded_by_id or 0).name


def _is_met(view: PostView) -> bool:
    """Whether a maker has met the author and two people vouch for them: shown to members only."""
    if view.party is None:
        return False
    return is_verified_for_care(reading(), community().id, view.post.author_id, clock.now())


def _sections(post: Post) -> list[dict[str, Any]]:
    """What features add to the page of a post: each a dict with its `template` and what that template needs."""
    found = (hook(reading(), actor(), post) for hook in registry.hooks("post_sections"))
    return [section for section in found if section]
