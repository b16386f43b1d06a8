"""What is given to a community lab: from its page to the thanks on page and poster, and what its end means for it."""

from collections.abc import Callable

import pytest
from flask import Flask

from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About as AboutLab
from civic_centers.labs.rules import Outcome
from civic_centers.labs.tables import Lab
from civic_centers.sponsors import actions
from civic_centers.sponsors.pages.showing import lab_section
from civic_centers.sponsors.rules import Target
from foundation.errors import Invalid
from tests.civic_centers.sponsors.stage import SponsorStage
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def open_lab(stage: SponsorStage, **more: object) -> Lab:
    """A lab that everybody reads of, opened by the maker."""
    said = {"name": "Spesa insieme", "need": "Pane buono", "zone_id": stage.cast.zones["centro"].id, "is_public": True}
    return stage.do(labs.make_lab, stage.cast.maker, AboutLab(**{**said, **more}))


def test_from_the_page_of_a_lab_to_the_thanks_on_its_poster(
    stage: SponsorStage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    lab = open_lab(stage)
    place = f"/c/cremona/labs/{lab.slug}"
    assert not visitor.look(place).says("Con l’aiuto di")
    bakery = client_for(stage.cast.bakery)
    form = bakery.look(bakery.look(place).link("Offri qualcosa"))
    chosen = form.soup.select_one("select[name=target] option[selected]")
    assert chosen is not None
    assert chosen["value"] == f"lab:{lab.id}"
    pledge_id = stage.accepted(Target("lab", lab.id))
    stage.do(actions.thank, stage.cast.maker, pledge_id, "Che profumo!")
    page, poster = visitor.look(place), visitor.look(f"{place}/poster")
    for words in (stage.cast.bakery.party.name, "Venti pagnotte", "Che profumo!"):
        assert page.says(words)
    assert not page.says("Offri qualcosa")
    assert poster.says(f"Con l’aiuto di {stage.cast.bakery.party.name}")


def test_who_wishes_no_name_stands_on_no_page_of_a_lab(stage: SponsorStage, visitor: Browser) -> None:
    lab = open_lab(stage)
    stage.accepted(Target("lab", lab.id), is_public=False)
    for more in ("", "/poster"):
        page = visitor.look(f"/c/cremona/labs/{lab.slug}{more}")
        assert not page.says(stage.cast.bakery.party.name)
        assert not page.says("Venti pagnotte")


def test_a_lab_that_ends_says_before_that_its_pledges_end(
    stage: SponsorStage, client_for: Callable[..., Browser]
) -> None:
    lab = open_lab(stage)
    offered, accepted = stage.offer(Target("lab", lab.id)), stage.accepted(Target("lab", lab.id), words="Farina")
    elsewhere = stage.accepted()
    assert client_for(stage.cast.maker).look(f"/c/cremona/labs/{lab.slug}/end").says("2 impegni")
    stage.do(labs.end_lab, stage.cast.maker, lab.id, Outcome("Abbiamo un forno"), version=1)
    assert [stage.pledge(one).state for one in (offered, accepted, elsewhere)] == ["withdrawn", "ended", "accepted"]
    assert stage.pledge(accepted).reason == "Abbiamo un forno"
    assert stage.letters().count(("bakery", "sponsors:ended")) == 2


def test_only_to_a_lab_that_goes_on_and_that_everybody_reads_of(stage: SponsorStage) -> None:
    """What is pledged to a lab that is not public would tell of it."""
    ended = open_lab(stage)
    stage.do(labs.end_lab, stage.cast.maker, ended.id, Outcome("Abbiamo un forno"), version=1)
    for lab in (open_lab(stage, name="Chiuso a pochi", is_public=False), ended):
        with pytest.raises(Invalid) as wrong:
            stage.offer(Target("lab", lab.id))
        assert wrong.value.field == "target"


def test_in_somebodys_place_no_way_leads_to_pledging(stage: SponsorStage, app: Flask) -> None:
    lab = open_lab(stage)
    with app.test_request_context("/c/cremona/"), stage.database.reading() as session:
        app.preprocess_request()
        assert lab_section(session, stage.cast.bakery.actor, lab)["offer_url"]
        assert lab_section(session, stage.in_place_of(stage.cast.bakery), lab) is None
