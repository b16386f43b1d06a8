"""After a turn both sides are asked once, quietly, whether all went well; and whoever is worried is heard."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.queries.worries import parties_about
from civic_centers.circles.tables import CircleChild, CircleTurn, CircleTurnChild
from community.members.queries import actor_for
from community.moderation.tables import Case, Decision, Limit
from community.parties.tables import PartyMember
from community.safeguarding import actions as safety
from exchanges.quiet import actions as quiet
from exchanges.quiet.queries import number_to_ask, to_ask
from exchanges.quiet.tables import QuietAnswer
from foundation import clock
from foundation.access import Actor
from foundation.errors import Missing
from tests.civic_centers.circles.stage import NAMES, CircleStage
from tests.civic_centers.circles.test_ends import going
from tests.client import Browser, on_sqlite

Opening = Callable[..., Browser]
KIND = "circle_turn"


def asked_of(circle: CircleStage, actor: Actor) -> list[int]:
    """The turns somebody is asked about; the number at the bell says the same."""
    with circle.database.reading() as session:
        lines = to_ask(session, actor)
        assert (session.scalar(select(number_to_ask(actor))) if actor.party_ids else 0) == len(lines)
    assert all(one.kind == KIND for one in lines)
    return [one.object_id for one in lines]


def asked(circle: CircleStage) -> dict[str, list[int]]:
    found = {name: asked_of(circle, circle.cast.members[name].actor) for name in NAMES}
    return {name: ids for name, ids in found.items() if ids}


def begun(circle: CircleStage, *names: str) -> CircleTurn:
    """Anna's turn, to which the children of some came."""
    circle.rota()
    turn = circle.turn_of("anna")
    with clock.at(turn.starts_at):
        for name in names:
            circle.do(actions.note_came, "anna", turn.id, circle.child_row(name).id)
    return turn


def now(circle: CircleStage, name: str) -> Actor:
    """Somebody as they stand now."""
    with circle.database.reading() as session:
        return actor_for(session, circle.cast.members[name].id, circle.cast.community.id)


def stop(circle: CircleStage, name: str) -> None:
    """A decision keeps somebody out of the community for a month."""
    until = clock.now() + timedelta(days=30)
    about = {"community_id": circle.cast.community.id, "person_id": circle.cast.members[name].id, "until": until}
    with circle.database.writing() as session:
        case = Case(community_id=about["community_id"], kind="profile", object_id=about["person_id"], due_at=until)
        session.add(case)
        session.flush()
        decision = Decision(case_id=case.id, outcome="limit", reason="r", **about)
        session.add(decision)
        session.flush()
        session.add(Limit(decision_id=decision.id, what="pause", **about))


def comes_to_live_with(circle: CircleStage, name: str, who: str) -> None:
    """One more adult of somebody's family."""
    with circle.database.writing() as session:
        session.add(PartyMember(party_id=circle.cast.members[name].party.id, person_id=circle.cast.members[who].id))


def test_who_had_it_and_whose_child_came_are_asked_once_it_is_over(circle: CircleStage) -> None:
    turn = begun(circle, "anna", "bashir", "chiara")
    with clock.at(turn.ends_at - timedelta(seconds=1)):
        assert asked(circle) == {}
        with pytest.raises(Missing):
            circle.do(quiet.answer, "anna", KIND, turn.id, well=True)
    with clock.at(turn.ends_at):
        assert asked(circle) == {name: [turn.id] for name in ("anna", "bashir", "chiara")}
        assert asked_of(circle, circle.cast.maker.actor) == []
    with clock.at(turn.ends_at + timedelta(days=30)):
        assert asked(circle) == {}
    assert not [notice for _who, notice in circle.letters() if "quiet" in notice or "worr" in notice]


def test_the_first_answer_stays_and_nobody_is_asked_twice(circle: CircleStage) -> None:
    turn = begun(circle, "bashir", "chiara")
    with clock.at(turn.ends_at):
        for well in (False, True):
            circle.do(quiet.answer, "bashir", KIND, turn.id, well=well)
        assert asked(circle) == {"anna": [turn.id], "chiara": [turn.id]}
        for who in ("dario", "maker", "other_maker"):
            with pytest.raises(Missing):
                circle.do(quiet.answer, who, KIND, turn.id, well=True)
        with pytest.raises(Missing):
            circle.do(quiet.answer, "anna", KIND, turn.id + 999, well=True)
    with circle.database.reading() as session:
        answer = session.exec(select(QuietAnswer)).one()
    assert (answer.kind, answer.person_id, answer.answer) == (KIND, circle.cast.bashir.id, "unsure")


