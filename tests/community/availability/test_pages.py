"""The page "When we can", the week on a profile, and how it is said."""

from collections.abc import Callable

import pytest
from flask import Flask

from community.availability.actions import set_hours, set_week
from community.availability.pages.words import week_words
from community.availability.rules import WEEKDAYS, Slot, narrowed, whole
from community.moderation.tables import Block
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
PAGE = "/c/cremona/me/when-we-can"


def test_half_a_minute_on_a_phone(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = client_for(cast.anna)
    assert anna.look("/c/cremona/me").link("Quando possiamo") == PAGE
    kept = anna.submit(anna.look(PAGE), "Salva", slots=["2-afternoon", "4-afternoon"])
    assert kept.says("Martedì e giovedì pomeriggio.")
    assert {box["value"] for box in kept.soup.select("input[name=slots][checked]")} == {"2-afternoon", "4-afternoon"}
    assert anna.look("/c/cremona/me").says("martedì e giovedì pomeriggio")


def test_exact_hours_and_taking_it_away(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = client_for(cast.anna)
    kept = anna.submit(anna.look(PAGE), "Salva", slots=["4-afternoon"])
    hours = anna.look(kept.link("Di’ gli orari precisi"))
    wrong = anna.submit(hours, "Salva", status=422, **{"from-4-afternoon": "1020", "to-4-afternoon": "960"})
    assert wrong.says("Scegli un’ora d’inizio e una più tardi per la fine.")
    right = anna.submit(wrong, "Salva", **{"from-4-afternoon": "960", "to-4-afternoon": "1080"})
    assert right.says("Giovedì dalle 16:00 alle 18:00.")
    gone = anna.submit(right, "Togli tutto")
    assert not gone.soup.select("input[name=slots][checked]")
    assert anna.look(f"{PAGE}/hours").address == PAGE


def test_what_no_page_offers_is_refused(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = client_for(cast.anna)
    anna.submit(anna.look(PAGE), "Salva", slots=["9-night"], status=422)


def test_neighbours_see_it_on_the_profile_the_blocked_see_no_profile(
    database: Database, cast: Cast, visitor: Browser, client_for: Callable[..., Browser]
) -> None:
    with database.writing() as session:
        set_week(session, cast.anna.actor, [(2, "afternoon"), (4, "afternoon")])
        set_hours(session, cast.anna.actor, [(4, "afternoon", 960, 1080)])
        block = {"party_id": cast.anna.party.id, "blocked_party_id": cast.dario.party.id}
        session.add(Block(**block, blocked_by_id=cast.anna.id))
    profile = f"/c/cremona/members/{cast.anna.party.id}"
    seen = client_for(cast.bashir).look(profile)
    assert seen.says("Martedì pomeriggio; giovedì dalle 16:00 alle 18:00.")
    table = seen.soup.select_one("table.r-parts--seen")
    assert table.caption
    assert len(table.select("tbody tr")) == 7
    assert "16:00–18:00" in table.get_text()
    assert not client_for(cast.chiara).look(f"/c/cremona/members/{cast.bashir.party.id}").says("Quando possono")
    client_for(cast.dario).look(profile, status=404)
    assert not visitor.look(profile).says("pomeriggio")


SAID = [
    ([], "", ""),
    ([whole(2, "afternoon")], "martedì pomeriggio", "Tuesday in the afternoon"),
    (
        [whole(2, "afternoon"), whole(4, "afternoon"), whole(6, "morning")],
        "sabato mattina; martedì e giovedì pomeriggio",
        "Saturday in the morning; Tuesday and Thursday in the afternoon",
    ),
    (
        [whole(day, "evening") for day in range(1, 6)],
        "da lunedì a venerdì sera",
        "from Monday to Friday in the evening",
    ),
    ([whole(day, "morning") for day in WEEKDAYS], "ogni mattina", "every morning"),
    ([whole(7, part) for part in ("morning", "afternoon", "evening")], "domenica tutto il giorno", "Sunday all day"),
    (
        [narrowed(whole(day, "evening"), 1200, 1440) for day in WEEKDAYS],
        "ogni giorno dalle 20:00 alle 24:00",
        "every day from 20:00 to 24:00",
    ),
    (
        [whole(day, part) for day in WEEKDAYS for part in ("morning", "afternoon", "evening")],
        "qualsiasi giorno, a qualsiasi ora",
        "any day, at any hour",
    ),
]


@pytest.mark.parametrize(("week", "italian", "english"), SAID)
def test_a_week_in_words(app: Flask, week: list[Slot], italian: str, english: str) -> None:
    for language, words in (("it", italian), ("en", english)):
        with app.test_request_context("/", headers={"Accept-Language": language}):
            assert week_words(week) == words
