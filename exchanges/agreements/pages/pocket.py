"""One's own agreements as the phone takes them along (hook `pocket`): agenda, how things stand, how to reach whom."""

from typing import Any

from flask_babel import gettext as _

from community.pocket.rules import Deal, Meeting, Pocket, Reach, Step
from exchanges.agreements.pages.story import contacts_of
from exchanges.agreements.queries import AgreementView
from exchanges.agreements.queries.pocket import to_take_along
from exchanges.agreements.rules import CONTACTS_LAST
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.web.formats import unbroken_hours


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
    page = ("agreements.show", {"agreement_id": one.id})
    return Deal(one.title, view.other.name, states[one.state], waits, minutes, one.starts_at, *page, _steps(view))


def _steps(view: AgreementView) -> tuple[Step, ...]:
    """What can be said of it on the way: what asks for a choice (who comes, how long, expenses) waits for its page."""
    one, verbs, steps = view.agreement, view.verbs, []
    title, started = one.title, one.starts_at is None or one.starts_at <= clock.now()
    alone = not view.i_give or len(view.people[view.mine or 0]) == 1
    late = one.starts_at is not None and started
    if one.series_id and one.state == "proposed":
        return (_message(view),)  # a meeting that is not certain waits for more than a yes
    if "accept" in verbs and alone and not late:
        words = _("Yes, that suits us")
        steps.append(_step(view, "accept", words, _("Say yes: %(title)s", title=title), kind="primary"))
    if "decline" in verbs:
        label = _("Do you want to say why?")
        what = _("Say no: %(title)s", title=title)
        steps.append(_step(view, "decline", _("Not this time"), what, asks="reason", label=label))
    if "deliver" in verbs and one.state == "accepted" and started and not one.expense_cents:
        minutes = () if one.gift else (("minutes", str(one.minutes)),)
        words = _("It is done") if one.gift else _("It took %(time)s, as agreed", time=unbroken_hours(one.minutes))
        what = _("It is done: %(title)s", title=title)
        steps.append(_step(view, "deliver", words, what, kind="primary", fields=minutes))
    if "confirm" in verbs:
        said = one.delivered_minutes or 0
        words = _("I confirm") if one.gift else _("I confirm %(time)s", time=unbroken_hours(said))
        steps.append(_step(view, "confirm", words, _("Confirm: %(title)s", title=title), kind="primary"))
    return (*steps, _message(view))


def _step(view: AgreementView, verb: str, words: str, what: str, **more: Any) -> Step:
    fields = (("version", str(view.agreement.version)), *more.pop("fields", ()))
    values = {"agreement_id": view.agreement.id, **({"verb": verb} if verb == "decline" else {})}
    endpoint = "agreements.give_reason" if verb == "decline" else f"agreements.{verb}"
    return Step(endpoint, values, words, what, fields, **more)


def _message(view: AgreementView) -> Step:
    return Step(
        "conversations.write",
        {"thread_id": view.agreement.thread_id},
        _("Send"),
        _("A message to %(name)s", name=view.other.name),
        asks="words",
        label=_("Your message"),
        must=True,
        once=False,
    )


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
