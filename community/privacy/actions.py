"""Saying who answers for the data; asking for a file, and letting it go."""

import secrets

from sqlalchemy import update
from sqlmodel import col, delete, select

from community.changes.actions import note_change
from community.communities.queries import community_of
from community.leaving.rules import Going
from community.mandates.queries import home_to_keep, must_stand
from community.members.queries import must_belong
from community.parties.queries import acts_for
from community.privacy.policies import SAY_WHO
from community.privacy.queries import PAPER, controller_of, cutoff_of, is_given_up, kinds, told_of
from community.privacy.rules import LASTS, check_basis, check_time, check_wish, total_of
from community.privacy.tables import Controller, Ground, KeptFor, LetGo, PaperCopy, PersonalExport
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import Missing
from foundation.jobs import enqueue
from foundation.once import first_time, made, number_made, remember
from foundation.personal.keeping import Retention

GATHER = "privacy.gather"


def say_who_answers(
    session: Session, actor: Actor, *, name: str, address: str, email: str, officer: str, words: dict[str, str]
) -> None:
    """From now on this body answers for the community's data. Raises Missing for who does not run the community."""
    if not actor.may(SAY_WHO):
        raise Missing()
    known = controller_of(session, actor.community_id)
    told = {"name": name, "address": address, "email": email, "officer": officer, "words": words}
    before = {field: getattr(known, field) for field in told} if known is not None else {}
    session.add(
        Controller(
            community_id=actor.community_id,
            name=name,
            address=address,
            email=email,
            officer=officer,
            words=words,
            set_by_id=actor.must_be_person(),
        )
    )
    audit.record(session, actor, "said_who_answers_for_data", "community", actor.community_id)
    note_change(session, actor, "privacy", actor.community_id, "", before, told)


def say_why_and_how_long(
    session: Session, actor: Actor, kind: str, *, basis: str, words: dict[str, str], days: dict[str, int | None]
) -> None:
    """From now on the community keeps a kind of data on this ground, and parts of it so many days.

    An empty basis and None days stand for what is usual. The next run of the retention holds to it. Raises Missing for
    who does not run the community, Invalid for a ground or a time that are not the community's to choose.
    """
    if not actor.may(SAY_WHO):
        raise Missing()
    known = told_of(session, actor.community_id, kind)
    check_basis(known.kind, basis)
    before: dict[str, object] = {"basis": known.basis if known.own_basis else "", "words": known.words}
    after: dict[str, object] = {"basis": basis, "words": words}
    for held in known.held:
        if held.retention.name in days and not held.retention.fixed:
            chosen = days[held.retention.name]
            check_time(held.retention, chosen)
            before[held.retention.name] = held.days if held.own else None
            after[held.retention.name] = chosen
            _keep_for(session, actor, held.retention.name, chosen)
    mine = (col(Ground.community_id) == actor.community_id, col(Ground.kind) == kind)
    session.exec(delete(Ground).where(*mine))
    if basis or words:
        mine_now = Ground(
            community_id=actor.community_id, kind=kind, basis=basis, words=words, set_by_id=actor.must_be_person()
        )
        session.add(mine_now)
    session.flush()
    audit.record(session, actor, "said_why_data_is_kept", "community", actor.community_id)
    note_change(session, actor, "keeping", actor.community_id, known.kind.words, before, after)


def _keep_for(session: Session, actor: Actor, name: str, days: int | None) -> None:
    session.exec(delete(KeptFor).where(col(KeptFor.community_id) == actor.community_id, col(KeptFor.name) == name))
    if days is not None:
        session.add(KeptFor(community_id=actor.community_id, name=name, days=days, set_by_id=actor.must_be_person()))


def ask_for_export(session: Session, actor: Actor) -> int:
    """Have a file made with everything about the person in this community, and give its id.

    Asked twice, the first request stands. Raises Missing for who is no member; who is paused or excluded is one.
    """
    must_belong(session, actor)
    mine = (
        col(PersonalExport.community_id) == actor.community_id,
        col(PersonalExport.person_id) == actor.must_be_person(),
    )
    standing = session.scalars(select(PersonalExport).where(*mine, col(PersonalExport.state) == "asked")).first()
    if standing is not None and standing.id is not None and not is_given_up(standing, clock.now()):
        return standing.id
    if standing is not None:
        standing.state = "failed"
        session.flush()
    export = PersonalExport(
        community_id=actor.community_id,
        person_id=actor.must_be_person(),
        total=total_of(kinds()),
        file_name=f"{secrets.token_hex(24)}.zip",
    )
    session.add(export)
    session.flush()
    audit.record(session, actor, "asked_for_own_data", "person", actor.person_id)
    enqueue(session, GATHER, {"export_id": export.id}, key=str(export.id))
    return export.id or 0


