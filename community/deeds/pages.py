"""The record of what was done: makers search it, everybody reads what concerns themselves."""

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from community.deeds.policies import READ
from community.deeds.queries import Asked, Deed, about_me, kinds, search
from community.members.queries import people_named
from foundation import clock
from foundation.web import Answer, actor, community, page, reading, requires, signed_in
from foundation.web.asked import row_number

deeds = Blueprint("deeds", __name__, url_prefix="/c/<community>")
FEW = 8


@deeds.get("/deeds")
@requires(READ)
def record() -> Answer:
    """What was done, within the maker's scope. What makes no sense in the address is as if it were not there."""
    words, kind = request.args.get("who", "").strip()[:120], request.args.get("kind", "")
    people = people_named(reading(), actor(), words, FEW) if words else []
    chosen = next((one for one in people if one.id == request.args.get("person", type=row_number)), None)
    chosen = chosen or (people[0] if len(people) == 1 else None)
    since, until = _day("since"), _day("until")
    asked = Asked(
        person_id=chosen.id if chosen else None,
        kind=kind,
        since=_midnight(since),
        until=_midnight(until + timedelta(days=1)) if until else None,
        before=request.args.get("before", type=row_number),
    )
    found, more = ([], None) if words and not chosen else search(reading(), actor(), asked)
    here = {"who": words or None, "kind": kind or None, "since": since, "until": until}
    return page(
        "community/deeds/record.html",
        found=[(deed, _address(deed)) for deed in found],
        more=more,
        people=people,
        chosen=chosen,
        narrowed=any(here.values()),
        here=here,
        kinds=_kind_words(),
    )


@deeds.get("/me/deeds")
@signed_in
def mine() -> Answer:
    found, more = about_me(reading(), actor(), request.args.get("before", type=row_number))
    alike = [list(group) for _reading, group in groupby(found, _as_it_reads)]
    return page("community/deeds/mine.html", found=[(group[0], len(group)) for group in alike], more=more)


def _as_it_reads(deed: Deed) -> tuple[object, ...]:
    """What the person reads of a line; those that read the same, one after the other, are told once."""
    who = () if deed.entry.verb in deed.kind.unnamed else (deed.who, deed.recorded_by)
    return (deed.words, deed.entry.at.replace(second=0, microsecond=0), *who)


def _kind_words() -> list[tuple[str, str]]:
    words = {kind.kind: _(kind.words) for kind in reversed(kinds()) if kind.read_by is not None}
    return sorted(words.items(), key=lambda item: item[1])


def _address(deed: Deed) -> dict[str, Any] | None:
    kind = deed.kind
    if not kind.endpoint or deed.entry.object_id is None:
        return None
    if kind.opens_with is not None and not actor().may(kind.opens_with):
        return None
    return {"endpoint": kind.endpoint, "values": {kind.parameter: deed.entry.object_id}}


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else clock.start_of_day(day, community().time_zone)
