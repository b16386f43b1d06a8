"""Where children stay without an adult of theirs: only who is verified, at every change; volunteers are its adults."""

from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.activities.tables import Activity
from civic_centers.enrolling.queries.counting import There, adults_and_children
from civic_centers.volunteering import actions
from civic_centers.volunteering.feature import feature
from civic_centers.volunteering.jobs import care_changed
from civic_centers.volunteering.queries import suitable_people
from civic_centers.volunteering.rules import Unsuitable, Wanted
from civic_centers.volunteering.tables import Slot
from community.moderation.tables import Case, Decision, Limit
from community.safeguarding.tables import CareCheck
from foundation import clock
from foundation.jobs.tables import QueuedJob
from tests.cast import verify_for_care
from tests.civic_centers.stage import CenterStage, at
from tests.civic_centers.volunteering.shifts import afternoons, insure, slot, slot_row, states, take


def with_children(stage: CenterStage) -> tuple[int, int]:
    """A slot of a date on which children stay alone, whose keeper did not tick "only who is verified"; and the date."""
    activity_id, dates = afternoons(stage, 20)
    with stage.database.writing() as session:
        activity = session.get_one(Activity, activity_id)
        activity.left_alone = True
        session.add(activity)
    wanted = Wanted("Con i bambini", party_id=stage.cast.bakery.party.id)
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [wanted], dates)
    with stage.database.reading() as session:
        return session.exec(select(Slot.id).where(Slot.session_id == dates[0])).one(), dates[0]


def verify(stage: CenterStage, *names: str) -> None:
    with stage.database.writing() as session:
        for name in names:
            verify_for_care(session, stage.cast, stage.cast.members[name])


def take_back(stage: CenterStage, name: str) -> None:
    """What was seen of somebody is withdrawn."""
    with stage.database.writing() as session:
        mine = CareCheck.person_id == stage.cast.members[name].id
        for row in session.exec(select(CareCheck).where(mine, CareCheck.kind == "identity")).all():
            row.withdrawn_at = clock.now()
            session.add(row)


def test_only_who_is_verified_comes_where_children_stay_alone(stage: CenterStage) -> None:
    here, _date = with_children(stage)
    with pytest.raises(Unsuitable):
        take(stage, here)
    verify(stage, "anna")
    assert take(stage, here).state == "held"


def test_who_is_verified_no_more_is_let_go_and_the_next_is_offered_the_place(stage: CenterStage) -> None:
    here, _date = with_children(stage)
    verify(stage, "anna", "chiara", "dario")
    for name in ("anna", "chiara", "dario"):
        take(stage, here, name)
    take_back(stage, "anna")
    take_back(stage, "chiara")
    with stage.database.writing() as session:
        care_changed(session, stage.cast.community.id, None)
        due = [job.payload["sign_up_id"] for job in session.exec(select(QueuedJob)) if job.kind == "volunteering.care"]
        for number in sorted(due):
            actions.let_go_of_care(session, number)
    assert states(stage, here) == [("anna", "cancelled"), ("chiara", "cancelled"), ("dario", "offered")]
    assert ("anna", "volunteering:not_for_now") in stage.letters()
    take_back(stage, "dario")
    with pytest.raises(Unsuitable):
        stage.do(actions.accept_offer, stage.cast.dario, here)


def test_at_the_door_it_is_looked_at_again(stage: CenterStage) -> None:
    here, _date = with_children(stage)
    verify(stage, "anna")
    insure(stage)
    row = take(stage, here)
    take_back(stage, "anna")
    with clock.at(at(20, 16)), pytest.raises(Unsuitable):
        stage.do(actions.check_in, stage.cast.anna, row.id)


def test_a_decision_keeps_somebody_from_children(stage: CenterStage) -> None:
    here, _date = with_children(stage)
    verify(stage, "anna", "chiara")
    take(stage, here)
    limit(stage, "anna", "care")
    with stage.database.writing() as session:
        actions.let_go_of_stopped_carer(session, stage.cast.maker.actor, stage.cast.anna.id)
    assert states(stage, here) == [("anna", "cancelled")]
    with pytest.raises(Unsuitable):
        take(stage, here)
    take(stage, here, "chiara")
    with stage.database.writing() as session:
        actions.let_go_of_stopped(session, stage.cast.maker.actor, stage.cast.chiara.id, [])
    assert states(stage, here)[-1] == ("chiara", "cancelled")


def test_volunteers_of_a_date_are_its_adults(stage: CenterStage) -> None:
    here, session_id = with_children(stage)
    verify(stage, "anna", "chiara")
    take(stage, here)
    take(stage, here, "chiara")
    with stage.database.reading() as session:
        assert feature.hooks["adults_on_duty"](session, [session_id]) == {session_id: {stage.cast.anna.id}}
        assert adults_and_children(session, [session_id])[session_id] == There(0, 1)


def test_who_is_stopped_is_not_asked_to_come(stage: CenterStage) -> None:
    for day, name in ((13, "anna"), (14, "chiara")):
        take(stage, slot(stage, day=day), name)
    here = slot(stage)
    limit(stage, "anna", "pause")
    with stage.database.reading() as session:
        asked = suitable_people(session, slot_row(stage, here), 5)
    assert asked == [stage.cast.chiara.id]


def limit(stage: CenterStage, name: str, what: str) -> None:
    cast, until = stage.cast, clock.now() + timedelta(days=900)
    person_id = cast.members[name].id
    with stage.database.writing() as session:
        case = Case(community_id=cast.community.id, kind="profile", object_id=person_id, due_at=until)
        session.add(case)
        session.flush()
        about = {"community_id": cast.community.id, "person_id": person_id, "until": until}
        decision = Decision(case_id=case.id, outcome="limit", reason="r", **about)
        session.add(decision)
        session.flush()
        session.add(Limit(decision_id=decision.id, what=what, **about))
