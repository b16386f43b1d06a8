"""Families that come into a circle and leave it, with the consent for each child they bring."""

from collections.abc import Collection

from sqlmodel import col, select

from civic_centers.circles.actions.counting import ask_anew
from civic_centers.circles.actions.pausing import give_back
from civic_centers.circles.actions.people import add_child, let_child_go, set_adult
from civic_centers.circles.actions.steps import hold_circle
from civic_centers.circles.actions.telling import tell, tell_families, tell_keepers
from civic_centers.circles.notices import ASKED, CAME_IN, INVITED, LEFT, NOT_THIS_TIME, OURS_IN, OURS_LEFT, SAID_NO
from civic_centers.circles.policies import may_keep
from civic_centers.circles.queries.in_labs import circle_to_ask, labs_for
from civic_centers.circles.queries.single import FAMILY, circle_visible_to, own_family
from civic_centers.circles.rules import LIVE, MOST_FAMILIES, TEXT_VERSION, NotNow
from civic_centers.circles.tables import CareCircle, CircleAdult, CircleChild, CircleFamily
from civic_centers.labs.tables import Lab
from community.moderation.policies import Blocked
from community.moderation.queries import blocked_with
from community.parties.queries import hold_parties, party_visible_to, people_of
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


def invite(session: Session, actor: Actor, circle_id: int, party_id: int) -> CircleFamily:
    """Ask a household to come in: a keeper's word goes to it at once, another family's to a keeper first.

    Raises Missing, NotNow, Blocked where a block stands between it and a family there, Refused when it is there.
    """
    if not may_keep(actor, circle_visible_to(session, actor, circle_id)):
        own_family(session, actor, circle_id)
    party = party_visible_to(session, actor, party_id)
    if party.kind != "household":
        raise Missing()
    circle = hold_together(session, circle_id, party_id)
    if circle.state == "ended":
        raise NotNow()
    here = (col(CircleFamily.circle_id) == circle_id, col(CircleFamily.state).in_(LIVE))
    known = session.scalars(select(col(CircleFamily.party_id)).where(*here)).all()
    if party_id in known:
        raise Refused(N_("This family is in the circle, or was asked already."))
    if len(known) >= MOST_FAMILIES:
        raise Refused(N_("At most %(most)s families."), most=MOST_FAMILIES)
    family = CircleFamily(
        community_id=circle.community_id,
        circle_id=circle_id,
        party_id=party_id,
        state="invited" if may_keep(actor, circle) else "asked",
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
    )
    session.add(family)
    session.flush()
    audit.record(session, actor, "invited", FAMILY, family.id)
    if family.state == "invited":
        _tell_invited(session, circle, family)
    else:
        tell_keepers(session, circle, ASKED, key=f"{family.id}")
    return family


def answer_asked(session: Session, actor: Actor, circle_id: int, family_id: int, *, yes: bool) -> None:
    """A keeper says whether a proposed family is asked; or takes an invitation back. Raises Missing, NotNow."""
    circle_visible_to(session, actor, circle_id)
    known = session.get(CircleFamily, family_id)
    circle = hold_together(session, circle_id, known.party_id if known is not None and yes else None)
    family = session.get(CircleFamily, family_id, with_for_update=True, populate_existing=True)
    if family is None or family.circle_id != circle_id or not may_keep(actor, circle):
        raise Missing()
    if family.state not in (("asked",) if yes else ("asked", "invited")) or circle.state == "ended":
        raise NotNow()
    was_asked = family.state == "asked"
    if yes:
        family.state = "invited"
    else:
        family.state, family.left_at = "left", clock.now()
    session.add(family)
    session.flush()
    audit.record(session, actor, "invited" if yes else "declined", FAMILY, family_id)
    if yes:
        _tell_invited(session, circle, family)
    elif was_asked and family.asked_by_id != actor.person_id:
        tell(session, family.asked_by_id, circle, NOT_THIS_TIME, key=f"{family.id}", place="circles.mine")