def test_several_children_of_a_family_are_one_question(circle: CircleStage) -> None:
    other = circle.child("bashir", nickname="Un altro")
    circle.do(actions.bring_child, "bashir", circle.circle_id, other)
    circle.rota()
    turn = circle.turn_of("anna")
    with circle.database.reading() as session:
        family = (CircleChild.family_id == circle.families["bashir"], CircleTurnChild.turn_id == turn.id)
        rows = session.exec(select(CircleTurnChild.child_id).join(CircleChild).where(*family)).all()
    assert len(rows) == 2
    with clock.at(turn.starts_at):
        for child_id in rows:
            circle.do(actions.note_came, "anna", turn.id, child_id)
    with clock.at(turn.ends_at):
        assert asked(circle) == {"anna": [turn.id], "bashir": [turn.id]}


def test_a_family_alone_with_its_own_child_is_not_asked(circle: CircleStage) -> None:
    turn = begun(circle, "anna")
    with clock.at(turn.ends_at):
        assert asked(circle) == {}


def test_nobody_came(circle: CircleStage) -> None:
    turn = begun(circle)
    with clock.at(turn.ends_at):
        assert asked(circle) == {}


def test_a_second_adult_is_asked_and_so_is_whose_child_they_looked_after(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    circle.do(actions.come_too, "bashir", turn.id)
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("anna").id)
    with clock.at(turn.ends_at):
        assert asked(circle) == {"anna": [turn.id], "bashir": [turn.id]}


def test_each_adult_of_whose_child_came_and_who_had_it_alone(circle: CircleStage) -> None:
    turn = begun(circle, "bashir")
    comes_to_live_with(circle, "bashir", "administrator")
    comes_to_live_with(circle, "anna", "other_maker")
    with clock.at(turn.ends_at):
        assert asked_of(circle, now(circle, "administrator")) == [turn.id]
        assert asked_of(circle, now(circle, "other_maker")) == []
        circle.do(quiet.answer, "bashir", KIND, turn.id, well=True)
        assert asked_of(circle, now(circle, "administrator")) == [turn.id]


def test_never_after_one_that_was_called_off(circle: CircleStage) -> None:
    turn = begun(circle, "bashir")
    with circle.database.writing() as session:
        row = session.get_one(CircleTurn, turn.id)
        row.state, row.off_why = "off", "pause"
        session.add(row)
    with clock.at(turn.ends_at):
        assert asked(circle) == {}
        for who in ("anna", "bashir"):
            with pytest.raises(Missing):
                circle.do(quiet.answer, who, KIND, turn.id, well=True)
            with pytest.raises(Missing):
                circle.do(parties_about, who, KIND, turn.id)


def test_a_family_that_left_the_circle_is_asked_still(circle: CircleStage) -> None:
    turn = begun(circle, "bashir", "chiara")
    with clock.at(turn.ends_at):
        circle.do(actions.leave, "bashir", circle.circle_id)
        circle.do(actions.leave, "anna", circle.circle_id)
        assert asked(circle) == {name: [turn.id] for name in ("anna", "bashir", "chiara")}
        circle.do(quiet.answer, "bashir", KIND, turn.id, well=False)
        homes = {circle.cast.members[name].party.id for name in ("anna", "bashir", "chiara")}
        assert set(circle.do(parties_about, "bashir", KIND, turn.id)) == homes
        with pytest.raises(Missing):
            circle.do(parties_about, "bashir", "care_circle", circle.circle_id)


def test_who_is_forgotten_is_asked_nothing_and_named_in_nothing(circle: CircleStage) -> None:
    turn = begun(circle, "bashir", "chiara")
    with clock.at(turn.ends_at):
        for name in ("anna", "bashir"):
            circle.run(actions.somebody_leaves, going(circle, name))
            circle.run(actions.forget, going(circle, name, gone=True))
        assert asked(circle) == {"chiara": [turn.id]}
        assert circle.do(parties_about, "chiara", KIND, turn.id) == (circle.cast.chiara.party.id,)


def test_who_is_stopped_is_not_asked_and_the_others_are(circle: CircleStage) -> None:
    turn = begun(circle, "bashir")
    stop(circle, "anna")
    with clock.at(turn.ends_at):
        assert asked_of(circle, now(circle, "anna")) == []
        assert asked(circle)["bashir"] == [turn.id]


def test_a_maker_in_somebodys_place_answers_nothing_for_them(circle: CircleStage) -> None:
    turn = begun(circle, "bashir")
    with clock.at(turn.ends_at):
        assert asked_of(circle, circle.in_place_of("bashir").actor) == []
        with pytest.raises(Missing):
            circle.do(quiet.answer, circle.in_place_of("bashir"), KIND, turn.id, well=True)


