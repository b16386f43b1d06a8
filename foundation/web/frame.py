"""What stands around every page: the bar, the bell, the language switch, whom one acts for, the footer.

Features fill it through `Feature.bar`, `Feature.waiting` and the hook `frame(session, actor) -> dict`, whose keys are
those of `site` in templates/layout/base.html, the addresses of home and of signing in among them. `actor` is None
outside a community.
"""

from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from foundation import clock
from foundation.access import Actor
from foundation.errors import Missing
from foundation.feature import BarItem, Waiting, registry
from foundation.web.language import direction, language_code, language_name, language_tag, spoken_here
from foundation.web.numbers import lines_waiting, number_new
from foundation.web.state import actor, in_community, reading


def set_up_frame(app: Flask) -> None:
    """Give every template its surroundings."""
    app.context_processor(surroundings)


def surroundings() -> dict[str, Any]:
    """The context of templates/layout/base.html."""
    who = _actor_or_none()
    code = language_code()
    return {
        "page_language": language_tag(code),
        "page_direction": direction(code),
        "actor": who,
        "bar": _bar(who),
        "site": _site(who, code),
    }


def waiting_for(who: Actor) -> list[Waiting]:
    """Everything that waits for the actor, the urgent first: the lines that are counted at the bell."""
    return sorted(lines_waiting(who), key=lambda line: not line.urgent)


def _actor_or_none() -> Actor | None:
    try:
        return actor() if in_community() else None
    except Missing:
        return None


def _bar(who: Actor | None) -> list[dict[str, Any]]:
    if who is None:
        return []
    shown: list[BarItem] = sorted(registry.every("bar"), key=lambda item: item.position)
    return [_bar_item(item, who) for item in shown if item.for_visitors or who.is_member]


def _bar_item(item: BarItem, who: Actor) -> dict[str, Any]:
    count = number_new(who, item.endpoint) if item.count else 0
    blueprint = item.endpoint.partition(".")[0]
    return {
        "url": url_for(item.endpoint),
        "icon": item.icon,
        "label": _(item.words),
        "count": count,
        "count_words": ngettext("%(num)s new", "%(num)s new", count) if count else "",
        "current": request.endpoint == item.endpoint or request.blueprint == blueprint,
    }


def _site(who: Actor | None, code: str) -> dict[str, Any]:
    site: dict[str, Any] = {
        "signed_in": current_user.is_authenticated,
        "is_live": bool(who and who.is_member and not who.is_on_behalf),
        "made_at": round(clock.now().timestamp(), 3),
        "home_url": "/", "sign_in_url": "", "sign_out_url": "",
        "here": request.full_path.rstrip("?") if request.method == "GET" and request.full_path.isprintable() else "",
        "language_url": url_for("languages.choose"),
        "languages": [
            {
                "code": offered,
                "tag": language_tag(offered),
                "name": language_name(offered),
                "direction": direction(offered),
                "current": offered == code,
            }
            for offered in dict.fromkeys((*spoken_here(), code))
        ],
        "community_name": "", "community_words": "", "logo_url": "",
        "zone_names": [], "contact_words": "", "contact_url": "", "help_links": [],
        "bell_url": "", "bell_count": 0, "unseen_count": 0, "seen_here": [], "seen_url": "",
        "search_url": "", "privacy_url": "",
        "acting_name": "", "acting_url": "", "acting_choices": [], "communities_url": "",
        "role_sleeps_url": "", "on_behalf": None,
    }  # fmt: skip
    for hook in registry.hooks("frame"):
        site.update(hook(reading(), who))
    return site
