"""Writing a message to many: who may, to whom, and what is refused."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.broadcasts import actions
from community.broadcasts.queries import draft_of, listing
from community.broadcasts.rules import FARTHEST, Link, warnings
from community.broadcasts.tables import Broadcast, BroadcastLink, BroadcastZone
from foundation import clock
from foundation.errors import Invalid, Missing, Refused, Stale
from tests.cast import Cast
from tests.community.broadcasts.stage import Desk, draft


def test_a_maker_writes_to_the_zones_they_look_after(desk: Desk, cast: Cast) -> None:
    number = desk.write(cast.maker, "centro", links=[Link("Il programma", "https://www.example.org/festa")])
    assert desk.state(number) == "draft"
    with desk.database.reading() as session:
        kept = draft_of(session, desk.one(number))
    assert kept.zone_ids == (cast.zones["centro"].id,)
    assert kept.links == [Link("Il programma", "https://www.example.org/festa")]


@pytest.mark.parametrize("who", ["anna", "other_maker", "zoe"])
def test_nobody_else_writes_there(desk: Desk, cast: Cast, who: str) -> None:
    with pytest.raises(Missing):
        desk.write(cast.members[who], "centro")


def test_a_maker_of_some_zones_does_not_write_to_everybody(desk: Desk, cast: Cast) -> None:
    with pytest.raises(Missing):
        desk.write(cast.maker, audience="community")
    assert desk.write(cast.administrator, audience="community")


def test_half_of_the_zones_is_not_enough(desk: Desk, cast: Cast) -> None:
    with pytest.raises(Missing):
        desk.write(cast.maker, "centro", "vescovato")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"subject": {"it": " "}}, "subject_it"),
        ({"words": {"it": "", "en": "Hello"}}, "words_it"),
        ({"words": {"it": "x" * 2001}}, "words_it"),
        ({"subject": {"it": "x" * 81}}, "subject_it"),
        ({"words": {"it": "Ciao", "en": "Hello"}}, "subject_en"),
        ({"purpose": "urgent"}, "reason"),
        ({"purpose": "spam"}, "purpose"),
        ({"zone_ids": []}, "zones"),
        ({"links": [Link("", "javascript:alert(1)")]}, "url_1"),
        ({"links": [Link("", "https://banca@example.org")]}, "url_1"),
        ({"links": [Link("", "https://a.example\nb")]}, "url_1"),
        ({"links": [Link("", "https://a.example")] * 4}, "url_1"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(desk: Desk, more: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as error:
        desk.write(**more)
    assert error.value.field == field


def test_the_moment_lies_ahead_and_not_too_far(desk: Desk) -> None:
    for moment in (clock.now() - timedelta(minutes=1), clock.now() + FARTHEST + timedelta(days=1)):
        with pytest.raises(Invalid):
            desk.write(send_at=moment)


def test_telephone_numbers_and_links_are_asked_about() -> None:
    assert len(warnings(["Chiama il 0372 123456 o scrivi a www.example.org"])) == 2
    assert warnings(["Sabato 12 alle 16:30 in piazza, fino alle 18."]) == []


def test_only_its_author_changes_it_and_only_as_it_was_read(desk: Desk, cast: Cast) -> None:
    number = desk.write()
    for who in (cast.administrator, cast.anna):
        with pytest.raises(Missing):
            desk.do(actions.change, who, number, draft(cast))
    desk.do(actions.change, cast.maker, number, draft(cast, "po", words={"it": "Altro"}))
    with pytest.raises(Stale):
        desk.do(actions.change, cast.maker, number, draft(cast), version=1)
    assert desk.one(number).words == {"it": "Altro"}
    with desk.database.reading() as session:
        assert list(session.exec(select(BroadcastZone.zone_id))) == [cast.zones["po"].id]


def test_what_has_gone_out_is_changed_no_more(desk: Desk, cast: Cast) -> None:
    number = desk.send()
    desk.work()
    with pytest.raises(Refused):
        desk.do(actions.change, cast.maker, number, draft(cast))


def test_a_draft_is_seen_and_thrown_away_by_its_author_only(desk: Desk, cast: Cast) -> None:
    number = desk.write(links=[Link("", "https://www.example.org")])
    with desk.database.reading() as session:
        assert listing(session, cast.administrator.actor) == []
        assert [one.id for one, _author, _zones in listing(session, cast.maker.actor)] == [number]
    with pytest.raises(Missing):
        desk.do(actions.discard, cast.administrator, number)
    desk.do(actions.discard, cast.maker, number)
    with desk.database.reading() as session:
        assert session.exec(select(Broadcast)).all() == session.exec(select(BroadcastLink)).all() == []


def test_an_old_one_is_copied_as_a_new_draft(desk: Desk, cast: Cast) -> None:
    number = desk.send(purpose="urgent", reason="La sede è chiusa", links=[Link("Dove", "https://www.example.org")])
    desk.work()
    copied = desk.do(actions.copy, cast.administrator, number)
    one = desk.one(copied)
    assert (one.state, one.purpose, one.reason, one.author_id) == ("draft", "needed", "", cast.administrator.id)
    assert one.words == desk.one(number).words
    with pytest.raises(Missing):
        desk.do(actions.copy, cast.other_maker, number)