def write_wish(
    session: Session, actor: Actor, party_id: int, person_id: int, *, wish: str, reason: str, request_key: str = ""
) -> int:
    """Write down that somebody without e-mail wishes everything about them on paper; gives the id of the wish.

    The same `request_key` writes it once. Raises Missing outside the maker's zones and for who is not of the household,
    NotStanding without an agreement, Invalid at the field.
    """
    if not first_time(session, request_key, actor.person_id, content=repr((party_id, person_id, wish, reason))):
        return number_made(session, request_key, actor.person_id, PAPER)
    home_to_keep(session, actor, party_id)
    must_stand(session, actor.community_id, party_id)
    if not acts_for(session, person_id, party_id):
        raise Missing()
    said, noted = check_wish(wish, reason)
    copy = PaperCopy(
        community_id=actor.community_id,
        person_id=person_id,
        party_id=party_id,
        wish=said,
        reason=noted,
        recorded_by_id=actor.must_be_person(),
    )
    session.add(copy)
    session.flush()
    audit.record(session, actor, "wished", PAPER, copy.id)
    remember(session, request_key, actor.person_id, made(PAPER, copy.id))
    return copy.id or 0


def forget_wishes(session: Session, going: Going) -> None:
    """Of who has left for good the words of their wishes are not kept."""
    theirs = (col(PaperCopy.community_id) == going.community_id, col(PaperCopy.person_id) == going.person_id)
    session.exec(delete(PaperCopy).where(*theirs).execution_options(synchronize_session=False))


def note_progress(session: Session, export_id: int, done: int) -> bool:
    """Say how far it is; False when nobody waits for it any more."""
    row = update(PersonalExport).where(col(PersonalExport.id) == export_id, col(PersonalExport.state) == "asked")
    return bool(session.exec(row.values(done=done)).rowcount)


def finish(session: Session, export_id: int, size: int) -> bool:
    """The file is there: it can be fetched for a week. False when nobody waits for it any more."""
    now = clock.now()
    row = update(PersonalExport).where(col(PersonalExport.id) == export_id, col(PersonalExport.state) == "asked")
    done = row.values(state="ready", size=size, done=col(PersonalExport.total), ready_at=now, expires_at=now + LASTS)
    return bool(session.exec(done).rowcount)


def let_go(session: Session, actor: Actor, export: PersonalExport) -> None:
    """The person needs the file no more: nobody fetches it from now on, and one that is being made is not finished."""
    export.state = "gone"
    session.add(export)
    audit.record(session, actor, "let_own_data_go", "person", actor.person_id)


def let_go_once(session: Session, retention: Retention, limit: int) -> int:
    """Let go of at most so many things that have been kept long enough, and note it; how many they were."""
    gone = retention.clear(session, cutoff_of(session, retention, clock.now()), limit)
    for community_id, count in gone.items():
        note_gone(session, retention.name, community_id or 0, count)
    return gone.total()


def note_gone(session: Session, name: str, community_id: int, count: int) -> None:
    """Add to what was let go today; an empty name stands for the run itself."""
    now = clock.now()
    # By the wall clock of the community; what belongs to none is counted by the day of the installation's clock.
    zone = community_of(session, community_id).time_zone if community_id else "UTC"
    day = clock.local(now, zone).date()
    row = {"day": day, "name": name, "community_id": community_id, "count": 0, "at": now}
    insert_if_absent(session, LetGo, row, ["day", "name", "community_id"])
    same = (col(LetGo.day) == day, col(LetGo.name) == name, col(LetGo.community_id) == community_id)
    session.exec(update(LetGo).where(*same).values(count=LetGo.count + count, at=now))


def forget_ended(session: Session) -> list[str]:
    """Note which files are past their days, and give their names, for whoever removes them from disk."""
    ended = (col(PersonalExport.state) == "ready") & (col(PersonalExport.expires_at) <= clock.now())
    rows = list(session.scalars(select(PersonalExport).where(ended)))
    for row in rows:
        row.state = "gone"
    return [row.file_name for row in rows]
