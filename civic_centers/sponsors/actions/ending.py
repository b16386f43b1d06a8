"""When days are over, an organisation closes or is stopped, and somebody is forgotten."""

from collections.abc import Collection
from contextlib import suppress

from sqlalchemy import ColumnElement, update
from sqlmodel import col, or_, select

from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from civic_centers.labs.tables import Lab
from civic_centers.sponsors.actions.answering import move
from civic_centers.sponsors.actions.naming import name_again, name_helpers
from civic_centers.sponsors.actions.telling import tell_makers, tell_organisation
from civic_centers.sponsors.notices import BEGINS, DUE, ENDED, OFFERED, WITHDRAWN
from civic_centers.sponsors.queries import KIND, hold_targets, locked
from civic_centers.sponsors.rules import LONGEST_REASON, NotNow
from civic_centers.sponsors.tables import Pledge, SponsorPage
from community.communities.queries import today_of
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session

GONE_WORDS = "…"
WAITING = ("offered", "accepted")
"""What somebody still counts on, or has to answer."""


def end_over(session: Session, pledge_id: int) -> None:
    """The days of a pledge are over: what was not given is not awaited any more. Again it changes nothing.

    Who gave all of it is thanked on its page, and not named in the calendar and on posters any more.
    """
    pledge = locked(session, pledge_id)
    if pledge.state == "kept":
        name_helpers(session, [pledge])
        return
    if pledge.state not in WAITING or pledge.until_on >= today_of(session, pledge.community_id):
        return
    state = "withdrawn" if pledge.state == "offered" else "ended"
    move(session, pledge, WAITING, None, state=state, ended_at=clock.now())
    audit.record(session, None, "over", KIND, pledge_id, community_id=pledge.community_id)
    name_helpers(session, [pledge])
    tell_organisation(session, None, pledge, ENDED)


def remind(session: Session, pledge_id: int) -> None:
    """Tell who gives that it begins tomorrow, or that it is awaited; each once."""
    pledge = locked(session, pledge_id)
    if pledge.state != "accepted":
        return
    if pledge.from_on > today_of(session, pledge.community_id):
        tell_organisation(session, None, pledge, BEGINS, key="begins", from_on=pledge.from_on)
    else:
        tell_organisation(session, None, pledge, DUE, key="due", until_on=pledge.until_on)


def end_for(session: Session, going: Going) -> None:
    """Organisations that close with somebody who leaves: what they pledged is not to be counted on."""
    stop_for(session, Actor(going.community_id, going.person_id), going.closing)


def stop_for(session: Session, actor: Actor, party_ids: Collection[int]) -> None:
    """The same for organisations of which everybody is paused or excluded: makers are told, and names go at once."""
    theirs = select(Pledge).where(col(Pledge.party_id).in_(party_ids))
    hold_targets(session, session.exec(theirs).all())
    for pledge in session.exec(theirs.where(col(Pledge.state).in_(WAITING)).order_by(col(Pledge.id))).all():
        state = "withdrawn" if pledge.state == "offered" else "ended"
        move(session, pledge, WAITING, None, state=state, ended_at=clock.now())
        audit.record(session, None, "over", KIND, pledge.id, community_id=pledge.community_id)
        tell_makers(session, actor, pledge, WITHDRAWN)
    for party_id in sorted(party_ids):
        name_again(session, party_id)


def open_at(session: Session, center_id: int) -> list[Pledge]:
    """What is promised to a center and to its activities, and is neither over nor given whole."""
    return _open_for(session, _at_center(center_id))


def open_for_lab(session: Session, lab_id: int) -> list[Pledge]:
    """What is promised to a lab, and is neither over nor given whole."""
    return _open_for(session, col(Pledge.lab_id) == lab_id)


def end_at_center(session: Session, actor: Actor, center_id: int, reason: str) -> None:
    """A center closes for good: what was promised there is not awaited any more, and who gives is told why."""
    _end_those(session, actor, open_at(session, center_id), reason)


def end_of_activity(session: Session, actor: Actor, activity: Activity, reason: str) -> None:
    """An activity is called off: the same for what was promised to it."""
    _end_those(session, actor, _open_for(session, col(Pledge.activity_id) == activity.id), reason)


