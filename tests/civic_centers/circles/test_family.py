"""Coming in with everybody's yes, and leaving."""

from dataclasses import replace

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.actions import families
from civic_centers.circles.queries.single import homes_of
from civic_centers.circles.queries.turns import view_of_turn
from civic_centers.circles.rules import About, Beat, NotNow
from civic_centers.circles.tables import CareCircle, CircleAdult
from community.dependants.rules import NotInOrder
from community.moderation.actions import block
from community.moderation.policies import Blocked
from community.notifications.tables import Notification
from community.parties.tables import PartyMember
from community.safeguarding.rules import NotVerified
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast, make_member
from tests.civic_centers.circles.stage import MONDAY, CircleStage, at


def test_a_yes_takes_the_sentences_and_both_parents(draft: CircleStage) -> None:
    party = draft.cast.anna.party.id
    absent = draft.child("anna", said="yes")
    draft.do(actions.invite, "maker", draft.circle_id, party)
    with pytest.raises(Invalid):
        draft.do(actions.join, "anna", draft.circle_id, agreed=False)
    with pytest.raises(NotInOrder):
        draft.do(actions.join, "anna", draft.circle_id, agreed=True, dependant_ids=[absent])
    with pytest.raises(Missing):
        draft.do(actions.join, "anna", draft.circle_id, agreed=True, dependant_ids=[draft.children["bashir"]])
    family = draft.do(actions.join, "anna", draft.circle_id, agreed=True, dependant_ids=[draft.children["anna"]])
    assert (family.text_version, family.agreed_by_id) == ("1", draft.cast.anna.id)
    with pytest.raises(NotInOrder):
        draft.do(actions.bring_child, "anna", draft.circle_id, absent)
    with pytest.raises(Invalid):
        draft.do(actions.bring_child, "anna", draft.circle_id, draft.child("anna", said="self", band="elder"))
    with pytest.raises(Missing):
        draft.do(actions.bring_child, "bashir", draft.circle_id, draft.children["bashir"])


def test_a_family_proposes_and_a_keeper_looks_first(draft: CircleStage) -> None:
    draft.join("anna")
    asked = draft.do(actions.invite, "anna", draft.circle_id, draft.cast.bashir.party.id)
    assert asked.state == "asked"
    with pytest.raises(Missing):
        draft.do(actions.join, "bashir", draft.circle_id, agreed=True)
    with pytest.raises(Missing):
        draft.do(actions.answer_asked, "anna", draft.circle_id, asked.id, yes=True)
    draft.do(actions.answer_asked, "maker", draft.circle_id, asked.id, yes=True)
    draft.do(actions.decline, "bashir", draft.circle_id)
    with pytest.raises(Refused):
        draft.do(actions.start_circle, "maker", draft.circle_id)


