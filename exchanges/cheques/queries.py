"""A party's sheets, what stands on open cheques, and the cheque behind a code."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import col, func, select

from community.moderation.policies import are_apart
from community.parties.policies import is_present
from community.parties.queries import party_visible_to
from community.parties.tables import Party
from exchanges.cheques.rules import OWED_FOR, PURPOSE, REMIND_BEFORE, NotGood, OwnCheque, owed_until
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
        raise NotGood(what_became_of(cheque))
    return cheque


def what_became_of(cheque: TimeCheque) -> str:
    """What who holds it reads of a cheque that is good no more, as a state of NotGood."""
    return "stopped" if cheque.why in ("left", "stopped") else state_of(cheque)


def issuer_of(session: Session, actor: Actor, cheque: TimeCheque) -> Party:
    """Who printed it: there, or away for so few days that what was done before is still redeemed.

    Raises NotGood once these days are over, Refused where it is away otherwise, or kept apart from the actor; which, is
    not told.
    """
    try:
        return party_visible_to(session, actor, cheque.party_id)
    except Missing:
        if cheque.stopped_at is not None and not are_apart(session, actor, cheque.party_id):
            if clock.now() >= owed_until(cheque.stopped_at, cheque.ends_at):
                raise NotGood("stopped") from None
            return session.get_one(Party, cheque.party_id)
        raise Refused(
            N_("This cheque cannot be redeemed now."),
            advice=N_("A maker of your zone helps you: tell them what you did, and show them the cheque."),
        ) from None


def away_since(session: Session, cheque: TimeCheque) -> datetime | None:
    """Since when nobody of its issuer is there; None while somebody is."""
    return cheque.stopped_at if is_away(session, cheque.party_id) else None


def is_away(session: Session, party_id: int) -> bool:
    """Whether a party is closed, or everybody who acts for it is paused or excluded."""
    party = session.get_one(Party, party_id, populate_existing=True)
    return session.scalar(select(_somebody_there(party.community_id, party_id))) is not True


def stopped_cheques(session: Session, limit: int) -> tuple[list[TimeCheque], list[TimeCheque]]:
    """Open cheques of who was away: those whose issuer is back, and those whose days are over."""
    here = _somebody_there(col(TimeCheque.community_id), col(TimeCheque.party_id))
    stopped = (col(TimeCheque.state) == "open", col(TimeCheque.stopped_at).is_not(None))
    statement = select(TimeCheque).where(*stopped).order_by(col(TimeCheque.id)).limit(limit)
    back = list(session.exec(statement.where(here)))
    over = list(session.exec(statement.where(~here, col(TimeCheque.stopped_at) <= clock.now() - OWED_FOR)))
    return back, over


def sheets_ending(session: Session) -> list[int]:
    """The sheets with open cheques whose last day is near, of who is there."""
    now = clock.now()
    statement = (
        select(col(TimeCheque.sheet_id))
        .where(
            col(TimeCheque.state) == "open",
            col(TimeCheque.stopped_at).is_(None),
            col(TimeCheque.ends_at) > now,
            col(TimeCheque.ends_at) <= now + REMIND_BEFORE,
        )
        .distinct()
        .order_by(col(TimeCheque.sheet_id))
    )
    return list(session.scalars(statement))


def open_of_sheet(session: Session, sheet_id: int) -> list[TimeCheque]:
    """The open cheques of a sheet."""
    statement = select(TimeCheque).where(col(TimeCheque.sheet_id) == sheet_id, col(TimeCheque.state) == "open")
    return list(session.exec(statement.order_by(col(TimeCheque.number))))


def _somebody_there(community: Any, party: Any) -> ColumnElement[bool]:
    still_open = exists().where(col(Party.id) == party, col(Party.closed_at).is_(None))
    return and_(still_open, is_present(community, party))


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
