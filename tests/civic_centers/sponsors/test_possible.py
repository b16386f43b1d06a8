"""What was made possible: dates that took place, and never so few people that one knows who."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from civic_centers.activities.tables import ActivitySession
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from civic_centers.sponsors.queries import made_possible
from civic_centers.sponsors.rules import rounded
from foundation import clock
from tests.civic_centers.sponsors.stage import MONDAY, SponsorStage


def came(stage: SponsorStage, number: int) -> None:
    """So many people came to the first date."""
    date = stage.dates()[0]
    people = [member.id for name, member in stage.cast.members.items() if name != "zoe"][:number]
    with stage.database.writing() as session:
        for person_id in people:
            request = EnrolRequest(
                community_id=stage.cast.community.id, activity_id=stage.activity_id, session_id=date.id, state="held"
            )
            session.add(request)
            session.flush()
            session.add(
                Enrolment(
                    community_id=stage.cast.community.id, request_id=request.id, session_id=date.id,
                    person_id=person_id, state="held", came_at=date.starts_at, came_way="list",
                )
            )  # fmt: skip


@pytest.mark.parametrize(("number", "told"), [(4, None), (6, 5)])
def test_dates_and_people_while_it_held(stage: SponsorStage, number: int, told: int | None) -> None:
    stage.accepted()
    stage.accepted(stage.center_target)  # the same dates are not counted twice
    came(stage, number)
    with clock.at(MONDAY + timedelta(days=3)), stage.database.reading() as session:
        possible = made_possible(session, stage.cast.bakery.party.id)
    assert (possible.activities, possible.dates, possible.people) == (1, 2, told)


def test_only_dates_within_the_pledge_that_took_place(stage: SponsorStage) -> None:
    """Monday and Wednesday are over: the one after its last day, and the one that was called off, are not its doing."""
    stage.accepted(until_on=MONDAY.date())
    bakery = stage.cast.bakery.party.id
    with clock.at(MONDAY + timedelta(days=3)):
        with stage.database.reading() as session:
            assert made_possible(session, bakery).dates == 1
        stage.accepted(words="Altro pane")
        with stage.database.reading() as session:
            assert made_possible(session, bakery).dates == 2
        with stage.database.writing() as session:
            second = session.get_one(ActivitySession, stage.dates()[1].id)
            second.state, second.reason = "cancelled", "Neve"
            session.add(second)
        with stage.database.reading() as session:
            assert made_possible(session, bakery).dates == 1


def test_nothing_before_and_nothing_of_others(stage: SponsorStage) -> None:
    stage.offer()
    with clock.at(MONDAY + timedelta(days=3)), stage.database.reading() as session:
        possible = made_possible(session, stage.cast.bakery.party.id)
    assert (possible.activities, possible.dates, possible.people) == (0, 0, None)


@given(some.integers(0, 5_000))
def test_few_are_not_told(people: int) -> None:
    told = rounded(people)
    assert (told is None) == (people < 5)
    assert told is None or (told % 5 == 0 and 5 <= told <= people < told + 5)
