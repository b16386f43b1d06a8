"""Pledging: by who acts for the organisation, or written down by a maker with its yes."""

from datetime import timedelta

import pytest

from civic_centers.activities import actions as activities
from civic_centers.centers.tables import Center
from civic_centers.sponsors import actions
from civic_centers.sponsors.rules import SaidYes, Target
from community.moderation.policies import Limited
from community.moderation.tables import Case, Decision, Limit
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.civic_centers.sponsors.stage import TODAY, SponsorStage, wish


def test_makers_of_the_zone_are_told_and_nobody_else_reads_it(stage: SponsorStage) -> None:
    pledge = stage.pledge(stage.offer())
    assert (pledge.state, pledge.zone_id) == ("offered", stage.cast.zones["centro"].id)
    assert stage.letters() == [("maker", "sponsors:offered")]
    assert stage.activity().helped_by == ""


def test_only_who_acts_for_an_organisation(stage: SponsorStage) -> None:
    anna, bakery = stage.cast.anna, stage.cast.bakery
    for party_id in (anna.party.id, bakery.party.id):
        with pytest.raises(Missing):
            stage.do(actions.offer, anna, party_id, wish(stage.center_target))


def test_a_maker_writes_down_what_an_organisation_said(stage: SponsorStage) -> None:
    maker, bakery = stage.cast.maker, stage.cast.bakery
    yes = SaidYes("spoken", TODAY)
    pledge = stage.do(actions.offer, maker, bakery.party.id, wish(stage.center_target), yes)
    row = stage.pledge(pledge.id)
    assert (row.yes_way, row.yes_on, row.offered_by_id, row.recorded_by_id) == ("spoken", TODAY, None, maker.id)
    with pytest.raises(Invalid) as no_way:
        stage.do(actions.offer, maker, bakery.party.id, wish(stage.center_target), SaidYes("", TODAY))
    assert no_way.value.field == "yes_way"
    with pytest.raises(Invalid):
        tomorrow = SaidYes("spoken", TODAY + timedelta(days=1))
        stage.do(actions.offer, maker, bakery.party.id, wish(stage.center_target), tomorrow)
    with pytest.raises(Missing):
        stage.do(actions.offer, maker, stage.cast.anna.party.id, wish(stage.center_target), yes)
    with pytest.raises(Missing):
        stage.do(actions.offer, stage.cast.chiara, bakery.party.id, wish(stage.center_target), yes)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("kind", {"kind": "hours"}),
        ("words", {"words": " . "}),
        ("amount", {"kind": "money", "amount_cents": None}),
        ("amount", {"amount_cents": 0}),
        ("amount", {"amount_cents": -3}),
        ("amount", {"amount_cents": 100_000_000}),
        ("until_on", {"from_on": TODAY, "until_on": TODAY - timedelta(days=1)}),
        ("until_on", {"from_on": TODAY - timedelta(days=9), "until_on": TODAY - timedelta(days=1)}),
        ("until_on", {"until_on": TODAY + timedelta(days=2000)}),
        ("conflict_words", {"conflict": True, "conflict_words": ""}),
    ],
)
def test_what_cannot_be_meant_is_said_at_the_field(stage: SponsorStage, field: str, said: dict[str, object]) -> None:
    with pytest.raises(Invalid) as wrong:
        stage.offer(**said)
    assert wrong.value.field == field


def test_words_about_a_conflict_are_kept_with_a_conflict_only(stage: SponsorStage) -> None:
    """Who first said yes and then no may have left their words in the form: they are about somebody."""
    said = {"conflict_words": "Mio fratello insegna qui"}
    free, declared = stage.offer(conflict=False, **said), stage.offer(conflict=True, **said)
    assert [stage.pledge(one).conflict_words for one in (free, declared)] == ["", "Mio fratello insegna qui"]


def test_only_to_what_is_there(stage: SponsorStage) -> None:
    for target in (Target("center", 9999), Target("activity", 9999), Target("lab", 9999), Target("ledger", 1)):
        with pytest.raises(Invalid) as wrong:
            stage.offer(target)
        assert wrong.value.field == "target"
    with pytest.raises(Invalid) as no_cause:
        stage.offer(Target("fund"))
    assert no_cause.value.field == "cause"
    stage.do(activities.cancel_activity, stage.cast.bashir, stage.activity_id, reason="Neve")
    with pytest.raises(Invalid):
        stage.offer()


def test_nothing_to_a_center_that_is_closed_for_good(stage: SponsorStage) -> None:
    with stage.database.writing() as session:
        center = session.get_one(Center, stage.center_id)
        center.closed_on = TODAY - timedelta(days=1)
        session.add(center)
    for target in (stage.center_target, stage.activity_target):
        with pytest.raises(Invalid) as wrong:
            stage.offer(target)
        assert wrong.value.field == "target"


def test_a_cause_of_the_fund_is_looked_at_where_the_organisation_is(stage: SponsorStage) -> None:
    pledge = stage.pledge(stage.offer(Target("fund", cause="Libri di scuola"), kind="money", amount_cents=5000))
    assert (pledge.zone_id, pledge.cause) == (stage.cast.zones["centro"].id, "Libri di scuola")


def test_nothing_for_who_may_not_publish_for_a_while(stage: SponsorStage) -> None:
    community, bakery, until = stage.cast.community.id, stage.cast.bakery, clock.now() + timedelta(days=30)
    with stage.database.writing() as session:
        case = Case(community_id=community, kind="profile", object_id=bakery.id, due_at=until)
        session.add(case)
        session.flush()
        about = {"community_id": community, "person_id": bakery.id, "until": until}
        decision = Decision(case_id=case.id, outcome="limit", reason="r", **about)
        session.add(decision)
        session.flush()
        session.add(Limit(decision_id=decision.id, what="posting", **about))
    with pytest.raises(Limited):
        stage.offer()
