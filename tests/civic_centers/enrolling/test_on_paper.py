"""Who has no e-mail: the maker who enrols their child writes down who may fetch them, with both names."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from civic_centers.enrolling import actions
from civic_centers.enrolling.queries.fetching import allowed_for, said_of
from civic_centers.enrolling.tables import PickUp
from community.dependants.queries import KIND
from community.members.tables import Person
from foundation.audit.tables import AuditEntry
from foundation.errors import Missing
from tests.cast import Member, let_makers_act, make_member
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.client import Browser, on_sqlite


@pytest.fixture
def rosa(stage: EnrolStage) -> Member:
    """Somebody without e-mail, who agreed that makers act for her."""
    with stage.database.writing() as session:
        rosa = make_member(session, stage.cast, "rosa", "centro", email=None)
        let_makers_act(session, stage.cast, rosa)
    stage.cast.members["rosa"] = rosa
    return rosa


def in_place(stage: EnrolStage, rosa: Member, kind: str, name: str, child: int) -> None:
    with stage.database.writing() as session:
        actions.say_pick_up(session, stage.in_place_of(rosa), child, kind, name=name)


def looks(stage: EnrolStage, verb: str, child: int) -> list[tuple[int | None, int | None]]:
    """Who did it, and who really wrote it."""
    of_child = (col(AuditEntry.kind) == KIND, col(AuditEntry.object_id) == child, col(AuditEntry.verb) == verb)
    with stage.database.reading() as session:
        found = session.exec(select(AuditEntry).where(*of_child).order_by(col(AuditEntry.id))).all()
        return [(one.actor_person_id, one.recorded_by_person_id) for one in found]


def test_names_are_written_down_with_both_names(stage: EnrolStage, rosa: Member) -> None:
    child = stage.child(rosa, "Nino")
    in_place(stage, rosa, "allowed", "Nonna Ines", child)
    with stage.database.reading() as session:
        assert "Nonna Ines" in allowed_for(session, [child])[child]
        [line] = said_of(session, [child])[child]
        assert line.said_by_id == rosa.id
    assert looks(stage, "wrote", child) == [(rosa.id, stage.cast.maker.id)]
    with stage.database.writing() as session:
        actions.take_back_pick_up(session, stage.in_place_of(rosa), child, line.id)
    assert looks(stage, "wrote", child) == [(rosa.id, stage.cast.maker.id)] * 2


def test_what_another_adult_said_is_not_the_makers(stage: EnrolStage, rosa: Member) -> None:
    child, elio = stage.child(rosa, "Nino"), stage.second_adult(rosa, "elio")
    stage.do(actions.say_pick_up, elio, child, "excluded", name="Zio Ugo")
    with stage.database.reading() as session:
        [line] = said_of(session, [child])[child]
        assert session.get_one(Person, rosa.id).email is None
    with stage.database.writing() as session, pytest.raises(Missing):
        actions.take_back_pick_up(session, stage.in_place_of(rosa), child, line.id)


@on_sqlite
def test_the_maker_who_enrols_writes_it_down(
    stage: EnrolStage, rosa: Member, client_for: Callable[..., Browser]
) -> None:
    child = stage.child(rosa, "Nino")
    date = stage.date(places=None, left_alone=True)
    with stage.database.writing() as session:  # who is of the household no more
        session.add(PickUp(dependant_id=child, kind="excluded", name="Zio Ugo", said_by_id=stage.cast.dario.id))
    maker = client_for(stage.cast.maker, language="en")
    maker.submit(maker.look(f"/c/cremona/offline/{rosa.party.id}"), "Act for them")
    form = maker.look(f"/c/cremona/sessions/{date}/enrol")
    assert form.says("write it down beside their place")
    page = maker.submit(form, "Enrol", who=[f"d{child}"])
    lines = maker.look(page.link("Who may pick them up"))
    assert lines.says("You write for")
    assert not lines.says("Zio Ugo")
    assert not looks(stage, "looked", child), "nothing was there to be read"
    lines = maker.submit(lines, "Add this line", kind="allowed", name="Nonna Ines")
    assert lines.says("Nonna Ines")
    assert not lines.says("Zio Ugo")
    assert looks(stage, "looked", child) == [(rosa.id, stage.cast.maker.id)]
    assert maker.look(f"/c/cremona/household/dependants/{child}").link("Who may pick them up")
    assert maker.submit(lines, "Take it away").says("Taken away")
