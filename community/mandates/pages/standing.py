"""Standing in a household's place: chosen by a maker, in sight on every page, and over after two hours.

Where a maker stands is kept in the browser's own signed cookie, and looked at anew for every page: who ended the
agreement, lost the zone or the role stands nowhere. Forms opened before and after are not the same forms: beginning and
stopping makes those that are open worthless, so that nothing is ever written in another name than the page said.
"""

from fnmatch import fnmatchcase
from typing import Any

from flask import current_app, g, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from community.mandates.pages import mandates
from community.mandates.policies import KEEP
from community.mandates.queries import home_to_keep, stand_in
from community.mandates.rules import LONGEST_STAY, Reply
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, DomainError, Refused
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say
from foundation.web.guards import guard_of

PLACE = "on_behalf"


@mandates.post("/<int:party_id>/act")
@requires(KEEP)
def begin(party_id: int) -> Answer:
    try:
        take_place(party_id)
    except Refused as error:
        say(f"{_(error.message)} {_(error.advice or '')}", "sole")
        return redirect_to(".show", party_id=party_id)
    return redirect_to(".acting")


@mandates.get("/acting")
@requires(KEEP)
def acting() -> Answer:
    """What a maker may do in the household's place, and what waits for its word."""
    place = place_in(community().id)
    if place is None:
        return redirect_to(".listing")
    speaker = stand_in(reading(), actor(), place["party"])
    home = home_to_keep(reading(), actor(), place["party"])
    links = [link for hook in registry.hooks("on_behalf_links") for link in hook()]
    return page("community/mandates/acting.html", home=home, replies=replies_of(reading(), speaker), links=links)


@mandates.post("/stop")
@requires(KEEP)
def stop() -> Answer:
    place = place_in(community().id)
    if place is not None:
        leave_place()
    say(_("Now you are yourself again."))
    return redirect_to(".show", party_id=place["party"]) if place else redirect_to(".listing")


def replies_of(session: Session, speaker: Actor) -> list[Reply]:
    """What waits for a household's word, as the features that have any say."""
    return [reply for hook in registry.hooks("replies") for reply in hook(session, speaker)]


def place_in(community_id: int) -> dict[str, int] | None:
    """In whose place the browser's maker is, in this community; None for nobody's."""
    place = cookie.get(PLACE)
    return place if isinstance(place, dict) and place.get("community") == community_id else None


def take_place(party_id: int) -> Actor:
    """From now on the browser's maker is in this household's place; gives its actor.

    Raises Missing outside their zones, Refused without an agreement.
    """
    speaker = stand_in(reading(), actor(), party_id)
    _renew_forms()
    cookie[PLACE] = {"community": community().id, "party": party_id, "since": int(clock.now().timestamp())}
    return speaker


def leave_place() -> None:
    """Be oneself again."""
    cookie.pop(PLACE, None)
    _renew_forms()


def in_place_of(session: Session, who: Actor) -> Actor:
    """The household's actor, where a maker stands in its place and asks for something that can be done there.

    Raises Refused for a form that was sent after the agreement or the two hours were over: it must not be done in the
    maker's own name instead.
    """
    place = place_in(who.community_id)
    if place is None or not _can_be_done_there():
        return who
    try:
        if clock.now().timestamp() - place["since"] > LONGEST_STAY.total_seconds():
            raise Refused(
                N_("You have been in their place for two hours, so we ask again."),
                advice=N_("Go back to their page, and begin once more."),
            )
        return stand_in(session, who, place["party"])
    except DomainError:
        leave_place()
        if request.method not in ("GET", "HEAD"):
            raise
        return who


def frame(session: Session, who: Actor | None) -> dict[str, Any]:
    """On every page of a maker who stands in somebody's place: whose, and whether this page is theirs."""
    place = place_in(who.community_id) if who is not None and who.person_id is not None else None
    party = session.get(Party, place["party"]) if place else None
    if who is None or party is None:
        return {}
    return {
        "on_behalf": {
            "name": party.name,
            "here": who.is_on_behalf or request.endpoint == "mandates.acting",
            "url": url_for("mandates.acting"),
            "stop_url": url_for("mandates.stop"),
        }
    }


def _can_be_done_there() -> bool:
    endpoint = request.endpoint or ""
    guard = guard_of(current_app, endpoint) if endpoint in current_app.view_functions else None
    if guard is None or (guard.permission is not None and "member" not in guard.permission.roles):
        return False
    return any(fnmatchcase(endpoint, pattern) for pattern in registry.every("on_behalf"))


def _renew_forms() -> None:
    cookie.pop("csrf_token", None)
    g.pop("csrf_token", None)
