"""Who reads a need: a table of everybody against every kind of case."""

import pytest
from sqlmodel import select

from care.housing import actions
from care.housing.queries.cases import case_at_desk, kept_from, own_case, readers_of
from care.housing.queries.desk import desk, number_at_desk, number_for_person, numbers
from care.housing.rules.cases import NotNow
from care.housing.tables import HousingCase, HousingKeptFrom
from community.members.tables import RoleGrant
from community.parties.tables import PartyMember
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.care.housing.stage import HousingStage

CASES = {
    "of the zone": {},
    "wide": {"is_wide": True},
    "without the maker": {"excluded": "maker"},
    "wide, without the maker": {"is_wide": True, "excluded": "maker"},
}
READ_BY = {
    "of the zone": {"maker", "second"},
    "wide": {"maker", "second", "other_maker"},
    "without the maker": {"second"},
    "wide, without the maker": {"second", "other_maker"},
}
EVERYBODY = (
    "anna", "bashir", "chiara", "dario", "maker", "second", "other_maker", "administrator", "bakery", "lodger", "zoe",
)  # fmt: skip


def reads(stage: HousingStage, who: str, case_id: int) -> bool:
    try:
        stage.read(case_at_desk, stage.cast.members[who], case_id)
    except Missing:
        return False
    return True


def owns(stage: HousingStage, who: str, case_id: int) -> bool:
    try:
        stage.read(own_case, stage.cast.members[who], case_id)
    except Missing:
        return False
    return True


@pytest.mark.parametrize("name", CASES)
def test_the_makers_of_the_zone_and_nobody_else(stage: HousingStage, name: str) -> None:
    readers = dict(CASES[name])
    if "excluded" in readers:
        readers["excluded"] = {stage.cast.maker.id}
    case_id = stage.sent(**readers)
    assert {who for who in EVERYBODY if reads(stage, who, case_id)} == READ_BY[name]
    assert {who for who in EVERYBODY if owns(stage, who, case_id)} == {"anna"}, "not who lives with her"
    with stage.database.reading() as session:
        found = {person.id for person in readers_of(session, stage.case(case_id))}
    assert found == {stage.cast.members[who].id for who in READ_BY[name]}, "whom she is told reads it is who does"
    told = {who for who, notice in stage.letters() if notice == "housing:for_makers"}
    assert told == READ_BY[name]
    for who in EVERYBODY[:-1]:
        listed = {row.case.id for row in stage.read(desk, stage.cast.members[who], "need").rows}
        assert (case_id in listed) == (who in READ_BY[name]), who


def test_a_draft_is_read_by_nobody_else(stage: HousingStage) -> None:
    case_id = stage.draft()
    assert not any(reads(stage, who, case_id) for who in EVERYBODY)
    assert owns(stage, "anna", case_id)


def test_a_maker_does_not_read_their_own_nor_of_who_lives_with_them(stage: HousingStage) -> None:
    own = stage.sent("maker")
    assert not reads(stage, "maker", own)
    assert reads(stage, "second", own)
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=stage.cast.anna.party.id, person_id=stage.cast.second.id))
    of_anna = stage.sent()
    assert not reads(stage, "second", of_anna), "they may be whom she fears"
    assert reads(stage, "maker", of_anna)
    assert stage.told("second") == 0


def test_in_her_place_an_excluded_maker_finds_nothing(stage: HousingStage) -> None:
    case_id = stage.sent(excluded={stage.cast.maker.id})
    with stage.database.reading() as session:
        with pytest.raises(Missing):
            own_case(session, stage.in_place_of(stage.cast.anna), case_id)
        assert own_case(session, stage.in_place_of(stage.cast.anna, "second"), case_id).id == case_id


def test_somebody_must_be_able_to_read_it(stage: HousingStage) -> None:
    case_id = stage.draft("dario")
    with pytest.raises(Invalid) as caught:
        stage.step("dario", case_id, "readers", is_wide=False, excluded={stage.cast.other_maker.id})
    assert caught.value.field == "readers"
    stage.step("dario", case_id, "readers", is_wide=True, excluded={stage.cast.other_maker.id})
    stage.do(actions.send, stage.cast.dario, case_id)
    assert reads(stage, "maker", case_id)


def test_nothing_is_sent_that_nobody_reads_any_more(stage: HousingStage) -> None:
    """The only maker of the zone was left out while another was there, who is not any more."""
    case_id = stage.draft("dario")
    with stage.database.writing() as session:
        only = stage.cast.other_maker.id
        session.add(HousingKeptFrom(case_id=case_id, excluded_maker_id=only, community_id=stage.cast.community.id))
    with pytest.raises(Invalid) as caught:
        stage.do(actions.send, stage.cast.dario, case_id)
    assert (caught.value.field, stage.case(case_id).state) == ("readers", "draft")


def test_only_a_maker_can_be_left_out(stage: HousingStage) -> None:
    case_id = stage.draft()
    with pytest.raises(Invalid):
        stage.step("anna", case_id, "readers", is_wide=False, excluded={stage.cast.chiara.id})


def test_who_writes_it_down_for_her_cannot_be_left_out(stage: HousingStage) -> None:
    case_id = stage.draft()
    with stage.database.writing() as session, pytest.raises(Refused):
        actor = stage.in_place_of(stage.cast.anna)
        said = {"is_wide": True, "excluded": {stage.cast.maker.id}}
        actions.save_step(session, actor, case_id, "readers", said, version=stage.case(case_id).version)


