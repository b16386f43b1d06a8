"""What several features write in the record of deeds about the same things."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement

from community.deeds.policies import is_myself, of_person
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def about_people(
    verbs: Mapping[str, str],
    *,
    unnamed: Collection[str] = (),
    read_by: Callable[[Actor, Any], ColumnElement[bool]] = of_person,
) -> DeedKind:
    """Lines about a person, who is told of all of them; see DeedKind."""
    return DeedKind(
        kind="person",
        words=N_("Person"),
        verbs=verbs,
        read_by=read_by,
        concerning=is_myself,
        told=tuple(verbs),
        unnamed=unnamed,
        endpoint="members.person",
        parameter="person_id",
    )
