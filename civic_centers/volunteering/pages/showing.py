"""What everybody sees of shifts, one's own, and the certificate."""

from datetime import date
from typing import Any

from flask import request, url_for

from civic_centers.activities.queries.writing import may_write_to_them
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.policies import may_keep
from civic_centers.centers.queries import center_called
from civic_centers.centers.tables import Center
from civic_centers.volunteering.pages.blueprint import volunteering
from civic_centers.volunteering.pages.words import number_words, saying, week_words
from civic_centers.volunteering.policies import SERVE, may_run
from civic_centers.volunteering.queries.lists import (
    calls_to,
    certified,
    is_watched,
    own_shifts,
    served_by,
    slots_of_center,
    slots_of_session,
)
from civic_centers.volunteering.queries.register import organisations_kept
from civic_centers.volunteering.queries.single import insured_on, view_of
from civic_centers.volunteering.queries.suiting import close_by, demands_care, lacking
from civic_centers.volunteering.queries.weeks import AT_ONCE, monday_of, open_weeks, weeks_of_center
from civic_centers.volunteering.rules import AFTER, EARLY, is_late, real_minutes
from civic_centers.volunteering.tables import SignUp, Slot
from community.members.tables import Person
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, community, page, public, reading, redirect_to, requires, time_zone
from foundation.web.asked import row_number

A_FEW = 4
MOST_LATER = 8
"""How many later weeks are listed; those after them from there."""


@volunteering.get("/centers/<center_slug>/volunteering")
@public
def listing(center_slug: str) -> Answer:
    """Two weeks with shifts, from the one that was asked for on; the others are a link away."""
    center = center_called(reading(), actor(), center_slug)
    weeks = weeks_of_center(reading(), actor(), center.id or 0)
    asked = request.args.get("from", date.min, type=date.fromisoformat)
    at = next((number for number, week in enumerate(weeks) if week.monday >= monday_of(asked)), 0) if weeks else 0
    return page(
        "civic_centers/volunteering/list.html",
        center=center,
        open_weeks=open_weeks(reading(), actor(), center.id or 0, weeks[at : at + AT_ONCE]),
        earlier=weeks[:at],
        later=weeks[at + AT_ONCE :][:MOST_LATER],
        week_words=week_words,
        number_words=number_words,
        keeps=center.closed_on is None and may_keep(reading(), actor(), center.id or 0),
        watched=is_watched(reading(), actor(), center.id or 0),
        **saying(),
    )


@volunteering.get("/volunteering/slots/<int:slot_id>")
@public
def show(slot_id: int) -> Answer:
    view = view_of(reading(), actor(), slot_id)
    slot, mine, now = view.slot, view.mine, clock.now()
    asks = actor().may(SERVE) and slot.state == "open" and slot.ends_at > now
    free = mine is None or mine.state not in ("held", "waiting", "offered")
    person = actor().person_id or 0
    return page(
        "civic_centers/volunteering/slot.html",
        view=view,
        slot=slot,
        mine=mine,
        can_take=asks and free,
        needs_verified=demands_care(reading(), slot),
        lacks=lacking(reading(), slot, person)[:1] if asks and free else [],
        near=close_by(reading(), slot, person) if asks and free else None,
        is_late=is_late(slot.starts_at, slot.cancel_hours, now),
        is_over=slot.ends_at <= now,
        has_begun=slot.starts_at <= now,
        is_time=slot.starts_at - EARLY <= now <= slot.ends_at + AFTER,
        insured=_insured(slot, mine),
        real_minutes=real_minutes,
        **saying(),
    )


@volunteering.get("/volunteering/shifts/<int:sign_up_id>")
@requires(SERVE)
def shift(sign_up_id: int) -> Answer:
    """Where a movement of hours comes from: the slot of the shift, for who gave and who keeps the center."""
    row = reading().get(SignUp, sign_up_id)
    if row is None or row.community_id != actor().community_id:
        raise Missing()
    own = row.person_id == actor().person_id or (row.party_id is not None and row.party_id in actor().party_ids)
    if not own and not may_run(reading(), actor(), reading().get_one(Slot, row.slot_id)):
        raise Missing()
    return redirect_to(".show", slot_id=row.slot_id)


@volunteering.get("/volunteering")
@requires(SERVE)
def mine() -> Answer:
    coming, past = own_shifts(reading(), actor())
    return page(
        "civic_centers/volunteering/mine.html",
        coming=coming,
        past=past,
        now=clock.now(),
        calls=calls_to(reading(), actor()),
        served=served_by(reading(), actor().community_id, actor().must_be_person()),
        kept=organisations_kept(reading(), actor()),
        **saying(),
    )


@volunteering.get("/volunteering/certificate/<int:party_id>")
@requires(SERVE)
def certificate(party_id: int) -> Answer:
    """To print: what one did as a volunteer of an organisation in a year."""
    party = reading().get(Party, party_id)
    if party is None or party.community_id != actor().community_id:
        raise Missing()
    this = clock.today(time_zone()).year
    year = request.args.get("year", this, type=row_number)
    year = year if 2000 <= year <= this else this
    person_id = actor().must_be_person()
    found = certified(
        reading(), actor().community_id, person_id, party_id, date(year, 1, 1), date(year, 12, 31)
    )  # fmt: skip
    if not found:
        raise Missing()
    return page(
        "civic_centers/volunteering/certificate.html",
        party=party,
        person=reading().get_one(Person, person_id),
        shifts=found,
        year=year,
        minutes=sum(one.row.minutes or 0 for one in found),
        community=community(),
        today=clock.today(time_zone()),
        **saying(),
    )


def center_section(session: Session, who: Actor, center: Center) -> dict[str, Any] | None:
    """For what volunteers are looked for, on the page of a center."""
    keeps = center.closed_on is None and may_keep(session, who, center.id or 0)
    lines = slots_of_center(session, who, center.id or 0, limit=A_FEW, missing_first=True)
    if not lines and not keeps:
        return None
    return {
        "template": "civic_centers/volunteering/_center.html",
        "center": center,
        "lines": lines,
        "keeps": keeps,
        **saying(),
    }


def session_section(session: Session, who: Actor, activity: Activity, one: ActivitySession) -> dict[str, Any] | None:
    """The same on the page of one date."""
    keeps = one.state == "planned" and one.ends_at > clock.now() and may_keep(session, who, one.center_id)
    lines = slots_of_session(session, who, one.id or 0)
    if not lines and not keeps:
        return None
    return {
        "template": "civic_centers/volunteering/_session.html",
        "activity": activity,
        "one": one,
        "lines": lines,
        "keeps": keeps,
        "tell_url": _tell_url(session, who, activity) if keeps and lines else "",
        **saying(),
    }


def _tell_url(session: Session, who: Actor, activity: Activity) -> str:
    """For makers of the zone: where they write to all who are signed up for its shifts."""
    if not may_write_to_them(session, who, activity.id or 0):
        return ""
    return url_for("broadcasts.ask_new", kind="activity_volunteers", of=activity.id)


def _insured(slot: Slot, mine: SignUp | None) -> bool:
    if mine is None or slot.exchange or slot.party_id is None:
        return True
    day = clock.local(slot.starts_at, time_zone()).date()
    return insured_on(reading(), slot.party_id, mine.person_id, day)