def test_what_waits_for_a_maker_is_counted_by_the_same_condition(stage: HousingStage) -> None:
    stage.sent(excluded={stage.cast.maker.id})
    counted = {}
    for who in ("maker", "second", "other_maker"):
        with stage.database.reading() as session:
            counted[who] = session.scalar(select(number_at_desk(stage.cast.members[who].actor)))
    assert counted == {"maker": 0, "second": 1, "other_maker": 0}


def test_who_was_left_out_later_reads_no_more_and_hears_nothing(stage: HousingStage) -> None:
    case_id = stage.sent()
    before = len(stage.letters())
    stage.step("anna", case_id, "readers", is_wide=False, excluded={stage.cast.maker.id})
    assert not reads(stage, "maker", case_id)
    assert {who for who, _notice in stage.letters()[before:]} == {"second"}


def test_nobody_reads_it_who_is_of_another_community(stage: HousingStage) -> None:
    case_id = stage.sent(is_wide=True)
    assert not reads(stage, "zoe", case_id)


def test_what_is_kept_from_a_maker_is_not_counted_for_them(stage: HousingStage) -> None:
    for who in ("anna", "bashir", "chiara"):
        stage.sent(who, excluded={stage.cast.maker.id})
    assert stage.read(numbers, stage.cast.maker).open == {}
    assert stage.read(numbers, stage.cast.second).open == {("need", "stay"): 3}


def test_who_was_left_out_stays_left_out_when_they_are_no_maker_for_a_while(stage: HousingStage) -> None:
    case_id = stage.sent(excluded={stage.cast.maker.id})
    with stage.database.writing() as session:
        grants = session.exec(select(RoleGrant).where(RoleGrant.person_id == stage.cast.maker.id)).all()
        for grant in grants:
            grant.ends_at = clock.now()
            session.add(grant)
    stage.step("anna", case_id, "readers", is_wide=True, excluded={stage.cast.maker.id})
    assert left_out(stage, case_id) == {stage.cast.maker.id}


def left_out(stage: HousingStage, case_id: int) -> set[int]:
    with stage.database.reading() as session:
        return kept_from(session, session.get_one(HousingCase, case_id))


def test_several_makers_may_be_left_out_and_let_in_again(stage: HousingStage) -> None:
    maker, second, other = stage.cast.maker, stage.cast.members["second"], stage.cast.other_maker
    case_id = stage.sent(is_wide=True, excluded={maker.id, second.id})
    assert {who for who in EVERYBODY if reads(stage, who, case_id)} == {"other_maker"}
    with stage.database.reading() as session:
        assert {one.id for one in readers_of(session, stage.case(case_id))} == {other.id}
    with pytest.raises(Invalid) as caught:
        stage.step("anna", case_id, "readers", is_wide=True, excluded={maker.id, second.id, other.id})
    assert caught.value.field == "readers", "somebody must be able to read it"
    assert left_out(stage, case_id) == {maker.id, second.id}, "what is refused changes nothing"
    with pytest.raises(Invalid):
        stage.step("anna", case_id, "readers", is_wide=True, excluded={maker.id, stage.cast.chiara.id})
    stage.step("anna", case_id, "readers", is_wide=True, excluded={second.id})
    assert {who for who in EVERYBODY if reads(stage, who, case_id)} == {"maker", "other_maker"}


def test_what_is_thrown_away_forgets_who_was_left_out(stage: HousingStage) -> None:
    case_id = stage.draft()
    stage.step("anna", case_id, "readers", is_wide=False, excluded={stage.cast.maker.id})
    stage.do(actions.discard, stage.cast.anna, case_id)
    with stage.database.reading() as session:
        assert session.exec(select(HousingKeptFrom)).all() == []


@pytest.mark.parametrize("how", ["withdrawn", "helped", "ended"])
def test_of_what_is_over_somebody_can_still_be_left_out(stage: HousingStage, how: str) -> None:
    """It is kept for a year, and a neighbour may become a maker in it."""
    case_id = stage.sent()
    if how == "withdrawn":
        stage.do(actions.withdraw, stage.cast.anna, case_id)
    elif how == "helped":
        stage.do(actions.help_case, stage.cast.maker, case_id, "stay")
    else:
        stage.do(actions.close_case, stage.cast.maker, case_id, "Ha trovato da sé")
    before = len(stage.letters())
    stage.step(
        "anna", case_id, "readers", is_wide=False, excluded={stage.cast.maker.id, stage.cast.members["second"].id}
    )
    assert not any(reads(stage, who, case_id) for who in EVERYBODY)
    assert len(stage.letters()) == before, "nobody is told of it"
    with pytest.raises(NotNow):
        stage.step("anna", case_id, "what", words="Altre parole", place="")


def test_who_moved_and_withdrew_is_read_by_no_maker_of_where_they_live_now(stage: HousingStage) -> None:
    """They never said yes to those: that it is over does not let them in."""
    case_id = stage.sent()
    with stage.database.writing() as session:
        actions.move_to_zone(session, stage.cast.anna.party.id, None, stage.cast.zones["vescovato"].id)
    assert not any(reads(stage, who, case_id) for who in EVERYBODY)
    with stage.database.reading() as session:
        assert session.scalar(select(number_for_person(stage.cast.anna.actor))) == 1
    stage.do(actions.withdraw, stage.cast.anna, case_id)
    assert not any(reads(stage, who, case_id) for who in EVERYBODY)
    with stage.database.reading() as session:
        assert session.scalar(select(number_for_person(stage.cast.anna.actor))) == 0, "nothing is asked any more"
