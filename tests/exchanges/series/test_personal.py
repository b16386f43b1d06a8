"""What somebody takes along of weekly meetings: where one met goes with the contacts, from the file too."""

from datetime import timedelta

from exchanges.agreements.rules import CONTACTS_LAST
from exchanges.series import actions
from exchanges.series.personal import PERSONAL
from foundation import clock
from foundation.personal import Whose
from tests.cast import Member
from tests.exchanges.series.stage import MONDAY, TUESDAY, SeriesStage

HOME = "Via dei Mille 3, al secondo piano"


def places(stage: SeriesStage, who: Member) -> list[str]:
    terms = next(one for one in PERSONAL if one.kind == "series_terms")
    whose = Whose(who.id, stage.cast.community.id, (who.party.id,), (who.party.id,))
    with stage.database.reading() as session:
        return [row["place_words"] for row in terms.rows(session, whose)]


def test_the_place_of_a_proposal_is_nobody_s_before_the_yes(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir, place="somewhere", place_words=HOME)
    assert places(stage, anna) == [""]
    stage.do(actions.accept, anna, series_id, None)
    assert places(stage, anna) == places(stage, bashir) == [HOME]
    stage.do(actions.end, anna, series_id, None, TUESDAY)
    assert places(stage, bashir) == [HOME]
    with clock.at(MONDAY + CONTACTS_LAST + timedelta(days=30)):
        assert places(stage, bashir) == [""]


def test_nor_that_of_one_that_was_declined(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir, place="somewhere", place_words=HOME)
    stage.do(actions.decline, anna, series_id, None)
    assert places(stage, anna) == [""]
