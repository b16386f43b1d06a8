"""Help: how it works, the hours, safety, privacy, accessibility. The same words inside a community and before one."""

from typing import Any

from flask_babel import lazy_gettext as _l

from community.communities.pages import communities
from community.communities.queries import rules_in_force
from community.members.queries import makers_of
from community.safeguarding.queries import leads_of
from foundation.errors import Missing
from foundation.web import Answer, actor, community, page, public, reading
from foundation.web.language import language_code

TOPICS = {
    "how-it-works": _l("How it works"),
    "hours": _l("The hours"),
    "safety": _l("Safety"),
    "privacy": _l("Your data"),
    "accessibility": _l("Accessibility"),
}


@communities.get("/c/<community>/help/<topic>")
@public
def help_page(topic: str) -> Answer:
    here = community()
    return _page(
        topic,
        community=here,
        rules=rules_in_force(reading(), here.id),
        makers=makers_of(reading(), here.id, actor().zone_id) if actor().is_member else [],
        leads=leads_of(reading(), here.id) if actor().is_member else [],
    )


@communities.get("/help/<topic>")
@public
def general_help(topic: str) -> Answer:
    return _page(topic, community=None, rules=None, makers=[], leads=[])


def _page(topic: str, **context: Any) -> Answer:
    if topic not in TOPICS:
        raise Missing()
    language = language_code() if language_code() in ("it", "en") else "en"
    return page(
        "community/help/page.html",
        topic=topic,
        topics=TOPICS,
        words=f"community/help/{topic}.{language}.html",
        **context,
    )
