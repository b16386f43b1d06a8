"""The makers' desk: every case is reached, no name stands on a list, and nobody is told the same thing twice."""

from collections.abc import Callable

import pytest

from care.housing import actions
from care.housing.queries import desk as queries
from care.housing.queries.cases import KIND
from foundation import audit
from tests.care.housing.stage import ABOUT_NEED, HousingStage
from tests.client import Browser

Open = Callable[..., Browser]
HERE = "/c/cremona/beside-you"


def test_the_desk_is_paged_both_ways(stage: HousingStage, client_for: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    sent = [stage.sent(who) for who in ("anna", "bashir", "chiara", "anna", "bashir")]
    stage.sent("bakery", "offer")
    pages = [stage.read(queries.desk, stage.cast.maker, "need", number) for number in (1, 2, 3, 4)]
    assert [row.case.id for page in pages for row in page.rows] == sent
    assert [page.more for page in pages] == [True, True, False, False]
    maker = client_for(stage.cast.maker)
    first = maker.look(f"{HERE}/desk")
    second = maker.look(first.link("Mostra altri"))
    assert f"{HERE}/desk/{sent[2]}" in second.html
    third = maker.look(second.link("Mostra altri"))
    assert f"{HERE}/desk/{sent[4]}" in third.html
    assert (
        f"{HERE}/desk/{sent[0]}"
        in maker.look(maker.look(third.link("Chi aspetta da più")).link("Chi aspetta da più")).html
    )
    for odd in ("0", "-1", "x", "9" * 30, "1.5"):
        maker.look(f"{HERE}/desk/need?page={odd}")


def test_a_list_says_no_name_before_a_look_is_written_down(stage: HousingStage, client_for: Open) -> None:
    need, offer = stage.pair()
    maker = client_for(stage.cast.maker)
    for address in ("desk", "desk/need", "desk/offer"):
        page = maker.look(f"{HERE}/{address}")
        assert not page.says("Anna")
        assert not page.says("Bashir")
    opened = maker.look(f"{HERE}/desk/{need}")
    assert opened.says("Anna Prova")
    assert not opened.says("Bashir"), "who could be for her is read on the page that both see in their record"
    with stage.database.reading() as session:
        assert len(audit.looks_at(session, KIND, need)) == 1
        assert audit.looks_at(session, KIND, offer) == []
    assert maker.look(f"{HERE}/desk/{need}/with/{offer}").says("Bashir Prova")
    with stage.database.reading() as session:
        assert len(audit.looks_at(session, KIND, offer)) == 1


def test_a_maker_of_both_sides_gets_one_letter_of_one_thing(stage: HousingStage) -> None:
    match = stage.proposed(*stage.pair())

    def letters(who: str) -> int:
        return sum(one == (who, "housing:for_makers") for one in stage.letters())

    before = letters("second")
    stage.says("anna", match, "hear")
    assert letters("second") == before + 1
    stage.do(actions.ask_second, stage.cast.maker, match, ABOUT_NEED)
    stage.says("bashir", match, "hear", "no")
    assert letters("second") == before + 2


def test_who_was_helped_is_told_once(stage: HousingStage) -> None:
    need, offer = stage.pair()
    stage.introduced(need, offer)
    before = {who: stage.told(who) for who in ("anna", "bashir")}
    stage.do(actions.help_case, stage.cast.maker, need, "stay")
    assert {who: stage.told(who) - before[who] for who in before} == {"anna": 1, "bashir": 1}
