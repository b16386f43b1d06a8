"""What the page of an agreement says: how things stand, who can do what now, and by when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from exchanges.agreements.actions.arranging import Lack, what_it_waits_for
from exchanges.agreements.actions.silence import what_silence_does
from exchanges.agreements.queries import AgreementView, thanks_of
from exchanges.agreements.rules import CONTACTS_LAST, contacts_visible, is_near, may_write
from exchanges.agreements.rules.silence import Silence, lapses_at
from exchanges.agreements.tables import Agreement, Appreciation
from exchanges.ledger.queries.accounts import accounts_of
from exchanges.posts.tables import Post, PostChildcare
from foundation import clock
from foundation.database import Session
from foundation.web.formats import day, day_time, hours


@dataclass(frozen=True)
class Contacts:
    """How the two reach each other, while they may."""

    name: str
    phone: str
    email: str
    address: str


@dataclass(frozen=True)
class Story:
    """All that the templates of one agreement ask for."""

    view: AgreementView
    other_name: str
    giver_name: str
    receiver_name: str
    when: str
    started: bool
    near: bool
    """Whether it may be done by now."""
    until: date | None
    ends_on: date | None
    """The last day of a proposal or agreement that nobody touches any more."""
    silence: Silence | None
    over_minutes: int
    warned: bool
    left_minutes: int
    contacts: Contacts | None
    contacts_until: date | None
    pick_up: str
    """Who picks the children up: seen as long as the contacts are."""
    may_write: bool
    thanks_mine: Appreciation | None
    thanks_theirs: Appreciation | None
    zone: str
    lack: Lack
    """What a meeting of a series waits for."""
    post_is_open: bool

    @property
    def agreement(self) -> Agreement:
        return self.view.agreement

    @property
    def costs(self) -> bool:
        """Whether euro were agreed on or written down: then it can be said, and put right, how many were spent."""
        return bool(self.agreement.expense_cents) or any(one.details.get("agreed_cents") for one in self.view.events)

    @property
    def lapsed(self) -> bool:
        """Whether it ended by itself, because nobody touched it any more."""
        return bool(self.view.events) and self.view.events[-1].verb == "lapse"

    @property
    def parted(self) -> bool:
        """Whether it ended because the two want nothing more to do with each other: nobody reads who of them."""
        return bool(self.view.events) and self.view.events[-1].verb == "part"

    @property
    def reason(self) -> str:
        """Why it was declined, called off, missed or disputed; across a block only its author and makers read it."""
        authors = [event.party_id for event in self.view.events if event.verb in _REASONED]
        if self.view.apart and authors[-1:] != [self.view.mine]:
            return ""
        return self.agreement.reason

    @property
    def moving(self) -> int:
        """The minutes that move, as far as is known."""
        agreement = self.agreement
        said = agreement.delivered_minutes
        return 0 if agreement.gift else (agreement.minutes if said is None else said)


def story_of(session: Session, view: AgreementView, zone: str) -> Story:
    """Gather what the page shows."""
    agreement = view.agreement
    now = clock.now()
    other_id = view.other.id or 0
    delivered = agreement.state == "delivered"
    moving = 0 if agreement.gift else (agreement.delivered_minutes or agreement.minutes)
    open_still = agreement.ended_at is None
    accounts = accounts_of(session, _whose_hours(view, moving))
    receiver = accounts.get(agreement.receiver_id)
    giver = accounts.get(agreement.giver_id)
    after = receiver.balance - receiver.reserved - (moving if agreement.state == "proposed" else 0) if receiver else 0
    contacts = contacts_of(session, view)
    post = session.get(Post, agreement.post_id) if agreement.post_id else None
    thanks = thanks_of(session, agreement) if view.mine else {}
    return Story(
        view=view,
        other_name=view.name_of(other_id),
        giver_name=view.name_of(agreement.giver_id),
        receiver_name=view.name_of(agreement.receiver_id),
        when=day_time(agreement.starts_at) if agreement.starts_at else "",
        started=agreement.starts_at is None or agreement.starts_at <= now,
        ends_on=_ends_on(view, zone),
        near=is_near(agreement.starts_at, now),
        until=clock.last_day(agreement.settles_at, zone) if agreement.settles_at else None,
        silence=what_silence_does(session, agreement) if delivered and not agreement.settles_at else None,
        over_minutes=giver.would_overflow(moving) if giver else 0,
        warned=receiver is not None and open_still and moving > 0 and after < receiver.soft_floor,
        left_minutes=max(after - receiver.floor, 0) if receiver else 0,
        contacts=contacts,
        contacts_until=_contacts_until(agreement, zone),
        pick_up=_pick_up(session, agreement) if contacts else "",
        may_write=(view.mine is not None or agreement.state == "disputed")
        and not view.apart
        and may_write(agreement.state, agreement.ended_at, now),
        thanks_mine=thanks.get(view.mine or 0),
        thanks_theirs=_seen(thanks.get(other_id)),
        zone=zone,
        lack=what_it_waits_for(session, agreement),
        post_is_open=post is not None and post.state == "open",
    )


def _whose_hours(view: AgreementView, moving: int) -> list[int]:
    """The parties whose accounts the page speaks of: who receives and reads it, and who gives while hours may move."""
    agreement = view.agreement
    receives = [agreement.receiver_id] if view.mine == agreement.receiver_id else []
    return [*receives, agreement.giver_id] if agreement.ended_at is None and moving else receives


def _seen(words: Appreciation | None) -> Appreciation | None:
    return words if words is not None and words.hidden_at is None else None


def contacts_of(session: Session, view: AgreementView) -> Contacts | None:
    """How the reader reaches the other side; None where they may not, or one of the two has blocked the other."""
    agreement = view.agreement
    if view.mine is None or view.apart or not contacts_visible(agreement.accepted_at, agreement.ended_at, clock.now()):
        return None
    return _contacts(view, view.other.id or 0)


def _contacts(view: AgreementView, other_id: int) -> Contacts:
    """The other side's: of the adult who comes or who answered; the address only if it takes place there."""
    person = view.spoke_for(other_id) or next(iter(view.people[other_id]), None)
    party = view.parties[other_id]
    home = view.agreement.giver_id if view.agreement.place == "giver" else view.agreement.receiver_id
    there = view.agreement.place in ("giver", "receiver") and home == other_id
    return Contacts(
        name=person.given_name if person else party.name,
        phone=person.phone if person else "",
        email=(person.email or "") if person and not person.phone else "",
        address=party.address if there else "",
    )


