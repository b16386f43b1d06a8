"""The conversation of a group: who reads it, who is told, what can be reported."""

import pytest

from community.conversations.actions import read_up_to
from community.conversations.queries import find_reported
from exchanges.groups import actions
from exchanges.groups.feature import reported_group
from foundation.errors import Missing, Refused
from tests.exchanges.groups.stage import GroupStage


def test_a_word_reaches_all_and_can_be_reported_by_who_reads_it(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, cast.chiara)
    message_id = stage.do(actions.write_words, cast.bashir, group_id, "Porto il filo")
    assert stage.mails(cast.anna)[-1] == stage.mails(cast.chiara)[-1] == "agreements:message"
    assert "agreements:message" not in stage.mails(cast.bashir)
    assert stage.do(find_reported, cast.chiara, message_id)[::2] == ("Porto il filo", cast.bashir.party.id)
    assert stage.do(reported_group, cast.chiara, group_id)[2] == cast.anna.party.id
    for verb in (find_reported, lambda session, actor, _: actions.write_words(session, actor, group_id, "Ehi")):
        with pytest.raises(Missing):
            stage.do(verb, cast.dario, message_id)


def test_who_has_left_is_told_nothing_more(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, cast.chiara)
    stage.do(actions.leave, cast.chiara, group_id, None)
    before = stage.mails(cast.chiara)
    stage.do(actions.write_words, cast.anna, group_id, "A domani")
    assert stage.mails(cast.chiara) == before
    with pytest.raises(Missing):
        stage.do(read_up_to, cast.chiara, stage.group(group_id).thread_id, 1)


def test_after_a_month_it_is_over(stage: GroupStage) -> None:
    from datetime import timedelta

    from foundation import clock

    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir)
    stage.do(actions.cancel, cast.anna, group_id, None, "Piove")
    stage.do(actions.write_words, cast.bashir, group_id, "Peccato")
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused):
        stage.do(actions.write_words, cast.bashir, group_id, "Allora?")
