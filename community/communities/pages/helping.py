"""Help: how it works, the hours, safety, privacy, accessibility. The same words inside a community and before one."""

import re
from functools import cache
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

from community.communities.pages import communities
from community.communities.queries import rules_in_force
from community.members.queries import makers_of
from community.safeguarding.queries import leads_of
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import Found
from foundation.search import Question
from foundation.search.closeness import Text
from foundation.search.words import words_of
from foundation.web import Answer, actor, community, page, public, reading
from foundation.web.language import language_code

HELP = "help"
LANGUAGES = ("it", "en")
_MARKUP = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>|&\w+;", re.S)
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


def find_help(_session: Session, _actor: Actor, asked: Question, limit: int) -> dict[str, tuple[list[Found], bool]]:
    """The pages of help that answer a question, in whichever language it was asked.

    Those that have words like the typed ones count where it is said what these may mean.
    """
    found = [topic for topic in TOPICS if (_text(topic).answers if asked.meant else _text(topic).has)(asked)]
    shown = [
        Found(
            str(TOPICS[topic]),
            "",
            "communities.help_page",
            {"topic": topic},
            icon="info",
            said=" ".join(_text(topic).said(asked)),
        )
        for topic in found[:limit]
    ]
    return {HELP: (shown, len(found) > limit)}


@cache
def _text(topic: str) -> Text:
    """The words of a page of help in both its languages; they change with a new version only."""
    loader = current_app.jinja_env.loader
    texts = [topic]
    for language in LANGUAGES:
        name = f"community/help/{topic}.{language}.html"
        source = loader.get_source(current_app.jinja_env, name)[0] if loader else ""
        texts.append(_MARKUP.sub(" ", source))
    return Text(words_of(" ".join(texts)))


def _page(topic: str, **context: Any) -> Answer:
    if topic not in TOPICS:
        raise Missing()
    language = language_code() if language_code() in LANGUAGES else "en"
    return page(
        "community/help/page.html",
        topic=topic,
        topics=TOPICS,
        words=f"community/help/{topic}.{language}.html",
        **context,
    )
