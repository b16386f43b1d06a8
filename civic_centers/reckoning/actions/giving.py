"""The solidarity quota: what is given to it, and the shares it pays for families."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal_column, update
from sqlmodel import col, select

from civic_centers.reckoning.actions.telling import tell_family, tell_receipt
from civic_centers.reckoning.actions.writing import Movement, hold, key_of, write
from civic_centers.reckoning.notices import ANSWERED, ASKED, OFFERED
from civic_centers.reckoning.policies import GRANT, READ_OWN, must_grant, must_not_be_own
from civic_centers.reckoning.queries.balances import balance_of, standing_of
from civic_centers.reckoning.queries.quota import request_entrusted, request_of_own
from civic_centers.reckoning.rules import (
    GROUP,
    LONGEST_WORDS,
    MOST_NOES,
    PARTY,
    QUOTA,
    WAYS,
    Place,
    checked_cents,
    checked_words,
    must_be_owed,
    must_hold,
)
from civic_centers.reckoning.tables import PurseEntry, QuotaRequest
from community.members.queries import makers_of
from community.notifications.actions import notify
from community.parties.queries import own_party
from community.parties.tables import Party
from community.zones.queries import zone_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused, Stale

REQUEST = "quota_request"
GIFT = "quota_gift"


@dataclass(frozen=True)
class Ask:
    """What a family says when it asks. Nobody reads the words but the makers of the zone, less the one it names."""

    cents: int
    words: str = ""
    excluded_maker_id: int | None = None


def give_to_quota(
    session: Session, actor: Actor, source: str, cents: int, words: str = "", *, key: str = ""
) -> PurseEntry:
    """Write down what a sponsor or somebody else gave (`source` says in which way), or what the group gives.

    Raises Missing for who is no maker, Invalid, Refused for more than the group has.
    """
    if actor.is_on_behalf or not actor.may(GRANT):
        raise Missing()
    checked_cents(cents)
    if source not in (*WAYS, GROUP):
        raise Invalid(N_("Say where it comes from."), field="source")
    said = checked_words(words, needed=False, longest=LONGEST_WORDS)
    start, quota = Place(source), Place(QUOTA)
    purses = hold(session, actor.community_id, (start, quota))
    if source == GROUP:
        must_hold(balance_of(session, purses[start]), cents)
    given = Movement("gift", start, quota, cents, key_of(actor, "quota_gift", key), words=said)
    entry = write(session, actor, actor.community_id, purses, given)
    audit.record(session, actor, "gave", GIFT, entry.id, cents=cents)
    return entry


def gift_of_sponsor(session: Session, actor: Actor, delivery: Any) -> None:
    """What a sponsor gave for the quota, as the sponsors noted it; or taken back, where the quota still holds as much.

    `delivery` has the `id`, `cents`, `quota_way` and `corrects_id` of their lines. Raises Invalid at `cents`, Refused.
    """
    if not delivery.quota_way:
        return
    checked_cents(abs(delivery.cents))
    start, quota = Place(delivery.quota_way), Place(QUOTA)
    purses = hold(session, actor.community_id, (start, quota))
    if delivery.corrects_id is None:
        write(
            session, actor, actor.community_id, purses,
            Movement("gift", start, quota, delivery.cents, f"pledge:{delivery.id}"),
        )  # fmt: skip
        return
    noted = PurseEntry.request_key == f"pledge:{delivery.corrects_id}"
    gift = session.exec(select(PurseEntry).where(noted)).one()
    must_hold(balance_of(session, purses[quota]), gift.cents)
    back = Movement("reversal", quota, start, gift.cents, f"reversal:{gift.id}", reverses_id=gift.id, receipted=False)
    write(session, actor, actor.community_id, purses, back)


def ask_quota(session: Session, actor: Actor, ask: Ask) -> QuotaRequest:
    """Ask the makers of one's zone for a share of what is open. Raises Missing, Invalid, Refused, Stale."""
    if not actor.may(READ_OWN):
        raise Missing()
    party = own_party(session, actor)
    if party.zone_id is None:
        raise Missing()
    checked_cents(ask.cents)
    words = checked_words(ask.words, needed=False)
    must_be_owed(standing_of(session, party.id or 0).balance, ask.cents)
    makers = {maker.id for maker in makers_of(session, actor.community_id, party.zone_id)}
    if ask.excluded_maker_id is not None and ask.excluded_maker_id not in makers:
        raise Invalid(N_("Choose one of the makers of the zone."), field="excluded_maker_id")
    values = {
        "person_id": actor.must_be_person(), "words": words, "excluded_maker_id": ask.excluded_maker_id,
        "offered_by_id": None,
    }  # fmt: skip
    request = _begin(session, party, "asked", ask.cents, values)
    audit.record(session, actor, "asked", REQUEST, request.id)
    zone = zone_of(session, actor.community_id, party.zone_id)
    for maker_id in makers - {None, ask.excluded_maker_id, actor.person_id}:
        notify(
            session,
            person_id=maker_id or 0,
            community_id=actor.community_id,
            notice=ASKED,
            params={"zone": zone.name},
            endpoint="reckoning.request_page",
            values={"share_id": request.id},
            key=f"{request.id}",
        )
    return request


