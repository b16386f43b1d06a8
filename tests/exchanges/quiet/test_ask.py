"""After care each side is asked once whether all went well, and nobody else learns what they say."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from exchanges.agreements import actions as agreements
from exchanges.quiet import actions
from exchanges.quiet.queries import number_to_ask, to_ask
from exchanges.quiet.tables import QuietAnswer
from foundation import clock
from foundation.errors import Missing
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite
from tests.exchanges.groups.stage import MONDAY, GroupStage


def asked(stage: GroupStage, *members: Member) -> list[list[tuple[str, int]]]:
    """What each member is asked about; the number at the bell says the same."""
    found = []
    for member in members:
        with stage.database.reading() as session:
            lines = to_ask(session, member.actor)
            assert session.scalar(select(number_to_ask(member.actor))) == len(lines)
            found.append([(one.kind, one.object_id) for one in lines])
    return found


def care(stage: GroupStage) -> int:
    """Anna looked after a child of Bashir's."""
    stage.verify(stage.cast.anna)
    return stage.delivered(stage.cast.anna, stage.cast.bashir, category="childcare")


def test_both_sides_are_asked_after_care_only(stage: GroupStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    stage.delivered(anna, bashir)
    made = care(stage)
    assert asked(stage, anna, bashir, chiara) == [[("agreement", made)], [("agreement", made)], []]
    mails = stage.mails(anna) + stage.mails(bashir)
    assert not [mail for mail in mails if mail.startswith("quiet")]


def test_not_before_it_took_place_and_not_for_ever(stage: GroupStage) -> None:
    anna = stage.cast.anna
    stage.verify(anna)
    made = stage.accepted(anna, stage.cast.bashir, category="childcare")
    assert asked(stage, anna) == [[]]
    stage.do(agreements.deliver, anna, made, None, 60)
    assert asked(stage, anna) == [[("agreement", made)]]
    with clock.at(clock.now() + timedelta(days=31)):
        assert asked(stage, anna) == [[]]


@pytest.mark.parametrize("well", [True, False])
def test_an_answer_is_given_once_and_for_oneself(stage: GroupStage, well: bool) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    made = care(stage)
    for again in (well, not well):
        stage.do(actions.answer, bashir, "agreement", made, well=again)
    assert asked(stage, anna, bashir) == [[("agreement", made)], []]
    with stage.database.reading() as session:
        found = session.exec(select(QuietAnswer)).one()
    assert (found.person_id, found.answer) == (bashir.id, "well" if well else "unsure")


def test_nobody_answers_for_others(stage: GroupStage) -> None:
    made = care(stage)
    for who in (stage.cast.chiara, stage.cast.maker, stage.cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.answer, who, "agreement", made, well=True)
        with pytest.raises(Missing):
            stage.do(actions.answer, who, "agreement", made + 99, well=True)


def test_a_group_asks_its_host_and_who_was_there(stage: GroupStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    with clock.at(MONDAY):
        stage.verify(anna)
        made = stage.held(anna, bashir, category="childcare")
    with stage.later():
        assert asked(stage, anna, bashir, chiara) == [[("group_exchange", made)], [("group_exchange", made)], []]


@on_sqlite
def test_no_leads_to_those_who_listen(stage: GroupStage, cast: Cast, client_for: Callable[..., Browser]) -> None:
    made = care(stage)
    bashir = client_for(cast.bashir, language="en")
    assert bashir.look("/c/cremona/waiting").says("Did all go well?")
    page = bashir.look(f"/c/cremona/all-well/agreement/{made}")
    page = bashir.submit(page, "No, or I am not sure")
    assert page.soup.select_one('a[href="tel:1522"]')
    assert page.address.endswith(f"/help-me/about/agreement/{made}")
    anna = client_for(cast.anna, language="en")
    page = anna.look(f"/c/cremona/all-well/agreement/{made}")
    assert anna.submit(page, "Yes").says("Good to hear")
    client_for(cast.chiara).look(f"/c/cremona/all-well/agreement/{made}", status=404)
