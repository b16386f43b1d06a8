"""Choosing a community, and its home: for visitors what this is, for members what is new and what waits."""

from datetime import timedelta
from typing import Any

from flask import redirect, request, url_for
from flask_login import current_user
from sqlmodel import select

from community.communities.pages import communities
from community.communities.queries import communities_of, open_communities
from community.members.queries import belongs, count_makers, person_of
from community.moderation.policies import is_stopped
from community.notifications.pages.waiting import shown
from community.parties.queries import count_parties
from foundation import clock
from foundation.access import Actor
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, person_id, public, reading, redirect_to
from foundation.web.frame import waiting_for

SHOWN_WAITING = 5
A_YEAR = timedelta(days=365)


@communities.get("/")
@public
def choose() -> Answer:
    """The communities of the installation; where only one comes into question, its home at once."""
    found = open_communities(reading())
    theirs = communities_of(reading(), person_id() or 0)
    likely = [joined for joined, _membership in theirs] if len(theirs) == 1 else found
    if len(likely) == 1 and "all" not in request.args:
        return redirect(url_for("communities.home", community=likely[0].slug), code=303)
    mine = {joined.id: membership for joined, membership in theirs}
    return page("community/communities/choose.html", communities=found, mine=mine)


@communities.get("/c/<community>/")
@public
def home() -> Answer:
    if actor().is_member:
        return _member_home(actor())
    if _is_stopped(actor()):
        return redirect_to("moderation.decisions")
    return _visitor_home(actor())


def _is_stopped(who: Actor) -> bool:
    """Whether somebody belongs here, and is paused or excluded: they read why in place of the home."""
    stopped = who.person_id is not None and reading().scalar(select(is_stopped(who.community_id, who.person_id)))
    return bool(stopped) and belongs(reading(), who)


def _visitor_home(who: Actor) -> Answer:
    here = community()
    return page(
        "community/communities/visitor.html",
        community=here,
        families=count_parties(reading(), here.id, "household"),
        makers=count_makers(reading(), here.id),
        minutes=_minutes_exchanged(here.id),
        posts=_first("home_posts", reading(), who),
        links=links_for(who),
    )


def _member_home(who: Actor) -> Answer:
    waiting = waiting_for(who)
    sections = [found for hook in registry.hooks("home_sections") if (found := hook(reading(), who))]
    shown_posts = {post_id for section in sections for post_id in section.get("post_ids", ())}
    return page(
        "community/communities/home.html",
        given_name=_given_name(who.must_be_person()),
        hours=_first("home_hours", reading(), who) if who.party_id else None,
        waiting=shown(waiting[:SHOWN_WAITING]),
        more_waiting=len(waiting) > SHOWN_WAITING,
        sections=sections,
        posts=_first("home_posts", reading(), who, shown_posts),
        links=links_for(who),
    )


def _given_name(greeted_id: int) -> str:
    """Of the person at the browser, who is known already; or of whom somebody acts in the place of."""
    if greeted_id == current_user.person_id:
        return str(current_user.given_name)
    return person_of(reading(), greeted_id).given_name


def links_for(who: Actor) -> dict[str, str]:
    """Where to ask, offer, record an exchange, read the board: what features give under the hook `home_links`."""
    found: dict[str, str] = {}
    for hook in registry.hooks("home_links"):
        found.update(hook(who))
    return found


def _first(name: str, *arguments: Any) -> Any:
    """What the first feature that knows it answers; None when nobody does."""
    return next((hook(*arguments) for hook in registry.hooks(name)), None)


def _minutes_exchanged(community_id: int) -> int | None:
    return _first("minutes_exchanged", reading(), community_id, clock.now() - A_YEAR)
