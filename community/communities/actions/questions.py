"""What a community asks who applies: added, worded anew, put in another order, asked no more.

Answers given keep the words they answered (`Answer.asked`).
"""

from collections.abc import Mapping

from sqlalchemy import func
from sqlmodel import col, select

from community.changes.actions import note_change
from community.communities.actions.running import run_by
from community.communities.queries import questions_of
from community.communities.tables import Community, Question
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing

LONGEST_QUESTION = 300


def add_question(session: Session, actor: Actor, words: Mapping[str, str], *, required: bool) -> Question:
    """Ask who applies one thing more. Raises Invalid when it has no words in some language."""
    run_by(session, actor)
    tidy = _checked(words)
    last = session.scalar(select(func.max(Question.position)).where(Question.community_id == actor.community_id))
    question = Question(community_id=actor.community_id, position=(last or 0) + 1, words=tidy, required=required)
    session.add(question)
    session.flush()
    audit.record(session, actor, "added", "question", question.id)
    after = {"words": tidy, "required": required, "in_use": True}
    note_change(session, actor, "question", question.id, _title(tidy), {}, after)
    return question


def reword_question(
    session: Session, actor: Actor, question_id: int, words: Mapping[str, str], *, required: bool
) -> Question:
    """Ask the same in other words from now on, or say anew whether it must be answered.

    What is written in languages that are switched off stays. Raises Missing for another community's, Invalid when it
    has no words in some language.
    """
    question = _held(session, actor, question_id)
    tidy = {**question.words, **_checked(words)}
    before = {"words": question.words, "required": question.required}
    after = {"words": tidy, "required": required}
    question.words, question.required = tidy, required
    session.add(question)
    if after != before:
        audit.record(session, actor, "reworded", "question", question_id)
        note_change(session, actor, "question", question_id, _title(tidy), before, after)
    return question


def place_question(session: Session, actor: Actor, question_id: int, place: int) -> None:
    """Ask it as the first, the second, ... from now on; those in between move up or down by one.

    Said twice it changes nothing more. Raises Missing for another community's, Invalid outside the list.
    """
    question = _held(session, actor, question_id)
    asked = questions_of(session, actor.community_id)
    if not 1 <= place <= len(asked):
        raise Invalid(N_("Choose a place in the list."), field="place")
    before = asked.index(question) + 1
    asked.insert(place - 1, asked.pop(before - 1))
    for number, one in enumerate(asked, start=1):
        one.position = number
        session.add(one)
    if place != before:
        audit.record(session, actor, "placed", "question", question_id)
        note_change(
            session, actor, "question", question_id, _title(question.words), {"place": before}, {"place": place}
        )  # fmt: skip


def retire_question(session: Session, actor: Actor, question_id: int) -> None:
    """Ask it no more; answers given stay. Raises Missing for another community's."""
    question = _held(session, actor, question_id)
    question.retired_at = clock.now()
    session.add(question)
    audit.record(session, actor, "retired", "question", question_id)
    note_change(session, actor, "question", question_id, _title(question.words), {"in_use": True}, {"in_use": False})


def bring_back_question(session: Session, actor: Actor, question_id: int) -> None:
    """Ask it again, after the others. Raises Missing for another community's, or one that is asked."""
    question = _held(session, actor, question_id, in_use=False)
    asked = questions_of(session, actor.community_id)
    question.retired_at, question.position = None, max((one.position for one in asked), default=0) + 1
    session.add(question)
    audit.record(session, actor, "brought_back", "question", question_id)
    note_change(session, actor, "question", question_id, _title(question.words), {"in_use": False}, {"in_use": True})


def _held(session: Session, actor: Actor, question_id: int, *, in_use: bool = True) -> Question:
    """A question in use, or a retired one. Administrators who change them at once do it one after the other."""
    run_by(session, actor)
    whole = select(col(Community.id)).where(col(Community.id) == actor.community_id)
    session.execute(whole.with_for_update(key_share=True)).all()
    question = session.get(Question, question_id, populate_existing=True)
    if question is None or question.community_id != actor.community_id or (question.retired_at is None) != in_use:
        raise Missing()
    return question


def _checked(words: Mapping[str, str]) -> dict[str, str]:
    tidy = {code: " ".join(text.split()) for code, text in words.items()}
    if not tidy or not all(0 < len(text) <= LONGEST_QUESTION for text in tidy.values()):
        raise Invalid(
            N_("Write the question in every language, up to %(longest)s letters."),
            field="words",
            longest=LONGEST_QUESTION,
        )
    return tidy


def _title(words: Mapping[str, str]) -> str:
    return words.get("it") or next(iter(words.values()), "")