def withdraw_request(session: Session, actor: Actor, request_id: int) -> None:
    """Take back what one's household asked. Raises Missing, Stale."""
    request = request_of_own(session, actor, request_id)
    if request.kind != "asked":
        raise Missing()
    _end(session, actor, request, "withdrawn")
    audit.record(session, actor, "withdrew", REQUEST, request_id)


def grant(session: Session, actor: Actor, request_id: int, cents: int, answer: str = "") -> PurseEntry:
    """Pay a share of what a family asked for from the quota: as much as is open and as the quota has.

    Its receipt is one of those of payments. Raises Missing, Invalid, Refused, Stale.
    """
    request = request_entrusted(session, actor, request_id)
    must_not_be_own(actor, request.party_id)
    if request.kind != "asked":
        raise Missing()
    checked_cents(cents)
    entry = _pay(session, actor, request, cents, checked_words(answer, "answer", needed=False))
    audit.record(session, actor, "granted", REQUEST, request_id)
    _tell_asker(session, request)
    return entry


def decline(session: Session, actor: Actor, request_id: int, answer: str) -> None:
    """Say no to what a family asked, with a word why. Raises Missing, Invalid, Stale."""
    request = request_entrusted(session, actor, request_id)
    must_not_be_own(actor, request.party_id)
    words = checked_words(answer, "reply")
    if request.kind == "offered":
        _end(session, actor, request, "withdrawn", answer=words)
        audit.record(session, actor, "withdrew", REQUEST, request_id)
        return
    _end(session, actor, request, "declined", answer=words)
    audit.record(session, actor, "declined", REQUEST, request_id)
    _tell_asker(session, request)


def offer(session: Session, actor: Actor, party_id: int, cents: int, words: str = "") -> QuotaRequest:
    """Offer a family of one's zone a share from the quota, which it may decline. Raises Missing, Invalid, Refused."""
    party = session.get(Party, party_id)
    if party is None or party.community_id != actor.community_id or party.closed_at is not None:
        raise Missing()
    must_grant(actor, party.zone_id)
    must_not_be_own(actor, party_id)
    checked_cents(cents)
    said = checked_words(words, needed=False)
    must_be_owed(standing_of(session, party_id).balance, cents)
    mine = (col(QuotaRequest.party_id) == party_id, col(QuotaRequest.kind) == "offered")
    noes = select(func.count()).where(*mine, col(QuotaRequest.state) == "declined")
    if (session.scalar(noes) or 0) >= MOST_NOES:
        raise Refused(N_("They have said no before: they are not offered it again. They may ask by themselves."))
    values = {
        "person_id": None, "words": said, "excluded_maker_id": None, "offered_by_id": actor.must_be_person(),
    }  # fmt: skip
    request = _begin(session, party, "offered", cents, values)
    audit.record(session, actor, "offered", REQUEST, request.id)
    tell_family(session, actor.community_id, party_id, OFFERED, {}, key=f"{request.id}")
    return request


