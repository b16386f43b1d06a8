"""A room by the day and by the week, and one's own bookings."""

from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from civic_centers.centers.pages.words import saying
from civic_centers.centers.policies import may_keep
from civic_centers.centers.queries import center_visible_to, days_of
from civic_centers.centers.tables import Center
from civic_centers.rooms.pages.blueprint import rooms
from civic_centers.rooms.pages.words import STATE_WORDS
from civic_centers.rooms.policies import ASK
from civic_centers.rooms.queries import (
    asked_for,
    days_with_bookings,
    names_of,
    own_bookings,
    room_visible_to,
    rooms_of,
    taken,
)
from civic_centers.rooms.tables import Room
from foundation import clock
from foundation.web import Answer, actor, page, public, reading, requires, time_zone

FURTHEST = timedelta(days=731)


@rooms.get("/rooms/<int:room_id>")
@public
def show(room_id: int) -> Answer:
    """One day of a room, or its week; the days beside it are one tap away."""
    room = room_visible_to(reading(), actor(), room_id)
    center = center_visible_to(reading(), actor(), room.center_id)
    view = "week" if request.args.get("view") == "week" else "day"
    chosen = asked_day()
    monday = chosen - timedelta(days=chosen.weekday())
    week = [monday + timedelta(days=number) for number in range(7)]
    shown = week if view == "week" else [chosen]
    return page(
        "civic_centers/rooms/show.html",
        room=room,
        center=center,
        view=view,
        chosen=chosen,
        today=clock.today(time_zone()),
        week=week,
        busy_days=days_with_bookings(reading(), room_id, week, time_zone()),
        days=_days(room, shown),
        others=[one for one in rooms_of(reading(), room.center_id) if one.id != room_id],
        keeps=may_keep(reading(), actor(), room.center_id),
        may_ask=room.on_request and center.closed_on is None and actor().may(ASK),
        book_url=url_for(".ask_to_book", room_id=room_id, day=max(chosen, clock.today(time_zone())).isoformat()),
        before=monday - timedelta(days=7),
        after=monday + timedelta(days=7),
        **saying(),
    )


@rooms.get("/bookings")
@requires(ASK)
def mine() -> Answer:
    return page(
        "civic_centers/rooms/mine.html",
        own=own_bookings(reading(), actor()),
        asked=_asked(),
        state_words=STATE_WORDS,
    )


def asked_day() -> date:
    """The day in the address; today for none, or one that is years away."""
    today = clock.today(time_zone())
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today
    return day if abs(day - today) <= FURTHEST else today


def section(center: Center, found: list[Room]) -> dict[str, Any]:
    """The rooms on the page of their center."""
    return {"template": "civic_centers/rooms/_section.html", "rooms": found, "center": center}


def _asked() -> list[dict[str, Any]]:
    found = asked_for(reading(), actor()) if not actor().is_on_behalf else []
    names = names_of(reading(), [booking for booking, _room, _center in found])
    return [
        {"booking": booking, "room": room, "center": center, "who": names[booking.id or 0]}
        for booking, room, center in found
    ]


def _days(room: Room, shown: list[date]) -> list[dict[str, Any]]:
    """These days with the hours of the center and when the room is taken."""
    since = clock.start_of_day(shown[0], time_zone())
    until = clock.start_of_day(shown[-1] + timedelta(days=1), time_zone())
    busy = taken(reading(), actor(), room.id or 0, since, until)
    names = names_of(reading(), [one.booking for one in busy if one.booking is not None])
    found = []
    for day in days_of(reading(), room.center_id, shown):
        first, last = (
            clock.start_of_day(day.on, time_zone()),
            clock.start_of_day(day.on + timedelta(days=1), time_zone()),
        )
        here = [one for one in busy if one.starts_at < last and one.ends_at > first]
        found.append({"day": day, "busy": [{"at": one, "who": _who(one.booking, names)} for one in here]})
    return found


def _who(booking: Any, names: dict[int, str]) -> str:
    return names[booking.id] if booking is not None else ""
