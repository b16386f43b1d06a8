"""Telling of a concern, answering it, closing it."""

from collections.abc import Collection

from community.concerns.notices import FOR_LEAD
from community.concerns.queries import concern_visible_to, leads_who_read
from community.concerns.rules import LONGEST_REACH, REACHES, check_words
from community.concerns.tables import Concern, ConcernMessage, ConcernParty
from community.notifications.actions import notify
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale
from foundation.once import first_time, made, number_made, remember

KIND = "concern"


def tell(
    session: Session,
    actor: Actor,
    words: str,
    *,
    reach: str = "here",
    reach_words: str = "",
    kind: str = "",
    object_id: int | None = None,
    party_ids: Collection[int] = (),
    request_key: str = "",
) -> int:
    """Tell the leads of a concern and give its number, once for each `request_key`.

    `party_ids` are those of the exchange it is about: none of their people reads it. Raises Invalid at the field.
    """
    reporter_id = actor.recorder_id
    if reporter_id is None or not actor.is_member:
        raise Missing()
    content = repr((words, reach, reach_words, kind, object_id, sorted(set(party_ids))))
    if not first_time(session, request_key, reporter_id, content=content):
        return number_made(session, request_key, reporter_id, KIND)
    if reach not in REACHES:
        raise Invalid(N_("Choose one of the values offered."), field="reach")
    if len(reach_words) > LONGEST_REACH:
        raise Invalid(N_("Use fewer words."), field="reach_words")
    concern = Concern(
        community_id=actor.community_id,
        reporter_id=reporter_id,
        kind=kind,
        object_id=object_id,
        words=check_words(words),
        reach=reach,
        reach_words=reach_words.strip(),
    )
    session.add(concern)
    session.flush()
    session.add_all(ConcernParty(concern_id=concern.id or 0, party_id=party_id) for party_id in set(party_ids))
    session.flush()
    # The record names the concern and not the exchange: makers may search it.
    audit.record(session, actor, "told", KIND, concern.id)
    _tell_leads(session, concern, f"{concern.id}")
    remember(session, request_key, reporter_id, made(KIND, concern.id))
    return concern.id or 0


def write(session: Session, actor: Actor, concern_id: int, words: str) -> None:
    """Answer as a lead, or add something as the person who told of it. Raises Missing, Stale once closed, Invalid."""
    concern, as_lead = concern_visible_to(session, actor, concern_id, lock=True)
    if concern.state == "closed":
        raise Stale(N_("This is closed. You can always write again from “Something worries me”."))
    message = ConcernMessage(
        concern_id=concern_id, author_id=actor.recorder_id or 0, of_lead=as_lead, words=check_words(words)
    )
    session.add(message)
    concern.state = "answered" if as_lead else "open"
    session.flush()
    audit.record(session, actor, "answered" if as_lead else "added", KIND, concern_id)
    if not as_lead:
        _tell_leads(session, concern, f"{concern_id}-{message.id}")


def close(session: Session, actor: Actor, concern_id: int, words: str) -> None:
    """A lead closes it and writes down what was done. Raises Missing for anybody else, Stale, Invalid."""
    concern, as_lead = concern_visible_to(session, actor, concern_id, lock=True)
    if not as_lead:
        raise Missing()
    if concern.state == "closed":
        raise Stale(N_("Somebody has closed it already."))
    concern.closed_words = check_words(words)
    concern.state = "closed"
    concern.closed_at, concern.closed_by_id = clock.now(), actor.recorder_id
    audit.record(session, actor, "closed", KIND, concern_id)


def _tell_leads(session: Session, concern: Concern, key: str) -> None:
    for lead in leads_who_read(session, concern):
        notify(
            session,
            person_id=lead.id or 0,
            community_id=concern.community_id,
            notice=FOR_LEAD,
            params={},
            endpoint="concerns.listing",
            key=key,
        )
