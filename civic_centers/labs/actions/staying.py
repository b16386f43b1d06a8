"""What somebody does in a lab, who keeps it, and going out of it: by oneself, sent away, or with a block."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import or_, update
from sqlmodel import col, select

from civic_centers.labs.actions.holding import held, locked, people_behind, row_of, tell
from civic_centers.labs.actions.joining import MEMBER
from civic_centers.labs.notices import KEEPER_ENDED, KEEPER_GIVEN, NO_KEEPER, REMOVED, TASKS_FREE, WENT
from civic_centers.labs.policies import OPEN, is_apart, must_open, parties_of_person
from civic_centers.labs.queries.inside import keepers_of, part_visible_to
from civic_centers.labs.queries.single import lab_visible_to, must_be_member
from civic_centers.labs.rules import check_reason, must_be
from civic_centers.labs.tables import Lab, LabMember, LabTask
from community.leaving.rules import Going
from community.members.queries import makers_of
from community.moderation.policies import must_be_free
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

GOING = ("in", "asked", "invited")


def set_part(session: Session, actor: Actor, lab_id: int, part: str, *, named: bool) -> None:
    """Say what one does in a lab; for an organisation also whether it stands by name on the public page.

    What a maker has taken out of sight stays so, whatever is written instead. Raises Missing for who is not in it,
    Limited.
    """
    lab = lab_visible_to(session, actor, lab_id)
    must_be_member(session, actor, lab)
    locked(session, lab_id)
    mine = must_be_member(session, actor, lab)
    if part.strip() not in ("", mine.part):
        must_be_free(session, actor, "messages")
    party = session.get(Party, mine.party_id) if mine.party_id is not None else None
    mine.part = part.strip()
    mine.named = named and party is not None and party.kind == "organisation"
    session.add(mine)
    audit.record(session, actor, "said_part", MEMBER, mine.id)


def hide_part(session: Session, actor: Actor, member_id: int) -> None:
    """A maker takes what somebody else says of their part out of sight; they stay in the lab. Raises Missing."""
    lab, row, _words = part_visible_to(session, actor, member_id)
    if row.person_id == actor.person_id:
        raise Missing()
    must_open(actor, lab)
    if row.part_hidden_at is None:
        row.part_hidden_at = clock.now()
        session.add(row)
        audit.record(session, actor, "hid", MEMBER, member_id)


def show_part_again(session: Session, actor: Actor, member_id: int) -> None:
    """Take that back; nothing where it is not hidden, or nothing is kept of who it was."""
    row = session.get(LabMember, member_id, populate_existing=True)
    if row is not None and row.part_hidden_at is not None:
        row.part_hidden_at = None
        session.add(row)
        audit.record(session, actor, "showed_again", MEMBER, member_id)


def leave_lab(session: Session, actor: Actor, lab_id: int) -> None:
    """Go out of a lab, or take one's request back; one's tasks are free. Twice changes nothing. Raises Missing."""
    lab = locked(session, lab_visible_to(session, actor, lab_id).id or 0)
    row = row_of(session, lab_id, actor.must_be_person())
    if row is None:
        raise Missing()
    if row.state not in GOING:
        return
    audit.record(session, actor, "went", MEMBER, row.id)
    _go(session, lab, row, "left")


def remove_member(session: Session, actor: Actor, lab_id: int, member_id: int, reason: str) -> None:
    """Send somebody away, with a reason they read; or take an invitation back. A keeper only a maker sends away.

    Raises Missing, NotNow, Invalid without a reason.
    """
    lab = held(session, actor, lab_id)
    row = session.get(LabMember, member_id, populate_existing=True)
    if row is None or row.lab_id != lab_id or row.person_id in (None, actor.person_id, actor.recorder_id):
        raise Missing()
    must_be(row.state, "in", "invited")
    if row.is_keeper and not _makes(actor, lab):
        raise Missing()
    said = check_reason(reason)
    person_id, was_in = row.person_id, row.state == "in"
    row.decided_by_id = actor.recorder_id
    _go(session, lab, row, "removed" if was_in else "left", by=actor)
    row.reason = said
    session.add(row)
    audit.record(session, actor, "removed", MEMBER, row.id)
    if was_in:
        tell(session, lab, [person_id or 0], REMOVED, key=f"removed:{row.id}:{row.since.isoformat()}")


def set_keeper(session: Session, actor: Actor, lab_id: int, member_id: int, *, keeper: bool) -> None:
    """Let somebody run a lab, or no more; twice changes nothing. Of others' running only makers decide the end.

    Raises Missing, NotNow for who is not in it.
    """
    lab = held(session, actor, lab_id)
    row = session.get(LabMember, member_id, populate_existing=True)
    if row is None or row.lab_id != lab_id or row.person_id is None:
        raise Missing()
    must_be(row.state, "in")
    if row.is_keeper == keeper:
        return
    own = row.person_id == actor.person_id
    if not keeper and not own and not _makes(actor, lab):
        raise Missing()
    row.is_keeper = keeper
    session.add(row)
    session.flush()
    audit.record(session, actor, "gave_keys" if keeper else "took_keys", MEMBER, row.id)
    stamp = f"{row.id}:{clock.now().isoformat()}"
    tell(session, lab, [row.person_id], KEEPER_GIVEN if keeper else KEEPER_ENDED, but=actor, key=f"keeper:{stamp}")
    if not keeper:
        _tell_if_no_keeper(session, lab)


def part_blocked(session: Session, actor: Actor, other_id: int, _answers: Mapping[str, str]) -> None:
    """Who blocks somebody does not stay with them in a lab: they go out, or the other does where they alone keep it.

    The other is not told why. The hook `party_blocked`.
    """
    own_id = actor.must_be_party()
    for lab_id in shared_labs(session, own_id, other_id):
        lab = locked(session, lab_id)
        mine, theirs = rows_of_party(session, lab_id, own_id), rows_of_party(session, lab_id, other_id)
        if not mine or not theirs:
            continue
        keeps = any(one.is_keeper for one in mine) and not any(one.is_keeper for one in theirs)
        for row in theirs if keeps else mine:
            person_id = row.person_id
            _go(session, lab, row, "left")
            if keeps and person_id is not None:
                tell(session, lab, [person_id], WENT, key=f"parted:{row.id}:{row.since.isoformat()}")


def shared_labs(session: Session, one_id: int, other_id: int) -> list[int]:
    """The labs in which people of two parties are together."""
    found: list[set[int]] = []
    for party_id in (one_id, other_id):
        acts = select(col(PartyMember.person_id)).where(col(PartyMember.party_id) == party_id, *acting())
        theirs = or_(col(LabMember.party_id) == party_id, col(LabMember.person_id).in_(acts))
        found.append(set(session.scalars(select(col(LabMember.lab_id)).where(col(LabMember.state) == "in", theirs))))
    return sorted(found[0] & found[1])


def rows_of_party(session: Session, lab_id: int, party_id: int) -> list[LabMember]:
    """The rows of a lab of who is in it for a party, or acts for it too."""
    rows = session.exec(
        select(LabMember)
        .where(col(LabMember.lab_id) == lab_id, col(LabMember.state) == "in", col(LabMember.person_id).is_not(None))
        .order_by(col(LabMember.id))
        .execution_options(populate_existing=True)
    ).all()
    return [
        row for row in rows if row.party_id == party_id or party_id in parties_of_person(session, row.person_id or 0)
    ]


def end_for_stopped(session: Session, _actor: Actor, person_id: int, _party_ids: Collection[int]) -> None:
    """Who is paused or excluded goes out of the labs of the community. The hook `member_stopped`."""
    _end_rows(session, _rows_of(session, _actor.community_id, person_id))


def leave_with(session: Session, going: Going) -> None:
    """Who leaves the community goes out of its labs; their tasks are free. The hook `somebody_leaves`."""
    _end_rows(session, _rows_of(session, going.community_id, going.person_id))


def move_to_party(session: Session, party_id: int, into_party_id: int) -> None:
    """Who was in labs for a household that joins another is there for that one from now on.

    Where this puts people together who want nothing to do with each other, those who come go out. The hook
    `household_joined`.
    """
    moved = session.exec(
        select(LabMember).where(col(LabMember.party_id) == party_id).order_by(col(LabMember.lab_id), col(LabMember.id))
    ).all()
    for row in moved:
        row.party_id = into_party_id
        session.add(row)
    session.flush()
    for row in moved:
        if row.state == "in" and is_apart(session, {into_party_id}, row.lab_id):
            _go(session, locked(session, row.lab_id), row, "left")


def _end_rows(session: Session, rows: Iterable[LabMember]) -> None:
    for row in rows:
        _go(session, locked(session, row.lab_id), row, "left")


def _rows_of(session: Session, community_id: int, person_id: int) -> list[LabMember]:
    theirs = (col(LabMember.community_id) == community_id, col(LabMember.person_id) == person_id)
    rows = select(LabMember).where(*theirs, col(LabMember.state).in_(GOING))
    return list(session.exec(rows.order_by(col(LabMember.lab_id))))


def _makes(actor: Actor, lab: Lab) -> bool:
    return actor.may(OPEN, lab.zone_id)


def _go(session: Session, lab: Lab, row: LabMember, state: str, *, by: Actor | None = None) -> None:
    """Take somebody out: they keep nothing, their tasks are free, and who runs the lab hears of it."""
    person_id, was_in, kept = row.person_id or 0, row.state == "in", row.is_keeper
    row.state, row.since, row.is_keeper, row.named = state, clock.now(), False, False
    session.add(row)
    session.flush()
    if not was_in:
        return
    theirs = (col(LabTask.lab_id) == lab.id, col(LabTask.owner_id) == person_id, col(LabTask.state) == "open")
    freed = session.exec(
        update(LabTask)
        .where(*theirs)
        .values(owner_id=None, version=LabTask.version + 1)
        .execution_options(synchronize_session=False)
    ).rowcount
    session.expire_all()
    if lab.state != "open":
        return
    if freed:
        others = [one for one in people_behind(session, lab) if one != person_id]
        tell(session, lab, others, TASKS_FREE, but=by, key=f"freed:{row.id}:{row.since.isoformat()}")
    if kept:
        _tell_if_no_keeper(session, lab)


def _tell_if_no_keeper(session: Session, lab: Lab) -> None:
    if keepers_of(session, lab.id or 0):
        return
    makers = [maker.id or 0 for maker in makers_of(session, lab.community_id, lab.zone_id)]
    tell(session, lab, makers, NO_KEEPER, key=f"no_keeper:{clock.now().isoformat()}", endpoint="labs.people")
