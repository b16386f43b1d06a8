"""Coming into a lab: at once, by asking, or by invitation; never together with who wants nothing to do with them."""

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.labs.actions.holding import held, locked, people_behind, row_of, tell
from civic_centers.labs.notices import ASKS, CAME, INVITED, LET_IN, NOT_LET_IN, SAID_NO
from civic_centers.labs.policies import TAKE_PART, all_of, is_apart, parties_inside, parties_of_person
from civic_centers.labs.queries.single import lab_visible_to
from civic_centers.labs.rules import (
    ASKED_AGAIN,
    MAY_ASK_AGAIN,
    MOST_MEMBERS,
    CannotCome,
    CannotInvite,
    NotNow,
    check_reason,
    must_be,
)
from civic_centers.labs.tables import Lab, LabMember
from community.members.queries import membership_of
from community.moderation.policies import is_stopped, must_be_free
from community.moderation.queries import blocked_with
from community.parties.queries import hold_parties
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

MEMBER = "lab_member"


def join_lab(session: Session, actor: Actor, lab_id: int, *, part: str = "", words: str = "") -> str:
    """Come into a lab, or ask to: `in` or `asked`. Who was invited says yes like this. Twice changes nothing.

    Raises Missing for what is by invitation, NotNow, Limited, CannotCome across a block, Refused soon after a no.
    """
    person_id = _may_come(session, actor, lab_id)
    lab = locked(session, lab_id)
    must_be(lab.state, "open")
    row = row_of(session, lab_id, person_id)
    if row is not None and row.state in ("in", "asked"):
        return row.state
    invited = row is not None and row.state == "invited"
    if not invited:
        if lab.entry == "invitation":
            raise Missing()
        _must_not_be_soon(row)
    _must_fit(session, actor, lab)
    sent_away = row is not None and row.state == "removed"
    state = "in" if invited or (lab.entry == "open" and not sent_away) else "asked"
    row = row or LabMember(community_id=lab.community_id, lab_id=lab_id, person_id=person_id, state=state)
    _put(row, state, actor)
    row.part, row.words, row.reason = part.strip() or row.part, words.strip(), ""
    session.add(row)
    session.flush()
    audit.record(session, actor, "came" if state == "in" else "asked", MEMBER, row.id)
    notice = CAME if state == "in" else ASKS
    tell(session, lab, people_behind(session, lab), notice, but=actor, key=_stamp(state, row), endpoint="labs.people")
    return state


def say_no(session: Session, actor: Actor, lab_id: int) -> None:
    """Decline an invitation; nobody invites them again for a time. Twice changes nothing. Raises Missing."""
    lab = locked(session, lab_visible_to(session, actor, lab_id).id or 0)
    row = row_of(session, lab_id, actor.must_be_person())
    if row is None or row.state not in ("invited", "declined"):
        raise Missing()
    if row.state == "declined":
        return
    row.state, row.since = "declined", clock.now()
    session.add(row)
    audit.record(session, actor, "declined", MEMBER, row.id)
    inviter = [row.decided_by_id] if row.decided_by_id else []
    tell(session, lab, inviter, SAID_NO, but=actor, key=_stamp("no", row), endpoint="labs.people")