def test_a_household_that_became_a_part_of_another_is_asked_there(circle: CircleStage) -> None:
    turn = begun(circle, "bashir", "chiara")
    circle.run(actions.household_joined, circle.cast.bashir.party.id, circle.cast.chiara.party.id)
    with clock.at(turn.ends_at):
        assert asked(circle) == {"anna": [turn.id], "chiara": [turn.id]}


# ---------------------------------------------------------------- a worry


def leads(circle: CircleStage, *names: str) -> None:
    for name in names:
        with circle.database.writing() as session:
            safety.name_lead(session, circle.cast.administrator.actor, circle.cast.members[name].id)


def test_a_worry_is_about_who_took_part_and_no_others(circle: CircleStage) -> None:
    turn = begun(circle, "bashir", "chiara")
    for who in ("anna", "bashir", "chiara"):
        found = circle.do(parties_about, who, KIND, turn.id)
        assert set(found) == {circle.cast.members[name].party.id for name in ("anna", "bashir", "chiara")}
    for who in ("dario", "maker", "other_maker"):
        with pytest.raises(Missing):
            circle.do(parties_about, who, KIND, turn.id)
    every = {circle.cast.members[name].party.id for name in NAMES}
    assert set(circle.do(parties_about, "dario", "care_circle", circle.circle_id)) == every
    for who in ("maker", "other_maker"):
        with pytest.raises(Missing):
            circle.do(parties_about, who, "care_circle", circle.circle_id)
    assert circle.do(parties_about, "anna", "agreement", turn.id) is None


@on_sqlite
def test_no_leads_to_a_lead_who_took_no_part(circle: CircleStage, client_for: Opening) -> None:
    leads(circle, "chiara", "dario", "administrator")
    turn = begun(circle, "bashir", "chiara")
    with clock.at(turn.ends_at):
        bashir = client_for(circle.cast.bashir, language="en")
        waiting = bashir.look("/c/cremona/waiting")
        assert waiting.says("Il girotondo: Monday, 11 January")
        assert not waiting.says("Bimbo di")
        page = bashir.submit(bashir.look(waiting.link("Did all go well?")), "No, or I am not sure")
        assert page.address.endswith(f"/help-me/about/{KIND}/{turn.id}")
        for number in ("112", "114", "1522"):
            assert page.soup.select_one(f'a[href="tel:{number}"]')
        assert page.says("Dario")
        assert not page.says("Chiara")
        told = bashir.submit(page, "Send", words="Il bambino ha paura.")
        assert not told.says("Who took part")
        read = client_for(circle.cast.dario, language="en").look(told.address)
        assert read.says("a turn of the care circle “Il girotondo”: ")
        for name in ("anna", "bashir", "chiara"):
            assert read.says(circle.cast.members[name].party.name)
        assert not read.says("Bimbo di")
        client_for(circle.cast.chiara).look(told.address, status=404)
        client_for(circle.cast.maker).look(told.address, status=404)


@on_sqlite
def test_the_pages_of_a_turn_that_is_over_and_of_a_circle_have_the_way(
    circle: CircleStage, client_for: Opening
) -> None:  # fmt: skip
    turn = begun(circle, "bashir")
    place, words = f"/c/cremona/circles/turns/{turn.id}", "Qualcosa mi preoccupa"
    names = ("anna", "bashir", "dario", "maker")
    browsers = {name: client_for(circle.cast.members[name]) for name in names}
    with clock.at(turn.ends_at - timedelta(minutes=1)):
        assert not browsers["bashir"].look(place).says(words)
    about_turn, about_circle = f"/help-me/about/{KIND}/{turn.id}", f"/help-me/about/care_circle/{circle.circle_id}"
    with clock.at(turn.ends_at):
        for name, there in (
            ("anna", about_turn),
            ("bashir", about_turn),
            ("dario", about_circle),
            ("maker", "/help-me/"),
        ):
            page = browsers[name].look(place)
            assert page.link(words).endswith(there), name
            browsers[name].look(page.link(words))
        for name, there in (("dario", about_circle), ("maker", "/help-me/")):
            page = browsers[name].look(f"/c/cremona/circles/{circle.circle_id}")
            assert page.link(words).endswith(there), name
            browsers[name].look(page.link(words))
        other = client_for(circle.cast.other_maker)
        for there in (about_turn, about_circle, f"/help-me/about/care_circle/{turn.id + 999}"):
            other.look(f"/c/cremona{there}", status=404)
