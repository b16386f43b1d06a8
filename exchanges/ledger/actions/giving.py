"""Hours that move outside an exchange: gifts, grants from the fund, welcome hours, opening balances, leaving."""

from sqlmodel import col, select

from community.communities.queries import rules_in_force
from community.parties.queries import party_visible_to
from community.parties.tables import Party
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import fund_account, issue_account, open_account
from exchanges.ledger.actions.posting import post_transfer
from exchanges.ledger.actions.telling import tell
from exchanges.ledger.notices import GIFT, GRANTED
from exchanges.ledger.policies import GRANT, must_not_be_own, must_reach
from exchanges.ledger.queries.accounts import party_names
from exchanges.ledger.rules import BelowFloor, KeyUsedBefore, Line, Posted, Source, check_minutes, refused_gift
from exchanges.ledger.tables import Entry
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def give_hours(
    session: Session, actor: Actor, to_party_id: int | None, minutes: int, *, request_key: str, memo: str = ""
) -> Posted:
    """Give minutes of one's own to another party, or to the community fund when none is named.

    Raises Invalid at `minutes` or `to_party_id`, Missing for a party the actor may not see, BelowFloor, AboveCeiling,
    and KeyUsedBefore when another gift was sent with this key.
    """
    check_minutes(minutes)
    giver = actor.must_be_party()
    if to_party_id is None:
        to_account = fund_account(session, actor.community_id)
    else:
        to_account = open_account(session, _other_party(session, actor, to_party_id))
    lines = (Line(open_account(session, giver), -minutes), Line(to_account, minutes))
    try:
        posted = post_transfer(
            session, actor, lines, request_key=request_key, kind="gift", source=Source("gift"), memo=memo.strip()
        )
    except BelowFloor as error:
        # What the ledger says is meant for who receives: here it is about giving hours away.
        raise refused_gift(left=int(str(error.params["left_minutes"])), minutes=minutes) from error
    _must_be_the_same(session, posted, to_account, minutes)
    if to_party_id is not None and not posted.repeated:
        name = party_names(session, [giver])[giver]
        tell(session, actor, to_party_id, GIFT, posted.transfer_id, {"who": name, "given_minutes": minutes})
    return posted


def grant_from_fund(
    session: Session, actor: Actor, party_id: int, minutes: int, *, reason: str, request_key: str
) -> Posted:
    """Give minutes of the community fund to a party of the maker's zones, and say why.

    Raises Invalid at `minutes` or `reason`, Missing for a party out of reach, Refused for one's own, BelowFloor when
    the fund does not hold as much, AboveCeiling, and KeyUsedBefore when another grant was sent with this key.
    """
    check_minutes(minutes)
    why = needed_reason(reason)
    party = party_of_community(session, actor, party_id)
    must_reach(actor, GRANT, party)
    must_not_be_own(actor, frozenset({party_id}))
    to_account = open_account(session, party_id)
    lines = (Line(fund_account(session, actor.community_id), -minutes), Line(to_account, minutes))
    posted = post_transfer(
        session,
        actor,
        lines,
        request_key=request_key,
        kind="grant",
        source=Source("grant"),
        memo=why,
        for_party_id=party_id,
    )
    _must_be_the_same(session, posted, to_account, minutes)
    if not posted.repeated:
        audit.record(session, actor, "granted", "transfer", posted.transfer_id, party=party_id, minutes=minutes)
        tell(session, actor, party_id, GRANTED, posted.transfer_id, {"given_minutes": minutes})
    return posted


def _must_be_the_same(session: Session, posted: Posted, account_id: int, minutes: int) -> None:
    """See that a repeated request asks for what was done: after going back other hours may have been typed."""
    if not posted.repeated:
        return
    done = select(col(Entry.minutes)).where(
        col(Entry.transfer_id) == posted.transfer_id, col(Entry.account_id) == account_id
    )
    if session.scalar(done) != minutes:
        raise KeyUsedBefore()


def welcome_hours(session: Session, actor: Actor, party: Party) -> Posted | None:
    """The hours the community gives a newcomer, once; None where it gives none."""
    # Asked once a transaction: an import opens twenty thousand parties in one.
    known: dict[int, int] = session.info.setdefault("welcome_minutes", {})
    if party.community_id not in known:
        known[party.community_id] = rules_in_force(session, party.community_id).welcome_minutes
    minutes = known[party.community_id]
    if minutes == 0 or party.kind == "fund" or party.id is None:
        return None
    lines = (Line(issue_account(session, party.community_id), -minutes), Line(open_account(session, party.id), minutes))
    return post_transfer(
        session,
        actor,
        lines,
        request_key=f"welcome:{party.id}",
        kind="welcome",
        source=Source("party", party.id),
        for_party_id=party.id,
    )


def opening_balance(
    session: Session, actor: Actor, party_id: int, minutes: int, *, request_key: str, memo: str = ""
) -> Posted | None:
    """The balance a party brings from an older register, against the issue account; None when it is zero.

    It may be below zero, and no limit holds it. The caller has authorised it.
    """
    if minutes == 0:
        return None
    party_of_community(session, actor, party_id)
    lines = (Line(issue_account(session, actor.community_id), -minutes), Line(open_account(session, party_id), minutes))
    return post_transfer(
        session,
        actor,
        lines,
        request_key=request_key,
        kind="opening",
        source=Source("import", party_id),
        memo=memo,
        for_party_id=party_id,
    )


def leave_hours(
    session: Session, actor: Actor, party_id: int, *, to_party_id: int | None = None, request_key: str, memo: str = ""
) -> Posted | None:
    """Bring the account of a party that leaves to zero, with the fund or, if it has hours, with a person it names.

    Hours still owed are the fund's to bear. None when there is nothing to move. The caller has authorised it.
    """
    from_account = open_account(session, party_id)
    to_account = fund_account(session, actor.community_id)
    if to_party_id is not None:
        to_account = open_account(session, _other_party(session, actor, to_party_id))
    accounts = lock_accounts(session, actor.community_id, [from_account, to_account])
    balance = accounts[from_account].balance
    if balance == 0:
        return None
    return post_transfer(
        session,
        actor,
        (Line(from_account, -balance), Line(to_account, balance)),
        request_key=request_key,
        kind="leaving",
        source=Source("party", party_id),
        memo=memo,
        for_party_id=party_id,
    )


def party_of_community(session: Session, actor: Actor, party_id: int) -> Party:
    """A party of the actor's community. Raises Missing."""
    statement = select(Party).where(col(Party.id) == party_id, col(Party.community_id) == actor.community_id)
    party = session.exec(statement).one_or_none()
    if party is None:
        raise Missing()
    return party


def needed_reason(reason: str) -> str:
    """The reason a maker gave, trimmed. Raises Invalid at `reason` when there is none."""
    words = reason.strip()
    if not words:
        raise Invalid(N_("Write why, in a few words: it will be read by those concerned."), field="reason")
    return words


def _other_party(session: Session, actor: Actor, party_id: int) -> int:
    if party_id == actor.party_id:
        raise Invalid(N_("Choose somebody else: these hours are already yours."), field="to_party_id")
    party = party_visible_to(session, actor, party_id)
    return party.id or 0
