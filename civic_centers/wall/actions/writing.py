"""Writing what is missing, also for others and from the sheet in the hall; joining what somebody else wrote."""

from collections.abc import Sequence

from sqlmodel import col, delete, select

from civic_centers.centers.policies import must_keep
from civic_centers.centers.queries import center_visible_to
from civic_centers.centers.tables import Center
from civic_centers.wall.notices import STAYS, TAKEN_DOWN
from civic_centers.wall.policies import WRITE, is_own, must_hide
from civic_centers.wall.queries import FOUND, KIND, entries_of, is_read_first, need_visible_to, number_open_of
from civic_centers.wall.rules import MOST_OPEN, SUPPORTS, NotNow, OnSheet, check_words, must_be_open
from civic_centers.wall.tables import WallNeed, WallSupport
from community.moderation.actions import ask_first_look, drop_first_look
from community.moderation.policies import must_be_free, must_not_be_limited
from community.moderation.queries import waits_for_first_look
from community.notifications.actions import notify
from community.parties.queries import fund_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.search import index, unindex


def write_need(session: Session, actor: Actor, center_id: int, words: str) -> WallNeed:
    """Write on the wall what is missing; a newcomer's first waits for a maker, as on the board.

    Raises Missing, Invalid, Limited, Refused for who has many there that are still open.
    """
    if not actor.may(WRITE):
        raise Missing()
    center = center_visible_to(session, actor, center_id)
    if center.closed_on is not None:
        raise Missing()
    must_be_free(session, actor, "posting")
    person_id = actor.must_be_person()
    said = check_words(words)
    if number_open_of(session, center_id, person_id) >= MOST_OPEN:
        raise Refused(
            N_("You have %(most)s needs on this wall that nobody has answered yet."),
            advice=N_("Take one down first, or join what others wrote."),
            field="words",
            most=MOST_OPEN,
        )
    first = is_read_first(session, actor.community_id, person_id)
    need = WallNeed(
        community_id=actor.community_id,
        center_id=center_id,
        zone_id=center.zone_id,
        words=said,
        state="waiting" if first else "open",
        person_id=person_id,
        party_id=actor.party_id,
        recorded_by_id=actor.recorder_id,
        shown_at=None if first else clock.now(),
    )
    session.add(need)
    session.flush()
    audit.record(session, actor, "wrote", KIND, need.id)
    if first:
        party_id = actor.party_id or fund_of(session, actor.community_id).id or 0
        ask_first_look(session, actor, KIND, need.id or 0, zone_id=need.zone_id, party_id=party_id)
    put_in_index(session, need)
    return need


def copy_sheet(session: Session, actor: Actor, center_id: int, lines: Sequence[OnSheet]) -> list[int]:
    """Copy the sheet that hung in the hall: needs without a name, each with how many ticked it.

    A keeper has read it, so that it hangs on the wall at once. Raises Missing for who keeps it not, Invalid.
    """
    must_keep(session, actor, center_id)
    center = center_visible_to(session, actor, center_id)
    if center.closed_on is not None:
        raise Missing()
    written = [line for line in lines if line.words.strip()]
    if not written:
        raise Invalid(N_("Copy one line at least."), field="words_1")
    made: list[int] = []
    for number, line in enumerate(written, start=1):
        try:
            words = check_words(line.words)
        except Invalid as error:
            error.field = f"words_{number}"
            raise
        need = WallNeed(
            community_id=actor.community_id,
            center_id=center_id,
            zone_id=center.zone_id,
            words=words,
            recorded_by_id=actor.recorder_id,
            on_paper=line.ticks,
            shown_at=clock.now(),
        )
        session.add(need)
        session.flush()
        audit.record(session, actor, "copied", KIND, need.id)
        put_in_index(session, need)
        made.append(need.id or 0)
    return made


def publish_need(session: Session, actor: Actor, need_id: int) -> None:
    """A maker has read a need first: it hangs on the wall from now on. Raises Missing, Limited."""
    need = locked(session, need_id)
    must_hide(actor, need)
    if need.state != "waiting" or not waits_for_first_look(session, KIND, need_id):
        raise Missing()
    if need.person_id is not None:
        must_not_be_limited(session, need.community_id, need.person_id, "posting")
    need.state, need.shown_at = "open", clock.now()
    session.add(need)
    audit.record(session, actor, "put_up", KIND, need_id)
    put_in_index(session, need)


