"""The one search box: everything that answers some words, kind by kind."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from foundation.feature import Found, Searchable, Together, registry
from foundation.search.meaning import close_readings, near_readings
from foundation.search.queries import found_among
from foundation.search.rules import Question, question, words_in
from foundation.search.words import words_of
from foundation.web import Answer, actor, page, public, reading
from foundation.web.forms import UNPRINTABLE

searching = Blueprint("searching", __name__, url_prefix="/c/<community>")

LONGEST = 200
MOST_OF_A_KIND = 5


@dataclass(frozen=True)
class Group:
    """What was found of one kind by some words; `more_url` leads to the rest, where there is more."""

    kind: Searchable
    found: list[Found]
    more_url: str = ""
    words: str = ""


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
    """What answers the words as they are, then what has them misspelt; else words spelt nearly like them, else some."""
    if not asked.asks:
        return [], "", ""
    groups = _groups(asked, typed)
    if sum(len(group.found) for group in groups) >= MOST_OF_A_KIND:
        return groups, "", ""
    close = asked.meaning(close_readings(reading(), asked))
    if groups:
        return (groups if close.demands == asked.demands else _groups(close, typed)), "", ""
    likely, others = near_readings(reading(), asked.words)
    meant = close.meaning(likely).meaning(others)
    groups = _groups(meant)
    words = next((group.words for group in groups if group.words), "")
    if words:
        return groups, "near", words
    some = _groups(meant.loosened(), typed) if len(asked.words) > 1 else []
    return some, "some" if some else "", ""


def _groups(asked: Question, typed: str = "") -> list[Group]:
    """What answers, kind by kind; where nothing is `typed`, what was meant is said in the words of what was found."""
    kinds, groups = registry.every("searchables"), []
    answers = _answers(kinds, asked)
    for kind in kinds:
        found, has_more = answers.get(kind.kind, ([], False))
        if found:
            words = typed or next(filter(None, (_words(kind, one, asked) for one in found)), "")
            groups.append(Group(kind, found, kind.more(words) if words and has_more and kind.more else "", words))
    return groups


def _answers(kinds: list[Searchable], asked: Question) -> dict[str, tuple[list[Found], bool]]:
    """By kind what answers, and whether there is more: what the index alone can say is asked of it once."""
    ways = list(dict.fromkeys(kind.find for kind in kinds))
    among = {find: find.among(actor()) for find in ways if isinstance(find, Together)}
    wanted = {kind: names for some in among.values() for kind, names in some.items()}
    ids = found_among(reading(), actor().community_id, wanted, asked)
    answers: dict[str, tuple[list[Found], bool]] = {}
    for find in ways:
        if not isinstance(find, Together):
            answers |= find(reading(), actor(), asked, MOST_OF_A_KIND)
        elif theirs := {kind: ids[kind] for kind in among[find] if ids[kind]}:
            answers |= find.show(reading(), actor(), theirs, MOST_OF_A_KIND)
    return answers


def _words(kind: Searchable, one: Found, asked: Question) -> str:
    """The words by which a thing that the reader sees answers the question."""
    if one.said:
        return one.said
    entries = kind.entries(reading(), one.object_id - 1, 1) if kind.entries and one.object_id else []
    words = next((entry.words for entry in entries if entry.object_id == one.object_id), words_of(one.title))
    return " ".join(words_in(asked, words))
