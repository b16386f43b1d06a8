"""From 14 on: a link used once, a code of one's own, and a say in what concerns oneself."""

from datetime import timedelta

import pytest

from community.dependants import actions
from community.dependants.queries import viewed_as
from community.dependants.rules import Standing
from community.households.actions import remove_dependant
from foundation import clock
from foundation.errors import Missing, Refused
from tests.community.dependants.stage import Home


def test_not_below_fourteen(home: Home) -> None:
    anna = home.cast.anna
    with pytest.raises(Refused, match="14 or older"):
        home.do(actions.invite_to_own_view, anna, home.add(anna, age_band="11-13"))
    with pytest.raises(Missing):
        home.do(actions.invite_to_own_view, home.cast.bashir, home.add(anna, age_band="14-17"))


def test_the_link_opens_once_and_the_code_again_and_again(home: Home) -> None:
    anna = home.cast.anna
    teen = home.add(anna, age_band="14-17")
    secret = home.do(actions.invite_to_own_view, anna, teen)
    found, token_id, code = home.themselves(actions.open_own_view, secret)
    assert found == teen
    with pytest.raises(Missing):
        home.themselves(actions.open_own_view, secret)
    assert home.themselves(actions.enter_own_view, code) == (teen, token_id)
    assert home.themselves(actions.enter_own_view, f" {code.lower()} ") == (teen, token_id)
    assert home.themselves(actions.enter_own_view, "0000-0000-0000") is None
    with home.database.writing() as session:
        assert actions.enter_own_view(session, home.cast.other_community.id, code) is None


def test_a_link_too_old_or_replaced(home: Home) -> None:
    anna = home.cast.anna
    teen = home.add(anna, age_band="14-17")
    first = home.do(actions.invite_to_own_view, anna, teen)
    second = home.do(actions.invite_to_own_view, anna, teen)
    with pytest.raises(Missing):
        home.themselves(actions.open_own_view, first)
    with clock.at(clock.now() + timedelta(days=15)), pytest.raises(Missing):
        home.themselves(actions.open_own_view, second)


@pytest.mark.parametrize("how", ["ended", "removed"])
def test_a_code_that_was_taken_back(home: Home, how: str) -> None:
    anna = home.cast.anna
    teen = home.add(anna, age_band="14-17")
    code = home.open_view(anna, teen)
    token_id = home.page(anna, teen).view.code_token_id
    if how == "ended":
        home.do(actions.end_own_view, anna, teen)
    else:
        home.do(remove_dependant, anna, anna.party.id, teen)
    assert home.themselves(actions.enter_own_view, code) is None
    with home.database.reading() as session:
        assert viewed_as(session, home.cast.community.id, teen, token_id) is None


def test_an_objection_stands_until_it_is_answered_or_settled(home: Home) -> None:
    anna = home.cast.anna
    teen = home.add(anna, age_band="14-17")
    home.do(actions.say_consent, anna, teen, "both")
    home.themselves(actions.object_to, teen, "Non voglio che venga lui")
    assert home.page(anna, teen).standing is Standing.OBJECTED
    [objection] = home.page(anna, teen).objections
    for who in ("bashir", "maker"):
        with pytest.raises(Missing):
            home.do(actions.answer_objection, home.cast.members[who], teen, objection.id, "No")
    home.do(actions.answer_objection, anna, teen, objection.id, "Hai ragione, cambiamo")
    assert home.page(anna, teen).standing is Standing.GIVEN
    home.themselves(actions.object_to, teen, "Ancora")
    last = home.page(anna, teen).objections[0]
    other = home.add(home.cast.bashir, age_band="14-17")
    with pytest.raises(Missing):
        home.themselves(actions.take_objection_back, other, last.id)
    home.themselves(actions.take_objection_back, teen, last.id)
    assert home.page(anna, teen).standing is Standing.GIVEN


def test_a_grown_up_agrees_and_takes_it_back(home: Home) -> None:
    anna = home.cast.anna
    elder, teen = home.add(anna, "Nonna", "elder"), home.add(anna, "Leo", "14-17")
    home.themselves(actions.agree_oneself, elder, yes=True)
    assert home.page(anna, elder).standing is Standing.GIVEN
    home.themselves(actions.agree_oneself, elder, yes=False)
    assert home.page(anna, elder).standing is Standing.REFUSED
    with pytest.raises(Missing):
        home.themselves(actions.agree_oneself, teen, yes=True)
