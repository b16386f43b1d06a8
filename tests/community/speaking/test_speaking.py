"""Speaking with the makers about a case: each for themselves, and nobody learns who reported."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from community.conversations.actions import change_words, read_up_to, say
from community.conversations.queries import conversations, find_reported, may_hear_thread, standing_in
from community.members.queries import actor_for
from community.moderation import actions as moderation
from community.moderation.queries import about_me, cases_for
from community.moderation.tables import Report
from community.notifications.tables import Notification
from community.speaking.actions import begin
from community.speaking.queries import (
    Place,
    place_in_case,
    place_of_appeal,
    place_of_decision,
    place_of_report,
)
from community.speaking.tables import CaseTalk
from community.threads.tables import Message
from foundation import clock
from foundation.access import Actor
from foundation.database import Database, Session
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast, Member, make_member
from tests.community.letters import letters_to
from tests.community.moderation.desk import Desk

Find = Callable[..., Place]


def speak(database: Database, member: Member, find: Find, *where: int, words: str = "Parliamone.") -> int:
    """They say something; the number of the thread."""
    with database.writing() as session:
        actor = present(session, member)
        talk_id = begin(session, actor, find(session, actor, *where), words)
        return session.get_one(CaseTalk, talk_id).thread_id


def present(session: Session, member: Member) -> Actor:
    """Somebody as they are now: who is paused has no role any more."""
    return actor_for(session, member.id, member.actor.community_id)


def reads(database: Database, member: Member, thread_id: int) -> bool:
    with database.reading() as session:
        actor = present(session, member)
        person_id = session.scalar(select(col(CaseTalk.person_id)).where(col(CaseTalk.thread_id) == thread_id))
        listed = thread_id in {one.thread_id for one in conversations(session, actor)}
        assert listed == (person_id == member.id), "among their messages it stands for who speaks with the makers"
        return may_hear_thread(session, actor, thread_id)


def answer(database: Database, member: Member, thread_id: int, words: str) -> int:
    with database.writing() as session:
        return say(session, present(session, member), thread_id, words)


def report_of(database: Database, case_id: int, member: Member) -> int:
    with database.reading() as session:
        mine = (col(Report.case_id) == case_id, col(Report.reporter_id) == member.id)
        return session.scalars(select(col(Report.id)).where(*mine)).one() or 0


def test_the_maker_and_who_is_concerned_speak(database: Database, cast: Cast, desk: Desk) -> None:
    case_id = desk.report()
    thread_id = speak(database, cast.maker, place_in_case, case_id, cast.anna.id)
    assert letters_to(database, cast.anna.id) == ["speaking:from_makers"]
    everybody = ("anna", "bashir", "chiara", "maker", "other_maker", "administrator", "zoe")
    readers = {one for one in everybody if reads(database, cast.members[one], thread_id)}
    assert readers == {"anna", "maker"}
    answer(database, cast.anna, thread_id, "Non volevo.")
    assert letters_to(database, cast.maker.id)[-1] == "speaking:to_makers"
    assert speak(database, cast.maker, place_in_case, case_id, cast.anna.id) == thread_id, "one for each person"


def test_nobody_else_is_spoken_with_nor_about_anything_else(database: Database, cast: Cast, desk: Desk) -> None:
    case_id = desk.report()
    decision = desk.decide(case_id, "warn")
    for member, find, *where in (
        (cast.maker, place_in_case, case_id, cast.chiara.id),
        (cast.other_maker, place_in_case, case_id, cast.anna.id),
        (cast.anna, place_in_case, case_id, cast.bashir.id),
        (cast.bashir, place_of_decision, decision.id),
        (cast.anna, place_of_report, report_of(database, case_id, cast.bashir)),
    ):
        with pytest.raises(Missing):
            speak(database, member, find, *where)


def test_who_reported_is_never_told_to_who_is_concerned(database: Database, cast: Cast, desk: Desk) -> None:
    case_id = desk.report("bashir")
    of_anna = speak(database, cast.maker, place_in_case, case_id, cast.anna.id)
    of_bashir = speak(database, cast.bashir, place_of_report, report_of(database, case_id, cast.bashir))
    assert of_anna != of_bashir
    assert reads(database, cast.maker, of_bashir)
    assert not reads(database, cast.anna, of_bashir)
    assert not reads(database, cast.bashir, of_anna)
    with pytest.raises(Invalid):
        answer(database, cast.maker, of_anna, "Lo dice Bashir.")
    with pytest.raises(Invalid):
        speak(database, cast.maker, place_in_case, case_id, cast.anna.id, words="(Bashir)")
    message_id = answer(database, cast.maker, of_anna, "Lo dice qualcuno.")
    with pytest.raises(Invalid), database.writing() as session:
        change_words(session, cast.maker.actor, message_id, "Lo dice Bashir.")
    answer(database, cast.maker, of_bashir, "Grazie, Bashir.")
    answer(database, cast.anna, of_anna, "È stato Bashir?")


def test_two_who_reported_do_not_learn_of_each_other(database: Database, cast: Cast, desk: Desk) -> None:
    case_id = desk.report("bashir")
    desk.report("chiara")
    of_chiara = speak(database, cast.maker, place_in_case, case_id, cast.chiara.id)
    with pytest.raises(Invalid):
        answer(database, cast.maker, of_chiara, "Anche Bashir lo dice.")
    assert not reads(database, cast.bashir, of_chiara)


def test_who_is_excluded_is_heard(database: Database, cast: Cast, desk: Desk) -> None:
    decision = desk.decide(desk.report(), "exclude")
    thread_id = speak(database, cast.anna, place_of_decision, decision.id or 0, words="Ascoltatemi.")
    answer(database, cast.maker, thread_id, "Ti ascoltiamo.")
    assert letters_to(database, cast.anna.id)[-1] == "speaking:from_makers_away", "a letter: the app is closed to them"
    answer(database, cast.anna, thread_id, "Grazie.")


def test_who_may_write_to_nobody_writes_to_the_makers(database: Database, cast: Cast, desk: Desk) -> None:
    decision = desk.decide(desk.report(), "limit", what=("messages",))
    assert speak(database, cast.anna, place_of_decision, decision.id or 0)


def appealed(database: Database, cast: Cast, desk: Desk) -> int:
    decision = desk.decide(desk.report(), "warn")
    with database.writing() as session:
        moderation.appeal(session, cast.anna.actor, decision.id or 0, "Non sono stata io.")
        appeal = about_me(session, cast.community.id or 0, cast.anna.id)[0].appeal
        return appeal.id or 0 if appeal else 0


def test_of_another_look_speaks_who_looks_again(database: Database, cast: Cast, desk: Desk) -> None:
    with database.writing() as session:
        colleague = make_member(session, cast, "third_maker", "centro", makes=("centro",))
    number = appealed(database, cast, desk)
    with pytest.raises(Missing):
        speak(database, cast.maker, place_of_appeal, number)
    thread_id = speak(database, cast.anna, place_of_appeal, number)
    assert letters_to(database, colleague.id)[-1] == "speaking:to_makers"
    assert "speaking:to_makers" not in letters_to(database, cast.maker.id), "who decided is not asked again"
    assert reads(database, colleague, thread_id)
    assert not reads(database, cast.maker, thread_id)
    answer(database, colleague, thread_id, "Racconta.")
    with database.writing() as session:
        moderation.answer_appeal(session, colleague.actor, number, "upheld", "Resta.")
    with pytest.raises(Refused):
        answer(database, cast.anna, thread_id, "Ancora una cosa.")
    assert reads(database, cast.anna, thread_id)


def test_it_ends_a_month_after_the_case(database: Database, cast: Cast, desk: Desk) -> None:
    decision = desk.decide(desk.report(), "warn")
    thread_id = speak(database, cast.anna, place_of_decision, decision.id or 0)
    with clock.at(clock.now() + timedelta(days=29)):
        answer(database, cast.anna, thread_id, "Ci sono.")
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused):
        answer(database, cast.anna, thread_id, "Ci sono ancora.")


def test_the_words_are_sealed(database: Database, cast: Cast, desk: Desk) -> None:
    speak(database, cast.maker, place_in_case, desk.report(), cast.anna.id, words="Parliamone con calma")
    with database.reading() as session:
        kept = session.execute(text("SELECT words FROM message")).scalars().all()
    assert kept
    assert not [one for one in kept if "calma" in one]


def test_who_looks_after_it_hears_alone(database: Database, cast: Cast, desk: Desk) -> None:
    with database.writing() as session:
        colleague = make_member(session, cast, "third_maker", "centro", makes=("centro",))
    case_id = desk.report()
    thread_id = speak(database, cast.maker, place_in_case, case_id, cast.anna.id)
    with database.writing() as session:
        moderation.assign(session, cast.maker.actor, case_id, colleague.id)
    answer(database, cast.anna, thread_id, "Eccomi.")
    assert letters_to(database, colleague.id)[-1] == "speaking:to_makers"
    assert "speaking:to_makers" not in letters_to(database, cast.maker.id)


@pytest.mark.parametrize("why", ["reported it", "kept from them"])
def test_makers_to_whom_it_is_close_read_nothing_of_it(database: Database, cast: Cast, desk: Desk, why: str) -> None:
    """Not even where words of it are reported."""
    with database.writing() as session:
        colleague = make_member(session, cast, "third_maker", "centro", makes=("centro",))
        cast.members["third_maker"] = colleague
    case_id = desk.report()
    if why == "reported it":
        desk.report("third_maker")
    else:
        desk.kept_from.append(colleague.id)
    thread_id = speak(database, cast.maker, place_in_case, case_id, cast.anna.id)
    assert not reads(database, colleague, thread_id)
    message_id = answer(database, cast.maker, thread_id, "Parole")
    with database.writing() as session:
        moderation.report(session, cast.anna.actor, "message", message_id, reason="insult", words="")
    with database.reading() as session:
        with pytest.raises(Missing):
            find_reported(session, colleague.actor, message_id)
        assert find_reported(session, cast.administrator.actor, message_id)
        for maker, kinds in ((colleague, []), (cast.other_maker, ["message"])):
            assert [row.case.kind for row in cases_for(session, maker.actor).rows if row.case.id != case_id] == kinds


def test_reading_marks_what_was_told_as_seen(database: Database, cast: Cast, desk: Desk) -> None:
    thread_id = speak(database, cast.maker, place_in_case, desk.report(), cast.anna.id)
    with database.writing() as session:
        last = max(session.scalars(select(col(Message.id)).where(col(Message.thread_id) == thread_id)))
        read_up_to(session, cast.anna.actor, thread_id, last or 0)
    with database.reading() as session:
        (one,) = session.scalars(select(Notification).where(col(Notification.person_id) == cast.anna.id)).all()
        assert one.seen_at is not None
        assert standing_in(session, cast.anna.actor, thread_id).to_makers
