"""Reporting, closing a report, blocking and unblocking."""

from collections.abc import Mapping

from sqlmodel import col, delete, select

from community.moderation.queries import report_for, reportable
from community.moderation.rules import REASONS
from community.moderation.tables import Block, Report
from community.parties.queries import hold_parties
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused, Stale
from foundation.feature import registry


def report(session: Session, actor: Actor, kind: str, object_id: int, *, reason: str, words: str) -> Report:
    """Report something the actor can see. Twice the same open report by one person is one report.

    Raises Missing for what the actor may not see, Invalid for an unknown reason.
    """
    if reason not in REASONS:
        raise Invalid(N_("Choose one of the reasons."), field="reason")
    _words, zone_id, party_id = reportable(kind).find(session, actor, object_id)
    person_id = actor.must_be_person()
    already = session.exec(
        select(Report).where(
            col(Report.community_id) == actor.community_id,
            col(Report.kind) == kind,
            col(Report.object_id) == object_id,
            col(Report.reporter_id) == person_id,
            col(Report.closed_at).is_(None),
        )
    ).first()
    if already is not None:
        return already
    new = Report(
        community_id=actor.community_id,
        zone_id=zone_id,
        kind=kind,
        object_id=object_id,
        about_party_id=party_id,
        reason=reason,
        words=words,
        reporter_id=person_id,
    )
    session.add(new)
    session.flush()
    audit.record(session, actor, "reported", kind, object_id, report_id=new.id, reason=reason)
    return new


def close_report(session: Session, actor: Actor, report_id: int, *, outcome: str, words: str) -> Report:
    """A maker decides: `nothing`, or `hidden`, which takes the thing from sight and tells its author `words`.

    Raises Missing or Stale.
    """
    found = report_for(session, actor, report_id)
    session.refresh(found, with_for_update=True)
    if found.closed_at is not None:
        raise Stale(N_("Another maker has already decided on this report."))
    if outcome == "hidden":
        kind = reportable(found.kind)
        if kind.hide is None:
            raise Refused(N_("This cannot be hidden from here. Speak with the people concerned first."))
        kind.hide(session, actor, found.object_id, words)
    found.outcome = outcome
    found.closing_words = words
    found.closed_at = clock.now()
    found.closed_by_id = actor.recorder_id
    audit.record(session, actor, "closed", "report", found.id, outcome=outcome)
    return found


def block(session: Session, actor: Actor, party_id: int, answers: Mapping[str, str] | None = None) -> None:
    """Have nothing to do with another party any more. The other is not told. Raises Missing or Refused.

    Features that know of something open between the two end it, through the hook `party_blocked`; `answers` is what
    was said to the questions they put on the page.
    """
    own_id = actor.must_be_party()
    other = session.get(Party, party_id)
    if other is None or other.community_id != actor.community_id:
        raise Missing()
    if other.id in actor.party_ids or other.kind == "fund":
        raise Refused(N_("You cannot block yourself or the common fund."))
    hold_parties(session, (own_id, party_id), alone=True)
    values = {
        "party_id": own_id,
        "blocked_party_id": other.id,
        "blocked_by_id": actor.must_be_person(),
        "blocked_at": clock.now(),
    }
    if insert_if_absent(session, Block, values, conflict=["party_id", "blocked_party_id"]):
        audit.record(session, actor, "blocked", "party", other.id)
    for hook in registry.hooks("party_blocked"):
        hook(session, actor, party_id, answers or {})


def unblock(session: Session, actor: Actor, party_id: int) -> None:
    """Take one's own block back; nothing happens when there is none."""
    own_id = actor.must_be_party()
    gone = session.exec(
        delete(Block).where(col(Block.party_id) == own_id, col(Block.blocked_party_id) == party_id)
    ).rowcount
    if gone:
        audit.record(session, actor, "unblocked", "party", party_id)
