"""Who moves, leaves a household or the community, is stopped, or whose household joins another."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select as rows
from sqlmodel import select

from care.housing import actions
from care.housing.personal import PERSONAL, RETENTIONS
from care.housing.queries.cases import case_at_desk, own_view
from care.housing.queries.desk import numbers
from care.housing.queries.matches import together
from care.housing.tables import (
    HousingCase,
    HousingKeptFrom,
    HousingMatch,
    HousingNote,
    HousingQuestion,
    HousingSheet,
)
from community.households.actions.moving import move_household
from community.leaving.rules import Going
from community.members.queries import actor_for
from community.organisations.tables import Organisation
from community.parties.tables import PartyMember
from foundation import clock
from foundation.database import metadata
from foundation.errors import Invalid, Missing
from foundation.personal import Whose
from foundation.personal.keeping import Cutoff
from tests.care.housing.stage import ABOUT_NEED, ABOUT_OFFER, WORDS, HousingStage


def reads(stage: HousingStage, who: str, case_id: int) -> bool:
    try:
        stage.read(case_at_desk, stage.cast.members[who], case_id)
    except Missing:
        return False
    return True


def test_who_moves_is_asked_and_the_old_makers_read_no_more(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.proposed(need, offer)
    before = stage.told("anna")
    vescovato = stage.cast.zones["vescovato"].id
    stage.do(move_household, stage.cast.anna, stage.cast.anna.party.id, vescovato, address="Via Nuova 1")
    assert not reads(stage, "maker", need)
    assert not reads(stage, "other_maker", need), "not before she has said so"
    assert stage.match(match).state == "ended"
    assert stage.told("anna") == before + 1
    stage.do(actions.agree_to_move, stage.cast.anna, need)
    assert stage.case(need).zone_id == vescovato
    assert reads(stage, "other_maker", need)
    assert not reads(stage, "maker", need)


def test_who_knows_each_other_already_still_does_after_a_move(stage: HousingStage) -> None:
    match = stage.introduced(*stage.pair())
    vescovato = stage.cast.zones["vescovato"].id
    stage.do(move_household, stage.cast.bashir, stage.cast.bashir.party.id, vescovato, address="")
    assert stage.read(together, stage.cast.anna, match).shows_contacts


def test_who_leaves_a_household_takes_it_along(stage: HousingStage) -> None:
    need = stage.sent("lodger")
    with stage.database.writing() as session:
        party = stage.cast.lodger.party.id
        actions.person_ended(session, stage.cast.community.id, party, stage.cast.lodger.id)
    case = stage.case(need)
    assert (case.state, case.party_id) == ("open", None)
    assert not reads(stage, "maker", need)
    stage.do(actions.agree_to_move, stage.cast.lodger, need)
    assert reads(stage, "maker", need)


def test_who_acts_for_an_organisation_no_more_offers_nothing_for_it(stage: HousingStage) -> None:
    need, offer = stage.sent(), stage.sent("bakery", "offer")
    match = stage.proposed(need, offer)
    with stage.database.writing() as session:
        assert session.get(Organisation, stage.cast.bakery.party.id) is not None
        actions.person_ended(session, stage.cast.community.id, stage.cast.bakery.party.id, stage.cast.bakery.id)
    assert stage.case(offer).state == "withdrawn"
    assert (stage.match(match).state, stage.case(need).state) == ("ended", "open")


def test_two_households_become_one(stage: HousingStage) -> None:
    need = stage.sent()
    with stage.database.writing() as session:
        actions.move_to_party(session, stage.cast.anna.party.id, stage.cast.dario.party.id)
    case = stage.case(need)
    assert (case.party_id, case.person_id) == (stage.cast.dario.party.id, stage.cast.anna.id)
    assert case.moved_on is not None
    assert not reads(stage, "other_maker", need)


def test_who_is_stopped_is_introduced_to_nobody(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.heard(need, offer)
    with stage.database.writing() as session:
        actions.end_for_stopped(session, actor_for(session, stage.cast.maker.id, 1), stage.cast.bashir.id, [])
    assert stage.match(match).ended_how == "apart"
    assert stage.case(offer).state == "open"


def going(stage: HousingStage, who: str) -> Going:
    member = stage.cast.members[who]
    return Going(stage.cast.community.id, member.id, (member.party.id,), (), (member.name,), "Qualcuno")


def written(stage: HousingStage) -> str:
    """Everything that stands in the tables of housing help, as it is kept."""
    with stage.database.reading() as session:
        return " ".join(
            str(dict(row))
            for table in metadata.sorted_tables
            if table.name.startswith("housing_")
            for row in session.execute(rows(table)).mappings()
        )


def lived_through(stage: HousingStage) -> tuple[int, int, int]:
    need, offer = stage.pair()
    match = stage.introduced(need, offer)
    terms = {"conditions": "Bollette a metà", "need_does": "Tiene pulito", "offer_does": "Dà le chiavi"}
    stage.do(actions.write_sheet, stage.cast.anna, match, terms, from_on=None, to_on=None, seen=0)
    stage.do(actions.note, stage.cast.maker, need, "Appunto del maker")
    stage.do(actions.add_paper, stage.cast.anna, need, "Carta d’identità", None)
    return need, offer, match


def test_nothing_said_stands_open_in_the_database(stage: HousingStage) -> None:
    lived_through(stage)
    said = (WORDS, ABOUT_OFFER, ABOUT_NEED, "Bollette", "Appunto", "Carta")
    kept = written(stage)
    assert [words for words in said if words in kept] == []


def test_who_leaves_withdraws_and_who_is_forgotten_takes_the_key_along(stage: HousingStage) -> None:
    need, offer, match = lived_through(stage)
    before = stage.told("bashir")
    with stage.database.writing() as session:
        actions.somebody_leaves(session, going(stage, "anna"))
    assert (stage.case(need).state, stage.case(offer).state) == ("withdrawn", "open")
    assert stage.told("bashir") == before + 1
    with stage.database.writing() as session:
        actions.forget(session, going(stage, "anna"))
    gone = stage.case(need)
    assert (gone.key, gone.told, gone.person_id, gone.party_id) == ("", "", None, None)
    with stage.database.reading() as session:
        assert session.exec(select(HousingNote).where(HousingNote.case_id == need)).all() == []
        assert {one.words for one in session.exec(select(HousingQuestion))} == {""}, "nor what others were told of her"
        assert session.exec(select(HousingSheet.terms)).all() == [""]
        assert session.get_one(HousingMatch, match).key == ""
    assert stage.case(offer).key, "what he offers stays his"


def test_how_it_ended_is_still_counted_without_a_name(stage: HousingStage) -> None:
    need, _offer = stage.pair()
    stage.do(actions.help_case, stage.cast.maker, need, "home")
    with stage.database.writing() as session:
        actions.forget(session, going(stage, "anna"))
    assert stage.read(numbers, stage.cast.maker).outcomes == {"home": 1}


def test_a_year_after_the_end_the_key_is_destroyed(stage: HousingStage) -> None:
    need, offer = stage.pair()
    stage.do(actions.withdraw, stage.cast.anna, need)
    clear = RETENTIONS[0].clear
    with stage.later(days=364), stage.database.writing() as session:
        assert sum(clear(session, Cutoff(clock.now() - timedelta(days=365)), 10).values()) == 0
    with stage.later(days=366), stage.database.writing() as session:
        assert dict(clear(session, Cutoff(clock.now() - timedelta(days=365)), 10)) == {stage.cast.community.id: 1}
        assert sum(clear(session, Cutoff(clock.now() - timedelta(days=365)), 10).values()) == 0
    assert (stage.case(need).told, stage.case(need).person_id) == ("", None)
    assert stage.case(offer).person_id == stage.cast.bashir.id


def file_of(stage: HousingStage, who: str) -> list[Any]:
    member = stage.cast.members[who]
    with stage.database.reading() as session:
        whose = Whose(member.id, stage.cast.community.id, (stage.cast.anna.party.id,), (stage.cast.anna.party.id,))
        return list(PERSONAL[0].rows(session, whose))


def test_it_is_in_the_persons_own_file_and_in_no_other(stage: HousingStage) -> None:
    lived_through(stage)
    [mine] = file_of(stage, "anna")
    assert (mine["words"], mine["papers"][0]["words"]) == (WORDS, "Carta d’identità")
    assert mine["agreed"][0]["need_does"] == "Tiene pulito"
    assert "Appunto" not in str(mine), "the notes of makers are theirs to read out"
    assert file_of(stage, "lodger") == []
    assert not PERSONAL[0].on_paper


@pytest.mark.parametrize("state", ["draft", "open"])
def test_what_is_forgotten_of_what_was_never_ended(stage: HousingStage, state: str) -> None:
    number = stage.draft() if state == "draft" else stage.sent()
    with stage.database.writing() as session:
        actions.forget(session, going(stage, "anna"))
    with stage.database.reading() as session:
        case = session.get_one(HousingCase, number)
        assert (case.state, case.key) == ("withdrawn", "")


def test_a_help_that_still_lasts_is_kept(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.introduced(need, offer)
    long = clock.now().date() + timedelta(days=500)
    stage.do(actions.help_case, stage.cast.maker, need, "stay", until_on=long)
    for days, kept in ((400, True), (510, False)):
        with stage.later(days=days), stage.database.writing() as session:
            RETENTIONS[0].clear(session, Cutoff(clock.now() - timedelta(days=365)), 10)
        assert bool(stage.case(need).key and stage.case(offer).key and stage.match(match).key) is kept


def test_what_was_never_sent_goes_too(stage: HousingStage) -> None:
    draft = stage.draft()
    with stage.later(days=366), stage.database.writing() as session:
        RETENTIONS[0].clear(session, Cutoff(clock.now() - timedelta(days=365)), 10)
    assert stage.case(draft).told == ""


def test_what_somebody_took_along_stays_when_the_household_they_left_closes(stage: HousingStage) -> None:
    with stage.database.writing() as session:
        lodger = actor_for(session, stage.cast.lodger.id, stage.cast.community.id)
        case = actions.begin(session, replace(lodger, party_id=stage.cast.anna.party.id), "need", "stay")
        number = case.id
    assert stage.case(number).party_id == stage.cast.anna.party.id
    with stage.database.writing() as session:
        actions.forget(session, going(stage, "anna"))
    assert stage.case(number).key, "it is theirs, and not of the household that closed"


def test_who_moved_reads_who_would_read_it_before_they_say_yes(stage: HousingStage) -> None:
    need = stage.sent(is_wide=False)
    vescovato = stage.cast.zones["vescovato"].id
    stage.do(move_household, stage.cast.anna, stage.cast.anna.party.id, vescovato, address="Via Nuova 1")
    assert stage.read(own_view, stage.cast.anna, need).readers == [stage.cast.other_maker.name]
    with pytest.raises(Invalid):
        stage.step("anna", need, "readers", is_wide=False, excluded={stage.cast.other_maker.id})


def test_acting_for_a_shop_today_does_not_move_what_was_asked_for_the_household(stage: HousingStage) -> None:
    draft = stage.draft()
    need = stage.sent()
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=stage.cast.bakery.party.id, person_id=stage.cast.anna.id))
    with stage.database.writing() as session:
        anna = actor_for(session, stage.cast.anna.id, stage.cast.community.id)
        at_work = replace(anna, party_id=stage.cast.bakery.party.id)
        actions.send(session, at_work, draft)
        session.get_one(HousingCase, need).moved_on = clock.now().date()
        session.flush()
        actions.agree_to_move(session, at_work, need)
    for number in (draft, need):
        assert stage.case(number).party_id == stage.cast.anna.party.id
        assert stage.case(number).zone_id == stage.cast.anna.party.zone_id


@pytest.mark.parametrize("who", ["anna", "second"])
def test_nothing_says_who_was_left_out_once_either_is_forgotten(stage: HousingStage, who: str) -> None:
    stage.sent(excluded={stage.cast.members["second"].id})
    other = stage.sent("bashir", excluded={stage.cast.maker.id})
    with stage.database.writing() as session:
        actions.forget(session, going(stage, who))
    with stage.database.reading() as session:
        left = [(one.case_id, one.excluded_maker_id) for one in session.exec(select(HousingKeptFrom))]
    assert left == [(other, stage.cast.maker.id)]
