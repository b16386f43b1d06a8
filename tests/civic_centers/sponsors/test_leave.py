"""Who gives leaves, is stopped or forgotten; reminders before the days are over."""

from datetime import timedelta

from sqlmodel import select

from civic_centers.sponsors import actions
from civic_centers.sponsors.jobs import look
from civic_centers.sponsors.queries import due_soon, number_offered, to_remind
from civic_centers.sponsors.rules import Target
from civic_centers.sponsors.tables import SponsorPage
from community.leaving.actions import come_back, finish, leave
from community.parties.actions import edit_party
from community.parties.tables import PartyMember
from foundation import clock
from foundation.jobs.tables import QueuedJob
from tests.civic_centers.sponsors.stage import MONDAY, TODAY, SponsorStage


def test_an_organisation_that_leaves_is_not_counted_on(stage: SponsorStage) -> None:
    accepted, offered = stage.accepted(), stage.offer(words="Altro")
    bakery = stage.cast.bakery
    stage.do(actions.keep_page, bakery, bakery.party.id, "Pane", is_public=True, version=1)
    departure = stage.do(leave, bakery).id
    assert (stage.pledge(accepted).state, stage.pledge(offered).state) == ("ended", "withdrawn")
    assert stage.activity().helpers == []
    assert stage.letters().count(("maker", "sponsors:withdrawn")) == 2
    with clock.at(MONDAY + timedelta(days=15)), stage.database.writing() as session:
        assert finish(session, departure)
        assert session.get(SponsorPage, bakery.party.id) is None
    assert stage.pledge(accepted).words == "…"


def test_what_was_kept_is_named_again_for_who_comes_back(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    stage.deliver(pledge_id, is_last=True)
    stage.do(leave, stage.cast.bakery)
    assert stage.activity().helpers == []
    with stage.database.writing() as session:
        come_back(session, stage.cast.community.id, stage.cast.bakery.id)
    assert stage.activity().helpers == ["Bakery e famiglia"]


def test_names_go_out_of_what_others_wrote(stage: SponsorStage) -> None:
    pledge_id = stage.accepted(conflict=True, conflict_words="Chiara Prova è nostra cugina")
    stage.do(actions.thank, stage.cast.maker, pledge_id, "Grazie anche a Chiara Prova")
    departure = stage.do(leave, stage.cast.chiara).id
    with clock.at(MONDAY + timedelta(days=15)), stage.database.writing() as session:
        assert finish(session, departure)
    pledge = stage.pledge(pledge_id)
    assert "Chiara" not in pledge.thanks + pledge.conflict_words
    assert pledge.state == "accepted"


def test_that_a_conflict_was_declared_outlives_who_declared_it(stage: SponsorStage) -> None:
    """The shop goes on without them: who was meant is gone, and nobody reads that there was none."""
    bakery, dario = stage.cast.bakery, stage.cast.dario
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=bakery.party.id, person_id=dario.id))
    declared, free = stage.accepted(conflict=True, conflict_words="Mio fratello è nel laboratorio"), stage.accepted()
    departure = stage.do(leave, bakery).id
    with clock.at(MONDAY + timedelta(days=15)), stage.database.writing() as session:
        assert finish(session, departure)
    assert (stage.pledge(declared).conflict, stage.pledge(declared).conflict_words) == (True, "…")
    assert (stage.pledge(free).conflict, stage.pledge(free).conflict_words) == (False, "")


def test_stopped_by_makers(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    with stage.database.writing() as session:
        actions.stop_for(session, stage.cast.administrator.actor, [stage.cast.bakery.party.id])
    assert stage.pledge(pledge_id).state == "ended"
    assert ("maker", "sponsors:withdrawn") in stage.letters()


def test_reminded_once_before_it_begins_and_before_it_ends(stage: SponsorStage) -> None:
    begins = stage.accepted(from_on=TODAY + timedelta(days=1))
    ends = stage.accepted(until_on=TODAY + timedelta(days=10), words="Altro")
    for _time in range(2):
        with stage.database.writing() as session:
            assert set(to_remind(session, TODAY)) == {begins, ends}
            for pledge_id in (begins, ends):
                actions.remind(session, pledge_id)
    told = [notice for who, notice in stage.letters() if who == "bakery"]
    assert told.count("sponsors:begins") == told.count("sponsors:due") == 1
    with stage.database.writing() as session:
        assert [one.id for one in due_soon(session, stage.cast.bakery.actor)] == [ends]
        look(session, {})
        assert len(session.exec(select(QueuedJob).where(QueuedJob.kind == "sponsors.remind")).all()) == 2


def test_nothing_ends_before_its_last_day_is_over(stage: SponsorStage) -> None:
    """The look comes by more often, by a clock that is not the community's: each pledge looks at its own day."""
    pledge_id = stage.accepted(until_on=TODAY)
    with stage.database.writing() as session:
        actions.end_over(session, pledge_id)
    assert stage.pledge(pledge_id).state == "accepted"
    with clock.at(MONDAY + timedelta(days=1)), stage.database.writing() as session:
        actions.end_over(session, pledge_id)
    assert stage.pledge(pledge_id).state == "ended"


def test_what_waits_for_makers(stage: SponsorStage) -> None:
    pledge_id = stage.offer()
    with stage.database.reading() as session:
        assert session.scalar(select(number_offered(stage.cast.maker.actor))) == 1
        assert session.scalar(select(number_offered(stage.cast.other_maker.actor))) == 0
        assert number_offered(stage.cast.anna.actor) is None
    stage.do(actions.accept, stage.cast.maker, pledge_id, 1)
    with stage.database.reading() as session:
        assert session.scalar(select(number_offered(stage.cast.maker.actor))) == 0


def test_a_center_that_closes_ends_what_was_promised_there(stage: SponsorStage) -> None:
    of_activity, of_center = stage.accepted(), stage.accepted(stage.center_target, words="La stanza")
    with stage.database.writing() as session:
        assert len(actions.open_at(session, stage.center_id)) == 2
        actions.end_at_center(session, stage.cast.maker.actor, stage.center_id, "Si chiude")
    assert {stage.pledge(one).state for one in (of_activity, of_center)} == {"ended"}
    assert stage.center().helpers == []
    assert stage.letters()[-2:] == [("bakery", "sponsors:ended")] * 2


def test_an_organisation_that_moves_is_looked_after_there(stage: SponsorStage) -> None:
    pledge_id, of_center = stage.offer(Target("fund", cause="Libri")), stage.accepted(stage.center_target)
    bakery, there = stage.cast.bakery, stage.cast.zones["vescovato"].id
    stage.do(edit_party, bakery, bakery.party.id, name=bakery.party.name, about="", address="", zone_id=there)
    assert stage.pledge(pledge_id).zone_id == there
    assert stage.pledge(of_center).zone_id == stage.center().zone_id  # what it gives a center stays with the center
    with stage.database.reading() as session:
        assert session.scalar(select(number_offered(stage.cast.maker.actor))) == 0


def test_a_name_that_is_an_address_already(stage: SponsorStage) -> None:
    bakery, party = stage.cast.bakery, stage.cast.bakery.party
    stage.do(edit_party, bakery, party.id, name="Desk", about="", address="", zone_id=party.zone_id)
    page = stage.do(actions.keep_page, bakery, party.id, "Pane", is_public=True, version=1)
    assert page.slug == f"desk-{party.id}"
