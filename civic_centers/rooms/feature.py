"""Rooms of civic centers: booked by who keeps them, asked for by everybody else."""

from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.centers.actions import Ending
from civic_centers.centers.tables import Center
from civic_centers.rooms.actions import cancel_those, end_with, forget_bookings, move_to_party
from civic_centers.rooms.deeds import DEEDS
from civic_centers.rooms.notices import NOTICES
from civic_centers.rooms.pages import rooms
from civic_centers.rooms.pages.showing import section
from civic_centers.rooms.personal import PERSONAL, RETENTIONS
from civic_centers.rooms.policies import ASK
from civic_centers.rooms.queries import asked_for, number_asked, own_bookings, rooms_of, to_come
from community.communities.queries import community_of
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind
from foundation.web.formats import day_time


def requests_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each request of a room that a keeper is to answer."""
    return [
        Waiting(
            _("Somebody asks for %(room)s", room=room.name),
            f"{center.name}: {day_time(booking.starts_at)}",
            "rooms.show_booking",
            {"booking_id": booking.id},
            icon="calendar",
        )
        for booking, room, center in asked_for(session, actor)
    ]


def center_section(session: Session, _actor: Actor, center: Center) -> dict[str, Any] | None:
    """The rooms on the page of a center."""
    return section(center, rooms_of(session, center.id or 0))


def center_closes(session: Session, center: Center, last_day: date) -> list[Ending]:
    """What is booked or asked for after the last day of a center."""
    zone = community_of(session, center.community_id).time_zone
    after = clock.start_of_day(last_day + timedelta(days=1), zone)
    coming = [
        booking
        for booking in to_come(session, center.id or 0, after)
        if booking.ends_at > after and booking.session_id is None  # dates of activities are called off by themselves
    ]
    if not coming:
        return []
    words = ngettext(
        "%(num)s booking of a room is cancelled, and who booked is told.",
        "%(num)s bookings of rooms are cancelled, and who booked is told.",
        len(coming),
    )
    return [Ending(words, lambda writing, actor, reason: cancel_those(writing, actor, coming, reason))]


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The rooms one has booked or asked for."""
    if not actor.may(ASK):
        return []
    own = own_bookings(session, actor)
    if not own:
        return []
    line = ngettext("%(num)s to come", "%(num)s to come", len(own))
    return [{"url": url_for("rooms.mine"), "title": _("Your rooms"), "line": line, "icon": "calendar"}]


feature = Feature(
    name="rooms",
    blueprints=(rooms,),
    permissions=(ASK,),
    notices=NOTICES,
    waiting=(WaitingKind(requests_waiting, number_asked),),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    on_behalf=(
        "rooms.show",
        "rooms.mine",
        "rooms.ask_to_book",
        "rooms.book",
        "rooms.show_booking",
        "rooms.ask_to_cancel",
        "rooms.cancel",
    ),
    hooks={
        "center_sections": center_section,
        "center_closes": center_closes,
        "me_links": me_links,
        "somebody_leaves": end_with,
        "somebody_forgotten": forget_bookings,
        "household_joined": move_to_party,
    },
)
