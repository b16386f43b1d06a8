"""Telling those concerned that something waits: never what, and never anybody else of their household."""

from collections.abc import Collection, Iterable

from sqlmodel import col, select

from care.housing.notices import FOR_DESK, FOR_YOU
from care.housing.policies import MEDIATE
from care.housing.queries.cases import is_new_reader, readers_of
from care.housing.rules.cases import LIVE
from care.housing.tables import HousingCase
from community.members.tables import Person, RoleGrant
from community.notifications.actions import notify
from foundation.access import Actor
from foundation.database import Session


def tell_person(session: Session, case: HousingCase, key: str) -> None:
    """Tell the person. Who asked not to be written to, or has no e-mail, is called: the desk says so."""
    if case.person_id is None or case.reach != "here":
        return
    person = session.get(Person, case.person_id)
    if person is None or person.email is None:
        return
    notify(
        session,
        person_id=case.person_id,
        community_id=case.community_id,
        notice=FOR_YOU,
        params={},
        endpoint="housing.home",
        key=f"{case.id}:{key}",
    )


def tell_of_new_reader(session: Session, grant: RoleGrant) -> None:
    """Somebody was given a role: those of whom they will read something open are told, and may leave them out."""
    if grant.role not in MEDIATE.roles:
        return
    live = (col(HousingCase.community_id) == grant.community_id, col(HousingCase.state).in_(LIVE))
    for case in session.exec(select(HousingCase).where(*live).order_by(col(HousingCase.id))):
        if is_new_reader(session, case, grant):
            tell_person(session, case, f"reader:{grant.id}")


def tell_desk(session: Session, case: HousingCase, key: str, *, but: Actor | None = None) -> None:
    """Tell who reads a case at the desk, but for who did it."""
    _tell(session, [case], f"{case.id}:{key}", but)


def tell_desk_of_both(session: Session, cases: Iterable[HousingCase], key: str, *, but: Actor | None = None) -> None:
    """The same of an introduction, each person once: `key` says which."""
    _tell(session, list(cases), f"both:{key}", but)


def _tell(session: Session, cases: Collection[HousingCase], key: str, but: Actor | None) -> None:
    done_by: Collection[int | None] = (but.person_id, but.recorder_id) if but is not None else ()
    desk = {reader.id: reader for case in cases for reader in readers_of(session, case)}
    for number, reader in desk.items():
        if number is None or number in done_by or reader.email is None:
            continue
        notify(
            session,
            person_id=number,
            community_id=next(iter(cases)).community_id,
            notice=FOR_DESK,
            params={},
            endpoint="housing.desk",
            key=key,
        )
