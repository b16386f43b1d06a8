"""What a notice is: a message that a feature may send to one person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from community.notifications.rules.topics import ACCOUNT, TOPICS
from foundation import clock
from foundation.crypto.sealed import Confidential
from foundation.errors import N_

_PLACE = re.compile(r"%\((\w+)\)[sd]")
NEVER = ("child", "dependant", "hardship", "address", "nickname", "street", "phone", "illness", "needs")
"""A mail lies open on a kitchen table: it names no child, no hardship, no street (domain, Children 3)."""
UNSAID = {"it": "una cosa riservata", "en": "something confidential"}
"""What a notice says in the place of a text that is sealed where it is kept."""


@dataclass(frozen=True)
class Notice:
    """Declared in a feature's `notices.py` and listed in its `feature.py`.

    `name` is `feature:what`, once in the house. `subject` and each paragraph of `body` are English sentences of the
    catalogue with %(name)s places. A parameter whose name ends in `_minutes` is shown as hours, one that ends in
    `_at` as a day and time, in `_on` as a day; a mapping by language code gives the reader's own.
    `link` are the words on the button that leads to the page.
    `topic` is one of TOPICS: people choose by it. What is `urgent` waits for no summary (but for the morning);
    what is `asked_for` goes at once to whoever has not chosen otherwise, since they said so where they asked.
    What is `promised` concerns a meeting on which people count: no limit holds it back, no silence about others of its
    kind stops it, and it is in a summary only where that comes the same day. It, too, leaves the night in peace.
    Letters about one's account wait for the morning, too, unless they are `waited_for`: somebody has just asked for it,
    or has to know at once that somebody else did.
    `good_until` names the parameter after whose moment or day nobody is told any more, whatever was away or held it up;
    what `says_tomorrow` is over when that day begins.
    """

    name: str
    subject: str
    body: tuple[str, ...]
    link: str = N_("Open the page")
    topic: str = field(kw_only=True)
    urgent: bool = field(default=False, kw_only=True)
    asked_for: bool = field(default=False, kw_only=True)
    promised: bool = field(default=False, kw_only=True)
    waited_for: bool = field(default=False, kw_only=True)
    good_until: str = field(default="", kw_only=True)
    says_tomorrow: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if self.topic not in TOPICS:
            raise ValueError(f"{self.name}: there is no topic {self.topic!r}")
        if self.name.count(":") != 1:
            raise ValueError(f"{self.name!r} is not feature:what")
        forbidden = sorted(name for name in self.params if any(word in name for word in NEVER))
        if forbidden:
            raise ValueError(f"{self.name} would put {forbidden} into a mail")
        if self.good_until and (self.good_until not in self.params or self.good_until[-3:] not in ("_at", "_on")):
            raise ValueError(f"{self.name} is good until {self.good_until!r}, which is no moment of its own")

    @property
    def is_letter_only(self) -> bool:
        """Whether it goes straight out by e-mail, and is not in the app: who cannot sign in has to read it."""
        return self.topic == ACCOUNT

    @property
    def params(self) -> frozenset[str]:
        """The names that must be filled."""
        return frozenset(_PLACE.findall(" ".join((self.subject, *self.body))))

    def taking(self, said: Mapping[str, object]) -> dict[str, object]:
        """Those of some parameters that it has a place for, where several notices are told of the same things."""
        return {name: value for name, value in said.items() if name in self.params}


def packed(notice: Notice, params: Mapping[str, object]) -> dict[str, object]:
    """The parameters as JSON. Raises ValueError when one is missing, not asked for, or of a kind mail cannot show."""
    if notice.params != params.keys():
        raise ValueError(f"{notice.name} takes {sorted(notice.params)}, not {sorted(params)}")
    return {name: _packed_value(name, value) for name, value in params.items()}


def good_until(notice: Notice, params: Mapping[str, Any], zone: str) -> datetime | None:
    """Until when what was packed may be told, by the wall clock of `zone`; None for ever."""
    if not notice.good_until:
        return None
    said = params[notice.good_until]
    if notice.good_until.endswith("_on"):
        day = date.fromisoformat(said)
        return clock.start_of_day(day if notice.says_tomorrow else day + timedelta(days=1), zone)
    moment = datetime.fromisoformat(said)
    return clock.start_of_day(clock.local(moment, zone).date(), zone) if notice.says_tomorrow else moment


def is_stale(notice: Notice, params: Mapping[str, Any], zone: str, now: datetime) -> bool:
    """Whether the day it speaks of has come and gone: then it stands in the app, and nobody is told any more."""
    until = good_until(notice, params, zone)
    return until is not None and until <= now


def matter_of(values: Mapping[str, object]) -> str:
    """What a notice is about, when nobody said it: the one thing whose number stands in the address (`post:7`)."""
    found = [(name[:-3], value) for name, value in values.items() if name.endswith("_id")]
    return f"{found[0][0]}:{found[0][1]}" if len(found) == len(values) == 1 else ""


def _packed_value(name: str, value: object) -> object:
    if isinstance(value, Confidential):
        return dict(UNSAID)
    if isinstance(value, datetime | date):
        expected = "_at" if isinstance(value, datetime) else "_on"
        if not name.endswith(expected):
            raise ValueError(f"{name}: a moment's name ends in _at, a day's in _on")
        return value.isoformat()
    if isinstance(value, str | int | Mapping):
        return dict(value) if isinstance(value, Mapping) else value
    raise ValueError(f"{name}: a mail cannot show {type(value).__name__}")
