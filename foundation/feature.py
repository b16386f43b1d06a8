"""What a feature gives to the rest of the house, declared once in its `feature.py` and listed in app.FEATURES.

A need that points upwards (moderation hides a post, a household is opened and wants an account) is met by a kind
that the upper feature registers here; the lower one asks the registry and never imports it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foundation.access import Permission, register_permissions

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from foundation.access import Actor
    from foundation.audit.kinds import DeedKind
    from foundation.database import Session
    from foundation.outbox import Channel, InHouse, Prepared
    from foundation.personal import PersonalData
    from foundation.personal.consents import Consent
    from foundation.personal.keeping import Retention
    from foundation.search.rules import Entry, Question


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person, shown on their home and counted at the bell.

    `title` and `detail` are ready to read, in the reader's language; `endpoint` and `values` make the address.
    """

    title: str
    detail: str
    endpoint: str
    values: Mapping[str, object]
    icon: str = "bell"
    name: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class WaitingKind:
    """A kind of things that wait for people, as lines; the number of all lines stands on every page, at the bell.

    `count` says how many lines there are, as an expression: so the database works out all kinds in one question, and
    lines are asked for only where there are any. It is None for an actor for whom nothing of this kind can wait. A kind
    of which only makers have any may leave it out: then its lines are counted.
    """

    lines: "Callable[[Session, Actor], list[Waiting]]"
    count: "Callable[[Actor], ColumnElement[int] | None] | None" = None
    sums_up: bool = False
    """Whether one line stands for all there is: `count` is 1 or 0 then, and `lines` asks nothing more."""


@dataclass(frozen=True)
class Reportable:
    """A kind of thing that can be reported: `find` raises Missing when the actor may not see it.

    `find` gives (words to show the makers, zone_id, party_id of the author); `endpoint` and `parameter` make the link.
    `hide` takes it out of sight, `show_again` takes that back; the makers' desk tells the author. `author` is the
    person who wrote or did it, where that is known.
    `kept_from` is the condition that the thing of this id (also in a column) was entrusted to others than this maker,
    who then sees no report of it either.
    """

    kind: str
    words: str
    find: "Callable[[Session, Actor, int], tuple[str, int | None, int | None]]"
    endpoint: str
    parameter: str
    hide: "Callable[[Session, Actor, int], None] | None" = None
    kept_from: "Callable[[Actor, Any], ColumnElement[bool]] | None" = None
    show_again: "Callable[[Session, Actor, int], None] | None" = None
    publish: "Callable[[Session, Actor, int], None] | None" = None
    """Puts before everybody what makers were to read first."""
    author: "Callable[[Session, int], int | None] | None" = None


@dataclass(frozen=True)
class BarItem:
    """A place in the main bar; `count` says how much is new there for a member, as in WaitingKind."""

    position: int
    endpoint: str
    icon: str
    words: str
    count: "Callable[[Actor], ColumnElement[int] | None] | None" = None
    for_visitors: bool = True


@dataclass(frozen=True)
class Found:
    """One thing that was found, ready to be shown: `endpoint` and `values` make its address."""

    title: str
    line: str
    endpoint: str
    values: Mapping[str, object]
    icon: str = ""
    name: str = ""
    """Of a person or household, to be drawn as one."""
    object_id: int = 0
    """As which it stands in the index; 0 where it does not."""
    said: str = ""
    """By which of its words it answers, where it stands in no index."""


@dataclass(frozen=True)
class Together:
    """Finding by the index alone: it is asked once for all kinds that are found so, not once for each.

    `among` says, by kind, in which audiences the actor is; a kind that is not for them is left out. `show` is given by
    kind the ids that the index found, the best first, and answers as `Searchable.find` does.
    """

    among: "Callable[[Actor], Mapping[str, Sequence[str]]]"
    show: "Callable[[Session, Actor, Mapping[str, Sequence[int]], int], Mapping[str, tuple[list[Found], bool]]]"


