"""The board: what is open, filtered by an address that can be shared."""

import re
from typing import Any

from flask import redirect, request, url_for

from community.categories.queries import Branch, category_tree
from community.categories.tables import Category
from community.members.pages.pictures import picture_url
from community.zones.queries import zones_of
from community.zones.tables import Zone
from exchanges.posts import rules
from exchanges.posts.pages import posts
from exchanges.posts.policies import WRITE
from exchanges.posts.queries import Filters
from exchanges.posts.queries import board as find
from foundation.web import Answer, actor, community, htmx, page, public, reading
from foundation.web.forms import UNPRINTABLE

PAYS = ("gift", "hours")
LONGEST_SEARCH = 200


@posts.get("/board")
@public
def board() -> Answer:
    branches = category_tree(reading(), community().id)
    zones = zones_of(reading(), community().id)
    filters = asked_for(branches, zones)
    after = request.args.get("after", "")[:200]
    here = address(filters, after)
    if not htmx.asked() and not all(request.args.values()):
        # A form without a script sends its empty fields too: the address to be shared holds only what is set.
        return redirect(here, code=303)
    found = find(reading(), actor(), filters, after)
    answer = page(
        "exchanges/posts/board.html",
        part="exchanges/posts/_list.html",
        found=found,
        filters=filters,
        branches=branches,
        chosen_category=_category(branches, filters.category_id),
        zones=zones,
        next_url=address(filters, after=found.next_cursor) if found.next_cursor else "",
        first_url=address(filters) if after else "",
        may_write=actor().may(WRITE) and actor().party_id is not None,
        picture_url=picture_url,
    )
    return htmx.show_address(answer, here)


def asked_for(branches: list[Branch], zones: list[Zone]) -> Filters:
    """The filters in the address; a value nobody offered is as if it were not there."""
    kind, pay = request.args.get("kind", ""), request.args.get("pay", "")
    words = UNPRINTABLE.sub("", request.args.get("q", "")).strip()[:LONGEST_SEARCH]
    category = _category(branches, _number(request.args.get("category", "")))
    zone = _number(request.args.get("zone", ""))
    return Filters(
        kind=kind if kind in rules.KINDS else "",
        category_id=category.id if category else None,
        zone_id=zone if zone in {one.id for one in zones} else None,
        pay=pay if pay in PAYS else "",
        words=words,
    )


def address(filters: Filters, after: str = "") -> str:
    """The address of a board with these filters."""
    wanted: dict[str, Any] = {
        "kind": filters.kind,
        "category": filters.category_id,
        "zone": filters.zone_id,
        "pay": filters.pay,
        "q": filters.words,
        "after": after,
    }
    return url_for("posts.board", **{name: value for name, value in wanted.items() if value})


def _category(branches: list[Branch], category_id: int | None) -> Category | None:
    every = [one for branch in branches for one in (branch.category, *branch.leaves)]
    return next((one for one in every if one.id == category_id), None)


def _number(typed: str) -> int | None:
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else None
