"""Hours on paper: set aside when printed, redeemed once however many try, free again when lost or over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from community.households.queries.changes import is_awaited
from community.mandates.queries import stand_in
from community.moderation.actions import block
from exchanges.agreements.tables import Agreement
from exchanges.cheques import actions
from exchanges.cheques.personal import PERSONAL
from exchanges.cheques.queries import sheets_of
from exchanges.cheques.rules import NotGood, OwnCheque, PrintedForOthers, Wanted
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.rules import BelowFloor
from exchanges.ledger.tables import Transfer
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused, Stale
from foundation.personal import Whose
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.agreements.test_at_once import at_once, deed


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def printed(stage: Stage, who: Member, count: int = 2, minutes: int = 60) -> tuple[str, ...]:
    return stage.do(actions.print_sheet, who, Wanted(count, minutes)).codes


def helped(stage: Stage, category: str = "repairs", **more) -> actions.Helped:
    today = clock.today("Europe/Rome")
    return actions.Helped(
        **{"title": "Spesa", "category_id": stage.cast.categories[category].id, "happened_on": today} | more
    )


def redeem(stage: Stage, who: Member, code: str, **more) -> int:
    return stage.do(actions.redeem, who, code, helped(stage, **more))


def sheet(stage: Stage, who: Member, number: int = 0):
    with stage.database.reading() as session:
        return sheets_of(session, who.actor)[number]


def whole(stage: Stage) -> list:
    with stage.database.reading() as session:
        hold_still(session)
        return list(faults(session))


def test_printing_sets_hours_aside_and_redeeming_moves_them(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    first, second = printed(stage, anna)
    assert (stage.reserved(anna), stage.balance(anna)) == (120, 0)
    agreement = stage.agreement(redeem(stage, bashir, first))
    assert (agreement.state, agreement.way, agreement.giver_id) == ("settled", "assegno", bashir.party.id)
    assert (stage.reserved(anna), stage.balance(anna), stage.balance(bashir)) == (60, -60, 60)
    assert stage.verbs(agreement.id) == ["redeem"]
    assert stage.mails(anna) == ["agreements:redeemed"]
    assert [one.state for one in sheet(stage, anna).cheques] == ["redeemed", "open"]
    for who in (bashir, stage.cast.chiara):
        with pytest.raises(NotGood) as refusal:
            redeem(stage, who, first)
        assert refusal.value.state == "redeemed"
    with stage.database.reading() as session:
        transfer = session.scalars(select(Transfer)).one()
        assert (transfer.source_kind, transfer.source_id) == ("agreement", agreement.id)
    assert whole(stage) == []
    assert second != first


def test_the_hours_are_there_even_if_the_floor_rises_meanwhile(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    (code,) = printed(stage, anna, 1, 300)
    stage.accepted(stage.cast.chiara, anna, minutes=300)
    redeem(stage, bashir, code)
    assert (stage.reserved(anna), stage.balance(anna)) == (300, -300)
    with pytest.raises(BelowFloor):
        printed(stage, anna, 1)


def test_no_more_stands_on_cheques_than_the_community_wishes(stage: Stage) -> None:
    anna = stage.cast.anna
    printed(stage, anna, 4, 120)
    with pytest.raises(Refused):
        printed(stage, anna, 3)
    printed(stage, anna, 2)
    for wrong in (Wanted(0, 60), Wanted(13, 15), Wanted(1, 4), Wanted(1, 481)):
        with pytest.raises(Invalid):
            stage.do(actions.print_sheet, anna, wrong)


def test_two_adults_of_a_household_do_not_pass_it_together(stage: Stage) -> None:
    anna = stage.cast.anna
    partner = stage.second_adult(anna, "paolo")
    found = at_once(
        stage,
        deed(actions.print_sheet, anna, Wanted(6, 60)),
        deed(actions.print_sheet, partner, Wanted(6, 60)),
    )
    assert sum(error is None for error in found) == 1
    assert stage.reserved(anna) == 360


def test_the_same_form_prints_once_and_redeems_once(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    sheet = stage.do(actions.print_sheet, anna, Wanted(1, 60), request_key="k")
    assert stage.do(actions.print_sheet, anna, Wanted(1, 60), request_key="k") is None
    with pytest.raises(Stale):
        stage.do(actions.print_sheet, anna, Wanted(2, 60), request_key="k")
    assert stage.reserved(anna) == 60
    what = helped(stage)
    ids = {stage.do(actions.redeem, bashir, sheet.codes[0], what, request_key="r") for _ in range(2)}
    assert len(ids) == 1
    assert stage.balance(bashir) == 60


def test_however_many_try_at_the_same_moment_one_redeems(stage: Stage) -> None:
    cast = stage.cast
    (code,) = printed(stage, cast.anna, 1)
    many = [cast.bashir, cast.chiara, cast.dario, cast.bashir]
    found = at_once(stage, *[deed(actions.redeem, who, code, helped(stage)) for who in many])
    assert [type(error) for error in found if error] == [NotGood] * 3
    assert stage.balance(cast.anna) == -60
    assert stage.reserved(cast.anna) == 0
    with stage.database.reading() as session:
        assert len(session.scalars(select(Agreement)).all()) == 1
    assert whole(stage) == []


@pytest.mark.parametrize("rounds", [3])
def test_redeemed_while_the_sheet_is_declared_void(stage: Stage, rounds: int) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    for _ in range(rounds):
        codes = printed(stage, anna, 4, 5)
        sheet_id = sheet(stage, anna).sheet.id
        found = at_once(
            stage,
            deed(actions.void, anna, sheet_id),
            *[deed(actions.redeem, bashir, code, helped(stage)) for code in reversed(codes)],
        )
        assert all(error is None or isinstance(error, NotGood) for error in found)
        assert stage.reserved(anna) == 0
    assert stage.balance(anna) == -stage.balance(bashir)
    assert whole(stage) == []


def test_a_lost_cheque_and_a_lost_sheet_are_no_longer_good(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    codes = printed(stage, anna, 3)
    sheet_id = sheet(stage, anna).sheet.id
    redeem(stage, bashir, codes[0])
    assert stage.do(actions.void, anna, sheet_id, 2) == 1
    assert stage.reserved(anna) == 60
    with pytest.raises(NotGood) as refusal:
        redeem(stage, bashir, codes[1])
    assert refusal.value.state == "voided"
    assert stage.do(actions.void, anna, sheet_id) == 1
    assert stage.do(actions.void, anna, sheet_id) == 0
    assert (stage.reserved(anna), stage.balance(anna)) == (0, -60)
    with pytest.raises(Missing):
        stage.do(actions.void, bashir, sheet_id)
    with pytest.raises(Missing):
        stage.do(actions.void, anna, sheet_id, 9)


def test_when_its_day_is_over_hours_come_back_once_and_the_issuer_hears(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    codes = printed(stage, anna, 2)
    last = sheet(stage, anna).sheet.ends_at
    with clock.at(last - timedelta(minutes=1)):
        redeem(stage, bashir, codes[0])
    with clock.at(last):
        with pytest.raises(NotGood) as refusal:
            redeem(stage, bashir, codes[1])
        assert refusal.value.state == "expired"
        for ended in (1, 0):
            with stage.database.writing() as session:
                assert actions.expire(session, 100) == ended
        assert stage.reserved(anna) == 0
        assert stage.mails(anna).count("cheques:expired") == 1
        with pytest.raises(NotGood):
            redeem(stage, bashir, codes[1])


def test_refused_kindly(stage: Stage) -> None:
    cast = stage.cast
    (code,) = printed(stage, cast.anna, 1)
    partner = stage.second_adult(cast.anna, "paolo")
    for own in (cast.anna, partner):
        with pytest.raises(OwnCheque):
            redeem(stage, own, code)
    with pytest.raises(NotGood) as refusal:
        stage.do(actions.redeem, cast.zoe, code, helped(stage))
    assert refusal.value.state == "elsewhere"
    with pytest.raises(NotGood):
        redeem(stage, cast.bashir, "0000-0000-0000")
    stage.do(block, cast.anna, cast.bashir.party.id)
    with pytest.raises(Refused):
        redeem(stage, cast.bashir, code)
    with pytest.raises(Invalid):
        redeem(stage, cast.chiara, code, category_id=None)
    assert stage.reserved(cast.anna) == 60
    redeem(stage, cast.chiara, code)


def test_care_was_given_by_somebody_who_was_met(stage: Stage) -> None:
    cast = stage.cast
    (code,) = printed(stage, cast.anna, 1)
    with pytest.raises(Refused):
        redeem(stage, cast.bashir, code, category="childcare")
    assert stage.reserved(cast.anna) == 60
    stage.verify(cast.bashir)
    redeem(stage, cast.bashir, code, category="childcare")
    assert stage.reserved(cast.anna) == 0


def test_in_the_place_of_who_has_no_email(stage: Stage) -> None:
    rosa, maker, bashir = stage.offline("rosa"), stage.cast.maker, stage.cast.bashir
    with stage.database.writing() as session:
        speaker = stand_in(session, maker.actor, rosa.party.id)
        code = actions.print_sheet(session, speaker, Wanted(2, 30)).codes[0]
    assert stage.reserved(rosa) == 60
    with pytest.raises(Refused):
        _as_recorder(stage, maker, rosa)
    agreement_id = redeem(stage, bashir, code)
    assert stage.balance(rosa) == -30
    (theirs,) = printed(stage, bashir, 1)
    with stage.database.writing() as session:
        speaker = stand_in(session, maker.actor, rosa.party.id)
        second = actions.redeem(session, speaker, theirs, helped(stage))
    assert stage.balance(rosa) == 30
    assert stage.agreement(second).giver_id == rosa.party.id
    assert agreement_id != second


def test_who_printed_it_in_somebodys_place_does_not_take_its_hours(stage: Stage) -> None:
    """Nor does who lives with them; with the card of another, at their telephone, it is redeemed."""
    rosa, ada, maker = stage.offline("rosa"), stage.offline("ada"), stage.cast.maker
    with stage.database.writing() as session:
        code, other = actions.print_sheet(session, stand_in(session, maker.actor, rosa.party.id), Wanted(2, 60)).codes
    for who in (maker, stage.second_adult(maker, "elia")):
        actor = replace(who.actor, party_id=maker.party.id, party_ids=(maker.party.id,))
        with stage.database.writing() as session, pytest.raises(PrintedForOthers):
            actions.redeem(session, actor, code, helped(stage))
    with stage.database.writing() as session:
        actions.redeem(session, stand_in(session, maker.actor, ada.party.id), code, helped(stage))
    redeem(stage, stage.cast.bashir, other)
    assert stage.balance(rosa) == -120


def _as_recorder(stage: Stage, maker: Member, rosa: Member) -> None:
    """A maker in Rosa's place redeems a cheque of the maker's own household."""
    (own,) = printed(stage, maker, 1)
    with stage.database.writing() as session:
        actions.redeem(session, stand_in(session, maker.actor, rosa.party.id), own, helped(stage))


def test_another_use_of_the_same_key_is_told(stage: Stage) -> None:
    codes = printed(stage, stage.cast.anna, 2)
    stage.do(actions.redeem, stage.cast.bashir, codes[0], helped(stage), request_key="k")
    with pytest.raises(Stale):
        stage.do(actions.redeem, stage.cast.bashir, codes[1], helped(stage), request_key="k")


def test_open_cheques_keep_a_household_from_joining_another(stage: Stage) -> None:
    anna = stage.cast.anna
    printed(stage, anna, 1)
    with stage.database.reading() as session:
        assert is_awaited(session, anna.party.id)
    stage.do(actions.void, anna, sheet(stage, anna).sheet.id)
    with stage.database.reading() as session:
        assert not is_awaited(session, anna.party.id)


def test_each_has_in_their_file_what_they_printed_and_redeemed(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    (code,) = printed(stage, anna, 1)
    redeem(stage, bashir, code)
    with stage.database.reading() as session:
        for who, count in ((anna, 1), (bashir, 1), (stage.cast.chiara, 0)):
            whose = Whose(who.id, stage.cast.community.id, (who.party.id,), (who.party.id,))
            assert len(list(PERSONAL[0].rows(session, whose))) == count
