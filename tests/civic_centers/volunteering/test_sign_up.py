"""Taking a shift, waiting for one, clashes, and what is asked of volunteers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from civic_centers.activities.tables import Activity
from civic_centers.enrolling.tables import Qualification
from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.registering import OwnSheet
from civic_centers.volunteering.queries import close_by
from civic_centers.volunteering.queries.lists import coming_up
from civic_centers.volunteering.rules import Clash, NotNow, Unsuitable
from civic_centers.volunteering.tables import OVERLAP, SignUp, Slot
from foundation import clock
from foundation.errors import Missing
from foundation.feature import Feature, registry
from tests.civic_centers.stage import CenterStage, at
from tests.civic_centers.volunteering.shifts import afternoons, slot, slot_row, states, take, wanted


@contextmanager
def qualified(answer: bool) -> Iterator[None]:
    before = registry.features
    registry.features = (*before, Feature("trained", hooks={"qualified": lambda *_asked: answer}))
    try:
        yield
    finally:
        registry.features = before


def test_one_tap_takes_a_place_and_the_next_wait(stage: CenterStage) -> None:
    here = slot(stage)
    assert take(stage, here).state == "held"
    assert take(stage, here).state == "held"
    assert take(stage, here, "chiara").state == "waiting"
    assert states(stage, here) == [("anna", "held"), ("chiara", "waiting")]
    assert slot_row(stage, here).taken == 1


def test_a_clash_is_refused_and_within_an_hour_warned(stage: CenterStage) -> None:
    take(stage, slot(stage, 16))
    with pytest.raises(Clash) as error:
        take(stage, slot(stage, 17))
    with pytest.raises(Clash):
        take(stage, slot(stage, 15))
    assert error.value.params["role"] == "Alla porta"
    near, far = slot(stage, 18), slot(stage, 20)
    with stage.database.reading() as session:
        assert close_by(session, slot_row(stage, near), stage.cast.anna.id) is not None
        assert close_by(session, slot_row(stage, far), stage.cast.anna.id) is None
    assert take(stage, near).state == "held"


def test_the_database_itself_refuses_a_clash(stage: CenterStage) -> None:
    taken = take(stage, slot(stage, 16))
    with stage.database.reading() as session:
        row = session.get_one(SignUp, taken.id).model_dump()
    other = slot(stage, 17)
    with pytest.raises(IntegrityError, match=OVERLAP), stage.database.writing() as session:
        session.add(SignUp(**{**row, "id": None, "slot_id": other, "starts_at": at(20, 17), "ends_at": at(20, 19)}))


def test_the_database_itself_refuses_one_place_too_many(stage: CenterStage) -> None:
    here = slot(stage)
    take(stage, here)
    with pytest.raises(IntegrityError), stage.database.writing() as session:
        row = session.get_one(type(slot_row(stage, here)), here)
        row.taken = 2
        session.add(row)
        session.flush()


def test_what_is_asked_is_looked_at(stage: CenterStage) -> None:
    with pytest.raises(Unsuitable):
        take(stage, slot(stage, needs_verified=True))
    trained = slot(stage, qualification="HACCP")
    for answer in (False, True):
        with qualified(answer):
            if answer:
                assert take(stage, trained).state == "held"
            else:
                with pytest.raises(Unsuitable):
                    take(stage, trained)
    grown = slot(stage, 9, min_age=18)
    with pytest.raises(Unsuitable, match="birthday"):
        take(stage, grown)
    stage.do(actions.keep_sheet, stage.cast.anna, OwnSheet(born_on=date(2009, 1, 21)))
    with pytest.raises(Unsuitable, match="old enough"):
        take(stage, grown)
    stage.do(actions.keep_sheet, stage.cast.anna, OwnSheet(born_on=date(2009, 1, 20)))
    assert take(stage, grown).state == "held"


def test_a_training_of_another_community_opens_no_slot(stage: CenterStage) -> None:
    cast, [date] = stage.cast, afternoons(stage, 19)[1]
    trained = slot(stage, qualification="HACCP")

    def give(community_id: int) -> None:
        with stage.database.writing() as session:
            one = {"person_id": cast.anna.id, "session_id": date, "name": "haccp", "from_on": at(12, 9).date()}
            session.execute(delete(Qualification))
            session.add(Qualification(community_id=community_id, **one))

    give(cast.other_community.id)
    with pytest.raises(Unsuitable, match="training"):
        take(stage, trained)
    give(cast.community.id)
    assert take(stage, trained).state == "held"


def test_nobody_signs_up_for_what_is_over_or_not_theirs(stage: CenterStage) -> None:
    here = slot(stage)
    with clock.at(at(20, 18)), pytest.raises(NotNow):
        take(stage, here)
    with pytest.raises(Missing):
        take(stage, here + 1)


def seen(stage: CenterStage, slot_id: int, who: str = "anna") -> actions.Ready:
    with stage.database.reading() as session:
        return actions.look_first(session, stage.cast.members[who].actor, slot_id)


def take_as_seen(stage: CenterStage, slot_id: int, ready: actions.Ready, who: str = "anna") -> actions.Taken:
    return stage.do(actions.sign_up, stage.cast.members[who], slot_id, ready=ready)


def test_a_place_that_went_or_came_free_since_one_looked(stage: CenterStage) -> None:
    here = slot(stage)
    free = seen(stage, here)
    take(stage, here, "dario")
    assert take_as_seen(stage, here, free).state == "waiting"
    full = seen(stage, here, "chiara")
    for who in ("anna", "dario"):
        stage.do(actions.give_up, stage.cast.members[who], here)
    assert slot_row(stage, here).taken == 0
    assert take_as_seen(stage, here, full, "chiara").state == "held"
    assert slot_row(stage, here).taken == 1


@pytest.mark.parametrize("full", [False, True], ids=["free", "full"])
def test_what_changed_since_one_looked_is_looked_at_again(stage: CenterStage, full: bool) -> None:
    here = slot(stage)
    if full:
        take(stage, here, "dario")
    ready = seen(stage, here)
    stage.do(actions.change_slot, stage.cast.bashir, here, wanted(stage, min_age=18), version=1)
    with pytest.raises(Unsuitable):
        take_as_seen(stage, here, ready)
    other = slot(stage, 9)
    if full:
        take(stage, other, "dario")
    ready = seen(stage, other)
    stage.do(actions.cancel_slot, stage.cast.bashir, other, reason="Caldaia rotta")
    with pytest.raises(NotNow):
        take_as_seen(stage, other, ready)
    with stage.database.reading() as session:
        assert [row.person_id for row in session.exec(select(SignUp))].count(stage.cast.anna.id) == 0


@pytest.mark.parametrize("full", [False, True], ids=["free", "full"])
def test_children_who_stay_alone_since_one_looked(stage: CenterStage, full: bool) -> None:
    activity_id, [date_id] = afternoons(stage, 21)
    wants = wanted(stage)
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [wants], [date_id])
    with stage.database.reading() as session:
        here = session.exec(select(Slot.id)).one()
    if full:
        take(stage, here, "dario")
    ready = seen(stage, here)
    with stage.database.writing() as session:
        session.get_one(Activity, activity_id).left_alone = True
    with pytest.raises(Unsuitable):
        take_as_seen(stage, here, ready)
    assert slot_row(stage, here).taken == int(full)


@pytest.mark.parametrize("full", [False, True], ids=["free", "full"])
def test_two_taps_that_looked_together_are_one(stage: CenterStage, full: bool) -> None:
    here = slot(stage, most=2)
    if full:
        take(stage, here, "dario")
        take(stage, here, "chiara")
    first = seen(stage, here)
    assert take_as_seen(stage, here, first) == take_as_seen(stage, here, first)
    assert slot_row(stage, here).taken == (2 if full else 1)
    assert len(states(stage, here)) == (3 if full else 1)


def test_two_shifts_at_a_time_that_one_looked_at_together(stage: CenterStage) -> None:
    one, other = slot(stage, 16), slot(stage, 17, role="In cucina")
    ready = [seen(stage, one), seen(stage, other)]
    take_as_seen(stage, one, ready[0])
    with pytest.raises(Clash) as error:
        take_as_seen(stage, other, ready[1])
    assert error.value.params["role"] == "Alla porta"
    assert slot_row(stage, other).taken == 0


def test_who_cannot_come_opens_the_place_for_who_waits_in_order(stage: CenterStage) -> None:
    here = slot(stage)
    for who in ("anna", "chiara", "dario"):
        take(stage, here, who)
    stage.do(actions.give_up, stage.cast.anna, here)
    assert states(stage, here) == [("anna", "gave_up"), ("chiara", "offered"), ("dario", "waiting")]
    assert stage.letters() == [("chiara", "volunteering:offered"), ("bashir", "volunteering:gave_up")]
    assert take(stage, here, "bashir").state == "waiting"
    stage.do(actions.accept_offer, stage.cast.chiara, here)
    assert states(stage, here)[1] == ("chiara", "held")
    assert slot_row(stage, here).taken == 1


def test_an_offer_nobody_answers_goes_on_and_is_not_made_again(stage: CenterStage) -> None:
    here = slot(stage)
    for who in ("anna", "chiara", "dario"):
        take(stage, here, who)
    stage.do(actions.give_up, stage.cast.anna, here)
    with stage.database.reading() as session:
        offered = session.exec(select(SignUp).where(SignUp.state == "offered")).one()
    assert offered.offered_until == clock.now() + timedelta(hours=24)
    with clock.at(offered.offered_until), stage.database.writing() as session:
        actions.pass_over(session, offered.id)
    assert states(stage, here) == [("anna", "gave_up"), ("chiara", "passed"), ("dario", "offered")]
    with clock.at(offered.offered_until), pytest.raises(NotNow):
        stage.do(actions.accept_offer, stage.cast.chiara, here)


def test_who_is_elsewhere_meanwhile_is_passed_by(stage: CenterStage) -> None:
    here = slot(stage)
    for who in ("anna", "chiara", "dario"):
        take(stage, here, who)
    take(stage, slot(stage, 17), "chiara")
    stage.do(actions.give_up, stage.cast.anna, here)
    assert states(stage, here) == [("anna", "gave_up"), ("chiara", "waiting"), ("dario", "offered")]


def test_a_late_no_is_noted(stage: CenterStage) -> None:
    here = slot(stage, cancel_hours=24)
    take(stage, here)
    with clock.at(at(19, 15)):
        assert not stage.do(actions.give_up, stage.cast.anna, here).late
        take(stage, here)
    with clock.at(at(19, 17)):
        assert stage.do(actions.give_up, stage.cast.anna, here).late


def test_where_nobody_waits_those_asked_longest_ago_are_asked(stage: CenterStage) -> None:
    asked = []
    for who in ("chiara", "dario", "maker"):
        stage.do(actions.keep_sheet, stage.cast.members[who], OwnSheet(may_be_asked=who != "maker"))
    take(stage, slot(stage, 16, day=22), "dario")
    for hour in (9, 12, 15):
        here = slot(stage, hour)
        take(stage, here)
        stage.do(actions.give_up, stage.cast.anna, here)
        asked.append([who for who, notice in stage.letters() if notice == "volunteering:cover"])
    assert asked[0] == ["chiara", "dario"]
    busy = slot(stage, 17, day=22)
    take(stage, busy, "anna")
    stage.do(actions.give_up, stage.cast.anna, busy)
    last = [who for who, notice in stage.letters() if notice == "volunteering:cover"][len(asked[-1]) :]
    assert last == ["chiara"]  # Dario has a shift then


def test_ones_own_shifts_are_among_the_days_to_come(stage: CenterStage) -> None:
    here = slot(stage)
    take(stage, here)
    anna, chiara = stage.cast.anna, stage.cast.chiara
    with stage.database.reading() as session:
        found = [(anna.party.id, slot_row(stage, here).starts_at, "Alla porta", stage.center().name)]
        assert coming_up(session, anna.actor, [anna.party.id]) == found
        assert coming_up(session, chiara.actor, [anna.party.id]) == found  # a maker prints it for them
        assert coming_up(session, chiara.actor, [chiara.party.id]) == []