def answer_offer(session: Session, actor: Actor, request_id: int, *, yes: bool) -> None:
    """Take what a maker offered, as far as it is still open, or say no to it. Raises Missing, Refused, Stale."""
    request = request_of_own(session, actor, request_id)
    if request.kind != "offered":
        raise Missing()
    request.person_id = actor.must_be_person()
    if yes:
        still_open = standing_of(session, request.party_id).owed
        if not still_open:
            raise Refused(N_("Nothing is open any more: you need not take it."))
        _pay(session, actor, request, min(request.cents, still_open), "")
        audit.record(session, actor, "accepted", REQUEST, request_id)
        return
    _end(session, actor, request, "declined")
    audit.record(session, actor, "refused", REQUEST, request_id)


def _begin(session: Session, party: Party, kind: str, cents: int, values: Mapping[str, object]) -> QuotaRequest:
    whole = {
        "community_id": party.community_id, "zone_id": party.zone_id, "party_id": party.id, "kind": kind,
        "state": "waiting", "cents": cents, "answer": "", "created_at": clock.now(), **values,
    }  # fmt: skip
    # A parameter would not do: the database has to see that this is the condition of its index.
    waiting = col(QuotaRequest.state) == literal_column("'waiting'")
    if not insert_if_absent(session, QuotaRequest, whole, conflict=["party_id"], where=waiting):
        raise Stale(N_("Something of this family waits for an answer already."))
    return session.exec(select(QuotaRequest).where(col(QuotaRequest.party_id) == party.id, waiting)).one()


def _pay(session: Session, actor: Actor, request: QuotaRequest, cents: int, answer: str) -> PurseEntry:
    theirs, quota = Place(PARTY, request.party_id), Place(QUOTA)
    purses = hold(session, request.community_id, (theirs, quota))
    _take(session, request)
    standing = standing_of(session, request.party_id)
    must_be_owed(standing.balance, cents)
    must_hold(balance_of(session, purses[quota]), cents)
    cycle_id = next((one for one, still_open in standing.open.items() if still_open), None)
    share = Movement("quota", quota, theirs, cents, f"quota:{request.id}", cycle_id=cycle_id)
    entry = write(session, actor, request.community_id, purses, share)
    request.state, request.entry_id, request.answer = "granted", entry.id, answer
    request.ended_at, request.ended_by_id = clock.now(), actor.recorder_id
    session.add(request)
    session.flush()
    tell_receipt(session, entry, request.party_id)
    return entry


def _take(session: Session, request: QuotaRequest) -> None:
    """Hold a request that waits. Raises Stale where somebody has answered it."""
    statement = select(QuotaRequest).where(col(QuotaRequest.id) == request.id).with_for_update(key_share=True)
    asked_by = request.person_id
    session.exec(statement.execution_options(populate_existing=True)).one()
    request.person_id = request.person_id or asked_by
    if request.state != "waiting":
        raise Stale(N_("Somebody has answered it already."))


def _end(session: Session, actor: Actor, request: QuotaRequest, state: str, answer: str = "") -> None:
    waiting = (col(QuotaRequest.id) == request.id, col(QuotaRequest.state) == "waiting")
    now = {
        "state": state, "answer": answer, "ended_at": clock.now(), "ended_by_id": actor.recorder_id,
        "person_id": request.person_id,
    }  # fmt: skip
    with session.no_autoflush:
        done = session.exec(
            update(QuotaRequest).where(*waiting).values(**now).execution_options(synchronize_session=False)
        )
    session.refresh(request)
    if not done.rowcount:
        raise Stale(N_("Somebody has answered it already."))


def _tell_asker(session: Session, request: QuotaRequest) -> None:
    """Who asked is answered; the others of the household see in their purse what moved."""
    if request.person_id is None:
        return
    notify(
        session,
        person_id=request.person_id,
        community_id=request.community_id,
        notice=ANSWERED,
        params={},
        endpoint="reckoning.mine",
        key=f"{request.id}",
        matter=f"purse:{request.party_id}",
    )
