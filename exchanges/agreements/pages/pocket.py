"""One's own agreements as the phone takes them along (hook `pocket`): agenda, how things stand, how to reach whom."""

from flask_babel import gettext as _

from community.pocket.rules import Deal, Meeting, Pocket, Reach
from exchanges.agreements.pages.story import contacts_of
from exchanges.agreements.queries import AgreementView
from exchanges.agreements.queries.pocket import to_take_along
from exchanges.agreements.rules import CONTACTS_LAST
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def pocket(session: Session, actor: Actor) -> Pocket:
    """What the phone takes along."""
    views = to_take_along(session, actor)
    now = clock.now()
    meetings = [
        Meeting(view.agreement.starts_at, view.agreement.title, view.other.name, _place(view))
        for view in views
        if view.agreement.state == "accepted" and view.agreement.starts_at and view.agreement.starts_at > now
    ]
    deals = [_deal(view) for view in views if view.agreement.ended_at is None]
    return Pocket(tuple(meetings), tuple(deals), tuple(_contacts(session, views)))


def _deal(view: AgreementView) -> Deal:
    states = {"proposed": _("to be answered"), "accepted": _("agreed"), "delivered": _("to be confirmed")}
    one = view.agreement
    waits = view.my_turn and (one.state != "accepted" or one.starts_at is None or one.starts_at <= clock.now())
    minutes = 0 if one.gift else one.delivered_minutes or one.minutes
    return Deal(one.title, view.other.name, states[one.state], waits, minutes, one.starts_at)


def _place(view: AgreementView) -> str:
    one = view.agreement
    homes = {"giver": one.giver_id, "receiver": one.receiver_id}
    if one.place in homes:
        there = homes[one.place]
        return _("At your home") if there == view.mine else _("At the home of %(name)s", name=view.name_of(there))
    return _("At a distance") if one.place == "remote" else one.place_words


def _contacts(session: Session, views: list[AgreementView]) -> list[Reach]:
    """Each person once: what ends soonest is not what decides until when they are seen."""
    found: dict[tuple[str, str, str], Reach] = {}
    for view in views:
        seen = contacts_of(session, view)
        if seen is None or not (seen.phone or seen.email or seen.address):
            continue
        ended = view.agreement.ended_at
        until = (ended + CONTACTS_LAST).date() if ended else None
        reach = Reach(seen.name, view.agreement.title, seen.phone, seen.email, seen.address, until)
        found.setdefault((seen.name, seen.phone, seen.email), reach)
    return list(found.values())
