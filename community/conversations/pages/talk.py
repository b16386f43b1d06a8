"""A conversation as its template shows it, on a page of its own or beside what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flask import request, url_for

from community.conversations.forms import MessageForm
from community.conversations.pages.blueprint import asked_number
from community.conversations.queries import others_among, people_in, seen_by, standing_in
from community.conversations.rules import Standing
from community.members.tables import Person
from community.parties.tables import Party
from community.threads.queries import Line, ThreadPage, as_met, page_of
from community.threads.rules import MOST_PHOTOS, is_recent
from foundation import clock
from foundation.database import Session
from foundation.web import actor, reading
from foundation.web.pictures import picture_url

PART = "community/conversations/_thread.html"
LINES = "community/conversations/_lines.html"
PLACES = ("before", "after", "at", "newest")


@dataclass(frozen=True)
class TalkView:
    """All that the template of a conversation asks for."""

    standing: Standing
    thread: ThreadPage
    to: str
    """The name of the one it is written to; empty where there are several."""
    seen: list[str]
    """Who has read the reader's last message."""
    seen_id: int
    unread_from: int | None
    """The first words that are new to the reader, where they stand on this page."""
    muted: bool
    photos: int
    """How many photographs may come with a message."""
    form: MessageForm
    warned: bool = False
    """Whether the form came back with the question whether to send it all the same."""
    sent: bool = False
    """Whether something was just written: then one may go on writing."""

    @property
    def earlier(self) -> bool:
        """Whether newer lines follow on another page."""
        return self.thread.newer is not None

    def mine(self, line: Line) -> bool:
        """Whether the reader wrote a line, or took it down for who did."""
        return line.author_id == actor().person_id

    def may_change(self, line: Line) -> bool:
        """Whether the reader may take a line back; and put it right, while it is `recent`."""
        own = self.mine(line) and (line.recorded_by_id or line.author_id) == actor().recorder_id
        return own and line.readable and self.standing.inside

    def recent(self, line: Line) -> bool:
        """Whether a line may still be put right."""
        return self.standing.may_write and is_recent(line.sent_at, clock.now())

    def address(self, *, anchor: int | None = None, **place: int) -> str:
        """The page on which it stands, at a place of it; `anchor` is the message that is looked at first."""
        values: dict[str, Any] = {**self.standing.values, **place}
        return url_for(self.standing.endpoint, _anchor=f"m{anchor}" if anchor else "thread", **values)

    def picture(self, file_id: int, variant: Literal["small", "full"] = "small") -> str | None:
        """The address of a photograph."""
        return picture_url(file_id, variant)

    @property
    def part_url(self) -> str:
        """Where the same lines are fetched anew."""
        return self.where("show", **{name: value for name in PLACES if (value := asked_number(name)) is not None})

    def where(self, verb: str, **place: int) -> str:
        """The address at which something is done in it."""
        here = self.standing.values if self.standing.door else {"thread_id": self.standing.thread_id}
        values: dict[str, Any] = {**here, **place}
        return url_for(f"{self.standing.door or 'conversations'}.{verb}", **values)


def talk_in(
    thread_id: int,
    *,
    standing: Standing | None = None,
    form: MessageForm | None = None,
    warned: bool = False,
    newest: bool = False,
    people: Mapping[int, list[Person]] | None = None,
) -> TalkView:
    """A conversation for its template: at the place the address asks for, or else where what is new begins.

    `newest` shows its end, after something was written; `people` are those who take part, by party, where they are at
    hand. Raises Missing for who may not read it.
    """
    session = reading()
    stands = standing or standing_in(session, actor(), thread_id)
    met = as_met(session, actor().must_be_person(), thread_id)
    new = met.first_unread if stands.inside else None
    thread = _page(session, thread_id, new, newest=newest)
    everybody = people_in(session, stands) if people is None else people
    last = next((one for one in reversed(thread.lines) if one.author_id == actor().person_id and one.readable), None)
    seen = seen_by(session, actor(), stands, others_among(actor(), everybody), last.id) if last else []
    shown = {line.id for line in thread.lines}
    return TalkView(
        standing=stands,
        thread=thread,
        to=_to(session, stands, everybody, thread),
        seen=[person.given_name for person in seen],
        seen_id=last.id if last else 0,
        unread_from=new if new in shown else None,
        muted=met.muted,
        photos=0 if met.confidential else MOST_PHOTOS,
        form=form or MessageForm(formdata=None),
        warned=warned,
        sent=newest,
    )


def _page(session: Session, thread_id: int, new: int | None, *, newest: bool) -> ThreadPage:
    looks = request.method == "GET" and not newest
    before, after, at = (asked_number(name) if looks else None for name in ("before", "after", "at"))
    if looks and before is None and after is None and at is None and asked_number("newest") is None:
        at = new
    return page_of(session, thread_id, before=before, after=after, at=at)


def _to(session: Session, standing: Standing, people: Mapping[int, list[Person]], thread: ThreadPage) -> str:
    """What the other side is called in a sentence: the given name of its adult who wrote last, or else of its first;
    or the organisation's own.
    """
    if standing.direct:
        return next((person.given_name for person in people.get(0, [])), standing.title)
    if standing.called:
        return standing.called
    others = [one for one in standing.sides if one != standing.mine]
    if not standing.inside or len(others) != 1:
        return ""
    party = session.get(Party, others[0])
    if party is None or party.kind != "household":
        return party.name if party else ""
    theirs = {person.id: person for person in people.get(others[0], [])}
    wrote = [line.author_id for line in reversed(thread.lines) if line.author_id in theirs]
    speaker = theirs[wrote[0]] if wrote else next(iter(theirs.values()), None)
    return speaker.given_name if speaker else party.name