def _ends_on(view: AgreementView, zone: str) -> date | None:
    last_step_at = view.events[-1].at if view.events else view.agreement.created_at
    at = lapses_at(view.agreement.state, view.agreement.starts_at, last_step_at)
    return clock.local(at, zone).date() if at else None


def _pick_up(session: Session, agreement: Agreement) -> str:
    childcare = session.get(PostChildcare, agreement.post_id) if agreement.post_id else None
    return childcare.pick_up if childcare else ""


def _contacts_until(agreement: Agreement, zone: str) -> date | None:
    if agreement.ended_at is None:
        return None
    return clock.local(agreement.ended_at + CONTACTS_LAST, zone).date()


def stations_of(story: Story) -> list[dict[str, Any]]:
    """The path: what was done, what is next, who has to do it."""
    agreement = story.agreement
    done = [_station(story, event) for event in story.view.events if event.verb in _DONE]
    if agreement.state in _NEXT:
        done += [{"state": "now" if first else "next", **step} for first, step in _to_come(story)]
    return [station for station in done if station]


_DONE = {
    "propose", "counter", "accept", "deliver", "confirm", "settle", "record", "cheque", "redeem", "dispute", "decline",
    "withdraw", "cancel", "miss", "resolve", "void", "close", "lapse", "part",
}  # fmt: skip
_REASONED = ("decline", "cancel", "miss", "dispute")
_NEXT = ("proposed", "accepted", "delivered", "disputed")


def _station(story: Story, event: Any) -> dict[str, Any]:
    titles = {
        "propose": _("Asked") if story.agreement.proposer_id == story.agreement.receiver_id else _("Offered"),
        "counter": _("Changed"),
        "accept": _("Agreed"),
        "deliver": _("Done"),
        "record": _("Recorded"),
        "cheque": _("Copied from paper"),
        "redeem": _("Time cheque redeemed"),
        "confirm": _("Confirmed"),
        "settle": _("Confirmed by itself"),
        "dispute": _("It was different"),
        "decline": _("Not this time"),
        "close": _("No longer needed"),
        "withdraw": _("Taken back"),
        "cancel": _("Called off"),
        "miss": _("Did not take place"),
        "resolve": _("Decided by a maker"),
        "void": _("No hours move"),
        "lapse": _("Ended by itself"),
        "part": _("It went no further"),
    }
    who = story.view.name_of(event.party_id) if event.party_id else ""
    line = ", ".join(part for part in (who, day(event.at)) if part)
    minutes = event.details.get("minutes")
    if event.verb in ("deliver", "record", "cheque", "redeem") and minutes:
        line = f"{line}: {hours(int(minutes))}"
    return {"state": "done", "title": titles[event.verb], "line": line}


def _to_come(story: Story) -> list[tuple[bool, dict[str, str]]]:
    """What is still to come, the first being the present."""
    agreement, other = story.agreement, story.other_name
    mine = story.view.my_turn
    counted = {
        "title": _("Counted"),
        "line": _hours_pass(story),
    }
    confirmed = {"title": _("Confirmed"), "line": ""}
    steps = {
        "proposed": [{"title": _("You answer") if mine else _("%(name)s answers", name=other), "line": _by(story)}],
        "accepted": [{"title": _("Done"), "line": _("%(name)s writes how long", name=story.giver_name)}],
        "delivered": [{"title": _("You confirm") if mine else _("%(name)s confirms", name=other), "line": _by(story)}],
        "disputed": [{"title": _settling(story), "line": ""}],
    }[agreement.state]
    if agreement.state == "proposed":
        steps += [{"title": _("Done"), "line": story.when}]
    if agreement.state in ("proposed", "accepted"):
        steps += [confirmed]
    steps += [counted]
    return [(number == 0, step) for number, step in enumerate(steps)]


def _hours_pass(story: Story) -> str:
    if not story.moving:
        return _("A gift: no hours move")
    return _("The hours pass to you") if story.view.i_give else _("The hours pass to %(name)s", name=story.giver_name)


def _settling(story: Story) -> str:
    if story.view.mine is None:
        return _("They agree, or you decide")
    return _("You agree, or a maker decides")


def _by(story: Story) -> str:
    if story.agreement.state == "proposed":
        return _("Before %(when)s", when=story.when) if story.when else _("When you like, it is not a commitment yet")
    return _("By %(day)s", day=day(story.until)) if story.until else _("It waits for a real answer")
