"""A form that is sent twice is done once; the same form with other words in it is refused."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.civic_centers.stage import MONDAY, at
from tests.civic_centers.volunteering.shifts import slot, take
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
HERE = "/c/cremona"


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[EnrolStage]:
    with clock.at(MONDAY):
        yield EnrolStage(database, cast)


@dataclass(frozen=True)
class Sent:
    """A form and what is typed in it: in the places of `{}` stand numbers and names of what it is about."""

    address: str
    button: str
    said: Mapping[str, Any]
    other: Mapping[str, Any]
    who: str = "bashir"
    prepare: Callable[[EnrolStage], object] = field(default=lambda _stage: None)


def with_date(stage: EnrolStage) -> None:
    """An open activity with one date, on which nobody is enrolled."""
    stage.date(places=5)


def with_shift(stage: EnrolStage) -> None:
    """Shifts of a day, one of them taken by Anna."""
    take(stage, slot(stage, day=18))


def with_template(stage: EnrolStage) -> None:
    from civic_centers.volunteering import actions

    with_shift(stage)
    stage.do(actions.keep_template, stage.cast.bashir, stage.center_id, "Settimana", at(18, 0).date(), 7)


CENTER = HERE + "/centers/{slug}"
ROLES = {"role_1": "Alla porta", "party_id": "{bakery}"}
ON_A_DAY = {"day": "2027-01-20", "starts": "16:00", "ends": "18:00"}
FORMS = {
    "center": Sent(
        HERE + "/centers/new", "/new",
        {"name": "Nuovo", "zone_id": "{zone}", "address": "Via Po 3", "province": "CR"}, {"name": "Altro"}, "maker",
    ),
    "special days": Sent(CENTER + "/hours", "/days", {"first_on": "2027-01-12"}, {"words": "Guasto"}),
    "room": Sent(CENTER + "/rooms/new", "/rooms/new", {"name": "Cortile", "places": "30"}, {"places": "40"}),
    "need": Sent(
        CENTER + "/wall/new", "Mettilo sulla parete", {"words": "Una panchina"}, {"words": "Una tenda"}, "anna"
    ),
    "sheet of needs": Sent(
        CENTER + "/wall/copy", "Mettili sulla parete", {"words_1": "Una panchina", "ticks_1": "3"}, {"ticks_1": "4"}
    ),
    "activity": Sent(
        CENTER + "/activities/new", "Avanti", {"title": "Compiti", "kind": "homework"}, {"title": "Merenda"}
    ),
    "dates": Sent(HERE + "/activities/{activity}/dates?how=once", "Segna", ON_A_DAY, {"day": "2027-01-21"},
                  prepare=with_date),
    "enrolment": Sent(HERE + "/sessions/{session}/enrol", "Iscrivi", {"who": ["d{ettore}"]}, {"who": ["d{mina}"]},
                      "anna", with_date),
    "shifts of a day": Sent(CENTER + "/volunteering/new", "Crea i turni", {**ON_A_DAY, **ROLES}, {"weeks": "2"}),
    "shifts of dates": Sent(HERE + "/activities/{activity}/volunteering/new", "Crea i turni", {"which": "all", **ROLES},
                            {"role_1": "In cucina"}, prepare=with_date),
    "template": Sent(
        CENTER + "/volunteering/templates", "Salva", {"name": "Settimana", "first_on": "2027-01-18", "days": "7"},
        {"days": "1"}, prepare=with_shift,
    ),
    "shifts of a template": Sent(
        HERE + "/volunteering/templates/1", "Crea i turni", {"first_on": "2027-02-01", "weeks": "1"}, {"weeks": "2"},
        prepare=with_template,
    ),
    "insurance": Sent(
        HERE + "/organisations/{bakery}/volunteers/{anna}", "Segna", {"since": "2027-01-01", "until": "2027-12-31"},
        {"policy": "77"}, "bakery", with_shift,
    ),
}  # fmt: skip


def filled(stage: EnrolStage, value: Any) -> Any:
    """The same with the numbers of this stage."""
    if isinstance(value, list):
        return [filled(stage, one) for one in value]
    cast = stage.cast
    numbers = {
        "slug": stage.slug,
        "zone": cast.zones["centro"].id,
        "bakery": cast.bakery.party.id,
        "anna": cast.anna.id,
    }
    return value.format(**numbers, activity=1, session=1, ettore=stage.ettore, mina=stage.mina)


@pytest.mark.parametrize("name", FORMS)
def test_the_same_is_a_repeat_and_other_words_are_refused(
    stage: EnrolStage, client_for: Callable[..., Browser], name: str
) -> None:
    sent = FORMS[name]
    sent.prepare(stage)
    said = {key: filled(stage, value) for key, value in sent.said.items()}
    other = {key: filled(stage, value) for key, value in sent.other.items()}
    browser = client_for(stage.cast.members[sent.who])
    form = browser.look(filled(stage, sent.address))
    first = browser.submit(form, sent.button, **said)
    assert browser.submit(form, sent.button, **said).address == first.address
    refused = browser.submit(form, sent.button, status=409, **{**said, **other})
    assert refused.says("Questo modulo è già partito, con altre parole")
