"""A month's paper assegni, typed by a maker in one grid: checked row by row, moved all together or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from community.cards.policies import must_hold_card
from community.communities.queries import community_of, today_of
from community.moderation.policies import stopped_since
from community.parties.queries import people_of
from community.parties.tables import Party
from community.safeguarding.queries import requirements_of
from exchanges.agreements.actions.afterwards import add_with_thread, took_place
from exchanges.agreements.actions.hours import move_hours
from exchanges.agreements.actions.propose import own_category
from exchanges.agreements.actions.steps import kept, note
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import COPIED
from exchanges.agreements.policies import CHEQUES
from exchanges.agreements.policies.care import Second, check_adult
from exchanges.agreements.rules import check_happened, check_minutes, check_title
from exchanges.agreements.rules.events import CHEQUE
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_accounts
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, DomainError, Invalid, Missing
from foundation.once import first_time, remember

MOST_CHEQUES = 200


@dataclass(frozen=True)
class Cheque:
    """One paper assegno: who gave to whom, minutes, the day, what, in which category; for care who, and who else."""

    giver_id: int | None
    receiver_id: int | None
    minutes: int | None
    happened_on: date | None
    title: str
    category_id: int | None
    adult_id: int | None = None
    second_id: int | None = None


class BadCheques(Invalid):
    """Some cheques cannot be right. `faults` holds, by row counted from 0, what is wrong at each field."""

    def __init__(self, faults: dict[int, list[DomainError]]) -> None:
        super().__init__(N_("Nothing was moved yet: some cheques need another look."))
        self.faults = faults


def record_cheques(session: Session, actor: Actor, cheques: Sequence[Cheque], *, request_key: str) -> list[int]:
    """Settle paper cheques at once and give the agreements' ids: all of them, or none.

    The same `request_key` moves them once; the second time the list is empty. Raises Missing for who types no
    cheques, BadCheques naming every fault, Invalid for an empty grid or one too long.
    """
    if not actor.may(CHEQUES):
        raise Missing()
    if not cheques or len(cheques) > MOST_CHEQUES:
        raise Invalid(N_("Fill in between 1 and %(most)s cheques at a time."), most=MOST_CHEQUES)
    if not first_time(session, request_key, actor.person_id, content=repr(list(cheques))):
        return []
    looked_at = ((row, faults_of(session, actor, cheque, hold=True)) for row, cheque in enumerate(cheques))
    faults = {row: found for row, found in looked_at if found}
    if faults:
        raise BadCheques(faults)
    _lock_all(session, actor, cheques)
    made: list[int] = []
    for row, cheque in enumerate(cheques):
        try:
            with session.begin_nested():
                made.append(_settle(session, actor, cheque))
        except DomainError as error:
            error.field = error.field or "minutes"
            faults[row] = [error]
    if faults:
        raise BadCheques(faults)
    remember(session, request_key, actor.person_id, f"cheques:{len(made)}")
    return made


def faults_of(session: Session, actor: Actor, cheque: Cheque, *, hold: bool = False) -> list[DomainError]:
    """What is wrong with one cheque, each error naming its field; the limits are only known when it is moved.

    `hold` keeps what is recorded about who looked after somebody as it is until the end of the transaction.
    """
    checks = (
        lambda: _check_parties(session, actor, cheque),
        lambda: check_minutes(cheque.minutes, gift=False),
        lambda: _check_day(session, actor, cheque.happened_on),
        lambda: _check_both_were_there(session, actor, cheque),
        lambda: check_title(cheque.title),
        lambda: _check_category(session, actor, cheque, hold=hold),
    )
    faults: list[DomainError] = []
    for check in checks:
        try:
            check()
        except DomainError as error:
            faults.append(error)
    return faults


def _check_parties(session: Session, actor: Actor, cheque: Cheque) -> None:
    giver = _party(session, actor, cheque.giver_id, "giver")
    receiver = _party(session, actor, cheque.receiver_id, "receiver")
    if giver.id == receiver.id:
        raise Invalid(N_("Who gave and who received are the same."), field="receiver")
    if {giver.id, receiver.id} & {*actor.party_ids, actor.party_id}:
        raise Invalid(N_("You take part in this one: let another maker copy it."), field="giver")
    zones = actor.zones_for(CHEQUES)
    if zones is not None and giver.zone_id not in zones and receiver.zone_id not in zones:
        raise Invalid(N_("Neither of the two lives in your zones."), field="giver")


def _party(session: Session, actor: Actor, party_id: int | None, field: str) -> Party:
    party = session.get(Party, party_id) if party_id is not None else None
    here = party is not None and party.community_id == actor.community_id
    if party is None or not here or party.kind == "fund" or party.closed_at is not None:
        raise Invalid(N_("Choose somebody from the list."), field=field)
    return party


def _check_day(session: Session, actor: Actor, day: date | None) -> None:
    if day is None:
        raise Invalid(N_("Write the day, such as 26/11/2026."), field="happened_on")
    check_happened(day, today_of(session, actor.community_id))


def _check_both_were_there(session: Session, actor: Actor, cheque: Cheque) -> None:
    """Paper is no way around a pause: what was done before it is owed, and nothing after."""
    if cheque.happened_on is None:
        return
    zone = community_of(session, actor.community_id).time_zone
    for field, party_id in (("giver", cheque.giver_id), ("receiver", cheque.receiver_id)):
        ids = [person.id or 0 for person in people_of(session, party_id)] if party_id is not None else []
        since = stopped_since(session, actor.community_id, ids)
        if since is not None and cheque.happened_on > clock.local(since, zone).date():
            raise Invalid(
                N_("They have been away from the community since %(since_on)s: only what was done before is copied."),
                field=field,
                since_on=clock.local(since, zone).date(),
            )


def _check_category(session: Session, actor: Actor, cheque: Cheque, *, hold: bool) -> None:
    """What it was about is never left open: only then can the gate for care be asked (domain, Children 2)."""
    own_category(session, actor, cheque.category_id)
    demands = requirements_of(session, [cheque.category_id])
    if cheque.giver_id is None or cheque.happened_on is None:
        return
    zone = community_of(session, actor.community_id).time_zone
    at = clock.noon(cheque.happened_on, zone)
    if cheque.adult_id is None and not demands.of_anybody:
        must_hold_card(session, actor.community_id, cheque.giver_id, None, at)
        return
    check_adult(
        session,
        actor.community_id,
        cheque.giver_id,
        cheque.adult_id,
        second=Second(cheque.second_id, (cheque.receiver_id,) if cheque.receiver_id is not None else ()),
        demands=demands,
        at=at,
        hold=hold,
    )


def _lock_all(session: Session, actor: Actor, cheques: Iterable[Cheque]) -> None:
    """All accounts of the grid, in the ledger's own order, so that two grids never wait for each other in a ring."""
    parties = {party for cheque in cheques for party in (cheque.giver_id, cheque.receiver_id) if party is not None}
    lock_accounts(session, actor.community_id, open_accounts(session, parties).values())


def _settle(session: Session, actor: Actor, cheque: Cheque) -> int:
    giver, receiver = kept(cheque.giver_id), kept(cheque.receiver_id)
    minutes = check_minutes(cheque.minutes, gift=False)
    agreement = took_place(
        session,
        actor,
        way="assegno",
        giver_id=giver,
        receiver_id=receiver,
        told_by_id=giver,
        title=cheque.title,
        category_id=cheque.category_id,
        happened_on=cheque.happened_on or today_of(session, actor.community_id),
        minutes=minutes,
    )
    agreement.adult_id, agreement.second_id = cheque.adult_id, cheque.second_id
    add_with_thread(session, actor, agreement)
    note(session, actor, agreement, "cheque", CHEQUE, {"said_minutes": minutes}, minutes=minutes)
    # The signature on the paper is the receiver's yes.
    move_hours(session, actor, agreement, minutes, agreed=True)
    for party_id in (giver, receiver):
        tell_party(
            session, agreement, party_id, COPIED, who=name_of(session, actor), said_minutes=minutes, quietly=True
        )
    return kept(agreement.id)