def ask_in(session: Session, actor: Actor, circle_id: int) -> CircleFamily:
    """A household asks to come into a circle of a lab its adult is in: a keeper looks first; again changes nothing.

    Raises Missing for who is in no such lab, NotNow, Blocked, Refused where there are enough families.
    """
    circle = circle_to_ask(session, actor, circle_id)
    party = session.get(Party, actor.must_be_party())
    if party is None or party.kind != "household":
        raise Missing()
    circle = hold_together(session, circle_id, party.id)
    if circle.state == "ended":
        raise NotNow()
    known = _live_families(session, circle_id)
    for family in known:
        if family.party_id in actor.party_ids:
            return family
    if len(known) >= MOST_FAMILIES:
        raise Refused(N_("At most %(most)s families."), most=MOST_FAMILIES)
    family = CircleFamily(
        community_id=circle.community_id,
        circle_id=circle_id,
        party_id=party.id,
        state="asked",
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
    )
    session.add(family)
    session.flush()
    audit.record(session, actor, "asked_in", FAMILY, family.id)
    tell_keepers(session, circle, ASKED, key=f"{family.id}")
    return family


def ask_no_more(session: Session, actor: Actor, circle_id: int) -> None:
    """Take that back before a keeper has answered. Raises Missing."""
    own_family(session, actor, circle_id, "asked")
    hold_circle(session, circle_id)
    family = own_family(session, actor, circle_id, "asked")
    family.state, family.left_at = "left", clock.now()
    session.add(family)
    session.flush()
    audit.record(session, actor, "declined", FAMILY, family.id)


def _live_families(session: Session, circle_id: int) -> list[CircleFamily]:
    here = (col(CircleFamily.circle_id) == circle_id, col(CircleFamily.state).in_(LIVE))
    return list(session.exec(select(CircleFamily).where(*here).order_by(col(CircleFamily.id))))


def join(
    session: Session,
    actor: Actor,
    circle_id: int,
    *,
    agreed: bool,
    dependant_ids: Collection[int] = (),
    takes_turns: bool = False,
) -> CircleFamily:
    """A family's yes, with the sentences of today, the children it brings, and whether who says it takes turns.

    Raises Missing, NotNow, Invalid at `agreed` or `children`, NotInOrder where a consent is absent, NotVerified for who
    was not met, Blocked.
    """
    known = own_family(session, actor, circle_id, "invited", "in")
    circle = hold_together(session, circle_id, known.party_id)
    family = own_family(session, actor, circle_id, "invited", "in")
    if family.state == "in":
        return family
    if circle.state == "ended":
        raise NotNow()
    if not agreed:
        raise Invalid(N_("Say that you agree: without it nobody comes in."), field="agreed")
    family.state, family.agreed_by_id, family.agreed_at = "in", actor.person_id, clock.now()
    family.text_version = TEXT_VERSION
    session.add(family)
    session.flush()
    audit.record(session, actor, "joined", FAMILY, family.id, text=TEXT_VERSION)
    for dependant_id in sorted(set(dependant_ids)):
        add_child(session, actor, circle, family, dependant_id)
    if takes_turns:
        set_adult(session, actor, circle, family, actor.must_be_person(), "yes")
    tell_families(session, circle, CAME_IN, key=f"{family.id}", but=_adults(session, family))
    for person_id in _adults(session, family):
        if person_id != actor.person_id:
            tell(session, person_id, circle, OURS_IN, key=f"{family.id}", place="circles.family")
    ask_anew(session, circle)
    return family


def decline(session: Session, actor: Actor, circle_id: int) -> None:
    """A family's no to an invitation. Raises Missing."""
    own_family(session, actor, circle_id, "invited")
    circle = hold_circle(session, circle_id)
    family = own_family(session, actor, circle_id, "invited")
    family.state, family.left_at = "left", clock.now()
    session.add(family)
    session.flush()
    audit.record(session, actor, "declined", FAMILY, family.id)
    tell_keepers(session, circle, SAID_NO, key=f"{family.id}", but=[actor.person_id])


