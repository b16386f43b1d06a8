"""What a notice is: a message that a feature may send to one person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from community.notifications.rules.topics import ACCOUNT, TOPICS
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
    """

    name: str
    subject: str
    body: tuple[str, ...]
    link: str = N_("Open the page")
    topic: str = field(kw_only=True)
    urgent: bool = field(default=False, kw_only=True)
    asked_for: bool = field(default=False, kw_only=True)
    promised: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if self.topic not in TOPICS:
            raise ValueError(f"{self.name}: there is no topic {self.topic!r}")
        if self.name.count(":") != 1:
            raise ValueError(f"{self.name!r} is not feature:what")
        forbidden = sorted(name for name in self.params if any(word in name for word in NEVER))
        if forbidden:
            raise ValueError(f"{self.name} would put {forbidden} into a mail")

    @property
    def is_letter_only(self) -> bool:
        """Whether it goes straight out by e-mail, and is not in the app: who cannot sign in has to read it."""
        return self.topic == ACCOUNT

    @property
    def params(self) -> frozenset[str]:
        """The names that must be filled."""
        return frozenset(_PLACE.findall(" ".join((self.subject, *self.body))))


def packed(notice: Notice, params: Mapping[str, object]) -> dict[str, object]:
    """The parameters as JSON. Raises ValueError when one is missing, not asked for, or of a kind mail cannot show."""
    if notice.params != params.keys():
        raise ValueError(f"{notice.name} takes {sorted(notice.params)}, not {sorted(params)}")
    return {name: _packed_value(name, value) for name, value in params.items()}


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
