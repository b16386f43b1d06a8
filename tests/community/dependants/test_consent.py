"""Who says yes to somebody being looked after by others, and who takes it back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.dependants import actions
from community.dependants.actions.consenting import consented_dependant
from community.dependants.rules import TEXT_VERSION, Standing
from community.dependants.tables import DependantConsent
from community.households.actions import add_dependant, remove_dependant
from community.leaving.rules import Going
from community.parties.actions import end_person
from foundation import audit, clock
from foundation.errors import Invalid, Missing
from foundation.outbox.tables import OutboxMessage
from tests.cast import Member
from tests.community.dependants.stage import Home


def test_each_says_yes_with_their_own_account(home: Home) -> None:
    anna = home.cast.anna
    paolo, child = home.partner(anna), home.add(anna)
    assert home.page(anna, child).standing is Standing.ABSENT
    home.do(actions.say_consent, anna, child, "yes")
    home.do(actions.say_consent, anna, child, "yes")
    assert home.page(anna, child).standing is Standing.ONE_ABSENT
    home.do(actions.say_consent, paolo, child, "yes")
    found = home.page(paolo, child)
    assert found.standing is Standing.GIVEN
    assert [(one.person_id, one.text_version) for one in found.said] == [
        (anna.id, TEXT_VERSION),
        (paolo.id, TEXT_VERSION),
    ]
    with home.database.reading() as session:
        assert len(session.exec(select(DependantConsent)).all()) == 2


def test_a_declaration_for_both_and_the_no_of_the_other(home: Home) -> None:
    anna = home.cast.anna
    paolo, child = home.partner(anna), home.add(anna, "Segretissimo")
    home.do(actions.say_consent, anna, child, "both")
    assert home.page(anna, child).standing is Standing.GIVEN
    home.do(actions.withdraw_consent, paolo, child)
    assert home.page(anna, child).standing is Standing.REFUSED
    home.do(actions.say_consent, anna, child, "alone")
    assert home.page(anna, child).standing is Standing.REFUSED
    with home.database.reading() as session:
        letters = str([one.payload for one in session.exec(select(OutboxMessage))])
        lines = str([line.detail for line in audit.history_of(session, "dependant", child)])
    assert "dependants:declared" in letters
    assert "dependants:consent_changed" in letters
    assert "Segretissimo" not in letters + lines


def test_a_grown_up_says_it_and_no_parent(home: Home) -> None:
    anna = home.cast.anna
    elder = home.add(anna, "Nonna", "elder")
    with pytest.raises(Invalid):
        home.do(actions.say_consent, anna, elder, "both")
    home.do(actions.say_consent, anna, elder, "guardian")
    assert home.page(anna, elder).standing is Standing.GIVEN


def letters(home: Home, who: Member) -> list[str]:
    with home.database.reading() as session:
        sent = session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        return [one.payload["notice"] for one in sent if one.payload.get("person_id") == who.id]


def test_a_no_outlives_the_line_it_was_said_about(home: Home) -> None:
    """Taken off and added again the child is the same child: whatever age is written down first, and after a leave."""
    anna = home.cast.anna
    paolo, child = home.partner(anna), home.add(anna)
    home.do(actions.say_consent, anna, child, "yes")
    home.do(actions.withdraw_consent, paolo, child)
    home.do(end_person, paolo, anna.party.id, paolo.id)
    home.do(remove_dependant, anna, anna.party.id, child)
    for band, changed in (("6-10", "6-10"), ("3-5", "6-10")):
        again = home.do(add_dependant, anna, anna.party.id, nickname="Pulce", age_band=band).id
        home.write(anna, again, age_band=changed)
        home.do(actions.say_consent, anna, again, "alone")
        assert home.page(anna, again).standing is Standing.REFUSED
        with home.database.reading() as session:
            assert consented_dependant(session, paolo.actor, again).id == again
    assert letters(home, paolo).count("dependants:no_removed") == 1
    assert letters(home, paolo).count("dependants:no_carried") == 2
    assert letters(home, paolo).count("dependants:said_without_you") == 2
    assert "dependants:for_lead" in letters(home, home.cast.maker)
    other = home.do(add_dependant, anna, anna.party.id, nickname="Leo", age_band="0-2").id
    home.do(actions.say_consent, anna, other, "alone")
    assert home.page(anna, other).standing is Standing.GIVEN


def test_after_three_months_it_is_asked_anew(home: Home) -> None:
    anna = home.cast.anna
    paolo, child = home.partner(anna), home.add(anna)
    home.do(actions.withdraw_consent, paolo, child)
    with clock.at(clock.now() - timedelta(days=91)):
        home.do(remove_dependant, anna, anna.party.id, child)
    again = home.do(add_dependant, anna, anna.party.id, nickname="Pulce", age_band="6-10").id
    assert home.page(anna, again).standing is Standing.ABSENT


def test_nobody_elses(home: Home) -> None:
    child = home.add(home.cast.anna)
    for who in ("bashir", "maker", "administrator", "zoe"):
        for verb in (actions.withdraw_consent, lambda *given: actions.say_consent(*given, "yes")):
            with pytest.raises(Missing):
                home.do(verb, home.cast.members[who], child)


def test_who_left_the_household_may_still_take_a_yes_back(home: Home) -> None:
    anna = home.cast.anna
    paolo, child = home.partner(anna), home.add(anna)
    home.do(actions.say_consent, anna, child, "yes")
    home.do(actions.say_consent, paolo, child, "yes")
    home.do(end_person, paolo, anna.party.id, paolo.id)
    paolo.actor = home.cast.bashir.actor.__class__(
        community_id=paolo.actor.community_id, person_id=paolo.id, grants=paolo.actor.grants
    )
    with home.database.reading() as session, pytest.raises(Missing):
        home.page(paolo, child)
    with home.database.reading() as session:
        assert consented_dependant(session, paolo.actor, child).id == child
    home.do(actions.withdraw_consent, paolo, child)
    assert home.page(anna, child).standing is Standing.REFUSED


def test_a_declaration_leaves_with_who_made_it(home: Home) -> None:
    """Nobody who is left has said yes: they are asked, and what rests on it waits."""
    anna = home.cast.anna
    paolo, child = home.partner(anna), home.add(anna)
    home.do(actions.say_consent, paolo, child, "alone")
    assert home.page(anna, child).standing is Standing.GIVEN
    home.do(end_person, paolo, anna.party.id, paolo.id)
    assert home.page(anna, child).standing is Standing.ABSENT
    assert letters(home, anna).count("dependants:ask_again") == 1
    home.do(actions.say_consent, anna, child, "both")
    assert home.page(anna, child).standing is Standing.GIVEN


def test_and_with_who_leaves_the_community(home: Home) -> None:
    anna = home.cast.anna
    paolo, child = home.partner(anna), home.add(anna)
    home.do(actions.say_consent, paolo, child, "both")
    home.themselves(lambda session, here: actions.member_leaves(session, Going(here, paolo.id, (), (anna.party.id,))))
    assert letters(home, anna).count("dependants:ask_again") == 1
    assert "dependants:ask_again" not in letters(home, paolo)


def test_the_no_of_who_is_forgotten_blocks_nobody(home: Home) -> None:
    anna = home.cast.anna
    paolo, child = home.partner(anna), home.add(anna)
    home.do(actions.say_consent, anna, child, "yes")
    home.do(actions.withdraw_consent, paolo, child)
    home.do(end_person, paolo, anna.party.id, paolo.id)
    assert home.page(anna, child).standing is Standing.REFUSED
    home.themselves(lambda session, here: actions.forget(session, Going(here, paolo.id, (), (anna.party.id,))))
    found = home.page(anna, child)
    assert found.standing is Standing.ONE_ABSENT
    assert [one.person_id for one in found.said] == [anna.id]
    assert letters(home, anna).count("dependants:ask_again") == 1
    with home.database.reading() as session:
        kept = [(one.person_id, one.said) for one in session.exec(select(DependantConsent))]
    assert (paolo.id, "no") in kept, "the proof stays"