def leave(session: Session, actor: Actor, circle_id: int) -> int:
    """A family leaves: its turns to come are open, and what was written for an emergency is erased; how many turns.

    Raises Missing.
    """
    own_family(session, actor, circle_id)
    circle = hold_circle(session, circle_id)
    family = own_family(session, actor, circle_id)
    tell_left(session, circle, family, but=actor.person_id)
    return end_family(session, actor, circle, family)


def tell_left(session: Session, circle: CareCircle, family: CircleFamily, *, but: int | None = None) -> None:
    """Tell the adults of a family that it leaves: before it has."""
    for person_id in _adults(session, family):
        if person_id != but:
            tell(session, person_id, circle, OURS_LEFT, key=f"{family.id}", place="circles.mine")


def end_family(session: Session, actor: Actor | None, circle: CareCircle, family: CircleFamily) -> int:
    """A family is no part of a circle any more; how many turns it gives back. The circle is held by the caller."""
    was_in = family.state == "in"
    family.state, family.left_at = "left", clock.now()
    session.add(family)
    session.flush()
    children = select(CircleChild).where(col(CircleChild.family_id) == family.id, col(CircleChild.gone_at).is_(None))
    for child in session.exec(children).all():
        let_child_go(session, child)
    adults = session.exec(select(CircleAdult).where(col(CircleAdult.family_id) == family.id)).all()
    if circle.keeper_id is not None and circle.keeper_id in [*_adults(session, family), *(a.person_id for a in adults)]:
        circle.keeper_id = None
        session.add(circle)
    for adult in adults:
        session.delete(adult)
    session.flush()
    more = {"community_id": circle.community_id} if actor is None else {}
    audit.record(session, actor, "left", FAMILY, family.id, **more)
    number = give_back(session, actor, circle, [family.id or 0])
    if was_in:
        tell_families(session, circle, LEFT, key=f"{family.id}")
        tell_keepers(session, circle, LEFT, key=f"{family.id}", but=[actor.person_id if actor else None])
        ask_anew(session, circle)
    return number


def hold_together(session: Session, circle_id: int, party_id: int | None = None) -> CareCircle:
    """The row of a circle, held, and before it the standing between its families and one more.

    Households are held before circles everywhere: who blocks another, leaves or joins another household holds them
    first. Raises Blocked, in words that tell neither who nor why, where a block stands between that one and a family
    there; NotNow where another family came at the same moment.
    """
    before = parties_in(session, circle_id)
    hold_parties(session, sorted(before | ({party_id} if party_id is not None else set())), alone=False)
    circle = hold_circle(session, circle_id)
    if not parties_in(session, circle_id) <= before | {party_id or 0}:
        raise NotNow()
    if party_id is not None and blocked_with(session, [party_id]) & before:
        raise Blocked()
    return circle


def parties_in(session: Session, circle_id: int) -> set[int]:
    """The households that are in a circle, or were asked."""
    here = (col(CircleFamily.circle_id) == circle_id, col(CircleFamily.state).in_(LIVE))
    return {one for one in session.scalars(select(col(CircleFamily.party_id)).where(*here)) if one is not None}


def check_lab(session: Session, actor: Actor, lab_id: int | None) -> None:
    """Raises Invalid for a lab that the actor is not in and does not run, or that is not open."""
    if lab_id is None:
        return
    if session.scalar(labs_for(actor).where(col(Lab.id) == lab_id)) is None:
        raise Invalid(N_("Choose one of the labs."), field="lab_id")


def _tell_invited(session: Session, circle: CareCircle, family: CircleFamily) -> None:
    for person_id in _adults(session, family):
        tell(session, person_id, circle, INVITED, key=f"{family.id}", place="circles.ask_join")


def _adults(session: Session, family: CircleFamily) -> list[int]:
    return [one.id for one in people_of(session, family.party_id or 0) if one.id is not None]
