"""What becomes of a need: something is made of it, it is answered, merged or closed; who asked and joined is told."""

from collections.abc import Collection

from sqlmodel import col, select

from civic_centers.centers.policies import may_keep
from civic_centers.centers.tables import Center
from civic_centers.wall.actions.writing import locked, put_in_index
from civic_centers.wall.notices import ANSWERED, BECAME, CLOSED, MERGED
from civic_centers.wall.policies import must_hide
from civic_centers.wall.queries import KIND, becomings, need_visible_to, people_behind
from civic_centers.wall.rules import NotNow, check_reply, must_be_open
from civic_centers.wall.tables import WallNeed, WallSupport
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing


def turn_into(session: Session, actor: Actor, need_id: int, kind: str) -> int:
    """Begin to make something of a need, as the feature of that kind does; the number of the draft.

    Begun again, it gives the draft that is there. Those who asked are told once others can see it (`note_became`).
    Raises Missing, NotNow.
    """
    need = held(session, actor, need_id)
    way = becomings().get(kind)
    if way is None or not way.may(actor, need):
        raise Missing()
    must_be_open(need.state)
    if need.became_kind == kind and need.became_id is not None and _is_there(session, actor, need):
        return need.became_id
    made = way.begin(session, actor, need)
    need.became_kind, need.became_id = kind, made
    session.add(need)
    session.flush()
    audit.record(session, actor, "began", KIND, need_id, into=kind, made=made)
    return made


def note_became(session: Session, actor: Actor | None, kind: str, object_id: int) -> None:
    """What was begun for needs is there for others now: it stands beside them, and who asked and joined is told.

    Called by the feature of that kind; nothing happens where it has to do with no need.
    """
    begun = (col(WallNeed.became_kind) == kind, col(WallNeed.became_id) == object_id, col(WallNeed.state) == "open")
    for need in session.exec(select(WallNeed).where(*begun).order_by(col(WallNeed.id)).with_for_update()).all():
        _end(session, actor, need, "became")
        audit.record(
            session, actor, "became", KIND, need.id, into=kind, made=object_id,
            **({} if actor else {"community_id": need.community_id}),
        )  # fmt: skip
        _tell(session, actor, need, BECAME)


def answer_need(session: Session, actor: Actor, need_id: int, reply: str) -> None:
    """Answer a need: it exists already, somebody is found, this is how. Raises Missing, NotNow, Invalid."""
    need = held(session, actor, need_id)
    must_be_open(need.state)
    need.reply = check_reply(reply)
    _end(session, actor, need, "answered")
    audit.record(session, actor, "answered", KIND, need_id)
    _tell(session, actor, need, ANSWERED)


def close_need(session: Session, actor: Actor, need_id: int, reason: str) -> None:
    """Close a need that nothing comes of, and say why. Raises Missing, NotNow, Invalid without a reason."""
    need = held(session, actor, need_id)
    must_be_open(need.state)
    need.reply = check_reply(reason)
    _end(session, actor, need, "closed")
    audit.record(session, actor, "closed", KIND, need_id)
    _tell(session, actor, need, CLOSED)


def merge_needs(session: Session, actor: Actor, need_id: int, into_id: int) -> None:
    """Two say the same: who asked and joined the first counts with the second. Raises Missing, NotNow, Invalid."""
    if need_id == into_id:
        raise Invalid(N_("Choose the other need."), field="into_id")
    # Always the smaller number first: two who merge crosswise wait for each other once.
    for one in sorted((need_id, into_id)):
        held(session, actor, one)
    need, into = locked(session, need_id), locked(session, into_id)
    if need.center_id != into.center_id:
        raise Invalid(N_("Choose a need of the same wall."), field="into_id")
    must_be_open(need.state)
    must_be_open(into.state)
    _pass_on(session, need, into)
    need.merged_into_id = into_id
    _end(session, actor, need, "merged")
    audit.record(session, actor, "merged", KIND, need_id, into=into_id)
    _tell(session, actor, need, MERGED)


def hide_need(session: Session, actor: Actor, need_id: int) -> None:
    """A maker takes a need off the wall: the makers' desk tells who wrote it. Raises Missing."""
    need = locked(session, need_id)
    must_hide(actor, need)
    if need.state == "hidden":
        return
    if need.state == "merged":
        raise NotNow()
    _end(session, actor, need, "hidden")
    audit.record(session, actor, "hid", KIND, need_id)


def show_need_again(session: Session, actor: Actor, need_id: int) -> None:
    """Take that back. Nothing where it is not hidden."""
    need = locked(session, need_id)
    if need.state != "hidden":
        return
    need.state, need.ended_at, need.ended_by_id = "open", None, None
    need.shown_at = need.shown_at or clock.now()
    session.add(need)
    audit.record(session, actor, "showed_again", KIND, need_id)
    put_in_index(session, need)


def held(session: Session, actor: Actor, need_id: int) -> WallNeed:
    """A need for the keepers of its center, locked. Raises Missing for everybody else."""
    found = need_visible_to(session, actor, need_id)
    if not may_keep(session, actor, found.center_id):
        raise Missing()
    return locked(session, need_id)


def close_those(session: Session, actor: Actor, needs: Collection[WallNeed], reason: str) -> None:
    """Close what hangs on a wall that comes down."""
    for need in needs:
        need.reply = reason
        _end(session, actor, need, "closed")
        audit.record(session, actor, "closed", KIND, need.id)
        _tell(session, actor, need, CLOSED)


def _pass_on(session: Session, need: WallNeed, into: WallNeed) -> None:
    joined = session.exec(select(WallSupport).where(col(WallSupport.need_id) == need.id)).all()
    rows = [(one.person_id, one.kind, one.party_id, one.recorded_by_id, one.since) for one in joined]
    if need.person_id is not None:
        rows.append((need.person_id, "me_too", need.party_id, need.recorded_by_id, need.written_at))
        more = need.on_paper
    else:
        more = need.on_paper + 1
    for person_id, kind, party_id, recorded_by_id, since in rows:
        if kind == "me_too" and person_id == into.person_id:
            continue  # they wrote the other one
        values = {
            "need_id": into.id, "person_id": person_id, "kind": kind, "party_id": party_id,
            "recorded_by_id": recorded_by_id, "since": since,
        }  # fmt: skip
        insert_if_absent(session, WallSupport, values, conflict=["need_id", "person_id", "kind"])
    into.on_paper = min(into.on_paper + more, 1000)
    session.add(into)


def _is_there(session: Session, actor: Actor, need: WallNeed) -> bool:
    """Whether the draft that was begun is still there for the actor."""
    way = becomings().get(need.became_kind)
    return way is not None and need.became_id in way.seen(session, actor, [need.became_id or 0])


def _end(session: Session, actor: Actor | None, need: WallNeed, state: str) -> None:
    need.state, need.ended_at = state, clock.now()
    need.ended_by_id = actor.recorder_id if actor is not None else None
    session.add(need)
    put_in_index(session, need)


def _tell(session: Session, actor: Actor | None, need: WallNeed, notice: Notice) -> None:
    center = session.get_one(Center, need.center_id)
    for _need_id, person_id in people_behind(session, [need.id or 0]):
        if actor is not None and person_id in (actor.person_id, actor.recorder_id):
            continue
        notify(
            session,
            person_id=person_id,
            community_id=need.community_id,
            notice=notice,
            params={"center": center.name},
            endpoint="wall.show",
            values={"need_id": need.id},
            key=f"{need.id}:{need.state}",
        )