@dataclass(frozen=True)
class Searchable:
    """A kind of thing that the one search box finds.

    `entries(session, after, limit)` gives them as they should stand in the index, for rebuilding it: those whose
    object id is greater than `after`, the smallest first, empty when there are no more. `find` answers a question, by
    kind: at most so many things that the actor may see now, and whether there are more. Kinds that share it are found
    together. `more` is the address where all of a kind are listed, for the words that were typed.
    """

    kind: str
    words: str
    find: "Together | Callable[[Session, Actor, Question, int], Mapping[str, tuple[list[Found], bool]]]"
    entries: "Callable[[Session, int, int], Sequence[Entry]] | None" = None
    more: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Audience:
    """The people of one thing, to whom makers may write together: who answered a post, who comes to an activity.

    All three are given a session, an actor and the number of the thing. `about` gives what the thing is called and the
    zone it stands in, and raises Missing where the actor may not see it; `may` says whether the actor may write to its
    people, asked again when the message goes out; `people` selects the numbers of the persons, however they were told
    of it: who is no member any more, or stopped, is left out by who sends. `words` say who they are; `endpoint` and
    `parameter` lead to the thing.
    """

    kind: str
    words: str
    people: "Callable[[Session, Actor, int], Select[Any]]"
    may: "Callable[[Session, Actor, int], bool]"
    about: "Callable[[Session, Actor, int], tuple[str, int | None]]"
    endpoint: str
    parameter: str


@dataclass(frozen=True)
class LiveKind:
    """A kind of thing whose changes pages hear of as they stand open: signals `<name>:<id>` (foundation.signals).

    `may_hear(session, actor, object_id)` says whether the actor may learn that the thing changed; nothing else is told.
    `typing`: those who look at it are told that somebody writes there.
    """

    name: str
    may_hear: "Callable[[Session, Actor, int], bool]"
    typing: bool = False


@dataclass(frozen=True)
class Feature:
    """One folder's contribution. Everything is optional but the name."""

    name: str
    blueprints: tuple[Any, ...] = ()
    permissions: tuple[Permission, ...] = ()
    jobs: tuple[Any, ...] = ()
    channels: "Mapping[str, Channel | InHouse | Prepared]" = field(default_factory=dict)
    """Where messages of the outbox go: see foundation.outbox.delivery."""
    notices: tuple[Any, ...] = ()
    commands: tuple[Any, ...] = ()
    bar: tuple[BarItem, ...] = ()
    reportables: tuple[Reportable, ...] = ()
    audiences: tuple[Audience, ...] = ()
    """To whose people makers may write together: see community.broadcasts."""
    searchables: tuple[Searchable, ...] = ()
    imports: tuple[Any, ...] = ()
    """Kinds of files that can be taken in from the browser: see foundation.importing.kinds."""
    waiting: tuple[WaitingKind, ...] = ()
    live: tuple[LiveKind, ...] = ()
    """What changes under the eyes of those who look at it: see foundation.signals and docs/live.md."""
    personal_data: "tuple[PersonalData, ...]" = ()
    """What it keeps about people: read on the page of privacy, and taken along by them."""
    retentions: "tuple[Retention, ...]" = ()
    """What it lets go after how long: see foundation.personal.keeping. Carried out by community.privacy."""
    consents: "tuple[Consent, ...]" = ()
    """What it asks that is optional: see foundation.personal.consents."""
    deeds: "tuple[DeedKind, ...]" = ()
    """What the record of deeds says of its things, and who reads it: see foundation.audit.kinds."""
    file_kinds: "Mapping[str, Callable[[Session, Actor, int], bool]]" = field(default_factory=dict)
    on_behalf: tuple[str, ...] = ()
    """Its routes (`posts.*`) that a maker may use in the place of somebody without e-mail: never their account, their
    children, their worries or their leaving."""
    hooks: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Named moments another feature announces (`party_opened`, `home_sections`, ...) and what to do then."""


class Registry:
    """What all features of this process gave, in the order of app.FEATURES."""

    def __init__(self) -> None:
        self.features: tuple[Feature, ...] = ()

    def register(self, features: Iterable[Feature]) -> None:
        """Take the features of the process. Calling it again with the same list changes nothing."""
        self.features = tuple(features)
        for feature in self.features:
            register_permissions(feature.permissions)

    def every(self, attribute: str) -> list[Any]:
        """All items that features give under a tuple attribute, in order."""
        return [item for feature in self.features for item in getattr(feature, attribute)]

    def merged(self, attribute: str) -> dict[str, Any]:
        """All items of a mapping attribute, by key."""
        return {key: value for feature in self.features for key, value in getattr(feature, attribute).items()}

    def hooks(self, name: str) -> list[Callable[..., Any]]:
        """What features do at the named moment, in order."""
        return [feature.hooks[name] for feature in self.features if name in feature.hooks]


registry = Registry()
