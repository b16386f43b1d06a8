"""Who speaks with the makers about what, and how somebody stands to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.conversations.rules import Standing, Talk
from community.members.tables import Person
from community.moderation.queries import able_to_decide, appeal_for, case_for, decision_about_me
from community.moderation.queries.able import is_not_kin, of_others
from community.moderation.queries.cases import concerned_people
from community.moderation.tables import Appeal, Case, Decision, Report
from community.speaking.rules import ROLES, is_over, speaks_until
from community.speaking.tables import CaseTalk
from community.threads.tables import Message
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry


@dataclass(frozen=True)
class Place:
    """What is spoken about and with whom, from the side of the actor; `talk` is None while nothing was said."""

    case: Case
    person: Person
    appeal: Appeal | None
    as_maker: bool
    talk: CaseTalk | None
    role: str
    """`reporter`, `concerned` or `appeal`: see rules.ROLES."""

    @property
    def is_open(self) -> bool:
        """Whether something can be written."""
        if self.appeal is not None:
            return self.appeal.answered_at is None
        return not is_over(self.case.closed_at, clock.now())


def place_of_decision(session: Session, actor: Actor, decision_id: int) -> Place:
    """Speaking about a decision about oneself. Raises Missing for one about somebody else."""
    me = _myself(actor)
    view = decision_about_me(session, actor.community_id, me, decision_id)
    return _place(session, view.case, me, None, as_maker=False)


def place_of_report(session: Session, actor: Actor, report_id: int) -> Place:
    """Speaking about what one reported. Raises Missing for what others did."""
    me, report = _myself(actor), session.get(Report, report_id)
    if report is None or report.community_id != actor.community_id or report.reporter_id != me:
        raise Missing()
    return _place(session, session.get_one(Case, report.case_id), me, None, as_maker=False)


def place_of_appeal(session: Session, actor: Actor, appeal_id: int) -> Place:
    """Speaking about another look: who asked for it, and the makers who may answer. Raises Missing for the others."""
    me, appeal = _myself(actor), session.get(Appeal, appeal_id)
    if appeal is None or appeal.community_id != actor.community_id:
        raise Missing()
    decision = session.get_one(Decision, appeal.decision_id)
    if decision.person_id is None:
        raise Missing()
    as_maker = decision.person_id != me
    if as_maker:
        appeal_for(session, actor, appeal_id)
    return _place(session, session.get_one(Case, decision.case_id), decision.person_id, appeal, as_maker=as_maker)


def place_in_case(session: Session, actor: Actor, case_id: int, person_id: int) -> Place:
    """A maker speaks with somebody about a case: who reported it, or whom it concerns. Raises Missing for others."""
    _myself(actor)
    case = case_for(session, actor, case_id)
    if person_id not in {person.id for person, _role in to_speak_with(session, case)}:
        raise Missing()
    return _place(session, case, person_id, None, as_maker=True)


def to_speak_with(session: Session, case: Case) -> list[tuple[Person, str]]:
    """With whom makers may speak about a case, and in what role: those with an account."""
    reporters = _reporters(session, case.id)
    concerned = [one for one in concerned_people(session, case) if one.id not in {person.id for person in reporters}]
    people = [(one, "concerned") for one in concerned] + [(one, "reporter") for one in reporters]
    return [(one, role) for one, role in people if one.email is not None]


def talks_in_case(session: Session, case_id: int) -> dict[int, CaseTalk]:
    """What was begun about a case, by person; not what is said about another look."""
    statement = select(CaseTalk).where(col(CaseTalk.case_id) == case_id, col(CaseTalk.appeal_id).is_(None))
    return {one.person_id: one for one in session.scalars(statement)}


def talk_of(session: Session, case_id: int, person_id: int, appeal_id: int | None) -> CaseTalk | None:
    """The conversation of a person about a case, or about another look."""
    of_appeal = col(CaseTalk.appeal_id).is_(None) if appeal_id is None else col(CaseTalk.appeal_id) == appeal_id
    return session.scalars(
        select(CaseTalk).where(col(CaseTalk.case_id) == case_id, col(CaseTalk.person_id) == person_id, of_appeal)
    ).one_or_none()


def place_of_talk(session: Session, actor: Actor, talk: CaseTalk | None) -> Place:
    """The place of what was begun, for who may read it. Raises Missing for everybody else."""
    me = _myself(actor)
    if talk is None or talk.community_id != actor.community_id:
        raise Missing()
    as_maker = talk.person_id != me
    appeal = session.get(Appeal, talk.appeal_id) if talk.appeal_id is not None else None
    if as_maker and appeal is not None:
        appeal_for(session, actor, appeal.id or 0)
    elif as_maker:
        case_for(session, actor, talk.case_id)
    return _place(session, session.get_one(Case, talk.case_id), talk.person_id, appeal, as_maker=as_maker)


def standing_of(session: Session, actor: Actor, thread_id: int, write: Callable[..., int]) -> Standing | None:
    """How the actor stands to a conversation with the makers; None where it is none of theirs."""
    talk = session.scalars(select(CaseTalk).where(col(CaseTalk.thread_id) == thread_id)).one_or_none()
    if talk is None:
        return None
    try:
        place = place_of_talk(session, actor, talk)
    except Missing:
        return None
    until = None if place.appeal is not None else speaks_until(place.case.closed_at)
    return Standing(
        thread_id=thread_id,
        title=place.person.name if place.as_maker else ROLES[place.role],
        endpoint="speaking.show",
        values={"talk_id": talk.id},
        kind="moderation_case",
        object_id=talk.case_id,
        write=write,
        may_write=place.is_open,
        until=until.date() if until else None,
        door="speaking",
        to_makers=not place.as_maker,
        called=place.person.given_name if place.as_maker else "",
        unsaid=names_not_said(session, place),
    )


def names_not_said(session: Session, place: Place) -> tuple[str, ...]:
    """The names of those who reported it, for a maker who writes to somebody else."""
    if not place.as_maker:
        return ()
    others = [one for one in _reporters(session, place.case.id) if one.id != place.person.id]
    own = {place.person.given_name, place.person.family_name, ""}
    return tuple(sorted({name for one in others for name in (one.given_name, one.family_name)} - own))


def handled_by(session: Session, place: Place) -> list[Person]:
    """The makers who hear of new words: who looks after the case, or else all who may decide; of another look, those
    who may answer it.
    """
    if place.appeal is not None:
        decision = session.get_one(Decision, place.appeal.decision_id)
        return able_to_decide(session, place.case, (decision.decided_by_id, decision.person_id))
    able = able_to_decide(session, place.case, (place.person.id,))
    return [one for one in able if one.id == place.case.assigned_to_id] or able


def own_talks(actor: Actor) -> SelectOfScalar[int]:
    """The ids of the threads in which the actor speaks with the makers.

    Makers read theirs beside the case, and hear of new words by a notice: they stand in no list of private messages.
    """
    mine = false() if actor.is_on_behalf or actor.person_id is None else col(CaseTalk.person_id) == actor.person_id
    return select(col(CaseTalk.thread_id)).where(col(CaseTalk.community_id) == actor.community_id, mine)


def talks_about(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What the conversations with the makers are about, by their thread."""
    reported = exists().where(
        col(Report.case_id) == col(CaseTalk.case_id), col(Report.reporter_id) == col(CaseTalk.person_id)
    )
    statement = select(CaseTalk, reported).where(
        col(CaseTalk.thread_id).in_(threads), col(CaseTalk.thread_id).in_(own_talks(actor))
    )
    found = {}
    for talk, has_reported in session.execute(statement):
        role = "appeal" if talk.appeal_id is not None else "reporter" if has_reported else "concerned"
        found[talk.thread_id] = Talk(
            title="",
            state="",
            endpoint="speaking.show",
            values={"talk_id": talk.id},
            other=None,
            status=ROLES[role],
            to_makers=True,
        )
    return found


