"""Meeting all together: opening it from an offer, taking a place and giving it back, changing what was proposed."""

from datetime import timedelta

import pytest

from community.moderation.actions import block
from community.safeguarding.rules import NotVerified
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import NotNow
from exchanges.agreements.rules import Terms as AgreementTerms
from exchanges.groups import actions
from exchanges.ledger.rules import BelowFloor
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.groups.stage import LESSON, MONDAY, GroupStage, terms


def test_who_had_answered_is_asked_and_comes_with_one_tap(stage: GroupStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    post_id = stage.offer(anna)
    proposal = stage.do(agreements.propose, bashir, post_id, AgreementTerms(minutes=60))
    group_id = stage.do(actions.open_group, anna, post_id, terms(), words="Portate l’ago")
    assert stage.place_states(group_id) == ["asked"]
    assert "groups:invited" in stage.mails(bashir)
    assert stage.reserved(bashir) == 0
    stage.do(actions.join, bashir, group_id, 1)
    stage.do(actions.join, chiara, group_id, 1)
    assert stage.place_states(group_id) == ["coming", "coming"]
    assert (stage.reserved(bashir), stage.reserved(chiara), stage.reserved(anna)) == (60, 60, 0)
    assert stage.state(proposal) == "declined"
    assert stage.mails(anna)[-1] == "groups:joined"
    assert stage.place(group_id, bashir).person_id == bashir.id
    assert stage.group_verbs(group_id) == ["open", "invite", "join", "join"]


def test_the_same_form_sent_twice_opens_one(stage: GroupStage) -> None:
    post_id = stage.offer(stage.cast.anna)
    first = stage.do(actions.open_group, stage.cast.anna, post_id, terms(), request_key="k")
    assert stage.do(actions.open_group, stage.cast.anna, post_id, terms(), request_key="k") == first


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": None}, "starts_at"),
        ({"starts_at": MONDAY - timedelta(hours=1)}, "starts_at"),
        ({"starts_at": MONDAY + timedelta(days=500)}, "starts_at"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 7000}, "minutes"),
        ({"minutes": 3, "rule": "equal"}, "minutes"),
        ({"rule": "half"}, "rule"),
        ({"place": "moon"}, "place"),
        ({"place_words": "x" * 201}, "place_words"),
        ({"places": 0}, "places"),
        ({"places": 6}, "places"),
        ({"adult_id": 999}, "adult"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(stage: GroupStage, changes: dict, field: str) -> None:
    post_id = stage.offer(stage.cast.anna)
    with pytest.raises(Invalid) as error:
        stage.do(actions.open_group, stage.cast.anna, post_id, terms(**changes))
    assert error.value.field == field


def test_only_an_open_offer_for_several_and_only_its_owner(stage: GroupStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    for more in ({"places": 1}, {"kind": "need"}, {"state": "paused"}, {"visibility": "confidential"}):
        kind = more.pop("kind", "offer")
        values = {"places": 5, **more}
        if "state" in values:
            post_id = stage.offer(anna)
            _set_state(stage, post_id, values["state"])
        else:
            post_id = stage.post(anna, kind, **values)
        with pytest.raises(Refused):
            stage.do(actions.open_group, anna, post_id, terms(places=1))
    with pytest.raises(Missing):
        stage.do(actions.open_group, bashir, stage.offer(anna), terms())
    always = stage.post(anna, "offer", always=True)
    assert stage.do(actions.open_group, anna, always, terms(places=40))


def _set_state(stage: GroupStage, post_id: int, state: str) -> None:
    from exchanges.posts.tables import Post

    with stage.database.writing() as session:
        session.get(Post, post_id).state = state


def test_the_last_place_fills_the_post_and_who_leaves_offers_it_again(stage: GroupStage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna, "offer", places=2)
    group_id = stage.do(actions.open_group, cast.anna, post_id, terms(places=2))
    stage.do(actions.join, cast.bashir, group_id, None)
    assert stage.post_state(group_id) == "open"
    stage.do(actions.join, cast.chiara, group_id, None)
    assert stage.post_state(group_id) == "closed"
    with pytest.raises(Refused):
        stage.do(actions.join, cast.dario, group_id, None)
    stage.do(actions.leave, cast.chiara, group_id, None)
    assert stage.post_state(group_id) == "open"
    assert stage.reserved(cast.chiara) == 0
    stage.do(actions.join, cast.dario, group_id, None)
    assert stage.post_state(group_id) == "closed"
    assert stage.mails(cast.anna)[-1] == "groups:joined"
    with pytest.raises(Refused):
        stage.do(actions.join, cast.chiara, group_id, None)


def test_agreements_and_groups_share_the_places_of_a_post(stage: GroupStage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna, "offer", places=2)
    agreement_id = stage.do(agreements.propose, cast.bashir, post_id, AgreementTerms(minutes=60))
    stage.do(agreements.accept, cast.anna, agreement_id, None)
    with pytest.raises(Invalid):
        stage.do(actions.open_group, cast.anna, post_id, terms(places=2))
    group_id = stage.do(actions.open_group, cast.anna, post_id, terms(places=1))
    stage.do(actions.join, cast.chiara, group_id, None)
    assert stage.post_state(group_id) == "closed"


def test_nobody_joins_past_their_floor_their_own_group_or_a_form_from_before(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, minutes=601)
    with pytest.raises(BelowFloor):
        stage.do(actions.join, cast.bashir, group_id, None)
    assert stage.place_states(group_id) == []
    with pytest.raises(Refused):
        stage.do(actions.join, cast.anna, group_id, None)
    with pytest.raises(NotNow):
        stage.do(actions.join, cast.bashir, group_id, 7)
    with pytest.raises(Missing):
        stage.do(actions.join, cast.zoe, group_id, None)
    with pytest.raises(Invalid):
        stage.do(actions.join, cast.chiara, group_id, None, person_id=cast.anna.id)


def test_nobody_joins_once_it_has_begun(stage: GroupStage) -> None:
    group_id = stage.planned(stage.cast.anna)
    with stage.later(), pytest.raises(Refused):
        stage.do(actions.join, stage.cast.bashir, group_id, None)


def test_a_change_asks_again_and_keeps_the_place(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, cast.chiara, places=2)
    stage.do(actions.change, cast.anna, group_id, None, terms(minutes=90, places=2))
    assert stage.place_states(group_id) == ["asked", "asked"]
    assert (stage.reserved(cast.bashir), stage.reserved(cast.chiara)) == (0, 0)
    assert "groups:changed" in stage.mails(cast.bashir)
    with pytest.raises(Refused):
        stage.do(actions.join, cast.dario, group_id, None)
    stage.do(actions.join, cast.bashir, group_id, None)
    assert stage.reserved(cast.bashir) == 90
    stage.do(actions.leave, cast.chiara, group_id, None)
    stage.do(actions.join, cast.dario, group_id, None)
    with pytest.raises(Invalid):
        stage.do(actions.change, cast.anna, group_id, None, terms(places=1))


def test_somebody_else_of_the_host_comes_without_asking_anew(stage: GroupStage) -> None:
    cast = stage.cast
    partner = stage.second_adult(cast.anna, "paolo")
    group_id = stage.planned(cast.anna, cast.bashir)
    stage.do(actions.change, cast.anna, group_id, None, terms(adult_id=partner.id))
    assert stage.place_states(group_id) == ["coming"]
    assert stage.group(group_id).adult_id == partner.id


def test_where_care_is_demanded_the_host_was_met_by_a_maker(stage: GroupStage) -> None:
    cast = stage.cast
    post_id = stage.offer(cast.anna, category="childcare")
    with pytest.raises(NotVerified):
        stage.do(actions.open_group, cast.anna, post_id, terms())
    stage.verify(cast.anna)
    group_id = stage.do(actions.open_group, cast.anna, post_id, terms())
    partner = stage.second_adult(cast.anna, "paolo")
    with pytest.raises(NotVerified):
        stage.do(actions.change, cast.anna, group_id, None, terms(adult_id=partner.id))
    stage.do(actions.join, cast.bashir, group_id, None)


def test_an_equal_part_is_that_with_all_places_taken_and_weighted_is_what_one_says(stage: GroupStage) -> None:
    cast = stage.cast
    equal = stage.planned(cast.anna, cast.bashir, rule="equal", minutes=61)
    assert stage.place(equal, cast.bashir).reserved == 13
    weighted = stage.planned(cast.anna, rule="weighted")
    stage.do(actions.join, cast.chiara, weighted, None, minutes=25)
    assert stage.reserved(cast.chiara) == 25
    gift = stage.planned(cast.anna, cast.dario, rule="gift")
    assert stage.place(gift, cast.dario).state == "coming"
    assert stage.reserved(cast.dario) == 0


def test_a_block_keeps_out_and_ends_the_place(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, cast.chiara, places=2)
    stage.do(block, cast.anna, cast.bashir.party.id)
    with stage.database.writing() as session:
        actions.part(session, cast.anna.actor, cast.bashir.party.id, {})
    assert stage.place(group_id, cast.bashir).state == "left"
    assert stage.reserved(cast.bashir) == 0
    with pytest.raises((Missing, Refused)):
        stage.do(actions.join, cast.bashir, group_id, None)
    other = stage.do(actions.open_group, cast.anna, stage.offer(cast.anna), terms())
    with pytest.raises(Missing):
        stage.do(actions.join, cast.bashir, other, None)


def test_called_off_everything_comes_back(stage: GroupStage) -> None:
    cast = stage.cast
    post_id = stage.post(cast.anna, "offer", places=2)
    group_id = stage.do(actions.open_group, cast.anna, post_id, terms(places=2))
    for member in (cast.bashir, cast.chiara):
        stage.do(actions.join, member, group_id, None)
    with pytest.raises(Invalid):
        stage.do(actions.cancel, cast.anna, group_id, None, " ")
    with pytest.raises(Missing):
        stage.do(actions.cancel, cast.bashir, group_id, None, "Non posso")
    stage.do(actions.cancel, cast.anna, group_id, None, "Ho la febbre")
    assert stage.group(group_id).state == "cancelled"
    assert stage.place_states(group_id) == ["off", "off"]
    assert (stage.reserved(cast.bashir), stage.reserved(cast.chiara)) == (0, 0)
    assert stage.post_state(group_id) == "open"
    assert "agreements:cancelled" in stage.mails(cast.chiara)
    with pytest.raises(NotNow):
        stage.do(actions.join, cast.dario, group_id, None)


def test_missed_and_forgotten(stage: GroupStage) -> None:
    cast = stage.cast
    missed = stage.planned(cast.anna, cast.bashir)
    with pytest.raises(Refused):
        stage.do(actions.miss, cast.anna, missed, None, "Pioveva")
    with stage.later():
        stage.do(actions.miss, cast.anna, missed, None, "Pioveva")
    assert (stage.group(missed).state, stage.reserved(cast.bashir)) == ("missed", 0)
    from foundation import clock

    forgotten = stage.planned(cast.anna, cast.bashir)
    with clock.at(LESSON + timedelta(days=59)):
        stage.look()
    assert stage.group(forgotten).state == "planned"
    with clock.at(LESSON + timedelta(days=61)):
        stage.look()
    assert (stage.group(forgotten).state, stage.reserved(cast.bashir)) == ("cancelled", 0)


def test_the_day_before_and_after(stage: GroupStage) -> None:
    from foundation import clock

    cast = stage.cast
    stage.planned(cast.anna, cast.bashir)
    with clock.at(LESSON - timedelta(days=1)):
        stage.look()
    assert stage.mails(cast.bashir)[-1] == stage.mails(cast.anna)[-1] == "agreements:tomorrow"
    with clock.at(LESSON + timedelta(hours=2)):
        stage.look()
    assert stage.mails(cast.anna)[-1] == "groups:how_was_it"
