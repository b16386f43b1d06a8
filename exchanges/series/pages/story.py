"""What the page of a series tells: where the two are, the next meetings, what waits, what was, who may say what."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from exchanges.agreements.actions.arranging import Lack, what_they_wait_for
from exchanges.agreements.pages.story import Contacts
from exchanges.agreements.queries import is_reachable
from exchanges.agreements.rules import CONTACTS_LAST, contacts_visible
from exchanges.agreements.tables import Agreement
from exchanges.ledger.queries.accounts import account_of
from exchanges.series.pages import words
from exchanges.series.queries.meetings import Meetings, days_taken, open_meetings, past_meetings
from exchanges.series.queries.single import SeriesView, terms_of
from exchanges.series.rules import NEAR, STANDING, Terms, meetings_between, meetings_to_come
from exchanges.series.tables import SeriesTerms
from foundation import clock
from foundation.database import Session
from foundation.recurrence import Occurrence
from foundation.web.formats import day

FORESEEN = 6
"""How many meetings are named that are too far away to be laid out, and of a proposal."""
PAST_SHOWN = 10


@dataclass(frozen=True)
class Waiting:
    """A meeting that is not certain, and why; `mine` says whether the reader can mend it."""

    meeting: Agreement
    lack: Lack
    mine: bool


@dataclass(frozen=True)
class SeriesStory:
    """All that the templates of one series ask for."""

    view: SeriesView
    other_name: str
    giver_name: str
    terms: SeriesTerms
    """Those in force, or spoken of last."""
    next_terms: SeriesTerms | None
    """Those agreed upon from a later day on."""
    whole: Terms
    """The same terms from the first day of all to the last."""
    meetings: Meetings
    waiting: list[Waiting]
    foreseen: list[Occurrence]
    """Beyond the near ones; for a proposal or a change the first that it would give."""
    past: list[Agreement]
    earlier_on: date | None
    contacts: Contacts | None
    contacts_until: date | None
    near_minutes: int
    """What a yes would set aside at once, in minutes."""
    left_minutes: int | None
    """How much the reader can still receive; None where they give."""
    confirm_until: date | None
    reachable: bool
    """Whether the other side has an address."""

    def at_on(self, of_day: date) -> str:
        """The time on the wall of the meeting of a day."""
        return self.view.terms_on(of_day).at

    @property
    def next_meetings(self) -> list[tuple[Agreement, Waiting | None]]:
        """Those to come, the nearest first; beside each one that is not certain what it waits for."""
        rows: list[tuple[Agreement, Waiting | None]] = [(one, None) for one in self.meetings.to_come]
        rows += [(one.meeting, one) for one in self.waiting]
        return sorted(rows, key=lambda row: (row[0].series_day or date.max, row[0].id or 0))

    @property
    def reason(self) -> str:
        """Why it was declined or ended; across a block only its author reads it."""
        authors = [event.party_id for event in self.view.events if event.verb in ("decline", "end")]
        return "" if self.view.apart and authors[-1:] != [self.view.mine] else self.view.series.reason

    @property
    def to_say(self) -> int:
        """How many meetings wait for a word of the reader."""
        mine = self.meetings.to_write_down if self.view.i_give else self.meetings.to_confirm
        return len(mine)


def story_of(session: Session, view: SeriesView, zone: str, *, earlier: date | None = None) -> SeriesStory:
    """Gather what the page shows. `earlier` is the day where its older meetings begin."""
    series, now, today = view.series, clock.now(), clock.today(zone)
    meetings = open_meetings(session, series.id or 0)
    past = past_meetings(session, series.id or 0, before=earlier, limit=PAST_SHOWN + 1)
    terms = view.proposed if series.state == "proposed" and view.proposed else view.terms_on(today)
    account = None if view.i_give else account_of(session, series.receiver_id)
    settles = [one.settles_at for one in meetings.to_confirm if one.settles_at is not None]
    return SeriesStory(
        view=view,
        other_name=view.name_of(view.other.id or 0),
        giver_name=view.name_of(series.giver_id),
        terms=terms,
        next_terms=next((one for one in view.agreed if one.first_day > max(terms.first_day, today)), None),
        whole=_whole(view, terms),
        meetings=meetings,
        waiting=_waiting(session, view, meetings.waiting),
        foreseen=_foreseen(session, view, zone, now),
        past=past[:PAST_SHOWN],
        earlier_on=past[PAST_SHOWN - 1].series_day if len(past) > PAST_SHOWN else None,
        contacts=_contacts(session, view, now, today),
        contacts_until=clock.local(series.ended_at + CONTACTS_LAST, zone).date() if series.ended_at else None,
        near_minutes=_near_minutes(view, zone, now),
        left_minutes=account.available if account else None,
        confirm_until=clock.last_day(min(settles), zone) if settles else None,
        reachable=is_reachable(session, view.other.id or 0),
    )


def _whole(view: SeriesView, terms: SeriesTerms) -> Terms:
    agreed = view.agreed or [terms]
    return replace(terms_of(terms), first_day=agreed[0].first_day, last_day=agreed[-1].last_day)


def _waiting(session: Session, view: SeriesView, meetings: list[Agreement]) -> list[Waiting]:
    lacks = what_they_wait_for(session, meetings)
    return [Waiting(one, lacks[one.id or 0], one.turn_id == view.mine) for one in meetings]


def _foreseen(session: Session, view: SeriesView, zone: str, now: datetime) -> list[Occurrence]:
    if view.proposed is not None:
        return meetings_to_come([terms_of(view.proposed)], zone, now, FORESEEN)
    if view.series.state not in STANDING:
        return []
    taken = days_taken(session, view.series.id or 0, clock.today(zone))
    agreed = [terms_of(row) for row in view.agreed]
    found = meetings_to_come(agreed, zone, now + NEAR, FORESEEN + len(taken))
    return [one for one in found if one.day not in taken][:FORESEEN]


def _near_minutes(view: SeriesView, zone: str, now: datetime) -> int:
    if view.proposed is None:
        return 0
    near = meetings_between([terms_of(view.proposed)], zone, now, now + NEAR + timedelta(days=1))
    return view.proposed.minutes * len(near)


def _contacts(session: Session, view: SeriesView, now: datetime, today: date) -> Contacts | None:
    """How the reader reaches the other side; None where they may not, or one of the two has blocked the other."""
    series = view.series
    if not contacts_visible(series.accepted_at, series.ended_at, now):
        return None
    if view.apart:
        return None
    other_id = view.other.id or 0
    person = view.spoke_for(other_id) or next(iter(view.people[other_id]), None)
    place = view.terms_on(today).place
    home = {"giver": series.giver_id, "receiver": series.receiver_id}.get(place)
    return Contacts(
        name=person.given_name if person else view.other.name,
        phone=person.phone if person else "",
        email=(person.email or "") if person and not person.phone else "",
        address=view.other.address if home == other_id else "",
    )


def stations_of(story: SeriesStory) -> list[dict[str, Any]]:
    """The path: proposed, agreed, how many meetings so far, and how it ends."""
    view, state = story.view, story.view.series.state
    begun = _("Asked") if view.series.proposer_id == view.series.receiver_id else _("Offered")
    stations = [{"state": "done", "title": begun, "line": _line(view, "propose")}]
    if state == "proposed":
        title = _("You answer") if view.my_turn else _("%(name)s answers", name=story.other_name)
        return [
            *stations,
            {"state": "now", "title": title, "line": _("When you like, it is not a commitment yet")},
            {"state": "next", "title": _("Meetings"), "line": words.rhythm(story.terms)},
        ]
    if state in ("declined", "withdrawn"):
        title = _("Taken back") if state == "withdrawn" else _("Not this time")
        return [*stations, {"state": "done", "title": title, "line": ""}]
    stations.append({"state": "done", "title": _("Agreed"), "line": _line(view, "accept")})
    ended = state == "ended"
    stations.append({"state": "done" if ended else "now", "title": _("Meetings"), "line": words.rhythm(story.terms)})
    last = view.agreed[-1].last_day if view.agreed else None
    ends = day(last) if last else _("when one of you ends it")
    stations.append({"state": "done" if ended else "next", "title": _("The end"), "line": "" if ended else ends})
    return stations


def _line(view: SeriesView, verb: str) -> str:
    event = next((one for one in view.events if one.verb == verb), None)
    if event is None:
        return ""
    who = view.name_of(event.party_id) if event.party_id else ""
    return ", ".join(part for part in (who, day(event.at)) if part)
