"""The marks by which posts are found and counted: the same words when they are put in and when they are asked for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from community.availability.rules import PARTS, part_at
from exchanges.posts.tables import Post
from foundation.search import EVERYBODY, MEMBERS, entrusted_to, mark, of_party, of_zone

PART_KEYS = tuple(part.key for part in PARTS)
ANY_TIME = mark("dx")
ANY_TIME_OF_WEEK = mark("dw")
"""Of what can be at any time in the week that its people keep, which visitors are not told."""
ENTRUSTED, ZONED = "e", "z"
"""The audiences of who may read what is entrusted to the makers, and meant for one zone, in every zone."""


def audiences(post: Post) -> list[str]:
    """Who may find a post on the board."""
    if post.visibility == "public":
        return [EVERYBODY]
    if post.visibility == "community":
        return [MEMBERS]
    zone = post.zone_id or 0
    if post.visibility == "zones":
        return [of_zone(zone), ZONED, of_party(post.party_id)]
    return [entrusted_to(zone), ENTRUSTED, of_party(post.party_id)]


def of_post(post: Post, parent_id: int | None) -> Iterator[str]:
    """What it is, about what and where; category and zone together are one mark, since they are asked together."""
    yield kind(post.kind)
    yield pay("gift" if post.gift else "hours")
    zone = post.zone_id or 0
    yield mark("z", zone)
    for category in (post.category_id, parent_id):
        if category is not None:
            yield place(category, None)
            yield place(category, zone)
    for language in post.languages:
        yield spoken(language)
    if post.excluded_maker_id is not None:
        yield kept_from(post.excluded_maker_id)


def of_ages(bands: Iterable[str]) -> Iterator[str]:
    """The ages of the children it is about."""
    for band in bands:
        yield age(band)


def of_times(
    rhythm: str,
    weekdays: Sequence[int],
    weekly_at: str,
    upcoming: Sequence[tuple[datetime, datetime | None]],
    week: Iterable[tuple[int, str]] = (),
) -> Iterator[str]:
    """On which days and in which parts of the day it can be; `upcoming` is on the wall of the community.

    `week` are the days and parts of the day in which its people said they can: any time is one of those.
    """
    if rhythm == "weekly":
        hour, _colon, minute = weekly_at.partition(":")
        part = part_at(60 * int(hour) + int(minute)) if weekly_at else None
        for weekday in weekdays:
            yield from _at(weekday, part.key[0] if part else "" if weekly_at else "x")
    elif rhythm == "dates":
        for starts, ends in upcoming:
            for weekday, letter in _spans(starts, ends):
                yield from _at(weekday, letter)
    else:
        said = list(week)
        yield ANY_TIME_OF_WEEK if said else ANY_TIME
        for weekday, part_key in said:
            yield from _at(weekday, part_key[0])
    if rhythm in ("weekly", "dates"):
        yield SOON


SOON = mark("soon")
"""Of what has a next time."""


def times(weekday: int | None, part: str, *, to_visitor: bool = False) -> tuple[str, ...]:
    """The group of marks of what can be then: what suits any time is among it."""
    letter = part[:1]
    always = (ANY_TIME, ANY_TIME_OF_WEEK) if to_visitor else (ANY_TIME,)
    if weekday and part:
        return (mark("d", weekday, letter), mark("d", weekday, "x"), *always)
    if weekday:
        return (mark("d", weekday), *always)
    return (mark("p", letter), mark("px"), *always)


def place(category_id: int | None, zone_id: int | None) -> str:
    """The mark of a category, of a zone, or of both."""
    both = (f"c{category_id}" if category_id else "", f"z{zone_id}" if zone_id else "")
    return mark(*both)


def kind(name: str) -> str:
    """The mark of `offer` or `need`."""
    return mark(name)


def pay(how: str) -> str:
    """The mark of `gift` or `hours`."""
    return mark(how)


def spoken(language: str) -> str:
    """The mark of a language by its code."""
    return mark("l", language)


def age(band: str) -> str:
    """The mark of an age band such as `3-5`."""
    return mark("a", band.replace("-", "to"))


def kept_from(person_id: int) -> str:
    """The mark of what one maker must not see."""
    return mark("x", person_id)


def _at(weekday: int, letter: str) -> Iterator[str]:
    yield mark("d", weekday)
    if letter:
        yield mark("d", weekday, letter)
        yield mark("p", letter)


def _spans(starts: datetime, ends: datetime | None) -> Iterator[tuple[int, str]]:
    """The days and parts of the day between two moments, a week at most."""
    hours = min(int((ends - starts).total_seconds() // 3600), 7 * 24) if ends else 0
    last = ends - timedelta(minutes=1) if ends else starts
    moments = [starts, *(starts + timedelta(hours=hour) for hour in range(1, hours + 1)), last]
    for weekday, part in dict.fromkeys((one.isoweekday(), part_at(60 * one.hour + one.minute)) for one in moments):
        yield weekday, part.key[0] if part else ""
