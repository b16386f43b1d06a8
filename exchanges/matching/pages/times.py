"""Moments at which both can, offered above the form of a proposal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Flask, request, url_for

from exchanges.matching.queries import common_times
from exchanges.matching.rules import Wanted
from foundation import clock
from foundation.web import actor, reading
from foundation.web.state import time_zone

WALL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Common:
    """What the partial `_common_times.html` shows. `chosen` came with the address, when it is one of the moments.

    `unsaid`: the other has said when it can and the reader has not.
    """

    moments: list[datetime]
    chosen: datetime | None
    unsaid: bool
    url: Callable[[datetime], str]
    field: str = "starts_at"


def common_for(party_id: int, wanted: Wanted, address: Callable[..., str]) -> Common:
    """The moments that suit the reader and another party; `address(at=...)` is the form with one filled in."""
    moments, unsaid = common_times(reading(), actor(), party_id, wanted, time_zone())
    asked = request.args.get("at", "")
    chosen = next((moment for moment in moments if wall(moment) == asked), None)
    return Common(moments, chosen, unsaid, lambda moment: address(at=wall(moment)))


def address_of(endpoint: str, **values: object) -> Callable[..., str]:
    """The address of a form, to which the moment is added."""
    return partial(url_for, endpoint, **values)  # type: ignore[arg-type]  # what url_for takes


def wall(moment: datetime) -> str:
    """A moment as a field for a day and time wants it: on the wall of the community."""
    return clock.local(moment, time_zone()).strftime(WALL)


def set_up(app: Flask) -> None:
    """Give the templates their filter."""
    app.jinja_env.filters["wall"] = wall
