"""The one search box: everything that answers some words, kind by kind."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from foundation.feature import Found, Searchable, registry
from foundation.search.queries import meant_by
from foundation.search.rules import Question, question
from foundation.web import Answer, actor, page, public, reading
from foundation.web.forms import UNPRINTABLE

searching = Blueprint("searching", __name__, url_prefix="/c/<community>")

LONGEST = 200
MOST_OF_A_KIND = 5


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more_url` leads to the rest, where there is more."""

    kind: Searchable
    found: list[Found]
    more_url: str = ""


@searching.get("/search")
@public
def search() -> Answer:
    typed = UNPRINTABLE.sub("", request.args.get("q", "")).strip()[:LONGEST]
    asked = question(typed)
    groups, tolerance, meant = _search(asked, typed)
    return page(
        "foundation/search.html",
        typed=typed,
        asked=asked,
        groups=groups,
        tolerance=tolerance,
        meant=meant,
        meant_url=url_for(".search", q=meant) if meant else "",
    )


def _search(asked: Question, typed: str) -> tuple[list[Group], str, str]:
    """What answers the words as they are; else words spelt nearly like them, else some of the words."""
    if not asked.asks:
        return [], "", ""
    groups = _groups(asked, typed)
    if groups:
        return groups, "", ""
    near = meant_by(reading(), asked)
    if near:
        words = " ".join(near.get(word, [word])[0] for word in asked.words)
        groups = _groups(asked.corrected(near), words)
        if groups:
            return groups, "near", words
    some = _groups(asked.corrected(near).loosened(), typed) if len(asked.words) > 1 else []
    return some, "some" if some else "", ""


def _groups(asked: Question, typed: str) -> list[Group]:
    groups = []
    for kind in registry.every("searchables"):
        found, has_more = kind.find(reading(), actor(), asked, MOST_OF_A_KIND)
        if found:
            groups.append(Group(kind, found, kind.more(typed) if has_more and kind.more else ""))
    return groups
