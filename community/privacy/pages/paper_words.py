"""What is kept about somebody, in words that can be read on paper: columns, codes, days, hours and money."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.communities.queries import catalogue_of
from community.communities.tables import Community
from community.mandates.queries import Home
from community.members.forms import TONGUES
from community.members.tables import Person
from community.zones.queries import zone_names
from foundation.audit.kinds import DeedKind
from foundation.database import Session
from foundation.web.formats import day, euro, hours, in_words, listed, short_day, time
from foundation.web.language import language_name

Line = Sequence[tuple[str, str]]
"""One row: what stands in it, and the words."""

COLUMNS = {
    "about": _l("About"), "accepted_at": _l("Agreed"), "added_at": _l("Added"), "address": _l("Address"),
    "age_band": _l("Age"), "age_bands": _l("Ages"), "agreed_on": _l("Agreed"), "always": _l("Always there"),
    "applied_at": _l("Asked to join"), "applies_for": _l("Joined as"), "asked_at": _l("Asked"), "at": _l("When"),
    "balance": _l("Balance"), "balance_after": _l("Balance after"), "category_id": _l("Category"),
    "ceiling_minutes": _l("Ceiling"), "changed_at": _l("Changed"), "children": _l("How many children"),
    "closed_at": _l("Closed"), "closing": _l("Why closed"), "created_at": _l("Written"),
    "decided_at": _l("Decided on"), "delivered_at": _l("Written down as done"), "delivered_minutes": _l("Time it took"),
    "description": _l("Description"), "email": _l("E-mail"), "ended_at": _l("Ended"), "ended_how": _l("How it ended"),
    "ended_reason": _l("Why it ended"), "ends": _l("Until"), "ends_at": _l("Until"),
    "every_weeks": _l("Every so many weeks"),
    "expense_cents": _l("Expense"), "expense_words": _l("Expense for"), "expires_at": _l("Expires"),
    "expires_on": _l("Expires"), "family_name": _l("Family name"), "fee_cents": _l("Fee"), "first_day": _l("First day"),
    "floor_minutes": _l("Floor"), "gift": _l("Gift"), "given": _l("Given"), "given_name": _l("First name"),
    "happened_at": _l("When it was"), "help": _l("Help with"), "hidden_at": _l("Out of sight since"),
    "insured_until": _l("Insured until"), "issued_at": _l("Given"), "kind": _l("Kind"), "language": _l("Language"),
    "languages": _l("Languages"), "last_day": _l("Last day"), "lifted_at": _l("Lifted"), "made_at": _l("Called"),
    "memo": _l("What"), "minutes": _l("Time"), "name": _l("Name"), "nickname": _l("Nickname"),
    "number": _l("Number"), "offered": _l("Offered"), "opened_at": _l("Opened"), "outcome": _l("Outcome"),
    "paid_on": _l("Paid"), "part": _l("Part of the day"), "party_name": _l("Name asked for"), "phone": _l("Telephone"),
    "pick_up": _l("Who picks up"), "place": _l("Where"), "place_words": _l("Where, in words"), "places": _l("Places"),
    "proposed_at": _l("Proposed"), "published_at": _l("Published"), "quantity": _l("Quantity"),
    "ready_at": _l("Ready"), "reason": _l("Reason"), "receipt_number": _l("Receipt"),
    "receipt_year": _l("Year of the receipt"),
    "recorded_at": _l("Written down"), "removed_at": _l("Taken off"), "reserved": _l("Set aside"),
    "rhythm": _l("How often"), "role": _l("Role"), "said": _l("Said"), "said_at": _l("Said on"),
    "said_minutes": _l("Time said"), "seen_on": _l("Seen"), "sent_at": _l("Sent"), "series_day": _l("Meeting of"),
    "settles_at": _l("Settles by itself"), "share_cents": _l("Share"), "shown": _l("Shown"), "since": _l("Since"),
    "soft_floor_minutes": _l("Warning"), "speaks": _l("Speaks"), "starts": _l("From"), "starts_at": _l("From"),
    "state": _l("State"), "step": _l("Step"), "stopped_at": _l("Away since"), "text_version": _l("Text"),
    "title": _l("Title"), "unit": _l("Unit"), "until": _l("Until"), "urgent": _l("Urgent"), "visibility": _l("Seen by"),
    "voided_at": _l("Void since"), "voided_why": _l("Why void"), "way": _l("How"), "weekday": _l("Day of the week"),
    "weekdays": _l("Days of the week"), "weekly_at": _l("Time of day"), "what": _l("What"),
    "when_words": _l("When, in words"),
    "where_words": _l("Where, in words"), "why": _l("Why"), "wished_at": _l("Wished"), "with": _l("With"),
    "withdrawn_at": _l("Withdrawn"), "words": _l("Words"), "written_at": _l("Written"), "years": _l("Years"),
    "zone_id": _l("Zone"), "party_id": _l("Household"), "giver_id": _l("Who gave"),
    "receiver_id": _l("Who received"), "proposer_id": _l("Who proposed"),
    "rule": _l("How hours are shared"), "answered_at": _l("Answered"), "appealed_at": _l("Another look asked for"),
    "asked": _l("Asked"), "done_at": _l("Done"), "due_at": _l("Due"), "for_insurance": _l("Insurance alone"),
    "host_minutes": _l("Time of who invites"), "invited_at": _l("Invited"), "last_seen_at": _l("Last seen"),
    "moved_minutes": _l("Time that went along"), "printed_at": _l("Printed"), "set_at": _l("Set"),
    "share": _l("Share"), "started_at": _l("Begun"), "taken_back_at": _l("Taken back"), "told_at": _l("Told"),
    "undone_at": _l("Undone"), "weighed_at": _l("Weighed"), "wish": _l("Wish"),
    "withdrawn_reason": _l("Why withdrawn"),
}  # fmt: skip
OTHERS = ("giver_id", "receiver_id", "proposer_id")
"""Where who is not of the household is told as somebody else; elsewhere numbers of rows are for machines."""
MACHINES = {
    "id", "version", "sequence", "last_sequence", "reminded_at", "email_confirmed_at", "laid_out_until",
    "attempts_left", "notice", "second_factor_by", "outside_trade", "detail", "total", "size", "done",
}  # fmt: skip
VALUES = {
    "accepted": _l("agreed"), "agreed": _l("agreed"), "any": _l("any time"), "approved": _l("member"),
    "asked": _l("asked"), "assegno": _l("time cheque"), "cancelled": _l("called off"), "closed": _l("closed"),
    "coming": _l("comes"), "community": _l("the community"), "confirmed": _l("confirmed"),
    "dates": _l("on certain days"),
    "declined": _l("declined"), "delivered": _l("written down as done"), "disputed": _l("disputed"),
    "exchange": _l("exchange"), "expired": _l("expired"), "full": _l("all places taken"), "household": _l("household"),
    "identity": _l("identity"), "left": _l("left"), "lost": _l("lost"), "maker": _l("maker"), "mine": _l("at home"),
    "need": _l("request"), "no": _l("no"), "offer": _l("offer"), "open": _l("open"),
    "party": _l("household"), "room": _l("room"), "opening": _l("opening balance"),
    "post": _l("from the board"), "proposed": _l("proposed"), "public": _l("everybody, without names"),
    "receiver": _l("where who receives lives"), "recorded": _l("recorded afterwards"), "redeemed": _l("redeemed"),
    "reference": _l("reference"), "remote": _l("at a distance"), "settled": _l("settled"), "signed": _l("signed"),
    "somewhere": _l("somewhere else"), "spoken": _l("said by voice"), "theirs": _l("at the other’s home"),
    "operator": _l("sits at the desk"), "keeper": _l("acts for an organisation"),
    "told": _l("to be confirmed"), "voided": _l("void"), "weekly": _l("every week"), "withdrawn": _l("withdrawn"),
    "yes": _l("yes"), "zones": _l("some zones"), "renewed": _l("renewed"), "replaced": _l("replaced"),
    "both": _l("yes, for both"), "alone": _l("yes, alone"), "self": _l("they themselves said yes"),
    "guardian": _l("yes, as guardian"), "administrator": _l("administrator"), "changing": _l("being changed"),
    "draft": _l("draft"), "equal": _l("everybody the same"), "excluded": _l("excluded"), "fund": _l("to the fund"),
    "paused": _l("paused"), "planned": _l("planned"), "repair": _l("repairs"), "series": _l("every week"),
    "weighted": _l("as agreed"),
}  # fmt: skip
CODED = {
    "kind", "state", "way", "help", "role", "visibility", "rhythm", "place", "closing", "why", "voided_why",
    "ended_how", "applies_for", "said", "outcome", "rule",
}  # fmt: skip
HOURS = {"balance", "balance_after", "reserved"}


@dataclass(frozen=True)
class Names:
    """What numbers stand for: categories and zones, the person and their household; nobody else."""

    categories: Mapping[int, Mapping[str, str]]
    zones: Mapping[int, str]
    parties: Mapping[int, str]
    people: Mapping[int, str]

    @classmethod
    def known(cls, session: Session, community: Community, home: Home, person: Person) -> "Names":
        """Those that may stand on the paper of one person."""
        return cls(
            {one.id or 0: one.names for one in catalogue_of(session, community).every_category},
            zone_names(session, community.id or 0),
            {home.party_id: home.party.name},
            {one.id or 0: one.name for one in (person, *home.people)},
        )


def lines_of(kind: str, rows: Iterable[Mapping[str, Any]], names: Names, deeds: Iterable[DeedKind]) -> list[Line]:
    """The rows of a kind, each as pairs of words; what is empty, and what only machines need, is not there."""
    if kind == "record":
        told = {(one.kind, verb): words for one in deeds if one.read_by for verb, words in one.verbs.items()}
        found = ((row["at"], told.get((row["kind"], row["verb"]))) for row in rows)
        return [[(short_day(at), _(words))] for at, words in found if words]
    lines = [_line(row, names) for row in rows]
    return [line for line in lines if line]


def _line(row: Mapping[str, Any], names: Names) -> Line:
    found = ((_label(name), _text(name, value, names)) for name, value in row.items())
    return [(label, text) for label, text in found if text]


def _label(name: str) -> str:
    return str(COLUMNS.get(name, name.replace("_", " ").capitalize()))


def _text(name: str, value: Any, names: Names) -> str:
    if value is None or value is False or value in ("", [], {}) or name in MACHINES:
        return ""
    if name.endswith("_id"):
        return _named(name, value, names)
    if value is True:
        return _("yes")
    if isinstance(value, datetime):
        return f"{short_day(value)}, {time(value)}"
    if isinstance(value, date):
        return day(value, year=True)
    if isinstance(value, int):
        return _number(name, value)
    if name in ("language", "languages", "speaks"):
        spoken = value if isinstance(value, list) else [value]
        return listed([str(TONGUES.get(code) or language_name(code)) for code in spoken])
    if isinstance(value, list):
        return listed([_number(name, one) if isinstance(one, int) else str(one) for one in value])
    return str(VALUES.get(value, value)) if name in CODED else str(value)


def _number(name: str, value: int) -> str:
    if name.endswith("minutes") or name in HOURS:
        return hours(value)
    if name.endswith("cents"):
        return euro(value) if value else ""
    if name in ("weekday", "weekdays"):
        return str(get_day_names("wide", locale=get_locale())[(value - 1) % 7])
    return str(value)


def _named(name: str, value: Any, names: Names) -> str:
    if name == "category_id":
        return in_words(names.categories.get(value, {}))
    if name == "zone_id":
        return names.zones.get(value, "")
    if name in OTHERS:
        return names.parties.get(value) or _("somebody else")
    return names.parties.get(value, "") if name == "party_id" else ""