def withdraw_need(session: Session, actor: Actor, need_id: int) -> bool:
    """Take down what one wrote oneself; twice changes nothing. Whether it stays for others.

    What others miss too stays without a name, as after somebody left. Who joined is told, and never who took it down.
    Raises Missing, NotNow where something became of it.
    """
    need = locked(session, need_id)
    if need.community_id != actor.community_id or not is_own(actor, need):
        raise Missing()
    if need.state == "withdrawn":
        return False
    if need.state not in ("open", "waiting"):
        raise NotNow()
    joined = session.exec(select(WallSupport).where(col(WallSupport.need_id) == need_id)).all()
    stays = need.state == "open" and (need.on_paper > 0 or any(one.kind == "me_too" for one in joined))
    audit.record(session, actor, "withdrew", KIND, need_id)
    if stays:
        need.person_id = need.party_id = None
    else:
        drop_first_look(session, actor, KIND, need_id)
        need.state, need.ended_at, need.ended_by_id = "withdrawn", clock.now(), actor.recorder_id
    session.add(need)
    put_in_index(session, need)
    _tell_joined(session, actor, need, {one.person_id for one in joined})
    return stays


def _tell_joined(session: Session, actor: Actor, need: WallNeed, people: set[int]) -> None:
    center, stays = session.get_one(Center, need.center_id), need.state == "open"
    for person_id in sorted(people - {actor.person_id, actor.recorder_id}):
        notify(
            session,
            person_id=person_id,
            community_id=need.community_id,
            notice=STAYS if stays else TAKEN_DOWN,
            params={"center": center.name},
            endpoint="wall.show" if stays else "wall.listing",
            values={"need_id": need.id} if stays else {"center_slug": center.slug},
            key=f"{need.id}:{'stays' if stays else need.state}",
        )


def join_need(session: Session, actor: Actor, need_id: int, kind: str) -> None:
    """Say "me too" or "I could help": once, however often it is pressed. Raises Missing, NotNow, Invalid, Limited."""
    need = _to_join(session, actor, need_id, kind)
    must_be_open(need.state)
    must_be_free(session, actor, "proposing" if kind == "help" else "posting")
    if kind == "me_too" and is_own(actor, need):
        raise Refused(N_("You wrote this one: you are counted already."))
    values = {
        "need_id": need_id, "person_id": actor.must_be_person(), "kind": kind, "party_id": actor.party_id,
        "recorded_by_id": actor.recorder_id, "since": clock.now(),
    }  # fmt: skip
    if insert_if_absent(session, WallSupport, values, conflict=["need_id", "person_id", "kind"]):
        audit.record(session, actor, "joined", KIND, need_id, how=kind)


def leave_need(session: Session, actor: Actor, need_id: int, kind: str) -> None:
    """Take that back; nothing happens when it was never said. Raises Missing, Invalid."""
    _to_join(session, actor, need_id, kind)
    said = (col(WallSupport.need_id) == need_id, col(WallSupport.person_id) == actor.must_be_person())
    if session.exec(delete(WallSupport).where(*said, col(WallSupport.kind) == kind)).rowcount:
        audit.record(session, actor, "left", KIND, need_id, how=kind)


def put_in_index(session: Session, need: WallNeed) -> None:
    """Let a need be found while it hangs there."""
    session.flush()
    entries = entries_of([need])
    if entries:
        index(session, entries[0])
    else:
        unindex(session, FOUND, need.id or 0)


def locked(session: Session, need_id: int) -> WallNeed:
    """A need, held until the end of the transaction. Raises Missing. The caller looks at who may."""
    statement = select(WallNeed).where(col(WallNeed.id) == need_id).with_for_update(key_share=True)
    need = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if need is None:
        raise Missing()
    return need


def _to_join(session: Session, actor: Actor, need_id: int, kind: str) -> WallNeed:
    if not actor.may(WRITE):
        raise Missing()
    if kind not in SUPPORTS:
        raise Invalid(N_("Choose one of the two."))
    need_visible_to(session, actor, need_id)
    return locked(session, need_id)
