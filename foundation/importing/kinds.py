"""The kinds of files that people can take in from the browser: what features register."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement

from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.importing.actions import Import
from foundation.importing.reading import Progress

Made = Mapping[str, Sequence[int]]
"""What an import made: the ids of each kind of thing."""


@dataclass(frozen=True)
class Obstacle:
    """Something that was built on what an import made: a sentence of the catalogue, and what fills its places."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportKind:
    """One kind of file.

    `words` is what it holds, `advice` a sentence for who chooses the file; both are of the catalogue. `obstacles` says
    what was built on an import of that run, and `undo` takes away what it made: it is called when nothing was, works in
    pieces, and tells how far it is after each.
    """

    kind: str
    words: str
    advice: str
    permission: Permission
    prepare: Callable[[Session, Actor], Import]
    obstacles: Callable[[Session, Actor, int], list[Obstacle]]
    undo: Callable[[Session, Actor, Made, Progress], None]
    results: str = ""
    """The endpoint of the page where what was taken in can be seen."""
    of_run: Callable[[Session, Actor, int], Import] | None = None
    """Where the import depends on what was said of that very file: the same as `prepare`, for one run."""
    seen_by: Callable[[Actor], ColumnElement[bool]] | None = None
    """A condition on ImportRun: who sees an import of this kind, and goes on with it, beside who began it."""
    own_page: str = ""
    """The endpoint of the page of one run, by `list_id`, where it begins elsewhere than on the page of all imports."""
    most_new: int = 0
    """At most so many lines in one go, where each takes its time and everybody else waits to write; 0 for no limit."""


def kinds_for(actor: Actor) -> list[ImportKind]:
    """What the actor may take in."""
    return [kind for kind in registry.every("imports") if actor.may(kind.permission)]


def kinds_offered(actor: Actor) -> list[ImportKind]:
    """What the actor may take in on the page of all imports."""
    return [kind for kind in kinds_for(actor) if not kind.own_page]


def kind_for(actor: Actor, name: str) -> ImportKind:
    """One kind that the actor may take in. Raises Missing."""
    for kind in kinds_for(actor):
        if kind.kind == name:
            return kind
    raise Missing()
