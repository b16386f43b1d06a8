"""Who holds one leaves, joins another household or is forgotten; the shop closes; days are over."""

from datetime import timedelta

from sqlmodel import select

from civic_centers.vouchers import actions
from civic_centers.vouchers.jobs import look
from civic_centers.vouchers.personal import PERSONAL, RETENTIONS
from civic_centers.vouchers.queries import ending, held_of, offers_over, over
from civic_centers.vouchers.tables import Voucher
from community.leaving.actions import finish, leave
from foundation import clock
from foundation.jobs.tables import QueuedJob
from foundation.personal import Whose
from foundation.personal.keeping import Cutoff
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.vouchers.stage import TODAY, VoucherStage


def test_who_leaves_leaves_it_to_others_and_nothing_says_who_it_was(stage: VoucherStage) -> None:
    offer_id = stage.accepted(most=1)
    voucher = stage.give(offer_id, reason="Ha perso il lavoro")
    departure = stage.do(leave, stage.cast.anna).id
    assert (stage.row(voucher.id).state, stage.given(offer_id)) == ("called_back", 0)
    with clock.at(MONDAY + timedelta(days=15)), stage.database.writing() as session:
        assert finish(session, departure)
    row = stage.row(voucher.id)
    assert (row.person_id, row.party_id, row.reason, row.code) == (None, None, None, None)


def test_after_the_giver_left_another_maker_calls_back(stage: VoucherStage) -> None:
    voucher = stage.held()
    with stage.database.writing() as session:
        row = session.get_one(Voucher, voucher.id)
        row.given_by_id = stage.cast.dario.id  # a maker of then
        session.add(row)
    stage.do(leave, stage.cast.dario)
    stage.do(actions.call_back, stage.cast.maker, voucher.id)
    assert stage.row(voucher.id).state == "called_back"


def test_the_shop_closes(stage: VoucherStage) -> None:
    offer_id = stage.accepted()
    voucher, redeemed = stage.give(offer_id), stage.give(offer_id, "bashir")
    stage.do(actions.redeem, stage.cast.bakery, redeemed.code)
    stage.do(leave, stage.cast.bakery)
    assert (stage.offer_row(offer_id).state, stage.row(voucher.id).state) == ("ended", "called_back")
    assert stage.row(redeemed.id).state == "redeemed"
    assert stage.told("anna")[-1] == "vouchers:called_back"
    assert "vouchers:withdrawn" in stage.told("maker")


def test_its_last_day_is_over(stage: VoucherStage) -> None:
    """The shop hears of it once, where makers handed them on."""
    accepted, offered = stage.accepted(), stage.offer()
    for _time in range(2):
        with clock.at(MONDAY + timedelta(days=70)), stage.database.writing() as session:
            for offer_id in (accepted, offered):
                actions.end_offer_over(session, offer_id)
    assert stage.told("bakery").count("vouchers:ended") == 1


def test_makers_hear_that_the_shop_gives_no_more(stage: VoucherStage) -> None:
    stage.do(actions.withdraw_offer, stage.cast.bakery, stage.accepted())
    assert stage.told("maker")[-1] == "vouchers:withdrawn"


def test_the_shop_is_stopped(stage: VoucherStage) -> None:
    voucher = stage.held()
    with stage.database.writing() as session:
        actions.stop_for(session, stage.cast.administrator.actor, [stage.cast.bakery.party.id])
    assert stage.row(voucher.id).state == "called_back"


def test_a_household_that_joins_another_takes_it_along(stage: VoucherStage) -> None:
    cast = stage.cast
    together = stage.give(stage.accepted(), person_id=None)
    named = stage.give(stage.accepted())
    with stage.database.writing() as session:
        actions.follow_household(session, cast.anna.party.id, cast.bashir.party.id)
    with stage.database.reading() as session:
        assert [one.voucher.id for one in held_of(session, cast.bashir.actor)] == [together.id]
        assert [one.voucher.id for one in held_of(session, cast.anna.actor)] == [named.id]


def test_days_are_over(stage: VoucherStage) -> None:
    offer_id = stage.accepted()
    voucher = stage.give(offer_id)
    with clock.at(voucher.ends_at + timedelta(hours=2)):  # the next day, by every clock
        with stage.database.writing() as session:
            look(session, {})
            queued = {(one.kind, *one.payload.values()) for one in session.exec(select(QueuedJob))}
            assert {("vouchers.expire", voucher.id), ("vouchers.end", offer_id)} <= queued
            for number in over(session, 10):
                actions.expire(session, number)
            for number in offers_over(session, clock.now().date(), 10):
                actions.end_offer_over(session, number)
        assert (stage.row(voucher.id).state, stage.offer_row(offer_id).state) == ("expired", "ended")
        assert stage.given(offer_id) == 1  # what was given and not used was given


def test_none_is_over_before_its_last_day_is(stage: VoucherStage) -> None:
    voucher = stage.held()
    with clock.at(voucher.ends_at - timedelta(minutes=1)), stage.database.writing() as session:
        actions.expire(session, voucher.id)
    assert stage.row(voucher.id).state == "given"


def test_reminded_once_before_the_last_day(stage: VoucherStage) -> None:
    voucher, used = stage.held(), stage.held("chiara")
    stage.held("bashir", until_on=TODAY + timedelta(days=3))  # who is given it reads the day there
    stage.do(actions.redeem, stage.cast.bakery, used.code)
    with stage.database.reading() as session:
        assert ending(session) == []
    with clock.at(voucher.ends_at - timedelta(days=5)):
        for _time in range(2):
            with stage.database.writing() as session:
                for number in ending(session):
                    actions.remind(session, number)
        with stage.database.writing() as session:
            actions.remind(session, used.id)
        assert [stage.told(name).count("vouchers:ending") for name in ("anna", "bashir", "chiara")] == [1, 0, 0]


def test_codes_and_names_do_not_stay(stage: VoucherStage) -> None:
    voucher = stage.held()
    stage.do(actions.redeem, stage.cast.bakery, voucher.code)
    with clock.at(MONDAY + timedelta(days=2)), stage.database.writing() as session:
        assert actions.tidy_codes(session, 10) == 1
    assert stage.row(voucher.id).code is None
    with stage.database.writing() as session:
        (gone,) = RETENTIONS[0].clear(session, Cutoff(MONDAY + timedelta(days=1)), 10).items()
    assert gone == (stage.cast.community.id, 1)
    assert stage.row(voucher.id).person_id is None


def test_in_the_file_of_who_holds_it_and_of_nobody_else(stage: VoucherStage) -> None:
    cast = stage.cast
    stage.give(stage.accepted(), reason="Per la nascita")
    with stage.database.reading() as session:
        for member, number in ((cast.anna, 1), (cast.bashir, 0), (cast.bakery, 0)):
            whose = Whose(member.id, cast.community.id, (member.party.id,), (member.party.id,))
            rows = list(PERSONAL[0].rows(session, whose))
            assert len(rows) == number
            assert not any("code" in row for row in rows)