def thread_kept_from(actor: Actor, thread_id: Any) -> ColumnElement[bool]:
    """The condition that a thread, by its id in a column, is about a case that this maker does not read."""
    kinds = [kind for kind in registry.every("reportables") if kind.kept_from and kind.kind != "message"]
    kept = [and_(col(Case.kind) == kind.kind, kind.kept_from(actor, col(Case.object_id))) for kind in kinds]
    # Of a message it is asked here: the condition of its kind would ask this one again, without end.
    of_message = aliased(Message)
    hooks = [hook for hook in registry.hooks("thread_kept_from") if hook is not thread_kept_from]
    beside = exists().where(
        col(of_message.id) == col(Case.object_id), or_(false(), *(hook(actor, of_message.thread_id) for hook in hooks))
    )
    unread = select(col(Case.id)).where(or_(~of_others(actor), and_(col(Case.kind) == "message", beside), *kept))
    return exists().where(
        col(CaseTalk.thread_id) == thread_id,
        or_(
            col(CaseTalk.case_id).in_(unread.correlate(None)),
            ~is_not_kin(actor, col(CaseTalk.person_id)),
        ),
    )


def _place(session: Session, case: Case, person_id: int, appeal: Appeal | None, *, as_maker: bool) -> Place:
    reported = person_id in {person.id for person in _reporters(session, case.id)}
    return Place(
        case=case,
        person=session.get_one(Person, person_id),
        appeal=appeal,
        as_maker=as_maker,
        talk=talk_of(session, case.id or 0, person_id, appeal.id if appeal else None),
        role="appeal" if appeal else "reporter" if reported else "concerned",
    )


def _reporters(session: Session, case_id: int | None) -> list[Person]:
    those = select(col(Report.reporter_id)).where(col(Report.case_id) == case_id)
    return list(session.scalars(select(Person).where(col(Person.id).in_(those)).order_by(col(Person.id))))


def _myself(actor: Actor) -> int:
    if actor.is_on_behalf or actor.person_id is None:
        raise Missing()
    return actor.person_id