def test_who_is_asked_in_and_by_whom(draft: CircleStage, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = draft.join("anna")
    for yes in (True, False):  # who is in leaves by their own will
        with pytest.raises(NotNow):
            draft.do(actions.answer_asked, "maker", draft.circle_id, anna, yes=yes)
    draft.do(actions.invite, "maker", draft.circle_id, draft.cast.bashir.party.id)
    for name in ("anna", "bashir"):
        with pytest.raises(Refused):
            draft.do(actions.invite, "maker", draft.circle_id, draft.cast.members[name].party.id)
    with pytest.raises(Missing):
        draft.do(actions.invite, "maker", draft.circle_id, draft.cast.bakery.party.id)
    with pytest.raises(Missing):  # they were asked, and have not said yes
        draft.do(actions.invite, "bashir", draft.circle_id, draft.cast.chiara.party.id)
    monkeypatch.setattr(families, "MOST_FAMILIES", 2)
    with pytest.raises(Refused):
        draft.do(actions.invite, "maker", draft.circle_id, draft.cast.chiara.party.id)


def test_a_family_is_never_put_together_with_one_it_blocked(draft: CircleStage) -> None:
    draft.join("anna")
    draft.do(block, "bashir", draft.cast.anna.party.id)
    with pytest.raises(Blocked) as refused:
        draft.do(actions.invite, "maker", draft.circle_id, draft.cast.bashir.party.id)
    assert "blocked" not in str(refused.value)
    draft.do(actions.invite, "maker", draft.circle_id, draft.cast.chiara.party.id)
    draft.do(block, "chiara", draft.cast.anna.party.id)
    with pytest.raises((Blocked, Missing)):  # an invitation ends with the block, too
        draft.do(actions.join, "chiara", draft.circle_id, agreed=True)


def test_a_block_takes_who_set_it_out(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("bashir")
    circle.do(block, "bashir", circle.cast.anna.party.id)
    assert circle.family("bashir").state == "left"
    assert circle.family("anna").state == "in"
    assert circle.turn(turn.id).state == "open"


def test_each_adult_says_yes_themselves(circle: CircleStage) -> None:
    with circle.database.writing() as session:
        second = make_member(session, circle.cast, "aldo", "centro")
        session.add(PartyMember(party_id=circle.cast.anna.party.id, person_id=second.id))
    circle.cast.members["aldo"] = second
    with pytest.raises(NotVerified):
        circle.do(actions.put_adult_down, "anna", circle.circle_id, second.id)
    circle.cast.members["frida"] = circle.cast.chiara
    with pytest.raises(Missing):
        circle.do(actions.put_adult_down, "anna", circle.circle_id, circle.cast.chiara.id)


def test_a_yes_stays_one_though_another_adult_asks(circle: CircleStage) -> None:
    circle.rota()
    circle.forget_letters()
    at_home = replace(circle.cast.anna.actor, person_id=circle.cast.dario.id)
    circle.cast.members["at home"] = replace(circle.cast.anna, actor=at_home)
    circle.do(actions.put_adult_down, "at home", circle.circle_id, circle.cast.anna.id)
    with circle.database.reading() as session:
        adults = session.exec(select(CircleAdult).where(CircleAdult.family_id == circle.families["anna"])).all()
    assert [(one.person_id, one.state) for one in adults] == [(circle.cast.anna.id, "yes")]
    assert circle.letters() == []


def test_who_was_not_met_begins_none(draft: CircleStage) -> None:
    about = About("Altro", draft.cast.zones["centro"].id)
    beat = Beat((1,), at(12).time(), 60, at(12).date())
    with draft.database.writing() as session:
        make_member(session, draft.cast, "gino", "centro")
        draft.cast.members["gino"] = make_member(session, draft.cast, "nuovo", "centro")
    with pytest.raises(NotVerified):
        draft.do(actions.propose_circle, "gino", about, beat)
    made = draft.do(actions.propose_circle, "anna", about, beat)
    assert made.keeper_id == draft.cast.anna.id
    with draft.database.reading() as session:
        [home] = homes_of(session, [made.id])[made.id]
    assert (home.family.state, home.family.party_id) == ("invited", draft.cast.anna.party.id)
    draft.do(actions.edit_circle, "maker", made.id, About("Nuovo", about.zone_id), version=made.version)
    with pytest.raises(Missing):
        draft.do(actions.edit_circle, "other_maker", made.id, about, version=2)


def test_leaving_opens_its_turns(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("bashir")
    circle.do(actions.write_notes, "bashir", circle.child_row("bashir").id, "Noci")
    assert circle.do(actions.leave, "bashir", circle.circle_id) == 3
    assert circle.turn(turn.id).state == "open"
    assert circle.child_row("bashir").first_aid is None
    assert ("anna", "circles:left") in circle.letters()
    with pytest.raises(Missing):
        circle.do(actions.leave, "bashir", circle.circle_id)
    circle.join("bashir")
    assert circle.family("bashir").state == "in"


def test_the_other_adult_of_a_family_hears_of_it(database: Database, cast: Cast) -> None:
    with clock.at(MONDAY):
        circle = CircleStage(database, cast, running=False)
        with database.writing() as session:
            other = cast.dario.id
            session.add(PartyMember(party_id=cast.anna.party.id, person_id=other))
        circle.join("anna")
        assert (other, "circles:ours_in") in [(one, notice) for one, notice in _letters(circle)]
        circle.do(actions.leave, "anna", circle.circle_id)
        assert (other, "circles:ours_left") in [(one, notice) for one, notice in _letters(circle)]


def _letters(circle: CircleStage) -> list[tuple[int, str]]:
    with circle.database.reading() as session:
        return [(one.person_id, one.notice) for one in session.exec(select(Notification))]


def test_who_was_only_asked_in_sees_no_turn(circle: CircleStage) -> None:
    turn = circle.turns()[0]
    circle.do(actions.invite, "maker", circle.circle_id, circle.cast.administrator.party.id)
    guest = replace(circle.cast.administrator.actor, grants=circle.cast.anna.actor.grants)
    with circle.database.reading() as session, pytest.raises(Missing):
        view_of_turn(session, guest, turn.id)


def test_where_is_told_to_the_families_until_the_turn_is_over(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")

    def address(name: str) -> str:
        with circle.database.reading() as session:
            return view_of_turn(session, circle.cast.members[name].actor, turn.id).address

    assert address("bashir") == "Via Anna 1"
    assert address("maker") == ""
    with clock.at(turn.ends_at):
        assert address("bashir") == ""


def test_who_takes_no_turns_any_more_gives_them_back_and_who_leaves_keeps_no_circle(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("bashir")
    circle.do(actions.answer_adult, "bashir", circle.circle_id, yes=False)
    assert circle.turn(turn.id).state == "open"
    with circle.database.writing() as session:
        session.get_one(CareCircle, circle.circle_id).keeper_id = circle.cast.anna.id
    circle.do(actions.leave, "anna", circle.circle_id)
    assert circle.circle().keeper_id is None
