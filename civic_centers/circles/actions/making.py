"""Beginning a circle, changing what it is, starting it, and ending it."""

from sqlalchemy import true
from sqlmodel import col, select

from civic_centers.circles.actions.counting import end_agreement
from civic_centers.circles.actions.families import check_lab
from civic_centers.circles.actions.laying import call_off, lay_out, new_rhythm
from civic_centers.circles.actions.steps import hold_circle, kept_circle
from civic_centers.circles.actions.telling import tell_families, tell_keepers
from civic_centers.circles.notices import ENDED, STARTED
from civic_centers.circles.policies import TAKE_PART, TEND, gate_for, may_care
from civic_centers.circles.queries.single import KIND, homes_of, rhythms_of
from civic_centers.circles.rules import About, Beat, NotNow, check_about, check_beat, check_reason
from civic_centers.circles.tables import CareCircle, CircleFamily
from community.communities.queries import today_of
from community.parties.tables import Party
from community.safeguarding.rules import NotVerified
from community.threads.actions import open_thread
from community.zones.queries import zone_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.crypto.sealed import Confidential
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused, Stale

FEWEST_FAMILIES = 2


def propose_circle(session: Session, actor: Actor, about: About, beat: Beat) -> CareCircle:
    """Begin a circle: a maker of the zone, or a member whom a maker has met. Whoever is a family of it says yes apart.

    Raises Missing, NotVerified, Invalid at the field.
    """
    check_about(about)
    check_beat(beat, today_of(session, actor.community_id))
    person_id = actor.must_be_person()
    try:
        zone_of(session, actor.community_id, about.zone_id)
    except Missing:
        raise Invalid(N_("Choose your zone."), field="zone_id") from None
    makes = actor.may(TEND, about.zone_id)
    if not makes:
        if not actor.may(TAKE_PART):
            raise Missing()
        if not may_care(session, actor.community_id, person_id, clock.now()):
            raise NotVerified()
    check_lab(session, actor, about.lab_id)
    circle = CareCircle(
        community_id=actor.community_id,
        keeper_id=None if makes else person_id,
        thread_id=open_thread(session, actor.community_id, about=Confidential(about.name)),
        name=about.name,
        zone_id=about.zone_id,
    )
    _write(circle, about)
    session.add(circle)
    session.flush()
    new_rhythm(session, circle, beat)
    party = session.get(Party, actor.party_id) if actor.party_id is not None else None
    if not makes and party is not None and party.kind == "household":
        session.add(
            CircleFamily(
                community_id=actor.community_id,
                circle_id=circle.id or 0,
                party_id=party.id,
                state="invited",
                asked_by_id=person_id,
                asked_at=clock.now(),
            )
        )
    session.flush()
    audit.record(session, actor, "proposed", KIND, circle.id)
    return circle


def edit_circle(session: Session, actor: Actor, circle_id: int, about: About, *, version: int) -> None:
    """Change what a circle is. Raises Missing, NotNow, Stale where it was changed meanwhile, Invalid at the field."""
    circle = kept_circle(session, actor, circle_id)
    if circle.version != version:
        raise Stale(
            N_("Somebody changed this meanwhile, so nothing was saved."), advice=N_("Look at how it stands now.")
        )
    check_about(about)
    if about.lab_id != circle.lab_id:
        check_lab(session, actor, about.lab_id)
    _write(circle, about)
    session.add(circle)
    session.flush()
    audit.record(session, actor, "edited", KIND, circle_id)


def start_circle(session: Session, actor: Actor, circle_id: int) -> int:
    """Start a circle: its turns stand from now on; how many. Again changes nothing.

    Raises Missing, NotNow, Refused with fewer than two families, or without an adult who passes the gate of care today.
    """
    circle = kept_circle(session, actor, circle_id)
    if circle.state == "running":
        return 0
    homes = [home for home in homes_of(session, [circle_id])[circle_id] if home.family.state == "in"]
    if len(homes) < FEWEST_FAMILIES:
        raise Refused(N_("A circle starts with two families or more who said yes."))
    people = [one.id for home in homes for one in home.takers if one.id is not None]
    gate, today = gate_for(session, circle.community_id, people), today_of(session, circle.community_id)
    if not any(gate.passes(one, today) for one in people):
        raise Refused(
            N_("Nobody who may look after children takes turns yet."),
            advice=N_("Adults say on the page of their family that they would like to; a maker must have met them."),
        )
    if not rhythms_of(session, circle_id):
        raise Refused(N_("Say first on which days the turns come."))
    circle.state, circle.started_at = "running", clock.now()
    session.add(circle)
    session.flush()
    made = lay_out(session, circle)
    audit.record(session, actor, "started", KIND, circle_id, number=made)
    tell_families(session, circle, STARTED, key="started", but=[actor.person_id])
    return made


def end_circle(session: Session, actor: Actor, circle_id: int, reason: str) -> int:
    """End a circle: turns to come are called off, a running one goes on to its end; how many were called off.

    Raises Missing, NotNow, Invalid without a reason.
    """
    circle = kept_circle(session, actor, circle_id)
    said = check_reason(reason)
    gone = call_off(session, actor, circle, "ended", true())
    end_agreement(session, circle)
    circle.state, circle.ended_at, circle.reason = "ended", clock.now(), said
    session.add(circle)
    session.flush()
    audit.record(session, actor, "ended", KIND, circle_id, number=gone)
    tell_families(session, circle, ENDED, key="ended", but=[actor.person_id])
    tell_keepers(session, circle, ENDED, key="ended", but=[actor.person_id])
    invited = (col(CircleFamily.circle_id) == circle_id, col(CircleFamily.state).in_(("asked", "invited")))
    for family in session.exec(select(CircleFamily).where(*invited)).all():
        family.state, family.left_at = "left", clock.now()
        session.add(family)
    session.flush()
    return gone


def hide_words(session: Session, actor: Actor, circle_id: int) -> None:
    """What is said about a circle is taken out of sight. The makers' desk says so, and tells its keeper."""
    _show(session, actor, circle_id, shown=False)


def show_words_again(session: Session, actor: Actor, circle_id: int) -> None:
    """Take that back; nothing where it is not hidden."""
    _show(session, actor, circle_id, shown=True)


def _show(session: Session, actor: Actor, circle_id: int, *, shown: bool) -> None:
    circle = hold_circle(session, circle_id)
    if circle.community_id != actor.community_id:
        raise Missing()
    if (circle.hidden_at is None) == shown:
        return
    circle.hidden_at = None if shown else clock.now()
    session.add(circle)
    session.flush()
    audit.record(session, actor, "showed_again" if shown else "hid", KIND, circle_id)


def must_be_running(circle: CareCircle) -> None:
    """Raises NotNow for a circle that has not begun, or has ended."""
    if circle.state != "running":
        raise NotNow()


def _write(circle: CareCircle, about: About) -> None:
    circle.name, circle.about, circle.lab_id = about.name.strip(), about.about.strip(), about.lab_id
    circle.at_home, circle.place_words = about.at_home, about.place_words.strip()
    circle.most_children = about.most_children
