"""What runs out or is taken back: reminders in time, what is open ends or waits, both sides told without the reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from community.safeguarding import actions as safety
from community.safeguarding.queries import record_of
from community.safeguarding.rules import NotVerified, Requirements
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.agreements.rules.events import CANNOT_COME
from exchanges.groups import actions as groups
from exchanges.posts.tables import Post
from exchanges.series import actions as series
from foundation import clock
from foundation.database import TookTooLong
from foundation.outbox.tables import OutboxMessage
from tests.exchanges.care.stage import MONDAY, CareStage
from tests.exchanges.groups.stage import LAST_DAY
from tests.exchanges.groups.stage import terms as together
from tests.exchanges.series.stage import weekly

DAY = timedelta(days=1)
MIDNIGHT = datetime.fromisoformat("2027-01-14T00:00:00+01:00")


def care_of(stage: CareStage, **terms: Any) -> int:
    """Bashir has asked Anna, who was met, to look after a child."""
    post_id = stage.post(stage.cast.anna, category="childcare", expires_on=LAST_DAY)
    return stage.do(agreements.propose, stage.cast.bashir, post_id, Terms(minutes=60, **terms))


def accepted(stage: CareStage, **terms: Any) -> int:
    made = care_of(stage, **terms)
    stage.do(agreements.accept, stage.cast.anna, made, None)
    return made


def told(stage: CareStage) -> str:
    """Every word that left the house, as it is kept."""
    with stage.database.reading() as session:
        return str([message.payload for message in session.exec(select(OutboxMessage))])


# ---------------------------------------------------------------- reminders


def test_thirty_days_before_and_seven_days_before(stage: CareStage) -> None:
    anna, maker = stage.cast.anna, stage.cast.maker
    stage.verify(anna)
    until = (MONDAY + 40 * DAY).date()
    stage._change(anna, "identity", {"expires_on": until})
    found = []
    for days in (0, 9, 10, 10, 11, 32, 33, 34, 39, 40, 41, 50):
        with clock.at(MONDAY + days * DAY):
            stage.work(look=True)
        found.append((days, stage.mails(anna).count("safeguarding:runs_out")))
    assert [count for _, count in found] == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert stage.mails(maker).count("safeguarding:theirs_runs_out") == 2
    assert stage.mails(stage.cast.other_maker) == []


def test_nobody_is_reminded_of_what_was_renewed_or_never_held(stage: CareStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.verify(anna)
    stage._change(anna, "identity", {"expires_on": (MONDAY + 3 * DAY).date()})
    today = clock.today("Europe/Rome")
    for member in (anna, bashir):
        until = None if member is anna else today + 3 * DAY
        stage.do(
            safety.record_identity, stage.cast.maker, member.id, document="passport", seen_on=today, expires_on=until
        )
    stage.work(look=True)
    assert stage.mails(anna) == stage.mails(bashir) == []


# ---------------------------------------------------------------- what ends, and what waits


def test_an_agreement_ends_with_its_hours_and_its_place_free(stage: CareStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.verify(anna)
    made = accepted(stage, starts_at=MONDAY + 3 * DAY)
    stage.take_back(anna, "identity")
    stage.work()
    assert stage.state(made) == "cancelled"
    assert stage.reserved(bashir) == 0
    with stage.database.reading() as session:
        assert session.get(Post, stage.agreement(made).post_id).state == "open"
    assert stage.mails(anna)[-1] == "agreements:maker_first"
    assert stage.mails(bashir)[-1] == "agreements:cannot_come"
    assert stage.said(made)[-1] == CANNOT_COME
    assert "sbagliati" not in told(stage)
    before = stage.verbs(made)
    stage.work(look=True)
    assert stage.verbs(made) == before


def test_what_has_begun_is_left_to_the_two(stage: CareStage) -> None:
    anna = stage.cast.anna
    stage.verify(anna)
    made = accepted(stage, starts_at=MONDAY + timedelta(hours=2))
    with clock.at(MONDAY + timedelta(hours=3)):
        stage.take_back(anna, "identity")
        stage.work(look=True)
    assert stage.state(made) == "accepted"


def test_a_group_ends_and_all_are_told(stage: CareStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    stage.verify(anna)
    post_id = stage.post(anna, category="childcare", expires_on=LAST_DAY, places=5)
    made = stage.do(groups.open_group, anna, post_id, together())
    for member in (bashir, chiara):
        stage.do(groups.join, member, made, None)
    stage.take_back(anna, "reference")
    stage.work()
    assert (stage.group(made).state, stage.place_states(made)) == ("cancelled", ["off", "off"])
    assert [stage.reserved(one) for one in (bashir, chiara)] == [0, 0]
    assert [stage.mails(one)[-1] for one in (bashir, chiara)] == ["agreements:cannot_come"] * 2
    assert stage.mails(anna)[-1] == "agreements:maker_first"


def test_a_series_waits_and_goes_on_when_all_is_well_again(stage: CareStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.verify(anna)
    made = stage.do(series.propose, bashir, stage.post(anna, category="childcare", expires_on=LAST_DAY), weekly())
    stage.do(series.accept, anna, made, None)
    stage.take_back(anna, "identity")
    stage.work()
    assert {state for _, state in stage.states(made)} == {"proposed"}
    assert stage.reserved(bashir) == 0
    assert "series:their_adult" in stage.mails(bashir)
    today = clock.today("Europe/Rome")
    stage.do(safety.record_identity, stage.cast.maker, anna.id, document="passport", seen_on=today, expires_on=None)
    with clock.at(MONDAY + timedelta(minutes=31)):
        stage.look()
    assert {state for _, state in stage.states(made)} == {"accepted"}


def test_when_the_community_asks_for_more(stage: CareStage) -> None:
    stage.verify(stage.cast.anna)
    made = accepted(stage, starts_at=MONDAY + 3 * DAY)
    other = stage.accepted(stage.cast.anna, stage.cast.bashir)
    stage.ask(Requirements(True, 3))
    stage.work()
    assert (stage.state(made), stage.state(other)) == ("cancelled", "accepted")


# ---------------------------------------------------------------- at the same moment


def test_the_last_evening_and_the_first_night(stage: CareStage) -> None:
    """Good until the 13th: a yes at a quarter to midnight still counts, and ends with the day if no day was agreed."""
    anna = stage.cast.anna
    stage.verify(anna)
    stage._change(anna, "identity", {"expires_on": (MIDNIGHT - DAY).date()})
    early, late = care_of(stage), care_of(stage)
    with clock.at(MIDNIGHT - timedelta(minutes=15)):
        stage.do(agreements.accept, anna, early, None)
        stage.work(look=True)
        assert stage.state(early) == "accepted"
    with clock.at(MIDNIGHT + timedelta(minutes=1)):
        with pytest.raises(NotVerified):
            stage.do(agreements.accept, anna, late, None)
        stage.work(look=True)
    assert (stage.state(early), stage.state(late)) == ("cancelled", "proposed")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_yes_waits_for_who_is_taking_a_check_back(stage: CareStage) -> None:
    """Nobody slips through in between: the yes waits for the maker, who was first. On SQLite writers take turns."""
    anna, maker = stage.cast.anna, stage.cast.maker
    stage.verify(anna)
    made = care_of(stage)
    with stage.database.reading() as session:
        line = record_of(session, maker.actor, anna.id).of_kind("identity")[0]

    def say_yes() -> None:
        with clock.at(MONDAY), stage.database.writing() as other:
            other.connection().exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
            agreements.accept(other, anna.actor, made, None)

    with stage.database.writing() as session, ThreadPoolExecutor(1) as pool:
        safety.withdraw_check(session, maker.actor, anna.id, line.id, reason="Era scaduto.")
        session.flush()
        with pytest.raises(TookTooLong):
            pool.submit(say_yes).result()
    with pytest.raises(NotVerified):
        stage.do(agreements.accept, anna, made, None)
    assert stage.state(made) == "proposed"
