"""Writing a need or an offer, on one's own or before a maker."""

from datetime import date

import pytest

from care.housing import actions
from care.housing.queries.cases import own_cases, own_view
from care.housing.rules.cases import MOST_OPEN, NotNow
from foundation.errors import Invalid, Missing, Refused
from tests.care.housing.stage import FEBRUARY, MAY, WORDS, HousingStage


def test_what_was_written_is_read_back(stage: HousingStage) -> None:
    case_id = stage.draft()
    stage.step("anna", case_id, "when", from_on=FEBRUARY, to_on=MAY)
    stage.step("anna", case_id, "who", bands={"0-5": 1, "18-64": 2})
    stage.step("anna", case_id, "terms", conditions="Senza scale")
    stage.step("anna", case_id, "reach", reach="call", reach_words="Dopo le nove", language="ar")
    view = stage.read(own_view, stage.cast.anna, case_id)
    assert (view.told.words, view.told.place, view.told.conditions) == (WORDS, "Centro", "Senza scale")
    assert (view.told.bands, view.case.people) == ({"0-5": 1, "18-64": 2}, 3)
    assert (view.case.reach, view.told.reach_words, view.case.language) == ("call", "Dopo le nove", "ar")
    assert (view.case.from_on, view.case.to_on) == (FEBRUARY, MAY)


def test_an_organisation_and_a_member_offer_alike(stage: HousingStage) -> None:
    for who in ("bakery", "bashir"):
        case_id = stage.sent(who, "offer")
        assert stage.case(case_id).party_id == stage.cast.members[who].party.id


def test_a_form_opened_before_a_change_is_refused(stage: HousingStage) -> None:
    case_id = stage.draft()
    with pytest.raises(NotNow):
        stage.do(actions.save_step, stage.cast.anna, case_id, "what", {"words": "x"}, version=1)


def test_what_makes_no_sense_is_refused_at_its_field(stage: HousingStage) -> None:
    case_id = stage.draft()
    for step, said, field in (
        ("what", {"words": " "}, "words"),
        ("when", {"from_on": MAY, "to_on": FEBRUARY}, "to_on"),
        ("who", {"bands": {"0-5": 21}}, "bands"),
        ("reach", {"reach": "smoke"}, "reach"),
        ("reach", {"reach": "here", "language": "klingon"}, "language"),
        ("when", {"from_on": None, "to_on": date(2027, 1, 10)}, "to_on"),
    ):
        with pytest.raises(Invalid) as caught:
            stage.step("anna", case_id, step, **said)
        assert caught.value.field == field
    with pytest.raises(Missing):
        stage.step("anna", case_id, "amount", amount=100)
    with pytest.raises(Invalid):
        stage.do(actions.begin, stage.cast.anna, "need", "castle")


def test_a_deposit_needs_an_amount_in_cents(stage: HousingStage) -> None:
    case = stage.do(actions.begin, stage.cast.anna, "need", "deposit")
    stage.step("anna", case.id, "what", words="Tre mensilità")
    with pytest.raises(Invalid) as caught:
        stage.do(actions.send, stage.cast.anna, case.id)
    assert caught.value.field == "amount"
    stage.step("anna", case.id, "amount", amount=90000)
    stage.do(actions.send, stage.cast.anna, case.id)
    assert stage.case(case.id).amount_cents == 90000


def test_before_a_maker_the_consent_is_written_down(stage: HousingStage) -> None:
    with stage.database.writing() as session:
        actor = stage.in_place_of(stage.cast.anna)
        case = actions.begin(session, actor, "need", "stay")
        actions.save_step(session, actor, case.id, "what", {"words": "Casa"}, version=1)
        with pytest.raises(Invalid) as caught:
            actions.send(session, actor, case.id)
        assert caught.value.field == "agreed"
        actions.send(session, actor, case.id, agreed=True)
        case_id = case.id
    kept = stage.case(case_id)
    assert (kept.recorded_by_id, kept.person_id) == (stage.cast.maker.id, stage.cast.anna.id)
    assert kept.consent_on is not None


def test_ten_at_once_are_enough(stage: HousingStage) -> None:
    for _time in range(MOST_OPEN):
        stage.draft()
    with pytest.raises(Refused):
        stage.draft()


def test_a_draft_is_thrown_away_and_what_was_sent_is_not(stage: HousingStage) -> None:
    draft, sent = stage.draft(), stage.sent()
    stage.do(actions.discard, stage.cast.anna, draft)
    with pytest.raises(NotNow):
        stage.do(actions.discard, stage.cast.anna, sent)
    assert [one.id for one in stage.read(own_cases, stage.cast.anna)] == [sent]


def test_papers_are_kept_by_the_person_and_the_makers(stage: HousingStage) -> None:
    case_id = stage.sent(kind="documents")
    stage.do(actions.add_paper, stage.cast.anna, case_id, "Carta d’identità", MAY)
    stage.do(actions.add_paper, stage.cast.maker, case_id, "ISEE", FEBRUARY)
    papers = stage.read(own_view, stage.cast.anna, case_id).papers
    assert [one.words for one in papers] == ["ISEE", "Carta d’identità"]
    stage.do(actions.tick_paper, stage.cast.maker, case_id, papers[0].id, done=True)
    assert [one.words for one in stage.read(own_view, stage.cast.anna, case_id).papers if one.done] == ["ISEE"]
    other = stage.sent("bashir", kind="documents")
    with pytest.raises(Missing):
        stage.do(actions.tick_paper, stage.cast.bashir, other, papers[0].id, done=True)
    with pytest.raises(Missing):
        stage.do(actions.add_paper, stage.cast.lodger, case_id, "Altro", None)
