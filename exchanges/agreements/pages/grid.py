"""The grid of paper cheques as it was typed: names, times and days in people's own words, and what is wrong where."""

import re
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from flask_babel import gettext as _
from sqlalchemy import or_
from sqlmodel import col, select
from wtforms.fields.choices import SelectChoice

from community.categories.queries import category_tree
from community.communities.tables import Community
from community.members.tables import Person
from community.parties.queries import people_of
from community.parties.tables import Party
from community.safeguarding.queries import asks_for_second, requirements_of
from community.zones.queries import zone_names
from exchanges.agreements.actions import BadCheques, Cheque, faults_of
from exchanges.agreements.actions.cheques import MOST_CHEQUES
from exchanges.agreements.forms import category_choices, whole_number
from exchanges.agreements.policies import CHEQUES
from foundation.access import Actor
from foundation.database import Session, fold, folded
from foundation.errors import DomainError
from foundation.web.formats import explain
from foundation.web.forms import UNPRINTABLE

FIELDS = ("giver", "receiver", "time", "day", "title", "category", "adult", "second")
OF_ERROR = {"minutes": "time", "happened_on": "day"}
ROWS = 10
MOST_SUGGESTED = 800
LONGEST_CELL = 200

_TIME = re.compile(
    r"(?:(\d{1,3})\s*(?:h|:|ore|ora|hours?))?\s*(?:(\d{1,4})\s*(m|min|minuti|minutes|')?)?", re.IGNORECASE
)
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
_NUMBER = re.compile(r"#(\d{1,18})\s*$")


@dataclass
class Row:
    """One cheque as typed. `faults` are words by field, `fine` is None until it was looked at."""

    number: int
    cells: dict[str, str]
    faults: dict[str, list[str]] = field(default_factory=dict)
    fine: bool | None = None
    cheque: Cheque | None = None

    @property
    def is_empty(self) -> bool:
        return not any(self.cells[name] for name in ("giver", "receiver", "time", "title"))

    @property
    def noted(self) -> dict[str, list[str]]:
        """What is wrong at the cells that are filled in: the others are still to be typed."""
        return {name: words for name, words in self.faults.items() if self.cells.get(name)}

    def check(self, session: Session, actor: Actor) -> bool:
        """Read the cells and say whether all is well; what is not stands in `faults`."""
        self.faults = {}
        cells = self.cells
        for name, value in list(cells.items()):
            if len(value) > LONGEST_CELL:
                self._blame(name, _("This is too long: %(most)s characters at most.", most=LONGEST_CELL))
            if UNPRINTABLE.search(value):
                cells[name] = UNPRINTABLE.sub("", value)
                self._blame(name, _("There were characters here that cannot be kept; we took them out."))
        if self.faults:
            self.fine = False
            return False
        giver, receiver = self._party(session, actor, "giver"), self._party(session, actor, "receiver")
        category_id = whole_number(cells["category"])
        self.cheque = Cheque(
            giver_id=giver,
            receiver_id=receiver,
            minutes=self._minutes(),
            happened_on=self._day(),
            title=cells["title"],
            category_id=category_id,
            adult_id=self._adult(session, giver, asked=requirements_of(session, [category_id]).of_person),
            second_id=self._second(session, giver, receiver),
        )
        for error in faults_of(session, actor, self.cheque):
            self.blame(error)
        self.fine = not self.faults
        return self.fine

    def blame(self, error: DomainError) -> None:
        """Show a domain error at its cell, unless something plainer already stands there."""
        name = OF_ERROR.get(error.field or "", error.field or "")
        if name not in self.faults:
            self._blame(name if name in FIELDS else "time", explain(error))
        self.fine = False

    def _blame(self, name: str, words: str) -> None:
        self.faults.setdefault(name, []).append(words)

    def _party(self, session: Session, actor: Actor, name: str) -> int | None:
        typed = self.cells[name]
        if not typed:
            self._blame(name, _("Write who."))
            return None
        found = find_party(session, actor, typed)
        if len(found) != 1:
            several = _("More than one is called so: add the number, such as “%(example)s”.", example=f"{typed} #12")
            self._blame(name, several if found else _("Nobody is called so. Choose from the list."))
            return None
        return found[0]

    def _minutes(self) -> int | None:
        minutes = minutes_of(self.cells["time"])
        if minutes is None:
            self._blame("time", _("Write the time as 1:30, 2 h or 45 min."))
        return minutes

    def _day(self) -> date | None:
        return day_of(self.cells["day"])

    def _adult(self, session: Session, giver_id: int | None, *, asked: bool) -> int | None:
        if giver_id is None:
            return None
        people = people_of(session, giver_id)
        if not self.cells["adult"]:
            return people[0].id if asked and len(people) == 1 else None
        return self._named("adult", people)

    def _second(self, session: Session, giver_id: int | None, receiver_id: int | None) -> int | None:
        if giver_id is None or receiver_id is None or not self.cells["second"]:
            return None
        return self._named("second", [*people_of(session, giver_id), *people_of(session, receiver_id)])

    def _named(self, name: str, people: list[Person]) -> int | None:
        typed = fold(self.cells[name])
        named = [person for person in people if typed in (fold(person.name), fold(person.given_name))]
        if len(named) != 1:
            names = ", ".join(person.name for person in people)
            self._blame(name, _("Write one of: %(names)s.", names=names))
            return None
        return named[0].id


