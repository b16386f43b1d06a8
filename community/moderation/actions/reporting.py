"""Reporting: whoever reports the same thing adds to the same case."""

from collections.abc import Mapping

from sqlmodel import col, select

from community.moderation.actions.telling import tell_makers
from community.moderation.notices import URGENT_CASE
from community.moderation.queries import hours_to_decide, reportable
from community.moderation.rules import LONGEST_WORDS, REASONS, URGENT, due
from community.moderation.tables import Case, Report
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid
from foundation.signals import signal


def report(session: Session, actor: Actor, kind: str, object_id: int, *, reason: str, words: str) -> Report:
    """Report something the actor can see. While its case is open, a person reports a thing once.

    Raises Missing for what the actor may not see, Invalid for an unknown reason or too many words.
    """
    if reason not in REASONS:
        raise Invalid(N_("Choose one of the reasons."), field="reason")
    if len(words.strip()) > LONGEST_WORDS:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field="words", longest=LONGEST_WORDS)
    person_id = actor.must_be_person()
    known = reportable(kind)
    _words, zone_id, party_id = known.find(session, actor, object_id)
    author_id = known.author(session, object_id) if known.author is not None else None
    case = open_case(
        session,
        actor.community_id,
        kind,
        object_id,
        zone_id=zone_id,
        party_id=party_id,
        person_id=author_id,
        urgent=reason in URGENT,
    )
    already = session.exec(
        select(Report).where(col(Report.case_id) == case.id, col(Report.reporter_id) == person_id)
    ).first()
    if already is not None:
        if words.strip() and words.strip() not in already.words:
            already.words = f"{already.words}\n\n{words.strip()}".strip()[: 2 * LONGEST_WORDS]
            case.version += 1
        return already
    new = Report(
        community_id=actor.community_id,
        case_id=case.id or 0,
        kind=kind,
        object_id=object_id,
        reason=reason,
        words=words.strip(),
        reporter_id=person_id,
    )
    session.add(new)
    case.version += 1
    session.flush()
    audit.record(session, actor, "reported", kind, object_id, case=case.id, reason=reason)
    if reason in URGENT:
        tell_makers(session, case, URGENT_CASE, key=f"urgent-{case.id}")
    return new


def open_case(
    session: Session,
    community_id: int,
    kind: str,
    object_id: int,
    *,
    zone_id: int | None,
    party_id: int | None,
    person_id: int | None = None,
    urgent: bool = False,
    source: str = "report",
    sign: str = "",
    facts: Mapping[str, int] | None = None,
) -> Case:
    """The open case about a thing, held by this transaction; a new one where there was none.

    What is urgent makes a calm case urgent, and its deadline nearer.
    """
    now = clock.now()
    hours = hours_to_decide(session, community_id)
    values = {
        "community_id": community_id,
        "zone_id": zone_id,
        "kind": kind,
        "object_id": object_id,
        "about_party_id": party_id,
        "about_person_id": person_id,
        "source": source,
        "sign": sign,
        "facts": dict(facts or {}),
        "urgent": urgent,
        "opened_at": now,
        "due_at": due(now, urgent=urgent, hours=hours),
        "version": 1,
    }
    is_open = col(Case.closed_at).is_(None)
    insert_if_absent(session, Case, values, ["community_id", "kind", "object_id"], where=is_open)
    case = session.exec(
        select(Case)
        .where(
            col(Case.community_id) == community_id, col(Case.kind) == kind, col(Case.object_id) == object_id, is_open
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    signal(session, f"desk:{community_id}")
    if urgent and not case.urgent:
        case.urgent, case.due_at = True, min(case.due_at, due(now, urgent=True, hours=hours))
    return case
