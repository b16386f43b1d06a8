"""Coming in from the page of a lab: who is in it asks, a keeper looks first."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.queries.in_labs import circles_of_lab
from civic_centers.circles.rules import About
from civic_centers.circles.tables import CareCircle, CircleFamily
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About as LabAbout
from civic_centers.labs.tables import Lab
from community.moderation.actions import block
from community.moderation.actions.blocking import keep_apart_too
from community.moderation.policies import Blocked
from community.parties.tables import Party
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast
from tests.civic_centers.circles.stage import MONDAY, CircleStage
from tests.client import Browser, on_sqlite

Opening = Callable[..., Browser]


def lab_of(circle: CircleStage, *people: str) -> int:
    """An open lab of the zone with these people in it."""
    about = LabAbout(
        name="Pomeriggi", need="Le ore dopo la scuola", zone_id=circle.cast.zones["centro"].id, kind="care",
        entry="open",
    )  # fmt: skip
    lab_id = circle.do(labs.make_lab, "maker", about, None).id
    for name in people:
        circle.do(labs.join_lab, name, lab_id)
    return lab_id


def about_of(circle: CircleStage, **more: object) -> About:
    said = {"name": "Il girotondo", "zone_id": circle.cast.zones["centro"].id, **more}
    return About(**said)


def put_into(circle: CircleStage, lab_id: int | None, who: str = "maker") -> None:
    version = circle.circle().version
    circle.do(actions.edit_circle, who, circle.circle_id, about_of(circle, lab_id=lab_id), version=version)


def test_a_lab_that_is_not_there(circle: CircleStage) -> None:
    with pytest.raises(Invalid) as refused:
        put_into(circle, 999999)
    assert refused.value.field == "lab_id"


def test_only_who_is_in_a_lab_says_that_a_circle_is_of_it(circle: CircleStage) -> None:
    lab_id = lab_of(circle, "anna")
    with circle.database.writing() as session:
        session.get_one(CareCircle, circle.circle_id).keeper_id = circle.cast.bashir.id
    with pytest.raises(Invalid):
        put_into(circle, lab_id, "bashir")
    circle.do(labs.join_lab, "bashir", lab_id)
    put_into(circle, lab_id, "bashir")
    with circle.database.writing() as session:
        session.get_one(Lab, lab_id).is_public = False
    circle.do(labs.leave_lab, "bashir", lab_id)
    put_into(circle, lab_id, "bashir")
    assert circle.circle().lab_id == lab_id


@pytest.fixture
def small(database: Database, cast: Cast) -> Iterator[CircleStage]:
    """A circle that is being put together, of Anna and Bashir."""
    with clock.at(MONDAY):
        stage = CircleStage(database, cast, running=False)
        stage.join("anna")
        stage.join("bashir")
        yield stage


def test_who_is_in_the_lab_asks_to_come_in(small: CircleStage) -> None:
    with pytest.raises(Missing):
        small.do(actions.ask_in, "chiara", small.circle_id)
    lab_id = lab_of(small, "chiara", "dario")
    with pytest.raises(Missing):
        small.do(actions.ask_in, "chiara", small.circle_id)
    put_into(small, lab_id)
    small.forget_letters()
    family = small.do(actions.ask_in, "chiara", small.circle_id)
    assert small.do(actions.ask_in, "chiara", small.circle_id).id == family.id
    assert family.state == "asked"
    assert ("maker", "circles:asked") in small.letters()
    with pytest.raises(Missing):
        small.do(actions.join, "chiara", small.circle_id, agreed=True)
    with pytest.raises(Missing):
        small.do(actions.ask_in, "elisa", small.circle_id)
    small.do(actions.answer_asked, "maker", small.circle_id, family.id, yes=True)
    assert small.do(actions.join, "chiara", small.circle_id, agreed=True).state == "in"


def test_no_is_told_and_asking_is_taken_back(small: CircleStage) -> None:
    put_into(small, lab_of(small, "chiara", "dario"))
    family = small.do(actions.ask_in, "chiara", small.circle_id)
    small.do(actions.answer_asked, "maker", small.circle_id, family.id, yes=False)
    assert ("chiara", "circles:not_this_time") in small.letters()
    small.do(actions.ask_in, "dario", small.circle_id)
    small.do(actions.ask_no_more, "dario", small.circle_id)
    with pytest.raises(Missing):
        small.do(actions.ask_no_more, "dario", small.circle_id)
    with small.database.reading() as session:
        left = session.exec(select(CircleFamily).where(CircleFamily.state == "left")).all()
    assert len(left) == 2


def test_a_block_keeps_apart_without_a_word(small: CircleStage) -> None:
    lab_id = lab_of(small, "chiara")
    put_into(small, lab_id)
    small.do(block, "bashir", small.cast.chiara.party.id, {})
    with small.database.reading() as session:
        assert circles_of_lab(session, small.cast.chiara.actor, lab_id) == ([], [])
    with pytest.raises(Blocked):
        small.do(actions.ask_in, "chiara", small.circle_id)


def test_a_block_that_comes_with_a_household_takes_it_out(small: CircleStage) -> None:
    chiara, anna = small.cast.chiara.party.id, small.cast.anna.party.id
    small.do(block, "chiara", small.cast.bashir.party.id, {})
    with small.database.writing() as session:
        keep_apart_too(session, chiara, anna)
        actions.household_joined(session, chiara, anna)
    assert (small.family("anna").state, small.family("bashir").state) == ("left", "in")
    assert ("anna", "circles:ours_left") in small.letters()


def test_two_adults_of_a_household_who_ask_at_once_ask_once(small: CircleStage) -> None:
    put_into(small, lab_of(small, "chiara"))
    together, found, moment = Barrier(2), [], clock.now()

    def ask() -> None:
        together.wait()
        with clock.at(moment):
            found.append(small.do(actions.ask_in, "chiara", small.circle_id).id)

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] == found[1]


def test_only_a_household_asks(small: CircleStage) -> None:
    put_into(small, lab_of(small, "chiara"))
    with small.database.writing() as session:
        session.get_one(Party, small.cast.chiara.party.id).kind = "organisation"
        with pytest.raises(Missing):
            actions.ask_in(session, replace(small.cast.chiara.actor), small.circle_id)
        session.rollback()


@on_sqlite
def test_the_page_of_the_lab(small: CircleStage, client_for: Opening) -> None:
    lab_id = lab_of(small, "chiara", "anna")
    put_into(small, lab_id)
    with small.database.reading() as session:
        place = f"/c/cremona/labs/{session.get_one(Lab, lab_id).slug}"
    assert f"/circles/{small.circle_id}" in client_for(small.cast.anna).look(place).html
    assert not client_for(small.cast.dario).look(place).says("Il girotondo")
    chiara = client_for(small.cast.chiara)
    page = chiara.submit(chiara.look(place), "Chiedi di entrare")
    assert page.says("Il girotondo")
    assert not page.says("Bashir")
    assert page.says("Chiesto")
    assert chiara.submit(page, "Ritira").says("Chiedi di entrare")
