"""Questions to applicants: worded anew, put in another order; answers keep the words they answered."""

import pytest

from community.changes.queries import history
from community.communities import actions
from community.communities.queries import questions_of, retired_questions
from community.joining.queries import application_for
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast
from tests.community.joining.door import apply, standing

WHY = {"it": "Perché?", "en": "Why?"}
WHAT = {"it": "Perché proprio qui?", "en": "Why here?"}


def ask(database: Database, cast: Cast, *some: str) -> list[int]:
    with database.writing() as session:
        admin = cast.administrator.actor
        return [
            actions.add_question(session, admin, {"it": one, "en": one}, required=False).id or 0 for one in some
        ]  # fmt: skip


def in_order(database: Database, cast: Cast) -> list[str]:
    with database.reading() as session:
        return [one.words["it"] for one in questions_of(session, cast.community.id)]


def test_answers_keep_the_words_they_answered(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        question = actions.add_question(session, cast.administrator.actor, WHY, required=True)
    apply(database, cast, answers={question.id: "Per amicizia"})
    with database.writing() as session:
        actions.reword_question(session, cast.administrator.actor, question.id, WHAT, required=True)
    apply(database, cast, answers={question.id: "Per mia figlia"}, email="olga@example.org")
    said = []
    for email in ("nadia@example.org", "olga@example.org"):
        _person, membership = standing(database, cast, email)
        with database.reading() as session:
            said += application_for(session, cast.maker.actor, membership.id).answers
    assert said == [(WHY, "Per amicizia"), (WHAT, "Per mia figlia")]


def test_what_changed_stands_in_the_history(database: Database, cast: Cast) -> None:
    first, _second = ask(database, cast, "Uno?", "Due?")
    with database.writing() as session:
        admin = cast.administrator.actor
        actions.reword_question(session, admin, first, {"it": "Primo?", "en": "Uno?"}, required=True)
        actions.reword_question(session, admin, first, {"it": "Primo?", "en": "Uno?"}, required=True)
        actions.place_question(session, admin, first, 2)
        actions.place_question(session, admin, first, 2)
    with database.reading() as session:
        found, _more = history(session, cast.administrator.actor, kind="question")
        placed, reworded = (change for change, _person in found[:2])
        assert (placed.before, placed.after) == ({"place": 1}, {"place": 2})
        assert reworded.before == {"words": {"it": "Uno?", "en": "Uno?"}, "required": False}
        assert reworded.after == {"words": {"it": "Primo?", "en": "Uno?"}, "required": True}
        assert len(found) == 4, "what changes nothing leaves no line"


def test_the_others_make_room(database: Database, cast: Cast) -> None:
    first, second, third = ask(database, cast, "Uno?", "Due?", "Tre?")
    with database.writing() as session:
        actions.place_question(session, cast.administrator.actor, third, 1)
    assert in_order(database, cast) == ["Tre?", "Uno?", "Due?"]
    with database.writing() as session:
        actions.retire_question(session, cast.administrator.actor, first)
        actions.place_question(session, cast.administrator.actor, second, 1)
    assert in_order(database, cast) == ["Due?", "Tre?"]
    with database.writing() as session:
        for place in (0, 3):
            with pytest.raises(Invalid):
                actions.place_question(session, cast.administrator.actor, second, place)


def test_one_asked_no_more_can_be_asked_again_after_the_others(database: Database, cast: Cast) -> None:
    first, second = ask(database, cast, "Uno?", "Due?")
    administrator = cast.administrator.actor
    with database.writing() as session:
        actions.retire_question(session, administrator, first)
        assert [one.id for one in retired_questions(session, cast.community.id)] == [first]
        for actor, question in ((cast.anna.actor, first), (administrator, second)):
            with pytest.raises(Missing):
                actions.bring_back_question(session, actor, question)
        actions.bring_back_question(session, administrator, first)
        assert retired_questions(session, cast.community.id) == []
    assert in_order(database, cast) == ["Due?", "Uno?"]


def test_words_in_languages_switched_off_stay(database: Database, cast: Cast) -> None:
    (first,) = ask(database, cast, "Uno?")
    with database.writing() as session:
        actions.reword_question(session, cast.administrator.actor, first, {"it": "Primo?"}, required=False)
        for wrong in ({}, {"it": " "}, {"it": "x" * 301}):
            with pytest.raises(Invalid):
                actions.reword_question(session, cast.administrator.actor, first, wrong, required=False)
    with database.reading() as session:
        assert questions_of(session, cast.community.id)[0].words == {"it": "Primo?", "en": "Uno?"}


@pytest.mark.parametrize("who", ["maker", "anna", "zoe"])
def test_only_who_runs_the_community(database: Database, cast: Cast, who: str) -> None:
    (first,) = ask(database, cast, "Uno?")
    with database.writing() as session:
        actor = cast.members[who].actor
        with pytest.raises(Missing):
            actions.reword_question(session, actor, first, WHY, required=False)
        with pytest.raises(Missing):
            actions.place_question(session, actor, first, 1)
        actions.retire_question(session, cast.administrator.actor, first)
        with pytest.raises(Missing):
            actions.reword_question(session, cast.administrator.actor, first, WHY, required=False)
