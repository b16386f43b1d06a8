"""What the address of a board asks for, the address of what is asked, and what an old link asks for that is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from community.communities.queries import Catalogue
from exchanges.posts.queries.filters import NAMES, Filters, filters_of, said_by
from foundation.web.formats import in_words


@dataclass(frozen=True)
class Asked:
    """The filters of an address; `gone` says in words what it asks for that is no longer there."""

    filters: Filters
    gone: tuple[str, ...] = ()


def asked_for(catalogue: Catalogue, said: Mapping[str, str] | None = None) -> Asked:
    """The filters in the address, or in a saved search, without what is no longer there."""
    said = request.args if said is None else said
    filters, gone = filters_of(said), []
    category = catalogue.categories.get(filters.category_id)
    if said.get("category") and (category is None or category.retired_at is not None):
        gone.append(_gone_category(in_words(category.names) if category else ""))
        filters = filters.without("category_id")
    if said.get("zone") and filters.zone_id not in {zone.id for zone in catalogue.zones}:
        gone.append(_gone_zone(catalogue.zone_names.get(filters.zone_id, "")))
        filters = filters.without("zone_id")
    return Asked(filters, tuple(gone))


def address(filters: Filters, after: str = "", endpoint: str = "posts.board") -> str:
    """The address of a board with these filters, or of another page that takes the same."""
    values: dict[str, Any] = {**said_by(filters), **({"after": after} if after else {})}
    return url_for(endpoint, **values)


def says_too_much() -> bool:
    """Whether the address names filters that it leaves empty, as a form without a script sends them."""
    return any(not request.args[name] for name in NAMES if name in request.args)


def _gone_category(name: str) -> str:
    if name:
        return _("The category “%(name)s” is no longer in use: here is what there is about anything.", name=name)
    return _("The category asked for is no longer there: here is what there is about anything.")


def _gone_zone(name: str) -> str:
    if name:
        return _("The zone “%(name)s” is no longer in use: here is what there is in all of them.", name=name)
    return _("The zone asked for is no longer there: here is what there is in all of them.")
