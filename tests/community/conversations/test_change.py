"""Putting one's own words right, and taking them back."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from community.conversations.actions import begin, change_words, take_back
from community.conversations.queries import find_reported, sees_message_photo
from community.moderation.actions import report
from community.threads.actions import hide_message
from community.threads.personal import PERSONAL
from community.threads.rules import EDITING
from exchanges.agreements import actions as agreements
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from foundation.files import StoredFile
from foundation.personal import Whose
from tests.community.conversations.asking import ask, listed, page, picture, said
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def thread(stage: Stage) -> SimpleNamespace:
    """What Anna wrote to Bashir beside an agreement."""
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    message_id = stage.do(agreements.write_words, stage.cast.anna, agreement_id, "Alle tre")
    return SimpleNamespace(id=stage.agreement(agreement_id).thread_id, message_id=message_id)


def test_for_ten_minutes_words_are_put_right(stage: Stage, thread: SimpleNamespace) -> None:
    anna = stage.cast.anna
    stage.do(change_words, anna, thread.message_id, " Alle quattro ")
    last = page(stage, thread.id).lines[-1]
    assert (last.words, last.edited) == ("Alle quattro", True)
    with clock.at(clock.now() + EDITING + timedelta(seconds=5)), pytest.raises(Refused):
        stage.do(change_words, anna, thread.message_id, "Alle cinque")
    assert said(stage, thread.id)[-1] == "Alle quattro"


def test_the_same_words_are_no_change(stage: Stage, thread: SimpleNamespace) -> None:
    stage.do(change_words, stage.cast.anna, thread.message_id, "Alle tre")
    assert not page(stage, thread.id).lines[-1].edited


def test_only_ones_own_words(stage: Stage, thread: SimpleNamespace) -> None:
    cast = stage.cast
    in_her_place = SimpleNamespace(actor=replace(cast.anna.actor, recorded_by_id=cast.maker.id))
    for who in (cast.bashir, cast.chiara, cast.zoe, in_her_place):
        with pytest.raises(Missing):
            stage.do(change_words, who, thread.message_id, "Mai")
        with pytest.raises(Missing):
            stage.do(take_back, who, thread.message_id)


@pytest.mark.parametrize("words", ["", " \n", "x" * 4001])
def test_not_to_nothing_nor_to_too_much(stage: Stage, thread: SimpleNamespace, words: str) -> None:
    with pytest.raises(Invalid):
        stage.do(change_words, stage.cast.anna, thread.message_id, words)


def test_what_is_taken_back_nobody_reads(stage: Stage, thread: SimpleNamespace) -> None:
    cast = stage.cast
    assert listed(stage, cast.bashir) == [("Anna e famiglia", 1)]
    for _ in range(2):
        stage.do(take_back, cast.anna, thread.message_id)
    assert said(stage, thread.id)[-1] == "(back)"
    assert listed(stage, cast.bashir) == [("Anna e famiglia", 0)]
    for verb in (lambda *a: change_words(*a, "Ancora"),):
        with pytest.raises(Missing):
            stage.do(verb, cast.anna, thread.message_id)
    with pytest.raises(Missing):
        stage.do(report, cast.bashir, "message", thread.message_id, reason="insult", words="")


def test_what_was_reported_stays_for_the_makers(stage: Stage, thread: SimpleNamespace) -> None:
    cast = stage.cast
    stage.do(report, cast.bashir, "message", thread.message_id, reason="insult", words="")
    stage.do(take_back, cast.anna, thread.message_id)
    assert said(stage, thread.id)[-1] == "(back)"
    assert ask(stage, find_reported, cast.maker, thread.message_id)[0] == "Alle tre"


def test_nobody_learns_of_a_report_by_changing_their_words(stage: Stage, thread: SimpleNamespace) -> None:
    cast = stage.cast
    stage.do(change_words, cast.anna, thread.message_id, "Alle due")
    stage.do(report, cast.bashir, "message", thread.message_id, reason="insult", words="")
    for words in ("Niente", "Scusa"):
        stage.do(change_words, cast.anna, thread.message_id, words)
    assert said(stage, thread.id)[-1] == "Scusa"
    for one in (cast.anna, cast.bashir):
        assert ask(stage, find_reported, one, thread.message_id)[0] == "Scusa"
    assert ask(stage, find_reported, cast.maker, thread.message_id)[0] == "Alle due\n→ Scusa"
    with stage.database.reading() as session:
        kept = session.execute(text("SELECT reported_words FROM message WHERE reported_words IS NOT NULL")).scalar_one()
        assert "Alle due" not in kept, "it lies sealed"
        whose = Whose(cast.anna.id, cast.community.id)
        rows = [row for one in PERSONAL for row in one.rows(session, whose)]
        assert "Alle due" not in str(rows)
        assert "reported_words" not in str(rows), "one's own file does not tell of it either"


def test_what_a_maker_hid_is_not_touched(stage: Stage, thread: SimpleNamespace) -> None:
    stage.do(hide_message, stage.cast.maker, thread.message_id)
    for verb in (take_back, lambda *a: change_words(*a, "Ecco")):
        with pytest.raises(Missing):
            stage.do(verb, stage.cast.anna, thread.message_id)


def test_photographs_go_with_the_words(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(begin, anna, bashir.id, "", [picture(1), picture(2)], "Una bici blu")
    line = page(stage, thread_id).lines[-1]
    assert [(one.words, one.width, one.height) for one in line.photos] == [("Una bici blu", 400, 300)] * 2
    file_id = line.photos[0].file_id
    assert ask(stage, sees_message_photo, bashir, file_id)
    for stranger in (stage.cast.chiara, stage.cast.maker, stage.cast.zoe):
        assert not ask(stage, sees_message_photo, stranger, file_id)
    stage.do(take_back, anna, line.id)
    assert not ask(stage, sees_message_photo, bashir, file_id)
    with stage.database.reading() as session:
        assert session.get(StoredFile, file_id).unheld_since is not None


def test_photographs_that_makers_look_at_stay_for_them(stage: Stage) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "", [picture(1)])
    line = page(stage, thread_id).lines[-1]
    file_id = line.photos[0].file_id
    stage.do(report, cast.bashir, "message", line.id, reason="other", words="")
    stage.do(take_back, cast.anna, line.id)
    assert ask(stage, sees_message_photo, cast.maker, file_id)
    for other in (cast.bashir, cast.chiara, cast.other_maker):
        assert not ask(stage, sees_message_photo, other, file_id)


def test_three_photographs_at_most(stage: Stage) -> None:
    with pytest.raises(Invalid) as refusal:
        stage.do(begin, stage.cast.anna, stage.cast.bashir.id, "", [picture(number) for number in range(4)])
    assert refusal.value.field == "photos"
