"""A kind of lines in the record of deeds: what they say in words, which makers read them, and who is told."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement

from foundation.access import Actor, Permission
from foundation.personal import Whose


@dataclass(frozen=True)
class DeedKind:
    """How a feature tells of what was done to its things.

    `verbs` are the lines that may be read at all, each in words; others (a report, a block, a concern) are read where
    they belong and nowhere else. `read_by(actor, object_id)` is the condition that a maker or administrator may read
    of the thing with this id, also in a column; None for no maker. `concerning(whose, object_id)` is the condition that
    it concerns the person, who reads the verbs of `told`. Of `unnamed` verbs they do not read who did it.
    """

    kind: str
    words: str
    verbs: Mapping[str, str]
    read_by: Callable[[Actor, Any], ColumnElement[bool]] | None = None
    concerning: Callable[[Whose, Any], ColumnElement[bool]] | None = None
    told: Collection[str] = field(default=())
    unnamed: Collection[str] = field(default=())
    endpoint: str = ""
    parameter: str = ""
    """Where the thing is to be seen."""
    opens_with: Permission | None = None
    """Who may open it there, where not everybody may who reads the line."""

    def __post_init__(self) -> None:
        unknown = {*self.told, *self.unnamed} - self.verbs.keys()
        if unknown:
            raise ValueError(f"{self.kind}: no words for {sorted(unknown)}")
