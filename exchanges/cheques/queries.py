"""A party's sheets, what stands on open cheques, and the cheque behind a code."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import col, func, select

from community.parties.queries import party_visible_to
from community.parties.tables import Party
from exchanges.cheques.rules import PURPOSE, NotGood, OwnCheque
from exchanges.cheques.tables import ChequeSheet, TimeCheque
from foundation import clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

MOST_SHEETS = 50


@dataclass(frozen=True)
class SheetView:
    """A sheet with its cheques, in their order."""

    sheet: ChequeSheet
    cheques: Sequence[TimeCheque]

    @property
    def open(self) -> list[TimeCheque]:
        """Those that are still good."""
        return [one for one in self.cheques if state_of(one) == "open"]

    @property
    def redeemed(self) -> list[TimeCheque]:
        return [one for one in self.cheques if one.state == "redeemed"]


def state_of(cheque: TimeCheque) -> str:
    """Its state now: a day that is over needs no job to be over."""
    return "expired" if cheque.state == "open" and cheque.ends_at <= clock.now() else cheque.state


def own_ids(actor: Actor) -> set[int]:
    """The parties the actor acts for."""
    return {one for one in (actor.party_id, *actor.party_ids) if one is not None}


def sheets_of(session: Session, actor: Actor) -> list[SheetView]:
    """The sheets of the party acted for, newest first."""
    statement = (
        select(ChequeSheet)
        .where(col(ChequeSheet.community_id) == actor.community_id, col(ChequeSheet.party_id) == actor.must_be_party())
        .order_by(col(ChequeSheet.id).desc())
        .limit(MOST_SHEETS)
    )
    return _with_cheques(session, session.exec(statement).all())


def own_sheet(session: Session, actor: Actor, sheet_id: int) -> SheetView:
    """One of these. Raises Missing for anybody else's."""
    sheet = session.get(ChequeSheet, sheet_id)
    if sheet is None or sheet.community_id != actor.community_id or sheet.party_id not in own_ids(actor):
        raise Missing()
    return _with_cheques(session, [sheet])[0]


def minutes_standing(session: Session, party_id: int) -> int:
    """How many minutes stand on a party's open cheques, those whose day is over but not yet given back included."""
    statement = select(func.coalesce(func.sum(TimeCheque.minutes), 0)).where(
        col(TimeCheque.party_id) == party_id, col(TimeCheque.state) == "open"
    )
    return int(session.exec(statement).one())


def open_cheques(session: Session, party_ids: Collection[int]) -> list[TimeCheque]:
    """The open cheques of parties."""
    statement = (
        select(TimeCheque)
        .where(col(TimeCheque.party_id).in_(party_ids), col(TimeCheque.state) == "open")
        .order_by(col(TimeCheque.id))
    )
    return list(session.exec(statement))


def has_open(session: Session, party_id: int) -> bool:
    """Whether somebody may still come with a cheque of this party."""
    return bool(open_cheques(session, (party_id,)))


def cheque_behind(session: Session, actor: Actor, code: str) -> TimeCheque:
    """The good cheque of somebody else behind a code. Raises NotGood, which says plainly what became of it, OwnCheque.

    A code is for who holds the paper: nobody finds one by trying, since attempts are counted.
    """
    token = tokens.look_at_any(session, PURPOSE, code)
    cheque = session.get(TimeCheque, token.payload["cheque"]) if token is not None else None
    if cheque is None:
        raise NotGood()
    if cheque.community_id != actor.community_id:
        raise NotGood("elsewhere")
    if cheque.party_id in own_ids(actor):
        raise OwnCheque()
    if state_of(cheque) != "open":
        raise NotGood(state_of(cheque))
    return cheque


def issuer_of(session: Session, actor: Actor, cheque: TimeCheque) -> Party:
    """Who printed it. Raises Refused where it is closed or away, or kept apart from the actor; which, is not told."""
    try:
        return party_visible_to(session, actor, cheque.party_id)
    except Missing:
        raise Refused(
            N_("This cheque cannot be redeemed now."),
            advice=N_("A maker of your zone helps you: tell them what you did, and show them the cheque."),
        ) from None


def due(session: Session, limit: int) -> list[TimeCheque]:
    """Open cheques whose day is over, the oldest first."""
    statement = (
        select(TimeCheque)
        .where(col(TimeCheque.state) == "open", col(TimeCheque.ends_at) <= clock.now())
        .order_by(col(TimeCheque.ends_at), col(TimeCheque.id))
        .limit(limit)
    )
    return list(session.exec(statement))


def _with_cheques(session: Session, sheets: Sequence[ChequeSheet]) -> list[SheetView]:
    ids = [sheet.id for sheet in sheets]
    found = session.exec(
        select(TimeCheque)
        .where(col(TimeCheque.sheet_id).in_(ids))
        .order_by(col(TimeCheque.sheet_id), col(TimeCheque.number))
    )
    by_sheet: dict[int | None, list[TimeCheque]] = defaultdict(list)
    for cheque in found:
        by_sheet[cheque.sheet_id].append(cheque)
    return [SheetView(sheet, by_sheet[sheet.id]) for sheet in sheets]
