"""Thanks and a word of appreciation, on the other's profile if both wish."""

import pytest

from exchanges.agreements import actions
from exchanges.agreements.queries import appreciations_of
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.agreements.stage import Stage


def on_profile(stage: Stage, member) -> list[str]:
    with stage.database.reading() as session:
        return [word.words for word in appreciations_of(session, member.party.id)]


def test_words_stand_on_the_profile_only_if_both_wish(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.settled(anna, bashir)
    stage.do(actions.thank, bashir, agreement_id, "Mani d'oro.", offered=True)
    assert stage.mails(anna)[-1] == "agreements:thanks"
    assert on_profile(stage, anna) == []
    stage.do(actions.show_thanks, anna, agreement_id, shown=True)
    assert on_profile(stage, anna) == ["Mani d'oro."]
    stage.do(actions.show_thanks, anna, agreement_id, shown=False)
    assert on_profile(stage, anna) == []


def test_words_meant_for_the_two_are_never_shown(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.settled(anna, bashir)
    stage.do(actions.thank, bashir, agreement_id, "Grazie di cuore", offered=False)
    with pytest.raises(Missing):
        stage.do(actions.show_thanks, anna, agreement_id, shown=True)


def test_nobody_shows_their_own_words_or_those_of_strangers(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.settled(anna, bashir)
    stage.do(actions.thank, bashir, agreement_id, "Mani d'oro.", offered=True)
    for who in (bashir, stage.cast.chiara):
        with pytest.raises(Missing):
            stage.do(actions.show_thanks, who, agreement_id, shown=True)


def test_new_words_are_asked_about_anew(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.settled(anna, bashir)
    stage.do(actions.thank, bashir, agreement_id, "Mani d'oro.", offered=True)
    stage.do(actions.show_thanks, anna, agreement_id, shown=True)
    stage.do(actions.thank, bashir, agreement_id, "Mani bucate.", offered=True)
    assert on_profile(stage, anna) == []


def test_own_words_can_be_taken_back(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.settled(anna, bashir)
    stage.do(actions.thank, bashir, agreement_id, "Mani d'oro.", offered=True)
    stage.do(actions.show_thanks, anna, agreement_id, shown=True)
    stage.do(actions.take_back_thanks, bashir, agreement_id)
    stage.do(actions.take_back_thanks, bashir, agreement_id)
    assert on_profile(stage, anna) == []


def test_thanks_come_at_the_end_and_have_words(stage: Stage) -> None:
    bashir = stage.cast.bashir
    with pytest.raises(Refused):
        stage.do(actions.thank, bashir, stage.delivered(stage.cast.anna, bashir), "Grazie", offered=True)
    agreement_id = stage.settled(stage.cast.anna, bashir)
    for words in ("", "  ", "x" * 501):
        with pytest.raises(Invalid):
            stage.do(actions.thank, bashir, agreement_id, words, offered=True)
    with pytest.raises(Missing):
        stage.do(actions.thank, stage.cast.chiara, agreement_id, "Grazie", offered=True)


def test_a_moderator_takes_words_out_of_sight(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.settled(anna, bashir)
    stage.do(actions.thank, bashir, agreement_id, "Parolacce", offered=True)
    stage.do(actions.show_thanks, anna, agreement_id, shown=True)
    stage.do(actions.hide_thanks, stage.cast.maker, agreement_id)
    assert on_profile(stage, anna) == []
    stage.do(actions.show_thanks_again, stage.cast.maker, agreement_id)
    assert on_profile(stage, anna) != []
    stage.do(actions.hide_thanks, stage.cast.maker, agreement_id)
