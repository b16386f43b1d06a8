"""Telling those concerned that something waits: never what, and never anybody else of their household."""

from collections.abc import Collection

from care.housing.notices import FOR_MAKERS, FOR_YOU
from care.housing.queries.cases import makers_who_read
from care.housing.tables import HousingCase
from community.members.tables import Person
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


def tell_makers(session: Session, case: HousingCase, key: str, *, but: Actor | None = None) -> None:
    """Tell the makers who read a case, but for who did it."""
    done_by: Collection[int | None] = (but.person_id, but.recorder_id) if but is not None else ()
    for maker in makers_who_read(session, case):
        if maker.id is None or maker.id in done_by or maker.email is None:
            continue
        notify(
            session,
            person_id=maker.id,
            community_id=case.community_id,
            notice=FOR_MAKERS,
            params={},
            endpoint="housing.desk",
            key=f"{case.id}:{key}",
        )
