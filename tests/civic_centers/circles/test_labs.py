"""A circle and the lab it grew out of."""

from collections.abc import Callable
from typing import Any

import pytest

from civic_centers.circles import actions
from civic_centers.circles.actions.families import check_lab
from civic_centers.circles.rules import About
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About as AboutLab
from civic_centers.labs.rules import Outcome
from civic_centers.labs.tables import Lab
from community.communities.tables import Community
from community.zones.tables import Zone
from foundation.errors import Invalid
from tests.civic_centers.circles.stage import CircleStage
from tests.client import Browser, on_sqlite

Opening = Callable[..., Browser]


def open_lab(circle: CircleStage, name: str = "Il tempo che manca", **more: Any) -> Lab:
    said = {"need": "Le ore dopo scuola", "zone_id": circle.cast.zones["centro"].id, "kind": "care", "is_public": True}
    return circle.do(labs.make_lab, "maker", AboutLab(name=name, **{**said, "entry": "open", **more}))


def put_in(circle: CircleStage, lab_id: int | None) -> None:
    about = About("Il girotondo", circle.cast.zones["centro"].id, lab_id=lab_id)
    circle.do(actions.edit_circle, "maker", circle.circle_id, about, version=circle.circle().version)


@on_sqlite
def test_its_families_find_it_on_the_page_of_the_lab_and_nobody_else(
    circle: CircleStage, client_for: Opening, visitor: Browser
) -> None:
    lab = open_lab(circle)
    put_in(circle, lab.id)
    place = f"/c/cremona/labs/{lab.slug}"
    page = client_for(circle.cast.anna).look(place)
    assert page.says("Il girotondo")
    assert not page.says("Comincia un girotondo")  # she is not in the lab
    for who in (visitor, client_for(circle.cast.bakery)):
        assert not who.look(place).says("Il girotondo")
    circle.do(labs.join_lab, "anna", lab.id)
    begin = client_for(circle.cast.anna).look(client_for(circle.cast.anna).look(place).link("Comincia un girotondo"))
    chosen = begin.soup.select_one("select[name=lab_id] option[selected]")
    assert chosen is not None
    assert chosen["value"] == str(lab.id)


@on_sqlite
def test_changing_a_circle_keeps_its_lab_that_is_over(circle: CircleStage, client_for: Opening) -> None:
    lab = open_lab(circle)
    put_in(circle, lab.id)
    circle.do(labs.end_lab, "maker", lab.id, Outcome("Un girotondo"), version=1)
    maker = client_for(circle.cast.maker)
    form = maker.look(f"/c/cremona/circles/{circle.circle_id}/edit")
    assert maker.submit(form, "Salva", name="Il girotondo nuovo").says("Salvato")
    assert circle.circle().name == "Il girotondo nuovo"
    assert circle.circle().lab_id == lab.id


def test_only_of_a_lab_that_one_sees_and_that_goes_on(circle: CircleStage) -> None:
    over, draft, hidden = open_lab(circle, "Finito"), open_lab(circle, "Nuovo"), open_lab(circle, "Nascosto")
    circle.do(labs.end_lab, "maker", over.id, Outcome("Basta"), version=1)
    with circle.database.writing() as session:
        elsewhere = Community(slug="altrove", name="Altrove")
        session.add(elsewhere)
        session.flush()
        zone = Zone(community_id=elsewhere.id or 0, slug="a", name="A", position=1)
        session.add(zone)
        session.flush()
        foreign = session.get_one(Lab, draft.id)
        foreign.community_id, foreign.zone_id = elsewhere.id or 0, zone.id or 0
        session.add(foreign)
    for number in (over.id, draft.id, 999_999):
        with pytest.raises(Invalid):
            put_in(circle, number)
    circle.do(labs.hide_lab, "maker", hidden.id)
    with pytest.raises(Invalid), circle.database.writing() as session:
        check_lab(session, circle.cast.anna.actor, hidden.id)
    assert circle.circle().lab_id is None
