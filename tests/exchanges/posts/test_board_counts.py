"""Each choice with its number: as many as the reader would then see, whatever they may not see."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from community.moderation.actions import block
from exchanges.posts import actions
from exchanges.posts.queries import Filters, board, listing
from exchanges.posts.queries.filters import CHOICES
from foundation import clock
from tests.cast import Member
from tests.exchanges.posts.stage import Stage

READERS = ("anna", "bashir", "chiara", "dario", "maker", "other_maker", "administrator", None)


def crowd(stage: Stage) -> None:
    """Posts of every kind, by several people, with every visibility."""
    chance, cast = random.Random(3), stage.cast
    for number in range(36):
        who = cast.members[("anna", "bashir", "dario", "chiara", "maker")[number % 5]]
        kind = chance.choice(["offer", "need"])
        visibility = chance.choice(["community", "community", "zones", "public", "confidential"])
        said: dict[str, Any] = {
            "title": chance.choice(["Orto insieme", "Lavatrice rotta", "Compiti di matematica"]),
            "category": chance.choice(["repairs", "transport", "elders"]),
            "gift": chance.random() < 0.3,
            "languages": chance.sample(["it", "en", "ar"], chance.randrange(3)),
            "visibility": visibility if kind == "need" or visibility != "confidential" else "community",
        }
        if said["visibility"] == "confidential" and chance.random() < 0.5:
            zone = who.actor.zone_id
            mine = {cast.zones["vescovato"].id: cast.other_maker.id}
            said["excluded_maker_id"] = mine.get(zone, cast.maker.id)
        rhythm = chance.choice(["any", "weekly", "dates"])
        if rhythm == "weekly":
            said |= {
                "weekdays": chance.sample(range(1, 8), 2),
                "weekly_at": chance.choice(["", "09:30", "16:30", "23:00"]),
            }
        if rhythm == "dates":
            starts = stage.at(chance.randrange(1, 9), chance.choice([3, 9, 14, 19]))
            said["dates"] = [(starts, chance.choice([None, starts + timedelta(hours=6)]))]
        stage.open_post(who, kind, rhythm=rhythm, **said)
    stage.open_post(
        cast.anna, category="childcare", own={"children": 2, "age_bands": ["3-5", "6-10"]}, title="Dopo scuola"
    )


def questions(stage: Stage) -> Sequence[Filters]:
    zones, categories = stage.cast.zones, stage.cast.categories
    return (
        Filters(),
        Filters(kind="need"),
        Filters(zone_id=zones["centro"].id, category_id=categories["repairs"].id),
        Filters(weekday=2, part="afternoon"),
        Filters(part="evening", pay="hours"),
        Filters(weekday=6, language="it"),
        Filters(words="lavatrici"),
        Filters(words="lavatrici", kind="offer", order="newest"),
        Filters(age="3-5"),
    )


def values(stage: Stage, name: str) -> list[Any]:
    of: dict[str, list[Any]] = {
        "kind": ["", "offer", "need"],
        "category_id": [None, *(one.id for one in stage.cast.categories.values())],
        "zone_id": [None, *(one.id for one in stage.cast.zones.values())],
        "weekday": [None, *range(1, 8)],
        "part": ["", "morning", "afternoon", "evening"],
        "pay": ["", "gift", "hours"],
        "language": ["", "it", "en", "ar"],
        "age": ["", "0-2", "3-5", "6-10"],
    }
    return of[name]


def test_every_number_is_what_one_then_sees(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 1000)
    crowd(stage)
    stage.do(block, stage.cast.bashir, stage.cast.dario.party.id)
    assert set(CHOICES) == {
        name for name in Filters.__dataclass_fields__ if name not in ("words", "order", "by_visitor")
    }
    for reader in READERS:
        who: Member | None = stage.cast.members[reader] if reader else None
        for filters in questions(stage):
            page = stage.ask(board, who, filters)
            assert page.total == len(page.cards), (reader, filters)
            for name in CHOICES:
                for value, count in page.counts.choices(name, values(stage, name)).items():
                    seen = stage.ask(board, who, replace(filters, **{name: value}))
                    assert count == len(seen.cards), (reader, filters, name, value)


def test_days_and_parts(stage: Stage) -> None:
    anna = stage.cast.anna
    monday = stage.at((7 - clock.now().isoweekday()) % 7 + 1, 8)
    morning = stage.open_post(anna, rhythm="dates", dates=[(monday, None)])
    all_day = stage.open_post(anna, rhythm="dates", dates=[(monday, monday + timedelta(hours=11))])
    weekly = stage.open_post(anna, rhythm="weekly", weekdays=[1, 3], weekly_at="16:30")
    any_hour = stage.open_post(anna, rhythm="weekly", weekdays=[1])
    whenever = stage.open_post(anna)
    for weekday, part, expected in [
        (1, "", {morning, all_day, weekly, any_hour, whenever}),
        (1, "morning", {morning, all_day, any_hour, whenever}),
        (1, "afternoon", {all_day, weekly, any_hour, whenever}),
        (3, "", {weekly, whenever}),
        (3, "morning", {whenever}),
        (None, "evening", {all_day, any_hour, whenever}),
        (2, "", {whenever}),
    ]:
        found = stage.ask(board, stage.cast.bashir, Filters(weekday=weekday, part=part))
        assert {card.id for card in found.cards} == expected, (weekday, part)


@pytest.mark.parametrize(
    ("typed", "tolerance", "meant"),
    [("lavatrice", "", ""), ("lavatrcie", "near", "lavatrice"), ("lavatrice gattino", "some", ""), ("xyzxyz", "", "")],
)
def test_how_the_words_were_taken(stage: Stage, typed: str, tolerance: str, meant: str) -> None:
    post_id = stage.open_post(stage.cast.anna, title="Lavatrice rotta")
    page = stage.ask(board, stage.cast.bashir, Filters(words=typed))
    assert (page.tolerance, page.meant) == (tolerance, meant)
    assert [card.id for card in page.cards] == ([] if typed == "xyzxyz" else [post_id])
    assert page.total == len(page.cards)


def test_a_word_is_not_given_away(stage: Stage) -> None:
    """What stands in a confidential need is neither found nor proposed: its words are in no index."""
    stage.open_post(stage.cast.anna, visibility="confidential", title="Sfratto imminente")
    for who in (stage.cast.bashir, stage.cast.other_maker, None):
        for typed in ("sfratto", "sfrato"):
            page = stage.ask(board, who, Filters(words=typed))
            assert (page.cards, page.total, page.meant) == ([], 0, "")
    assert stage.ask(board, stage.cast.maker, Filters(words="sfrato")).meant == ""
    assert [card.title for card in stage.ask(board, stage.cast.maker, Filters()).cards] == ["Sfratto imminente"]


def test_what_leaves_the_board_is_counted_no_more(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    first, second = stage.open_post(anna), stage.open_post(anna)
    assert stage.ask(board, bashir, Filters()).total == 2
    stage.do(actions.pause_post, anna, first)
    assert stage.ask(board, bashir, Filters()).total == 1
    stage.do(actions.resume_post, anna, first)
    stage.do(actions.close_post, anna, second, found=True)
    assert stage.ask(board, bashir, Filters()).total == 1
    with clock.at(clock.now() + timedelta(days=60)), stage.database.writing() as session:
        actions.expire_posts(session)
    assert stage.ask(board, bashir, Filters()).total == 0
    stage.do(actions.renew_post, anna, first)
    assert stage.ask(board, bashir, Filters()).total == 1


def test_who_acts_for_two_counts_nobody_who_blocked_one_of_them(stage: Stage) -> None:
    cast = stage.cast
    actor = replace(cast.bashir.actor, party_ids=(*cast.bashir.actor.party_ids, cast.bakery.party.id))
    both = replace(cast.bashir, actor=actor)
    stage.open_post(cast.anna)
    assert stage.ask(board, both, Filters()).counts.total == 1
    stage.do(block, cast.anna, cast.bakery.party.id)
    found = stage.ask(board, both, Filters())
    assert (found.cards, found.counts.total) == ([], 0)
