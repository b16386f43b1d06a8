"""The pages of groups: meeting all together, joining, writing down, confirming, recording, a maker's word."""

from collections.abc import Callable

import pytest

from exchanges.groups import actions
from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.groups.stage import AFTER, GroupStage

pytestmark = on_sqlite
Clients = Callable[..., Browser]


def test_from_the_post_to_a_place(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    post_id = stage.offer(cast.anna)
    anna = client_for(cast.anna, language="en")
    page = anna.look(f"/c/cremona/posts/{post_id}")
    page = anna.look(page.link("Meet all together"))
    bad = anna.submit(page, "Propose it", status=422, starts_at="2020-01-01T10:00", minutes="60")
    assert any("already passed" in error for error in bad.errors())
    page = anna.submit(
        page, "Propose it", starts_at="2027-01-13T18:00", minutes="60", places="3", words="Portate l’ago"
    )
    assert page.says("0 come so far")
    assert page.says("To the community fund 2 h")
    bashir = client_for(cast.bashir, language="en")
    page = bashir.look(f"/c/cremona/posts/{post_id}")
    page = bashir.look(page.link("Come too"))
    assert page.says("3 places are free.")
    page = bashir.submit(page, "I come too")
    assert page.says("You come: your place is kept")
    assert page.says("1 h of yours are set aside.")
    page = bashir.submit(page, "I cannot come")
    assert page.says("Do you come too?")
    assert stage.reserved(cast.bashir) == 0


def test_writing_down_confirming_and_the_statement(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, cast.chiara)
    with clock.at(AFTER):
        anna = client_for(cast.anna, language="en")
        home = anna.look("/c/cremona/")
        assert home.says("Who was there?")
        page = anna.look(f"/c/cremona/groups/{group_id}/held")
        absent = stage.place(group_id, cast.chiara).id
        page = anna.submit(page, "Write it down", **{f"there_{absent}": None})
        assert page.says("Each confirms for themselves")
        assert page.says("was not there")
        bashir = client_for(cast.bashir, language="en")
        page = bashir.look(f"/c/cremona/groups/{group_id}")
        page = bashir.submit(page, "I confirm 1 h")
        assert page.says("Complete")
        assert bashir.look("/c/cremona/messages").says("Orli e bottoni")
        assert anna.look(f"/c/cremona/groups/{group_id}").says("the hours of all have moved at once")
    assert stage.balance(cast.anna) == 60


def test_it_was_different_and_a_maker_decides(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir)
    with clock.at(AFTER):
        bashir = client_for(cast.bashir, language="en")
        page = bashir.look(f"/c/cremona/groups/{group_id}")
        page = bashir.look(page.link("It was different"))
        page = bashir.submit(page, "Send", reason="Mezz’ora soltanto")
        assert page.says("You said that it was different")
        maker = client_for(cast.maker, language="en")
        page = maker.look("/c/cremona/groups/waiting")
        page = maker.look(page.link("Bashir e famiglia"))
        assert page.says("Mezz’ora soltanto")
        place = stage.place(group_id, cast.bashir)
        fields = {
            f"p{place.id}-outcome": "adjusted",
            f"p{place.id}-minutes": "30",
            f"p{place.id}-reason": "Ho sentito tutti",
        }
        page = maker.submit(page, "Decide", **fields)
        assert page.says("Decided. Both read why.")
        assert bashir.look(f"/c/cremona/groups/{group_id}").says("Ho sentito tutti")
    assert stage.balance(cast.anna) == 30


def test_what_was_said_on_the_phone(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    ida = stage.offline("ida")
    group_id = stage.held(cast.anna, ida)
    with clock.at(AFTER):
        maker = client_for(cast.maker, language="en")
        page = maker.look(f"/c/cremona/groups/{group_id}")
        place = stage.place(group_id, ida)
        maker.submit(page, "Write it down", **{f"p{place.id}-answer": "yes"})
    assert stage.balance(ida) == -60


def test_recording_one_already_made(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    anna = client_for(cast.anna, language="en")
    page = anna.look("/c/cremona/record")
    page = anna.look(page.link("With several at once"))
    page = anna.look(page.link("Bashir e famiglia"))
    page = anna.look(page.link("Chiara e famiglia"))
    page = anna.look(page.link("It was these 2 households"))
    bad = anna.submit(page, "Record it", status=422, title="Corso", minutes="60")
    assert any("what it is about" in error for error in bad.errors())
    page = anna.submit(page, "Record it", title="Corso", minutes="60", category=str(cast.categories["repairs"].id))
    assert page.says("Recorded.")
    assert page.says("Take it back altogether")
    bashir = client_for(cast.bashir, language="en")
    assert bashir.look("/c/cremona/").says("Do you confirm 1 h? Corso")
    page = anna.submit(page, "Take it back altogether")
    assert page.says("Taken back")


def test_changing_and_calling_off(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir)
    anna = client_for(cast.anna, language="en")
    page = anna.look(f"/c/cremona/groups/{group_id}/change")
    stale = anna.look(f"/c/cremona/groups/{group_id}/cancel")
    anna.submit(page, "Change it", minutes="90")
    page = client_for(cast.bashir, language="en").look(f"/c/cremona/groups/{group_id}")
    assert page.says("do you still come?")
    page = anna.submit(stale, "Call it off", status=409, reason="Ho la febbre")
    assert page.says("Nothing of what you just sent was done")
    page = anna.submit(anna.look(f"/c/cremona/groups/{group_id}/cancel"), "Call it off", reason="Ho la febbre")
    assert page.says("Ho la febbre")


def test_words_for_all_are_read_by_who_takes_part_only(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir)
    bashir = client_for(cast.bashir, language="en")
    page = bashir.submit(bashir.look(f"/c/cremona/groups/{group_id}"), "Send", words="Porto il filo")
    assert page.says("Porto il filo")
    assert not client_for(cast.chiara).look(f"/c/cremona/groups/{group_id}").says("Porto il filo")
    assert client_for(cast.anna).look("/c/cremona/messages").says("Porto il filo")
    bashir.submit(bashir.look(f"/c/cremona/groups/{group_id}"), "I cannot come")
    stage.do(actions.write_words, cast.anna, group_id, "Peccato")
    assert not bashir.look(f"/c/cremona/groups/{group_id}").says("Peccato")
    assert not bashir.look("/c/cremona/messages").says("Peccato")
    page = client_for(cast.zoe).look(f"/c/cremona/groups/{group_id}", status=303, follow=False)


@pytest.mark.parametrize("rule", ["fund", "equal", "weighted", "gift"])
def test_the_page_in_italian_says_each_rule(stage: GroupStage, client_for: Clients, rule: str) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, rule=rule)
    for member in (cast.anna, cast.bashir, cast.chiara):
        assert client_for(member).look(f"/c/cremona/groups/{group_id}").says("Orli e bottoni")
    stage.do(actions.cancel, cast.anna, group_id, None, "Piove")
    assert client_for(cast.bashir).look(f"/c/cremona/groups/{group_id}").says("Piove")


def test_blocking_somebody_says_what_ends(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    stage.planned(cast.anna, cast.bashir)
    page = client_for(cast.anna, language="en").look(f"/c/cremona/blocks/{cast.bashir.party.id}")
    assert page.says("Your place or theirs ends here")


def test_what_nobody_should_type(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir)
    anna = client_for(cast.anna)
    for address in (
        "/c/cremona/record/several?p=abc&p=999999999999999999999&after=-1&q=%00",
        "/c/cremona/record/several?p=" + "&p=".join(str(one) for one in range(300)),
        f"/c/cremona/groups/{group_id}?before=x",
    ):
        anna.look(address)
    anna.look("/c/cremona/groups/99999", status=404)
    anna.look(f"/c/cremona/groups/{group_id}/leave", status=405)
    with clock.at(AFTER):
        page = anna.look(f"/c/cremona/groups/{group_id}/held")
        anna.submit(page, "held", status=404, there_77777="1", minutes="60")
