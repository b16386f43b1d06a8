"""Who sits at the desk of a zone reads, proposes and introduces as its makers do, and nothing else opens to them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from care.housing import actions
from care.housing.queries.cases import case_at_desk, desk_of, readers_of
from care.housing.queries.desk import desk, number_at_desk
from care.housing.tables import HousingCase
from community.households.actions.moving import move_household
from community.members.actions import end_role, grant_role
from community.members.queries import roles_list
from community.members.tables import RoleGrant
from community.moderation.tables import Case as ModerationCase
from community.moderation.tables import Decision, Limit
from community.parties.tables import PartyMember
from foundation import audit, clock
from foundation.errors import Invalid, Missing
from tests.care.housing.stage import ABOUT_NEED, HousingStage
from tests.cast import make_member
from tests.client import Browser, on_sqlite

HERE = "/c/cremona/beside-you"


@pytest.fixture
def sat(stage: HousingStage) -> HousingStage:
    """`Operator` sits at the desk of Anna's zone and Bashir's, `Elsewhere` at another."""
    with stage.database.writing() as session:
        for name, zones in (("operator", ("centro", "po")), ("elsewhere", ("vescovato",))):
            stage.cast.members[name] = make_member(session, stage.cast, name, "vescovato", sits_in=zones)
    return stage


def reads(stage: HousingStage, who: str, case_id: int) -> bool:
    listed = {row.case.id for row in stage.read(desk, stage.cast.members[who], "need").rows}
    try:
        stage.read(case_at_desk, stage.cast.members[who], case_id)
    except Missing:
        assert case_id not in listed, who
        return False
    assert case_id in listed, who
    return True


@pytest.mark.parametrize(
    ("is_wide", "left_out", "read_by"),
    [
        (False, "", {"operator"}),
        (True, "", {"operator", "elsewhere"}),
        (False, "operator", set()),
        (True, "operator", {"elsewhere"}),
    ],
)
def test_who_reads_a_case(sat: HousingStage, is_wide: bool, left_out: str, read_by: set[str]) -> None:
    excluded = {sat.cast.members[left_out].id} if left_out else set()
    case_id = sat.sent(is_wide=is_wide, excluded=excluded)
    assert {who for who in ("operator", "elsewhere") if reads(sat, who, case_id)} == read_by
    with sat.database.reading() as session:
        named = {person.id for person in readers_of(session, sat.case(case_id))}
    assert {who for who in ("operator", "elsewhere") if sat.cast.members[who].id in named} == read_by
    told = {who for who, notice in sat.letters() if notice == "housing:for_makers"}
    assert told & {"operator", "elsewhere"} == read_by


def test_who_may_be_left_out(sat: HousingStage) -> None:
    with sat.database.reading() as session:
        names = {person.given_name for person in desk_of(session, sat.cast.community.id, sat.cast.anna.id)}
    assert names == {"Maker", "Second", "Other Maker", "Operator", "Elsewhere"}


def test_not_their_own_nor_of_who_lives_with_them(sat: HousingStage) -> None:
    own = sat.sent("operator", is_wide=True)
    assert not reads(sat, "operator", own)
    with sat.database.writing() as session:
        session.add(PartyMember(party_id=sat.cast.anna.party.id, person_id=sat.cast.members["operator"].id))
    assert not reads(sat, "operator", sat.sent())


def test_a_desk_alone_is_somebody_who_reads_it(sat: HousingStage) -> None:
    makers = {sat.cast.maker.id, sat.cast.members["second"].id}
    case_id = sat.sent(excluded=makers)
    assert reads(sat, "operator", case_id)
    everybody = {*makers, sat.cast.members["operator"].id}
    with pytest.raises(Invalid):
        sat.step("anna", case_id, "readers", is_wide=False, excluded=everybody)


def test_step_by_step_to_an_introduction(sat: HousingStage) -> None:
    need, offer = sat.pair()
    operator = sat.cast.members["operator"]
    with sat.database.reading() as session:
        waits = number_at_desk(operator.actor)
        assert waits is not None
        assert session.scalar(select(waits)) == 1
    match = sat.proposed(need, offer, who="operator")
    sat.says("anna", match, "hear")
    sat.do(actions.ask_second, operator, match, ABOUT_NEED)
    sat.says("bashir", match, "hear")
    for step in ("names", "contacts"):
        sat.says("bashir", match, step)
        sat.says("anna", match, step)
    assert sat.match(match).state == "introduced"
    sat.do(actions.help_case, operator, need, "stay")
    assert sat.case(need).state == "helped"


def test_they_mediate_no_two_of_whom_they_read_one(sat: HousingStage) -> None:
    need, offer = sat.sent(excluded={sat.cast.members["operator"].id}), sat.sent("bashir", "offer")
    with pytest.raises(Missing):
        sat.proposed(need, offer, who="operator")


def test_it_ends_with_the_role(sat: HousingStage) -> None:
    case_id = sat.sent()
    operator = sat.cast.members["operator"]
    with sat.database.writing() as session:
        administrator = sat.cast.administrator.actor
        for grant, person, _zone in roles_list(session, administrator):
            if person.id == operator.id:
                end_role(session, administrator, grant.id or 0, reason="Fine del servizio.")
    assert not reads(sat, "operator", case_id)
    with sat.database.writing() as session:
        zone_id = sat.cast.zones["centro"].id
        grant_role(session, administrator, person_id=operator.id, role="operator", zone_id=zone_id, reason="Torna.")
    assert reads(sat, "operator", case_id)


@on_sqlite
def test_the_pages(sat: HousingStage, client_for: Callable[..., Browser]) -> None:
    need, offer = sat.pair()
    member = sat.cast.members["operator"]
    operator = client_for(member)
    assert operator.look("/c/cremona/me").link("Aiuto per la casa: lo sportello").endswith("/desk")
    listed = operator.look(f"{HERE}/desk")
    assert f"{HERE}/desk/{need}" in listed.html
    assert not listed.says("Anna Prova")
    assert operator.look(f"{HERE}/desk/{need}").says("Anna Prova")
    assert operator.look(f"{HERE}/desk/{need}/with/{offer}").says("Bashir Prova")
    with sat.database.reading() as session:
        assert {one.actor_person_id for one in audit.looks_at(session, "housing_case", need)} == {member.id}
    own = client_for(sat.cast.anna).look(f"{HERE}/{need}")
    assert own.says("Operator Prova"), "she sees who looked"


@pytest.mark.parametrize("is_wide", [False, True])
def test_what_was_written_before_there_was_a_desk(sat: HousingStage, is_wide: bool) -> None:
    case_id = sat.sent(is_wide=is_wide)
    with sat.database.writing() as session:
        session.get_one(HousingCase, case_id).is_for_operators = False
    assert not reads(sat, "operator", case_id)
    assert reads(sat, "maker", case_id)
    with sat.database.reading() as session:
        assert sat.cast.members["operator"].id not in {one.id for one in readers_of(session, sat.case(case_id))}
    sat.step("anna", case_id, "readers", is_wide=False, excluded=set())
    assert reads(sat, "operator", case_id), "she has seen who reads it, and kept it"


def test_who_moved_lets_the_desk_there_read_what_was_written_before_there_was_one(sat: HousingStage) -> None:
    case_id, anna = sat.sent(), sat.cast.anna
    with sat.database.writing() as session:
        session.get_one(HousingCase, case_id).is_for_operators = False
    sat.do(move_household, anna, anna.party.id, sat.cast.zones["vescovato"].id, address="Via Nuova 1")
    sat.do(actions.agree_to_move, anna, case_id)
    assert reads(sat, "elsewhere", case_id)


@pytest.mark.parametrize("role", ["maker", "operator"])
def test_who_sits_there_for_the_whole_community_reads_it(sat: HousingStage, role: str) -> None:
    cases, member = (sat.sent(), sat.sent(is_wide=True)), sat.cast.chiara
    with sat.database.writing() as session:
        grant_role(session, sat.cast.administrator.actor, person_id=member.id, role=role, reason="Per tutti.")
    for case_id in cases:
        assert reads(sat, "chiara", case_id)
        with sat.database.reading() as session:
            assert member.id in {one.id for one in readers_of(session, sat.case(case_id))}


def test_not_by_a_role_elsewhere_nor_by_one_that_is_over_nor_while_stopped(sat: HousingStage) -> None:
    """Nobody is named as who reads it by such a role."""
    case_id, other = sat.sent(excluded=()), sat.cast.other_community
    assert other is not None
    over = {"starts_at": clock.now() - timedelta(days=2), "ends_at": clock.now() - timedelta(days=1)}
    with sat.database.writing() as session:
        for name, more in (("chiara", {"community_id": other.id}), ("dario", over)):
            given = {"community_id": sat.cast.community.id, "person_id": sat.cast.members[name].id, "role": "maker"}
            session.add(RoleGrant(**(given | more)))
        about = {"community_id": sat.cast.community.id, "person_id": sat.cast.members["operator"].id}
        report = ModerationCase(
            community_id=about["community_id"], kind="profile", object_id=about["person_id"], due_at=clock.now()
        )
        session.add(report)
        session.flush()
        decision = Decision(case_id=report.id, outcome="limit", reason="r", **about)
        session.add(decision)
        session.flush()
        session.add(Limit(decision_id=decision.id, what="pause", **about))
    with sat.database.reading() as session:
        named = {one.id for one in readers_of(session, sat.case(case_id))}
    assert named == {sat.cast.maker.id, sat.cast.members["second"].id}


def test_who_reads_it_again_after_a_while_is_new(stage: HousingStage) -> None:
    """Until another role began they read it no more: before that, they read it."""
    with stage.database.writing() as session:
        newcomer = stage.cast.members["newcomer"] = make_member(session, stage.cast, "newcomer", "vescovato")
    about = {"person_id": newcomer.id, "role": "operator", "zone_id": stage.cast.zones["centro"].id, "reason": "Prova."}
    first, later = clock.now() + timedelta(days=1), clock.now() + timedelta(days=3)
    with stage.database.writing() as session:
        grant_role(session, stage.cast.administrator.actor, **about, ends_at=first)
    stage.sent()
    before = stage.told("anna")
    with stage.database.writing() as session:
        grant_role(session, stage.cast.administrator.actor, **about, starts_at=later)
    assert stage.told("anna") == before + 1


def test_who_has_something_open_is_told_of_a_new_reader(stage: HousingStage) -> None:
    open_one, zones = stage.sent(), stage.cast.zones
    stage.sent("bashir", excluded={stage.cast.maker.id}, is_wide=False)
    with stage.database.writing() as session:
        stage.cast.members["newcomer"] = make_member(session, stage.cast, "newcomer", "vescovato")
    told = {who: stage.told(who) for who in ("anna", "bashir", "chiara")}

    def given(role: str, zone: str, starts_at: datetime | None = None) -> None:
        person_id, zone_id = stage.cast.members["newcomer"].id, zones[zone].id
        with stage.database.writing() as session:
            actor = stage.cast.administrator.actor
            grant_role(
                session, actor, person_id=person_id, role=role, zone_id=zone_id, reason="Prova.", starts_at=starts_at
            )

    def newly_told() -> set[str]:
        found = {who for who in told if stage.told(who) > told[who]}
        told.update({who: stage.told(who) for who in told})
        return found

    given("operator", "vescovato")
    assert newly_told() == set(), "nothing of theirs will be read"
    given("operator", "centro", clock.now() + timedelta(days=3))
    assert newly_told() == {"anna"}, "before it begins"
    given("maker", "po")
    assert newly_told() == {"bashir"}
    stage.do(actions.withdraw, stage.cast.anna, open_one)
    given("maker", "centro")
    assert newly_told() == set(), "it is over, and the other is read already"
