"""Slots made several at once, for series, from templates; changed, moved, called off, announced."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from civic_centers.activities.actions import cancel_session, restore_session
from civic_centers.activities.tables import ActivitySession
from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.making import Moment, weekly
from civic_centers.volunteering.jobs import look_for_shifts
from civic_centers.volunteering.queries.due import missing_people, series_behind
from civic_centers.volunteering.queries.lists import slots_of_center
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import Slot
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.stage import ROME, CenterStage, at
from tests.civic_centers.volunteering.shifts import afternoons, slot, slot_row, states, take


def rows(stage: CenterStage) -> list[Slot]:
    with stage.database.reading() as session:
        return list(session.exec(select(Slot).order_by(Slot.starts_at, Slot.id)))


def wanted(stage: CenterStage, role: str = "Alla porta", **more: int) -> Wanted:
    return Wanted(role, party_id=stage.cast.bakery.party.id, **more)


def test_only_keepers_make_them_and_volunteering_needs_an_organisation(stage: CenterStage) -> None:
    moments = [Moment(at(20, 16), at(20, 18))]
    with pytest.raises(Missing):
        stage.do(actions.make_slots, stage.cast.anna, stage.center_id, [wanted(stage)], moments)
    for wrong in (Wanted("Porta"), Wanted(""), wanted(stage, least=3, most=2), Wanted("Porta", party_id=1)):
        with pytest.raises(Invalid):
            stage.do(actions.make_slots, stage.cast.bashir, stage.center_id, [wrong], moments)
    assert not wanted(stage).exchange


def test_several_roles_and_weeks_at_once_keep_the_time_on_the_wall(stage: CenterStage) -> None:
    moments = weekly(Moment(at(22, 16, month=3), at(22, 18, month=3)), 2, ROME)
    both = [wanted(stage), wanted(stage, "Merenda", most=3)]
    stage.do(actions.make_slots, stage.cast.bashir, stage.center_id, both, moments)
    told = [(one.role, clock.local(one.starts_at, ROME)) for one in rows(stage)]
    assert [(role, wall.day, wall.hour) for role, wall in told] == [
        ("Alla porta", 22, 16), ("Merenda", 22, 16), ("Alla porta", 29, 16), ("Merenda", 29, 16),
    ]  # fmt: skip


def test_a_series_follows_dates_that_are_laid_out_later(stage: CenterStage) -> None:
    activity_id, ids = afternoons(stage, 20, 27)
    assert stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [wanted(stage)], None) == 2
    assert stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [wanted(stage, "Merenda")], ids[:1]) == 1
    with stage.database.writing() as session:
        first = session.get_one(ActivitySession, ids[0])
        session.add(
            ActivitySession(
                community_id=first.community_id, activity_id=activity_id, day=date(2027, 1, 29),
                center_id=first.center_id, starts_at=at(29, 16), ends_at=at(29, 18),
            )
        )  # fmt: skip
    for expected in (1, 0):
        with stage.database.writing() as session:
            due = series_behind(session)
            assert len(due) == expected
            assert sum(actions.lay_out_series(session, number) for number, _version in due) == expected
    assert [one.role for one in rows(stage)] == ["Alla porta", "Merenda", "Alla porta", "Alla porta"]


def test_a_template_of_a_week_is_laid_out_again(stage: CenterStage) -> None:
    slot(stage, 16, day=18)
    slot(stage, 9, day=20, role="Merenda")
    with pytest.raises(Invalid):
        stage.do(actions.keep_template, stage.cast.bashir, stage.center_id, "Vuota", date(2027, 2, 1), 7)
    made = stage.do(actions.keep_template, stage.cast.bashir, stage.center_id, "Settimana", date(2027, 1, 18), 7)
    stage.do(actions.lay_out_template, stage.cast.bashir, made.id, date(2027, 3, 22), 2)
    told = [clock.local(one.starts_at, ROME) for one in rows(stage)][2:]
    assert [(one.day, one.hour) for one in told] == [(22, 16), (24, 9), (29, 16), (31, 9)]


def test_fewer_places_than_taken_and_another_way_are_refused(stage: CenterStage) -> None:
    here = slot(stage, most=2)
    take(stage, here)
    take(stage, here, "chiara")
    take(stage, here, "dario")
    for change in (wanted(stage, most=1), Wanted("Porta", exchange=True, most=2)):
        with pytest.raises(Refused):
            stage.do(actions.change_slot, stage.cast.bashir, here, change, version=1)
    stage.do(actions.change_slot, stage.cast.bashir, here, wanted(stage, most=3), version=1)
    assert states(stage, here)[2] == ("dario", "offered")
    assert slot_row(stage, here).taken == 3


def test_called_off_with_its_date_and_opened_again(stage: CenterStage) -> None:
    activity_id, ids = afternoons(stage, 20)
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [wanted(stage)], ids)
    here = rows(stage)[0].id
    take(stage, here)
    with stage.database.writing() as session:
        ones = [session.get_one(ActivitySession, ids[0])]
        actions.cancel_of_sessions(session, stage.cast.bashir.actor, ones, "Neve")
    assert states(stage, here) == [("anna", "cancelled")]
    assert stage.letters() == [("anna", "volunteering:called_off")]
    with stage.database.writing() as session:
        actions.restore_of_sessions(session, stage.cast.bashir.actor, [session.get_one(ActivitySession, ids[0])])
    assert (slot_row(stage, here).state, slot_row(stage, here).taken) == ("open", 0)
    assert take(stage, here).state == "held"


def test_it_moves_with_its_date_and_who_is_elsewhere_is_let_go(stage: CenterStage) -> None:
    activity_id, ids = afternoons(stage, 20)
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [wanted(stage, most=2)], ids)
    here = rows(stage)[0].id
    take(stage, here)
    take(stage, here, "chiara")
    take(stage, here, "dario")
    take(stage, slot(stage, 10), "chiara")
    with stage.database.writing() as session:
        one = session.get_one(ActivitySession, ids[0])
        before = (one.starts_at, one.ends_at)
        one.starts_at, one.ends_at = at(20, 10), at(20, 12)
        session.add(one)
        session.flush()
        actions.move_with_sessions(session, stage.cast.bashir.actor, [(one, *before)])
    assert slot_row(stage, here).starts_at == at(20, 10)
    assert states(stage, here) == [("anna", "held"), ("chiara", "cancelled"), ("dario", "offered")]
    assert slot_row(stage, here).taken == 2
    told = [("anna", "moved"), ("chiara", "clashes"), ("dario", "moved"), ("dario", "offered"), ("bashir", "gave_up")]
    assert stage.letters() == [(who, f"volunteering:{what}") for who, what in told]


def test_missing_people_are_announced_seven_and_two_days_before_once_each(stage: CenterStage) -> None:
    here = slot(stage, day=20)
    stage.do(actions.watch, stage.cast.chiara, stage.center_id)
    told = []
    for moment in (at(12, 16), at(13, 16), at(14, 9), at(18, 16), at(19, 9)):
        with clock.at(moment), stage.database.writing() as session:
            for number, _version in missing_people(session):
                assert actions.announce_missing(session, number) == 2
                assert actions.announce_missing(session, number) == 0
        told.append(len(stage.letters()))
    assert told == [0, 2, 2, 4, 4]
    assert {who for who, _notice in stage.letters()} == {"bashir", "chiara"}
    take(stage, here)
    with clock.at(at(18, 16)), stage.database.reading() as session:
        assert missing_people(session) == []


def test_the_look_finds_everything_that_is_due(stage: CenterStage) -> None:
    here = slot(stage, day=12, hour=7)
    take(stage, here)
    with clock.at(at(11, 10)), stage.database.writing() as session:
        look_for_shifts(session, {})
        actions.remind(session, 1)
        actions.warn_uninsured(session, 1)
    assert ("anna", "volunteering:tomorrow") in stage.letters()
    assert ("bakery", "volunteering:to_insure") in stage.letters()


def test_a_list_shows_what_is_to_come_with_ones_own(stage: CenterStage) -> None:
    here = slot(stage)
    take(stage, here)
    with stage.database.reading() as session:
        found = slots_of_center(session, stage.cast.anna.actor, stage.center_id)
        others = slots_of_center(session, stage.cast.chiara.actor, stage.center_id)
    assert [(one.slot.id, one.mine) for one in found] == [(here, "held")]
    assert [one.mine for one in others] == [""]
    with clock.at(at(20, 18) + timedelta(minutes=1)), stage.database.reading() as session:
        assert slots_of_center(session, stage.cast.anna.actor, stage.center_id) == []


def test_a_date_that_takes_place_after_all_opens_what_was_called_off_with_it(stage: CenterStage) -> None:
    activity_id, dates = afternoons(stage, 20)
    bakery = stage.cast.bakery.party.id
    wanted = [Wanted("Alla porta", party_id=bakery), Wanted("In cucina", party_id=bakery)]
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, wanted, dates)
    with stage.database.reading() as session:
        door, kitchen = session.exec(select(Slot.id).order_by(Slot.id)).all()
    take(stage, door)
    stage.do(actions.cancel_slot, stage.cast.bashir, kitchen, reason="Niente merenda")
    with clock.at(clock.now() + timedelta(hours=1)):
        stage.do(cancel_session, stage.cast.bashir, activity_id, dates[0], reason="Neve")
        assert slot_row(stage, door).state == "cancelled"
        stage.do(restore_session, stage.cast.bashir, activity_id, dates[0])
    assert (slot_row(stage, door).state, slot_row(stage, kitchen).state) == ("open", "cancelled")
    assert ("anna", "volunteering:after_all") in stage.letters()
    assert take(stage, door).state == "held"


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 25), date(9999, 12, 31)])
def test_a_template_begins_on_a_day_that_somebody_may_mean(stage: CenterStage, day: date) -> None:
    slot(stage, day=18)
    made = stage.do(actions.keep_template, stage.cast.bashir, stage.center_id, "Settimana", date(2027, 1, 18), 7)
    with pytest.raises(Invalid, match="the year"):
        stage.do(actions.lay_out_template, stage.cast.bashir, made.id, day, 2)
    with pytest.raises(Invalid, match="the year"):
        stage.do(actions.keep_template, stage.cast.bashir, stage.center_id, "Altra", day, 7)
