"""What a listener may hear: worked out anew, with a fresh actor, at every wish and whenever something was taken away.

What is missing and what is forbidden look the same: a name that is not heard.
"""

import re
from collections.abc import Iterable
from typing import Any

from foundation.access import Actor
from foundation.database import Session
from foundation.feature import LiveKind, registry
from foundation.signals.rules import parse
from foundation.web.listeners import MOST_NAMES, Listener

_COMMUNITY = re.compile(r"/c/([^/?#]{1,80})(/|$)")


def names_in(wish: Any) -> frozenset[str]:
    """The names that a page wishes to hear: those that can be names, and only so many."""
    said = wish.get("names") if isinstance(wish, dict) else None
    names = said if isinstance(said, list) else []
    return frozenset(name for name in names[:MOST_NAMES] if parse(name) is not None)


def slug_in(wish: Any) -> str:
    """The community in whose pages the listener is; empty outside one."""
    at = wish.get("at") if isinstance(wish, dict) else None
    found = _COMMUNITY.match(at) if isinstance(at, str) else None
    return found[1] if found else ""


def since_in(wish: Any) -> float:
    """When the page was made, in seconds by our clock; the beginning of time where it does not say."""
    since = wish.get("since") if isinstance(wish, dict) else None
    return float(since) if isinstance(since, int | float) else 0.0


def is_signed_in(session: Session, one: Listener) -> bool:
    """Whether the session with which the line was opened still lets its person in."""
    user = registry.hooks("load_user")[0](session, one.key)
    return user is not None and user.person_id == one.person_id


def hearable(session: Session, person_id: int, slug: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that the person may hear in a community."""
    actor = _actor(session, person_id, slug)
    return frozenset(name for name in names if _may_hear(session, actor, name))


def may_type(name: object) -> bool:
    """Whether writing is told of in this kind of thing."""
    found = parse(name)
    kind = kinds().get(found[0]) if found else None
    return kind is not None and kind.typing


def kinds() -> dict[str, LiveKind]:
    """What can be heard in this installation, by name."""
    return {kind.name: kind for kind in registry.every("live")}


def _actor(session: Session, person_id: int, slug: str) -> Actor:
    community = registry.hooks("load_community")[0](session, slug) if slug else None
    if community is None:
        return Actor(community_id=0, person_id=person_id)  # outside a community one hears of oneself only
    actor: Actor = registry.hooks("load_actor")[0](session, person_id, community.id)
    return actor


def _may_hear(session: Session, actor: Actor, name: str) -> bool:
    found = parse(name)
    kind = kinds().get(found[0]) if found else None
    return found is not None and kind is not None and kind.may_hear(session, actor, found[1])
