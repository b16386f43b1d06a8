"""The host writes down how it went: who was there, and how long; each of them is asked to confirm."""

from collections.abc import Mapping

from exchanges.agreements.actions.telling import name_of
from exchanges.agreements.rules import check_expense, check_near
from exchanges.groups.actions.settling import settle_if_answered
from exchanges.groups.actions.silence import await_answer
from exchanges.groups.actions.steps import Held, as_host
from exchanges.groups.actions.telling import tell_place
from exchanges.groups.notices import HELD, NOT_THERE, PUT_RIGHT
from exchanges.groups.queries.single import agreed_expense
from exchanges.groups.rules import Side, check_own_minutes, check_time, shares
from exchanges.groups.tables import GroupPlace
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def deliver(
    session: Session,
    actor: Actor,
    group_id: int,
    version: int | None,
    minutes: int | None,
    present: Mapping[int, int | None],
    *,
    expense_cents: int | None = None,
) -> None:
    """Write down how long it took and who was there, or put it right: who gives another time than before is asked.

    `present` are the ids of places, each with its minutes where every one agrees for themselves (weighted). Who is
    left out gives nothing, and hears of it. `expense_cents` None leaves it as agreed; more euro than agreed need
    everybody's yes. Raises Missing for anybody but the host, NotNow, Invalid; Refused more
    than a day before the meeting.
    """
    held = as_host(session, actor, group_id, version, "deliver")
    group = held.group
    if group.state == "planned":
        check_near(group.starts_at, clock.now())
    possible = {one.id for one in held.places if one.state not in ("left", "out", "off")}
    if not set(present) <= possible:
        raise Missing()
    if not present:
        raise Invalid(N_("Choose who was there. If nobody was, say that it did not take place."), field="present")
    said = check_time(group.rule, minutes, len(present))
    first = group.state == "planned"
    if first:
        started = group.starts_at is not None and group.starts_at <= clock.now()
        group.happened_at = group.starts_at if started else clock.now()
    group.delivered_at = clock.now()
    group.minutes = said
    agreed_cents, spent_before = agreed_expense(session, group), group.expense_cents
    if expense_cents is not None:
        check_expense(expense_cents)
        group.expense_cents = expense_cents
    held.move("deliver", Side.HOST, HELD if first else PUT_RIGHT, {"count": len(present)} if first else None,
              minutes=said, count=len(present), expense_cents=group.expense_cents,
              agreed_cents=agreed_cents)  # fmt: skip
    _leave_out(held, set(present))
    by_party = {held.place(place_id).party_id: wished for place_id, wished in present.items()}
    share_out(held, by_party, said, spent_before=spent_before)
    settle_if_answered(held.by_itself())


def share_out(held: Held, present: Mapping[int, int | None], minutes: int, *, spent_before: int | None = None) -> None:
    """Give each who was there their share, by party, and ask them to confirm it.

    Who has confirmed just this already is not asked again, but for more euro than `spent_before`, in cents. Raises
    Invalid where a share is missing.
    """
    group = held.group
    places = [one for one in held.places if one.party_id in present]
    agreed = _agreed(group.rule, places, present)
    found = shares(group.rule, minutes, len(places), agreed)
    group.host_minutes = found.host
    spent = group.expense_cents if spent_before is None else spent_before
    dearer, other_expense = group.expense_cents > spent, group.expense_cents != spent
    for place, share in zip(places, found.each, strict=True):
        same = place.said_minutes == share
        if same and ((place.state == "confirmed" and not dearer) or (place.state == "told" and not other_expense)):
            continue
        place.said_minutes, place.said_at, place.reason = share, clock.now(), ""
        held.session.add(place)
        if place.state == "confirmed" and place.reserved:
            # What was added for the earlier yes is free again: the new one sets it aside anew.
            held.set_aside(place, min(place.reserved, place.minutes))
        held.move_place(place, "tell", Side.HOST, minutes=share)
        await_answer(held, place)


def _agreed(rule: str, places: list[GroupPlace], present: Mapping[int, int | None]) -> list[int]:
    if rule != "weighted":
        return []
    found = []
    for place in places:
        wished = present[place.party_id]
        field = f"minutes_{place.id or place.party_id}"
        found.append(check_own_minutes(place.minutes if wished is None else wished, field=field))
    return found


def _leave_out(held: Held, present: set[int]) -> None:
    """Who was not there gives nothing; an invitation that nobody answered ends."""
    who = name_of(held.session, held.actor)
    for place in sorted(held.places, key=lambda one: one.party_id):
        if place.id in present or place.state in ("left", "out", "off", "absent"):
            continue
        held.set_aside(place, 0)
        if place.state == "asked" and place.accepted_at is None:
            held.by_itself().move_place(place, "end", Side.CLOCK)
            continue
        held.move_place(place, "miss", Side.HOST)
        tell_place(held, place, NOT_THERE, who=who)
