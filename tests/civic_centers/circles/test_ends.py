"""Who is stopped, leaves, is forgotten, moves or joins another household; a yes that is absent; a child taken off."""

from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.feature import feature
from civic_centers.circles.jobs import care_changed, consent_changed
from civic_centers.circles.tables import CareCircle, CircleAdult, CircleTurnChild
from community.dependants.actions import withdraw_consent
from community.households.actions import remove_dependant
from community.leaving.rules import Going
from community.moderation.policies import Limited
from community.moderation.tables import Case, Decision, Limit
from community.parties.actions import edit_party
from community.safeguarding.tables import CareCheck
from foundation import clock
from foundation.database import rows_of
from tests.civic_centers.circles.stage import CircleStage


def going(circle: CircleStage, name: str, *, gone: bool = False) -> Going:
    member = circle.cast.members[name]
    names = (member.name, "Bashir") if gone else ()
    return Going(circle.cast.community.id, member.id, (member.party.id,), (), names, "Qualcuno")


@pytest.mark.parametrize("what", ["pause", "care"])
def test_who_is_stopped_has_no_turn(circle: CircleStage, what: str) -> None:
    circle.rota()
    turn = circle.turn_of("bashir")
    with circle.database.writing() as session:
        community, bashir, until = circle.cast.community.id, circle.cast.bashir, clock.now() + timedelta(days=30)
        case = Case(community_id=community, kind="profile", object_id=bashir.id, due_at=until)
        session.add(case)
        session.flush()
        about = {"community_id": community, "person_id": bashir.id, "until": until}
        decision = Decision(case_id=case.id, outcome="limit", reason="r", **about)
        session.add(decision)
        session.flush()
        session.add(Limit(decision_id=decision.id, what=what, **about))
        session.flush()
        for name in ("member_stopped", "care_stopped"):
            feature.hooks[name](session, circle.cast.maker.actor, bashir.id)
    assert circle.turn(turn.id).state == "open"
    assert "bashir" not in circle.asked(turn.id)
    for act, said in ((actions.take, turn.id), (actions.come_too, circle.turn_of("anna").id)):
        with pytest.raises(Limited):  # it ends by itself: nobody has to meet them for it
            circle.do(act, "bashir", said)


def test_a_second_adult_who_may_not_care_any_more_comes_not_too(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    circle.do(actions.come_too, "bashir", turn.id)
    with circle.database.writing() as session:
        for row in session.exec(select(CareCheck).where(CareCheck.person_id == circle.cast.bashir.id)).all():
            row.withdrawn_at = clock.now()
            session.add(row)
        session.flush()
        care_changed(session, circle.cast.community.id, circle.cast.bashir.id)
    for due in circle.queued("circles.care"):
        circle.run(actions.let_go_of_care, due["turn_id"])
    assert (circle.turn(turn.id).second_id, circle.who_has(turn.id)) == (None, "anna")
    assert ("bashir", {"turn_id": turn.id}) in [(name, one.place) for name, one in circle.told("not_for_now")]


def test_a_check_that_runs_out_queues_a_look(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("bashir")
    with circle.database.writing() as session:
        for row in session.exec(select(CareCheck).where(CareCheck.person_id == circle.cast.bashir.id)).all():
            row.expires_on = turn.day - timedelta(days=1)
            session.add(row)
        session.flush()
        care_changed(session, circle.cast.community.id, circle.cast.bashir.id)
    for due in circle.queued("circles.care"):
        circle.run(actions.let_go_of_care, due["turn_id"])
    assert circle.turn(turn.id).state == "open"


def test_a_no_takes_a_child_off_the_turns(circle: CircleStage) -> None:
    child = circle.children["chiara"]
    circle.do(withdraw_consent, "chiara", child)
    [due] = [one for one in circle.queued("circles.consent") if one["dependant_id"] == child]
    circle.run(actions.look_at_consent, due["dependant_id"])
    assert "chiara" not in circle.coming(circle.turns()[0].id)
    assert ("chiara", "circles:consent") in circle.letters()
    with circle.database.writing() as session:
        consent_changed(session, circle.cast.community.id, child)


def test_a_child_taken_off_the_list_is_in_no_circle(circle: CircleStage) -> None:
    circle.do(actions.write_notes, "chiara", circle.child_row("chiara").id, "Noci")
    circle.do(remove_dependant, "chiara", circle.cast.chiara.party.id, circle.children["chiara"])
    row = circle.child_row("chiara")
    assert row.gone_at is not None
    assert row.first_aid is None


def test_who_leaves_and_is_forgotten_is_nobody(circle: CircleStage) -> None:
    circle.rota()
    past, later = circle.turn_of("bashir"), circle.turn_of("bashir", 1)
    circle.hold(past)
    circle.do(actions.write_notes, "bashir", circle.child_row("bashir").id, "Noci")
    with circle.database.writing() as session:
        circle_row = session.get_one(CareCircle, circle.circle_id)
        circle_row.about = "Lo ha pensato Bashir Prova"
        session.add(circle_row)
    with clock.at(past.ends_at + timedelta(days=1)):
        circle.run(actions.somebody_leaves, going(circle, "bashir"))
        assert circle.turn(later.id).state == "open"
        circle.run(actions.forget, going(circle, "bashir", gone=True))
    assert circle.turn(past.id).person_id is None
    assert (circle.turn(past.id).state, circle.turn(past.id).minutes) == ("done", 120)
    assert circle.family("bashir").party_id is None
    assert "Bashir" not in circle.circle().about
    with circle.database.reading() as session:
        kept = rows_of(session, CircleTurnChild, list(range(1, 200)))
        ours = [row for row in kept if row.turn_id == past.id]
        assert [row.left_with for row in ours].count(None) == 1
        assert all(row.noted_by_id != circle.cast.bashir.id for row in ours)


def test_a_household_that_joins_another_brings_its_part(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("bashir")
    mine, theirs = circle.cast.bashir.party.id, circle.cast.anna.party.id
    circle.run(actions.household_joined, mine, theirs)
    assert circle.turn(turn.id).family_id == circle.families["anna"]
    assert circle.family("bashir").state == "left"
    with circle.database.reading() as session:
        adults = session.exec(select(CircleAdult).where(CircleAdult.family_id == circle.families["anna"])).all()
    assert {one.person_id for one in adults} == {circle.cast.anna.id, circle.cast.bashir.id}
    assert circle.child_row("bashir").family_id == circle.families["anna"]


def test_a_household_that_joins_a_stranger_goes_on_under_its_name(circle: CircleStage) -> None:
    circle.run(actions.household_joined, circle.cast.bashir.party.id, circle.cast.administrator.party.id)
    assert circle.family("bashir").party_id == circle.cast.administrator.party.id
    assert circle.family("bashir").state == "in"


def test_an_adult_who_leaves_the_household_takes_no_turns(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("bashir")
    circle.run(actions.adult_ends, circle.cast.community.id, circle.cast.bashir.party.id, circle.cast.bashir.id)
    assert circle.turn(turn.id).state == "open"
    assert circle.family("bashir").state == "in"


def test_who_moves_to_another_zone_stays(circle: CircleStage) -> None:
    circle.rota()
    zone = circle.cast.zones["vescovato"].id
    circle.do(
        edit_party, "bashir", circle.cast.bashir.party.id, name="B", about="", address="Via Nuova 2", zone_id=zone
    )
    assert circle.family("bashir").state == "in"
    assert circle.turn_of("bashir") is not None
