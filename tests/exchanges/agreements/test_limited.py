"""What makers took from somebody is refused on every path; what was open with who is stopped ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community.moderation import actions as moderation
from community.moderation.policies import Limited
from community.moderation.rules import Ruling
from community.parties.tables import PartyMember
from exchanges.agreements import actions
from exchanges.agreements.rules import Terms
from exchanges.groups import actions as groups
from exchanges.groups.rules import Terms as Together
from exchanges.groups.tables import GroupExchange
from exchanges.posts import actions as posts
from exchanges.posts.tables import Post
from exchanges.series import actions as series
from exchanges.series.rules import Terms as Weekly
from exchanges.series.tables import Series
from foundation import clock
from foundation.errors import Missing, Refused
from tests.cast import make_member, verify_for_care
from tests.exchanges.agreements.stage import Stage


def limit(stage: Stage, who, outcome: str = "limit", *what: str, days: int | None = 14) -> int:
    """Bashir reports somebody, and a maker decides: the number of the case."""
    reporter = stage.cast.chiara
    with stage.database.writing() as session:
        case_id = moderation.report(session, reporter.actor, "person", who.id, reason="insult", words="").case_id
        ruling = Ruling(outcome, "Ne abbiamo parlato.", who.id, what, days)
        moderation.decide(session, stage.cast.maker.actor, case_id, ruling)
    return case_id


def terms(**more) -> Terms:
    return Terms(**{"starts_at": clock.now() + timedelta(days=2), "minutes": 60, **more})


def test_proposing_is_refused_on_every_path(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    offer = stage.post(anna, places=5)
    together = stage.do(groups.open_group, anna, offer, Together(starts_at=clock.now() + timedelta(days=2), minutes=60))
    other = stage.post(anna)
    own = stage.post(bashir, places=5)
    category = stage.cast.categories["repairs"].id
    limit(stage, bashir, "limit", "proposing")
    week = Weekly(weekdays=(2,), at="16:30", first_day=clock.now().date() + timedelta(days=1), minutes=60)
    made = actions.Made(anna.party.id, True, "Orlo", category, clock.today("Europe/Rome"), minutes=60)
    present = (groups.Present(anna.party.id, 60),)
    several = groups.Made("Corso", category, clock.today("Europe/Rome"), "fund", 60, present)
    for verb, *arguments in (
        (actions.propose, other, terms()),
        (actions.ask, anna.party.id, "Un orlo", category, terms()),
        (actions.record, made),
        (series.propose, other, week),
        (series.ask, anna.party.id, "Un orlo", category, week),
        (groups.join, together, None),
        (groups.open_group, own, Together(starts_at=clock.now() + timedelta(days=2), minutes=60)),
        (groups.record, several),
    ):
        with pytest.raises(Limited):
            stage.do(verb, bashir, *arguments)
    with clock.at(clock.now() + timedelta(days=15)):
        assert stage.do(actions.propose, bashir, other, terms())


def test_messages_are_refused_beside_everything(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir)
    limit(stage, bashir, "limit", "messages")
    with pytest.raises(Limited):
        stage.do(actions.write_words, bashir, agreement_id, "Ciao")
    with pytest.raises(Limited):
        stage.do(actions.propose, bashir, stage.post(anna), terms(), words="Ciao")
    assert stage.do(actions.propose, bashir, stage.post(anna), terms())
    assert stage.do(actions.write_words, anna, agreement_id, "Ciao")


def test_posting_is_refused_also_by_renewing(stage: Stage) -> None:
    bashir = stage.cast.bashir
    post_id = stage.post(bashir)
    stage.do(posts.pause_post, bashir, post_id)
    limit(stage, bashir, "limit", "posting")
    for verb in (posts.resume_post, posts.renew_post):
        with pytest.raises(Limited):
            stage.do(verb, bashir, post_id)
    draft = stage.do(posts.duplicate_post, bashir, post_id)
    with pytest.raises(Limited):
        stage.do(posts.publish_post, bashir, draft.id)


def test_care_is_taken_from_the_person_named_and_what_was_agreed_ends(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with stage.database.writing() as session:
        verify_for_care(session, stage.cast, bashir)
    need = stage.post(anna, "need", category="childcare")
    agreement_id = stage.do(actions.propose, bashir, need, terms(adult_id=bashir.id))
    other = stage.do(actions.propose, bashir, stage.post(anna, "need"), terms(adult_id=bashir.id))
    limit(stage, bashir, "limit", "care")
    assert stage.agreement(agreement_id).state not in ("proposed", "accepted")
    assert stage.agreement(other).state == "proposed"
    with pytest.raises(Limited):
        stage.do(actions.propose, bashir, stage.post(anna, "need", category="childcare"), terms(adult_id=bashir.id))


def test_what_is_open_with_who_is_stopped_ends_and_the_board_is_cleared(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    proposed, accepted = stage.do(actions.propose, anna, stage.post(bashir), terms()), stage.accepted(anna, bashir)
    delivered = stage.delivered(anna, bashir)
    standing = stage.post(bashir)
    group_id = stage.do(
        groups.open_group, bashir, stage.post(bashir, places=5),
        Together(starts_at=clock.now() + timedelta(days=2), minutes=60),
    )  # fmt: skip
    stage.do(groups.join, anna, group_id, None)
    week = Weekly(weekdays=(2,), at="16:30", first_day=clock.now().date() + timedelta(days=1), minutes=60)
    category = stage.cast.categories["repairs"].id
    series_id = stage.do(series.ask, anna, bashir.party.id, "Un orlo", category, week)
    case_id = limit(stage, bashir, "pause")
    assert stage.agreement(delivered).state == "delivered"
    assert stage.agreement(accepted).state not in ("proposed", "accepted")
    assert stage.agreement(proposed).state not in ("proposed", "accepted")
    with stage.database.reading() as session:
        assert session.get(Post, standing).state == "paused"
        assert session.get(GroupExchange, group_id).state == "cancelled"
        assert session.get(Series, series_id).state not in ("proposed", "running", "changing")
    assert stage.mails(anna).count("agreements:parted") >= 2
    with pytest.raises(Missing):
        stage.do(actions.ask, anna, bashir.party.id, "Un orlo", category, terms())
    with pytest.raises((Missing, Refused)):
        stage.do(actions.propose, anna, standing, terms())
    stage.do(moderation.undo, stage.cast.maker, case_id)
    assert stage.do(actions.ask, anna, bashir.party.id, "Un orlo", category, terms())


def test_another_adult_of_the_household_stays(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with stage.database.writing() as session:
        partner = make_member(session, stage.cast, "partner", "po")
        session.add(PartyMember(party_id=bashir.party.id, person_id=partner.id))
    need = stage.post(anna, "need")
    his = stage.do(actions.propose, bashir, need, terms(adult_id=bashir.id))
    hers = stage.do(actions.propose, bashir, stage.post(anna, "need"), terms(adult_id=partner.id))
    limit(stage, bashir, "exclude", days=None)
    assert stage.agreement(his).state not in ("proposed", "accepted")
    assert stage.agreement(hers).state == "proposed"


@pytest.mark.parametrize("gives", [True, False])
def test_paper_is_no_way_around_a_pause(stage: Stage, gives: bool) -> None:
    """What was done before it is owed; what would have been done after is not copied."""
    cast, today = stage.cast, clock.today("Europe/Rome")
    giver, receiver = (cast.bashir, cast.anna) if gives else (cast.anna, cast.bashir)
    category = cast.categories["repairs"].id
    limit(stage, cast.bashir, "exclude", days=None)
    with clock.at(clock.now() + timedelta(days=9)):
        later = actions.Cheque(
            giver.party.id, receiver.party.id, 60, clock.today("Europe/Rome") - timedelta(days=2), "Orlo", category
        )
        with pytest.raises(actions.BadCheques) as refused:
            stage.do(actions.record_cheques, cast.maker, [later], request_key="later")
        assert [fault.field for fault in refused.value.faults[0]] == ["giver" if gives else "receiver"]
        before = replace(later, happened_on=today)
        assert len(stage.do(actions.record_cheques, cast.maker, [before], request_key="before")) == 1
