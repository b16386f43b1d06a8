"""What makers decide: done at once, told in plain words, taken back when it was wrong."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import col, select

from community.members.queries import actor_for
from community.moderation import actions
from community.moderation.policies import Limited, must_be_free
from community.moderation.queries import about_me, case_for, cases_for, my_reports, view_of
from community.moderation.rules import Ruling
from community.moderation.tables import Decision
from community.parties.queries import party_visible_to
from community.parties.tables import PartyMember
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused, Stale
from tests.cast import Cast, make_member
from tests.community.letters import letters_to, notices
from tests.community.moderation.desk import Desk


def test_nothing_to_do_tells_only_who_reported(database: Database, cast: Cast, desk: Desk) -> None:
    number = desk.report()
    decision = desk.decide(number, "nothing")
    assert decision.person_id is None
    assert notices(database) == [("moderation:looked_at", cast.bashir.id)]
    with database.reading() as session:
        assert cases_for(session, cast.maker.actor).rows == []
        assert [row.outcome for row in cases_for(session, cast.maker.actor, closed=True).rows] == ["nothing"]
        assert my_reports(session, cast.bashir.actor)[0][1].closed_at is not None
        assert about_me(session, cast.community.id, cast.anna.id) == []


@pytest.mark.parametrize("outcome", ["hide", "edit", "warn"])
def test_who_is_concerned_reads_it(database: Database, cast: Cast, desk: Desk, outcome: str) -> None:
    number = desk.report()
    desk.decide(number, outcome)
    assert letters_to(database, cast.anna.id) == [f"moderation:{outcome}"]
    assert letters_to(database, cast.bashir.id) == ["moderation:looked_at"]
    assert desk.hidden == ([7] if outcome == "hide" else [])
    with database.reading() as session:
        (view,) = about_me(session, cast.community.id, cast.anna.id)
        assert (view.decision.outcome, view.decision.reason) == (outcome, "Ne abbiamo parlato.")


def test_it_needs_a_reason_and_somebody_it_concerns(database: Database, cast: Cast, desk: Desk) -> None:
    number = desk.report()
    with database.writing() as session:
        for ruling in (
            Ruling("warn", "  "),
            Ruling("scold", "Perché sì"),
            Ruling("warn", "Perché", cast.bashir.id),
            Ruling("limit", "Perché", cast.anna.id),
            Ruling("limit", "Perché", cast.anna.id, ("breathing",)),
            Ruling("pause", "Perché", cast.anna.id, days=8),
        ):
            with pytest.raises(Invalid):
                actions.decide(session, cast.maker.actor, number, ruling)
        for who in ("other_maker", "anna", "bashir", "administrator"):
            with pytest.raises(Missing):
                actions.decide(session, cast.members[who].actor, number, Ruling("nothing", "Va bene"))


def test_the_second_maker_sees_what_the_first_decided(database: Database, cast: Cast, desk: Desk) -> None:
    number = desk.report()
    desk.decide(number, "warn")
    with pytest.raises(Stale):
        desk.decide(number, "hide")
    assert desk.hidden == []


def test_two_makers_at_the_same_moment(database: Database, cast: Cast, desk: Desk) -> None:
    number, answers = desk.report(), []

    def decide() -> None:
        try:
            desk.decide(number, "warn")
            answers.append("decided")
        except Stale:
            answers.append("stale")

    together = [threading.Thread(target=decide) for _ in range(2)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert sorted(answers) == ["decided", "stale"]
    with database.reading() as session:
        assert len(session.exec(select(Decision).where(col(Decision.case_id) == number)).all()) == 1


def test_who_read_less_than_there_is_reads_again(database: Database, cast: Cast, desk: Desk) -> None:
    number = desk.report()
    with database.reading() as session:
        version = case_for(session, cast.maker.actor, number).version
    desk.report(who="chiara")
    with database.writing() as session, pytest.raises(Stale):
        actions.decide(session, cast.maker.actor, number, Ruling("nothing", "Va bene"), version=version)


def test_a_limit_holds_and_ends_by_itself(database: Database, cast: Cast, desk: Desk) -> None:
    desk.decide(desk.report(), "limit", what=("posting", "messages"), days=7)
    with database.reading() as session:
        for what in ("posting", "messages"):
            with pytest.raises(Limited) as refused:
                must_be_free(session, cast.anna.actor, what)
            assert refused.value.params["until_at"] is not None
        must_be_free(session, cast.anna.actor, "proposing")
        must_be_free(session, cast.bashir.actor, "posting")
    with clock.at(clock.now() + timedelta(days=7, minutes=1)), database.reading() as session:
        must_be_free(session, cast.anna.actor, "posting")


@pytest.mark.parametrize(("outcome", "days"), [("pause", 14), ("exclude", None)])
def test_who_is_stopped_acts_for_nobody_and_is_not_seen(
    database: Database, cast: Cast, desk: Desk, outcome: str, days: int | None
) -> None:
    desk.decide(desk.report(), outcome, days=days)
    with database.reading() as session:
        anna = actor_for(session, cast.anna.id, cast.community.id)
        assert (anna.grants, anna.party_ids, anna.is_member) == ((), (), False)
        with pytest.raises(Missing):
            party_visible_to(session, cast.chiara.actor, cast.anna.party.id)
        assert about_me(session, cast.community.id, cast.anna.id)[0].decision.outcome == outcome
    with clock.at(clock.now() + timedelta(days=15)), database.reading() as session:
        assert actor_for(session, cast.anna.id, cast.community.id).is_member is (outcome == "pause")


def test_a_household_stays_while_somebody_is_left(database: Database, cast: Cast, desk: Desk) -> None:
    with database.writing() as session:
        partner = make_member(session, cast, "partner", "centro")
        session.add(PartyMember(party_id=cast.anna.party.id, person_id=partner.id))
    desk.decide(desk.report(), "pause", person_id=cast.anna.id, days=14)
    with database.reading() as session:
        assert party_visible_to(session, cast.chiara.actor, cast.anna.party.id).id == cast.anna.party.id
        assert actor_for(session, partner.id, cast.community.id).is_member


def test_who_has_a_role_is_not_stopped(database: Database, cast: Cast, desk: Desk) -> None:
    with database.writing() as session:
        make_member(session, cast, "third_maker", "centro", makes=("centro",))
        session.add(PartyMember(party_id=cast.anna.party.id, person_id=cast.other_maker.id))
    case_id = desk.report()
    with database.writing() as session, pytest.raises(Refused):
        actions.decide(session, cast.maker.actor, case_id, Ruling("exclude", "Perché", cast.other_maker.id))


def test_undoing_gives_everything_back_and_opens_the_case(database: Database, cast: Cast, desk: Desk) -> None:
    number = desk.report()
    desk.decide(number, "hide")
    with database.writing() as session:
        actions.undo(session, cast.maker.actor, number)
    assert desk.hidden == []
    assert letters_to(database, cast.anna.id) == ["moderation:hide", "moderation:undone"]
    desk.decide(number, "limit", what=("proposing",), days=30)
    with database.writing() as session:
        actions.undo(session, cast.maker.actor, number)
        must_be_free(session, cast.anna.actor, "proposing")
        with pytest.raises(Stale):
            actions.undo(session, cast.maker.actor, number)
        view = view_of(session, cast.maker.actor, case_for(session, cast.maker.actor, number))
        assert [one.outcome for one in view.decisions] == ["limit", "hide"]
        assert view.standing is None


def test_giving_a_case_to_a_colleague_and_noting(database: Database, cast: Cast, desk: Desk) -> None:
    with database.writing() as session:
        colleague = make_member(session, cast, "third_maker", "centro", makes=("centro",))
    number = desk.report()
    with database.writing() as session:
        with pytest.raises(Invalid):
            actions.assign(session, cast.maker.actor, number, cast.other_maker.id)
        actions.assign(session, cast.maker.actor, number, colleague.id)
        actions.write_note(session, cast.maker.actor, number, "Ho telefonato.")
    assert letters_to(database, colleague.id) == ["moderation:assigned"]
    with database.reading() as session:
        assert [row.assigned_to for row in cases_for(session, colleague.actor, mine=True).rows] == ["Third Maker"]
        assert cases_for(session, cast.maker.actor, mine=True).rows == []
        assert "telefonato" not in str(session.connection().exec_driver_sql("SELECT words FROM case_note").all())
