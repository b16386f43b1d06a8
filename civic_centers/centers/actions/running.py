"""Opening a center, saying what it is, and when it is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, delete, select

from civic_centers.centers.policies import OPEN, must_keep, must_run
from civic_centers.centers.queries import KIND, center_visible_to, entries_of
from civic_centers.centers.rules import (
    Overtaken,
    Span,
    Special,
    check_patron,
    check_province,
    check_special,
    checked_week,
)
from civic_centers.centers.tables import Center, Opening, SpecialDay
from community.communities.queries import today_of
from community.parties.tables import Party
from community.zones.queries import zone_of
from community.zones.rules import checked_name, slug_from
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing
from foundation.feature import registry
from foundation.search import index, unindex


@dataclass(frozen=True)
class About:
    """What a center says of itself."""

    name: str
    zone_id: int
    address: str
    words: str = ""
    way_in: str = ""
    step_free: bool = False
    party_id: int | None = None
    province: str = ""
    patron_month: int | None = None
    patron_day: int | None = None
    open_on_holidays: bool = False


def open_center(
    session: Session, actor: Actor, about: About, *, opened_on: date | None = None, import_key: str | None = None
) -> Center:
    """Open a center, from today or another day. Raises Missing for who does not run the zone, Invalid at the field."""
    if actor.is_on_behalf or not actor.may(OPEN):
        raise Missing()
    center = Center(
        community_id=actor.community_id,
        slug=_free_slug(session, actor.community_id, about.name),
        name="",
        zone_id=about.zone_id,
        opened_on=opened_on or today_of(session, actor.community_id),
        import_key=import_key,
    )
    _describe(session, actor, center, about)
    must_run(actor, center)
    session.add(center)
    session.flush()
    audit.record(session, actor, "opened", KIND, center.id)
    put_in_index(session, center)
    return center


def change_center(session: Session, actor: Actor, center_id: int, about: About, *, version: int) -> Center:
    """Say of a center what it is now. Raises Missing, Invalid at the field, Stale when it was changed meanwhile.

    Its keepers may; into another zone only who runs both: announces `center_moved(session, actor, center)` then.
    """
    center = held(session, actor, center_id)
    if center.version != version:
        raise Overtaken(N_("This page was changed meanwhile, here or on another phone."))
    moves = about.zone_id != center.zone_id
    if moves:
        must_run(actor, center)
    _describe(session, actor, center, about)
    if moves:
        must_run(actor, center)
    center.version += 1
    audit.record(session, actor, "changed", KIND, center_id)
    put_in_index(session, center)
    if moves:
        for hook in registry.hooks("center_moved"):
            hook(session, actor, center)
    return center


def set_hours(
    session: Session,
    actor: Actor,
    center_id: int,
    week: Mapping[int, Sequence[Span]],
    *,
    version: int | None = None,
) -> None:
    """Say when it is open in an ordinary week; `version` is that of the center as the form was opened.

    Raises Missing, Invalid at `day_1` to `day_7`, Overtaken.
    """
    center = held(session, actor, center_id)
    if version is not None and center.version != version:
        raise Overtaken(N_("The hours, or the page of the center, were changed meanwhile, here or on another phone."))
    checked = checked_week(week)
    center.version += 1
    session.add(center)
    session.exec(delete(Opening).where(col(Opening.center_id) == center_id))
    session.add_all(
        Opening(center_id=center_id, weekday=weekday, opens=span.opens, closes=span.closes)
        for weekday, spans in checked.items()
        for span in spans
    )
    session.flush()
    audit.record(session, actor, "set_hours", KIND, center_id)


def add_special_day(session: Session, actor: Actor, center_id: int, special: Special) -> SpecialDay:
    """Say that some days are closed, or open at other hours. Raises Missing, Invalid at the field."""
    center = held(session, actor, center_id)
    check_special(special, today_of(session, center.community_id))
    row = SpecialDay(
        center_id=center_id,
        first_on=special.first_on,
        last_on=special.last_on,
        opens=special.span.opens if special.span else None,
        closes=special.span.closes if special.span else None,
        words=special.words,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "set_days", KIND, center_id, day=row.id)
    return row


def remove_special_day(session: Session, actor: Actor, center_id: int, day_id: int) -> None:
    """These days are as the week says again; nothing happens when that was done already. Raises Missing."""
    held(session, actor, center_id)
    gone = delete(SpecialDay).where(col(SpecialDay.center_id) == center_id, col(SpecialDay.id) == day_id)
    if session.exec(gone).rowcount:
        audit.record(session, actor, "unset_days", KIND, center_id, day=day_id)


def held(session: Session, actor: Actor, center_id: int) -> Center:
    """A center for its keepers, locked. Raises Missing for everybody else, and for one that is closed for good."""
    center_visible_to(session, actor, center_id)
    must_keep(session, actor, center_id)
    statement = select(Center).where(col(Center.id) == center_id).with_for_update(key_share=True)
    center = session.exec(statement.execution_options(populate_existing=True)).one()
    if center.closed_on is not None:
        raise Missing()
    return center


def put_in_index(session: Session, center: Center) -> None:
    """Let a center be found by what it says now; not when it is closed for good."""
    session.flush()
    entries = entries_of([center])
    if entries:
        index(session, entries[0])
    else:
        unindex(session, KIND, center.id or 0)


def _describe(session: Session, actor: Actor, center: Center, about: About) -> None:
    zone_of(session, actor.community_id, about.zone_id)
    check_province(about.province)
    check_patron(about.patron_month, about.patron_day)
    if not about.address.strip():
        raise Invalid(N_("Write where it is: people come here."), field="address")
    if about.party_id is not None and about.party_id != center.party_id:
        party = session.get(Party, about.party_id)
        if party is None or party.community_id != actor.community_id or party.kind != "organisation" or party.closed_at:
            raise Invalid(N_("Choose one of the organisations."), field="party_id")
    center.name = checked_name(about.name)
    center.zone_id, center.address, center.words = about.zone_id, about.address.strip(), about.words
    center.way_in, center.step_free, center.party_id = about.way_in, about.step_free, about.party_id
    center.province, center.open_on_holidays = about.province, about.open_on_holidays
    center.patron_month, center.patron_day = about.patron_month, about.patron_day
    session.add(center)


def _free_slug(session: Session, community_id: int, name: str) -> str:
    slug = slug_from(name)
    taken = set(
        session.scalars(
            select(col(Center.slug)).where(
                col(Center.community_id) == community_id, col(Center.slug).startswith(slug, autoescape=True)
            )
        )
    )
    taken.add("new")  # which is a page of its own
    if slug not in taken:
        return slug
    return next(free for number in range(2, len(taken) + 3) if (free := f"{slug[:55]}-{number}") not in taken)