def end_with_lab(session: Session, actor: Actor, lab: Lab) -> None:
    """A lab has ended: the same for what was promised to it, with what came of it."""
    _end_those(session, actor, open_for_lab(session, lab.id or 0), lab.outcome)


def _at_center(center_id: int) -> ColumnElement[bool]:
    held = select(col(Activity.id)).where(col(Activity.center_id) == center_id)
    return or_(col(Pledge.center_id) == center_id, col(Pledge.activity_id).in_(held))


def _follow(session: Session, actor: Actor, its: ColumnElement[bool], zone_id: int) -> None:
    moves = update(Pledge).where(its).values(zone_id=zone_id)
    session.exec(moves.execution_options(synchronize_session=False))
    session.expire_all()
    for pledge in _open_for(session, its):
        if pledge.state == "offered":
            tell_makers(session, actor, pledge, OFFERED)


def _open_for(session: Session, target: ColumnElement[bool]) -> list[Pledge]:
    waiting = col(Pledge.state).in_(WAITING)
    return list(session.exec(select(Pledge).where(target, waiting).order_by(col(Pledge.id))))


def _end_those(session: Session, actor: Actor | None, pledges: Collection[Pledge], reason: str) -> None:
    hold_targets(session, pledges)
    for pledge in pledges:
        state = "withdrawn" if pledge.state == "offered" else "ended"
        with suppress(NotNow):  # whoever was faster has ended it, and told them
            move(session, pledge, WAITING, None, state=state, reason=reason[:LONGEST_REASON], ended_at=clock.now())
            whose = {"community_id": pledge.community_id} if actor is None else {}
            audit.record(session, actor, "ended", KIND, pledge.id, **whose)
            tell_organisation(session, actor, pledge, ENDED)
    name_helpers(session, pledges)


def end_of_offers(session: Session, actor: Actor | None, activity: Activity, reason: str) -> None:
    """An activity is over: what nobody has answered is off; what was accepted goes on until its own last day.

    The reason may be empty.
    """
    offered = [one for one in _open_for(session, col(Pledge.activity_id) == activity.id) if one.state == "offered"]
    _end_those(session, actor, offered, reason)


def follow_lab(session: Session, actor: Actor, lab: Lab) -> None:
    """A lab is elsewhere now: the makers there look after what is pledged to it, and hear of what waits for an answer.

    The lab is held by the caller, so that nobody pledges or answers meanwhile.
    """
    _follow(session, actor, col(Pledge.lab_id) == lab.id, lab.zone_id)


def follow_center(session: Session, actor: Actor, center: Center) -> None:
    """The same of a center, with its activities."""
    _follow(session, actor, _at_center(center.id or 0), center.zone_id)


def follow_party(session: Session, party_id: int, _before: int, zone_id: int) -> None:
    """An organisation is elsewhere now: the makers there look after what it pledges to the fund."""
    theirs = (col(Pledge.party_id) == party_id, col(Pledge.target) == "fund")
    session.exec(update(Pledge).where(*theirs).values(zone_id=zone_id).execution_options(synchronize_session=False))


def forget(session: Session, going: Going) -> None:
    """Names go out of what was written about pledges; of an organisation that is gone its page and its words go."""
    here = col(Pledge.community_id) == going.community_id
    theirs = or_(col(Pledge.party_id).in_(going.closing), col(Pledge.offered_by_id) == going.person_id)
    for pledge in session.exec(select(Pledge).where(here, theirs)).all():
        # Who it was goes; that something was declared stays with the pledge.
        pledge.conflict_words = GONE_WORDS if pledge.conflict else ""
        if pledge.party_id in going.closing:
            pledge.words, pledge.conditions, pledge.reason, pledge.thanks = GONE_WORDS, "", "", ""
            pledge.cause = GONE_WORDS if pledge.cause else ""
            pledge.is_public = False
        session.add(pledge)
    session.flush()
    names_out(session, going, Pledge, ("words", "cause", "conditions", "conflict_words", "reason", "thanks"), here)
    for party_id in going.closing:
        page = session.get(SponsorPage, party_id)
        if page is not None:
            session.delete(page)
        name_again(session, party_id)
    names_out(session, going, SponsorPage, ("words",), col(SponsorPage.community_id) == going.community_id)
