"""The board: what is open, filtered by an address that can be shared, each choice with its number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from community.availability.rules import PARTS
from community.communities.queries import Catalogue, catalogue_of
from community.members.forms import TONGUES
from community.members.rules import SPOKEN
from exchanges.posts import rules
from exchanges.posts.pages.asking import address, asked_for, says_too_much
from exchanges.posts.pages.blueprint import posts
from exchanges.posts.pages.words import weekday_name
from exchanges.posts.policies import READ, WRITE
from exchanges.posts.queries import MOST_NEW, BoardPage, Filters, counts_new, number_new
from exchanges.posts.queries import board as find
from exchanges.posts.queries.filters import said_by
from foundation import clock
from foundation.web import Answer, actor, community, htmx, page, public, reading, requires
from foundation.web.asked import row_number
from foundation.web.formats import in_words
from foundation.web.pictures import picture_url

MOST_BY_ITSELF = 3
"""After so many pages that came by themselves the next one waits to be asked for: there is a foot to this page."""


@dataclass(frozen=True)
class Choice:
    """One value of a filter, in words, with the number of posts it would leave."""

    value: Any
    words: str
    count: int
    icon: str = ""
    chosen: bool = False


@posts.get("/board")
@public
def board() -> Answer:
    catalogue = catalogue_of(reading(), community())
    asked = asked_for(catalogue)
    filters = asked.filters
    if says_too_much() and not htmx.asked():
        return htmx.redirect_to(address(filters))
    after = request.args.get("after", "")[:200]
    found = find(reading(), actor(), filters, after)
    turn = min(request.args.get("turn", 0, type=row_number), MOST_BY_ITSELF)
    more = htmx.target() == "board-more"
    answer = page(
        "exchanges/posts/board.html",
        part="exchanges/posts/_more.html" if more else "exchanges/posts/_board.html",
        found=found,
        filters=filters,
        gone=asked.gone,
        choices={} if more else choices(found, catalogue),
        next_url=address(filters, after=found.next_cursor) if found.next_cursor else "",
        by_itself=turn < MOST_BY_ITSELF,
        turn=turn + 1,
        first_url=address(filters) if after else "",
        meant_url=address(replace(filters, words=found.meant)) if found.meant else "",
        map_url=address(replace(filters, zone_id=None, order=""), endpoint="posts.zone_map"),
        keep_url=address(filters, endpoint="searches.new") if filters.are_set and actor().is_member else "",
        may_write=actor().may(WRITE) and actor().party_id is not None,
        picture_url=picture_url,
        new_url="" if more else _new_url(filters, f"{clock.now().timestamp():.0f}"),
    )
    return answer if more else htmx.show_address(answer, address(filters))


@posts.get("/board/new")
@requires(READ)
def count_new() -> Answer:
    """The bar that says how many posts came since a board was made; without a script there is the board itself."""
    filters = asked_for(catalogue_of(reading(), community())).filters
    since = _moment(request.args.get("since", ""))
    return page(
        "exchanges/posts/new.html",
        part="exchanges/posts/_new.html",
        new=number_new(reading(), actor(), filters, since),
        most_new=MOST_NEW,
        new_url=_new_url(filters, request.args.get("since", "")[:20]),
        board_url=address(filters),
    )


def _new_url(filters: Filters, since: str) -> str:
    """Where a board that is made now asks what came later; empty where that cannot be counted, and for visitors."""
    if not actor().is_member or not counts_new(filters):
        return ""
    values: dict[str, Any] = {**said_by(filters), "since": since}
    return url_for(".count_new", **values)


def _moment(seconds: str) -> datetime:
    """A moment as an address says it; now, where it says something else."""
    said = int(seconds) if seconds.isdecimal() and len(seconds) < 11 else 0
    return datetime.fromtimestamp(said, UTC) if said else clock.now()


def choices(found: BoardPage, catalogue: Catalogue) -> dict[str, list[Choice]]:
    """What can be chosen in each filter, and how many posts it would leave."""
    filters = found.filters
    chosen_category = catalogue.categories.get(filters.category_id)
    categories = [branch.category for branch in catalogue.branches]
    if chosen_category is not None and chosen_category not in categories:
        categories.insert(0, chosen_category)
    languages = _counted(found, "language", {"": _("Any language"), **{code: str(TONGUES[code]) for code in SPOKEN}})
    return {
        "kind": _counted(
            found,
            "kind",
            {"": _("Everything"), "need": _("Who needs"), "offer": _("Who offers")},
            {"need": "need", "offer": "offer"},
        ),
        "category": _counted(
            found,
            "category_id",
            {None: _("About anything"), **{one.id: in_words(one.names) for one in categories}},
            {one.id: one.icon for one in categories},
        ),
        "zone": _counted(found, "zone_id", {None: _("All the zones"), **{one.id: one.name for one in catalogue.zones}}),
        "pay": _counted(found, "pay", {"": _("Hours and gifts"), "hours": _("In hours"), "gift": _("Gifts")}),
        "day": _counted(found, "weekday", {None: _("Any day"), **{day: weekday_name(day) for day in rules.WEEKDAYS}}),
        "part": _counted(found, "part", {"": _("At any time"), **{part.key: _(part.words) for part in PARTS}}),
        "language": [one for one in languages if one.count or one.chosen or not one.value],
        "age": _counted(
            found,
            "age",
            {"": _("Any age")} | {band: _("%(ages)s years", ages=band.replace("-", "–")) for band in rules.AGE_BANDS},
        ),
        "order": _orders(filters),
    }


def _counted(
    found: BoardPage, name: str, words: Mapping[Any, str], icons: Mapping[Any, str] | None = None
) -> list[Choice]:
    counts = found.counts.choices(name, words.keys())
    chosen = getattr(found.filters, name)
    return [
        Choice(value if value is not None else "", said, counts[value], (icons or {}).get(value, ""), value == chosen)
        for value, said in words.items()
    ]


def _orders(filters: Filters) -> list[Choice]:
    offered = {"newest": _("The newest first"), "soonest": _("The soonest first")}
    if filters.question.asks:
        offered = {"best": _("The best match first"), **offered}
    if actor().zone_id is not None and filters.zone_id is None:
        offered["nearest"] = _("The nearest first")
    return [Choice(value, words, 0, chosen=value == filters.sorted_by) for value, words in offered.items()]