@dataclass
class Grid:
    """All rows, and what the page needs beside them."""

    rows: list[Row]
    request_key: str
    suggestions: list[str]
    categories: list[tuple[str | None, list[SelectChoice]]]
    second: bool = False
    """Whether some category asks for a second adult."""
    errors: list[str] = field(default_factory=list)

    @classmethod
    def empty(cls, session: Session, actor: Actor, community: Community) -> "Grid":
        """A fresh grid."""
        return cls.typed(session, actor, community, {"rows": str(ROWS)})

    @classmethod
    def typed(cls, session: Session, actor: Actor, community: Community, form: Mapping[str, str]) -> "Grid":
        """The grid as it came, cells trimmed."""
        count = min(max(whole_number(form.get("rows", "")) or ROWS, 1), MOST_CHEQUES)
        rows = [
            Row(number, {name: (form.get(f"row-{number}-{name}") or "").strip() for name in FIELDS})
            for number in range(count)
        ]
        every = category_choices(category_tree(session, community.id or 0))
        return cls(
            rows=rows,
            request_key=form.get("request_key") or secrets.token_urlsafe(18),
            suggestions=suggestions(session, actor),
            second=asks_for_second(session, community.id or 0),
            categories=[(name, list(some)) for name, some in groupby(every, key=attrgetter("optgroup"))],
        )

    @property
    def filled(self) -> list[Row]:
        return [row for row in self.rows if not row.is_empty]

    @property
    def cheques(self) -> list[Cheque]:
        return [row.cheque for row in self.filled if row.cheque is not None]

    @property
    def fault_count(self) -> int:
        return sum(bool(row.faults) for row in self.rows)

    def longer(self) -> "Grid":
        """The same with more empty rows."""
        start = len(self.rows)
        more = range(start, min(start + ROWS, MOST_CHEQUES))
        self.rows += [Row(number, dict.fromkeys(FIELDS, "")) for number in more]
        return self

    def check(self, session: Session, actor: Actor) -> bool:
        """Look at every row that is filled in; whether all of them are well, and there are some."""
        if not self.filled:
            self.errors = [_("Fill in at least one cheque.")]
            return False
        looked_at = [row.check(session, actor) for row in self.filled]
        return all(looked_at)

    def blame(self, error: BadCheques) -> None:
        """Show at its cell what was only found when the hours were moved."""
        for index, faults in error.faults.items():
            for fault in faults:
                self.filled[index].blame(fault)

    def blame_whole(self, error: DomainError) -> None:
        """Show above the grid what is wrong with all of it."""
        self.errors = [explain(error)]


def minutes_of(typed: str) -> int | None:
    """The minutes in `1:30`, `2 h`, `1 h 30`, `45 min`; None for anything else, a bare number included.

    A bare number is not guessed at: on paper 2 means hours and 30 means minutes.
    """
    found = _TIME.fullmatch(typed.strip())
    if found is None or not typed.strip():
        return None
    hours, minutes, unit = found.groups()
    if hours is None and unit is None:
        return None
    if hours is not None and minutes is not None and int(minutes) > 59:
        return None
    return int(hours or 0) * 60 + int(minutes or 0)


def day_of(typed: str) -> date | None:
    """The day in `2026-11-26` or `26/11/2026`; None for anything else."""
    for pattern in _DAYS:
        try:
            return datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def find_party(session: Session, actor: Actor, typed: str) -> list[int]:
    """The parties that a cell may mean: by number, by name and zone, by name."""
    statement = select(Party).where(
        col(Party.community_id) == actor.community_id, col(Party.kind) != "fund", col(Party.closed_at).is_(None)
    )
    number = _NUMBER.search(typed)
    if number is not None:
        party = session.scalars(statement.where(col(Party.id) == int(number.group(1)))).one_or_none()
        return [party.id] if party is not None and party.id is not None else []
    name, _separator, zone = (part.strip() for part in typed.partition(" · "))
    called = or_(col(Party.name) == name, folded(col(Party.name)) == fold(name))
    found = list(session.scalars(statement.where(called).limit(20)))
    if zone and len(found) > 1:
        names = zone_names(session, actor.community_id)
        found = [party for party in found if names.get(party.zone_id or 0, "") == zone]
    return [party.id for party in found if party.id is not None]


def suggestions(session: Session, actor: Actor) -> list[str]:
    """What the cells propose: the parties of the maker's zones; the number is added where two are called the same."""
    statement = (
        select(Party)
        .where(col(Party.community_id) == actor.community_id, col(Party.kind) != "fund", col(Party.closed_at).is_(None))
        .order_by(col(Party.name))
        .limit(MOST_SUGGESTED)
    )
    zones = actor.zones_for(CHEQUES)
    if zones is not None:
        statement = statement.where(col(Party.zone_id).in_(zones))
    parties = list(session.scalars(statement))
    names = zone_names(session, actor.community_id)
    labels = [f"{party.name} · {names.get(party.zone_id or 0, '')}".removesuffix(" · ") for party in parties]
    count = Counter(labels)
    pairs = zip(labels, parties, strict=True)
    return [label if count[label] == 1 else f"{label} #{party.id}" for label, party in pairs]