def invite_person(session: Session, actor: Actor, lab_id: int, person_id: int) -> LabMember:
    """Invite a member of the community; they say yes or no. Twice changes nothing.

    Raises Missing, NotNow, CannotInvite for who is no member, said no lately, or is kept apart from somebody in it.
    """
    theirs = parties_of_person(session, person_id)
    hold_parties(session, theirs | parties_inside(session, lab_id) | all_of(actor), alone=False)
    lab = held(session, actor, lab_id)
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise CannotInvite()
    row = row_of(session, lab_id, person_id)
    if row is not None and row.state in ("in", "invited"):
        return row
    if row is not None and row.state == "asked":
        raise NotNow()
    if row is not None and row.state == "declined" and clock.now() - row.since < ASKED_AGAIN:
        raise CannotInvite()
    stopped = session.scalar(select(is_stopped(lab.community_id, person_id)))
    apart = is_apart(session, theirs, lab_id) or bool(blocked_with(session, theirs) & (all_of(actor) - theirs))
    if stopped or apart:
        raise CannotInvite()
    _must_have_room(session, lab_id)
    row = row or LabMember(community_id=lab.community_id, lab_id=lab_id, person_id=person_id, state="invited")
    row.state, row.since, row.decided_by_id, row.reason = "invited", clock.now(), actor.recorder_id, ""
    session.add(row)
    session.flush()
    audit.record(session, actor, "invited", MEMBER, row.id)
    tell(session, lab, [person_id], INVITED, key=_stamp("invited", row))
    return row


def decide(session: Session, actor: Actor, lab_id: int, member_id: int, *, yes: bool, reason: str = "") -> None:
    """Let in who asks, or not: with a reason, which they read. Raises Missing, NotNow, Invalid, CannotInvite."""
    said = "" if yes else check_reason(reason)
    asks = session.get(LabMember, member_id)
    if asks is None or asks.lab_id != lab_id or asks.person_id is None:
        raise Missing()
    theirs = parties_of_person(session, asks.person_id)
    hold_parties(session, theirs | parties_inside(session, lab_id), alone=False)
    lab = held(session, actor, lab_id)
    row = row_of(session, lab_id, asks.person_id)
    if row is None or row.state != "asked":
        raise NotNow()
    if asks.person_id in (actor.person_id, actor.recorder_id):
        raise Refused(N_("Somebody else decides of your own request."), advice=N_("Ask a maker of the zone."))
    if yes and is_apart(session, theirs, lab_id):
        raise CannotInvite()
    if yes:
        _must_have_room(session, lab_id)
    row.state, row.since = "in" if yes else "refused", clock.now()
    row.decided_by_id, row.reason = actor.recorder_id, said
    session.add(row)
    audit.record(session, actor, "let_in" if yes else "refused", MEMBER, row.id)
    tell(session, lab, [asks.person_id], LET_IN if yes else NOT_LET_IN, key=_stamp("decided", row))


def _may_come(session: Session, actor: Actor, lab_id: int) -> int:
    """The person, free to come; their standing with those inside is held. Raises Missing, Limited."""
    if not actor.is_member or not actor.may(TAKE_PART):
        raise Missing()
    lab_visible_to(session, actor, lab_id)
    must_be_free(session, actor, "proposing")
    hold_parties(session, all_of(actor) | parties_inside(session, lab_id), alone=False)
    return actor.must_be_person()


def _must_fit(session: Session, actor: Actor, lab: Lab) -> None:
    if is_apart(session, all_of(actor), lab.id or 0):
        raise CannotCome()
    _must_have_room(session, lab.id or 0)


def _must_not_be_soon(row: LabMember | None) -> None:
    if row is not None and row.state in ("refused", "removed") and clock.now() - row.since < MAY_ASK_AGAIN:
        raise Refused(
            N_("The people who run this lab said no not long ago."),
            advice=N_("You find why on its page. If it does not seem right, speak with a maker of the zone."),
        )


def _put(row: LabMember, state: str, actor: Actor) -> None:
    row.state, row.since, row.party_id, row.named = state, clock.now(), actor.party_id, False


def _stamp(what: str, row: LabMember) -> str:
    """The key of a notice about a row as it stands now."""
    return f"{what}:{row.id}:{row.since.isoformat()}"


def _must_have_room(session: Session, lab_id: int) -> None:
    there = (col(LabMember.lab_id) == lab_id, col(LabMember.state) == "in")
    if (session.scalar(select(func.count()).select_from(LabMember).where(*there)) or 0) >= MOST_MEMBERS:
        raise Refused(N_("There are %(most)s people in this lab: no more fit."), most=MOST_MEMBERS)
