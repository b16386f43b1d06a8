"""How far somebody has read, muting, pages of long conversations, and looking for words."""

from types import SimpleNamespace

import pytest
from sqlmodel import select

from community.conversations.actions import begin, read_up_to, set_muted, show_reading, write_directly
from community.conversations.queries import (
    may_hear_thread,
    my_threads,
    readers_of,
    search_mine,
    seen_by,
    standing_in,
)
from community.moderation.tables import Block
from community.threads.queries import as_met, found_in, number_unread
from exchanges.agreements import actions as agreements
from foundation.errors import Missing
from foundation.signals import carry
from tests.community.conversations.asking import ask, page
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def talk(stage: Stage) -> SimpleNamespace:
    """Anna wrote to Bashir."""
    thread_id = stage.do(begin, stage.cast.anna, stage.cast.bashir.id, "Ciao")
    return SimpleNamespace(id=thread_id, last=page(stage, thread_id).last_id)


def readers(stage: Stage, who, talk: SimpleNamespace) -> list[str]:
    """Whom somebody sees to have read it."""

    def asked(session, actor):
        standing = standing_in(session, actor, talk.id)
        people = readers_of(session, actor, standing)
        return [one.given_name for one in seen_by(session, actor, standing, people, talk.last)]

    return ask(stage, asked, who)


def test_it_is_seen_only_where_both_wish_it(stage: Stage, talk: SimpleNamespace) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.do(read_up_to, bashir, talk.id, talk.last)
    for who, wish, seen in ((anna, True, []), (bashir, True, ["Bashir"]), (anna, False, [])):
        for _ in range(2):
            stage.do(show_reading, who, shown=wish)
        assert readers(stage, anna, talk) == seen
    stage.do(show_reading, anna, shown=True)
    assert readers(stage, anna, talk) == ["Bashir"]
    with stage.database.writing() as session:
        session.add(Block(party_id=bashir.party.id, blocked_party_id=anna.party.id, blocked_by_id=bashir.id))
    assert readers(stage, anna, talk) == []


def test_nothing_is_seen_of_what_was_not_read(stage: Stage, talk: SimpleNamespace) -> None:
    for who in (stage.cast.anna, stage.cast.bashir):
        stage.do(show_reading, who, shown=True)
    assert readers(stage, stage.cast.anna, talk) == []


def test_a_muted_conversation_tells_and_counts_nothing(stage: Stage, talk: SimpleNamespace) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir

    def number() -> int:
        with stage.database.reading() as session:
            return session.scalar(select(number_unread(bashir.id, my_threads(bashir.actor))))

    assert number() == 1
    for _ in range(2):
        stage.do(set_muted, bashir, talk.id, muted=True)
    stage.do(read_up_to, bashir, talk.id, talk.last)
    before = stage.mails(bashir)
    stage.do(write_directly, anna, talk.id, "Ci sei?")
    assert (number(), stage.mails(bashir)) == (0, before)
    stage.do(set_muted, bashir, talk.id, muted=False)
    assert number() == 1
    with pytest.raises(Missing):
        stage.do(set_muted, stage.cast.chiara, talk.id, muted=True)


def test_long_ones_come_in_pages_both_ways(stage: Stage, talk: SimpleNamespace) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    ids = [talk.last, *(stage.do(write_directly, anna, talk.id, f"Riga {number}") for number in range(1, 100))]
    seen = []
    place: dict[str, int] = {}
    for _ in range(10):
        found = page(stage, talk.id, **place)
        seen = [line.id for line in found.lines] + seen
        if found.older is None:
            break
        place = {"before": found.older}
    assert seen == ids
    with stage.database.reading() as session:
        assert as_met(session, bashir.id, talk.id).first_unread == ids[0]
    found = page(stage, talk.id, at=ids[50])
    assert (found.lines[0].id, found.older, found.newer, len(found.lines)) == (ids[50], ids[50], ids[79], 30)
    found = page(stage, talk.id, after=found.newer)
    assert ([line.id for line in found.lines], found.newer) == (ids[80:], None)
    assert [line.id for line in page(stage, talk.id, at=ids[95]).lines] == ids[-30:], "nobody reads half a page"
    assert page(stage, talk.id, at=10**9).last_id == ids[-1]
    assert page(stage, talk.id, after=10**9).lines == ()


def test_words_are_found_without_case_and_accents_in_ones_own(stage: Stage, talk: SimpleNamespace) -> None:
    cast = stage.cast
    agreement_id = stage.accepted(cast.anna, cast.bashir)
    stage.do(agreements.write_words, cast.anna, agreement_id, "PERCHÉ non il caffè da Nicolò?")
    stage.do(write_directly, cast.bashir, talk.id, "Il Caffe\u0300 lo porto io")
    stage.do(begin, cast.chiara, cast.dario.id, "Caffè tra noi")

    def found(who, words: str) -> list[str]:
        return [hit.line.words[:5] for hit in ask(stage, search_mine, who, words)[0]]

    assert found(cast.anna, "caffe") == ["Il Ca", "PERCH"]
    assert found(cast.bashir, "CAFFÈ perche") == ["PERCH"]
    assert found(cast.chiara, "caffè") == ["Caffè"]
    for nothing in ("", "  ", "tè", "%", "_"):
        assert found(cast.anna, nothing) == []


def test_a_search_looks_at_so_many_and_goes_on(stage: Stage, talk: SimpleNamespace) -> None:
    anna = stage.cast.anna
    for number in range(9):
        stage.do(write_directly, anna, talk.id, f"Riga {number}")
    with stage.database.reading() as session:
        first = found_in(session, my_threads(anna.actor), "ciao", most=5)
        assert (first.lines, first.before is not None) == ((), True)
        rest = found_in(session, my_threads(anna.actor), "ciao", most=5, before=first.before)
        assert [line.words for _thread, line in rest.lines] == ["Ciao"]


def test_every_change_is_signalled(stage: Stage, talk: SimpleNamespace) -> None:
    heard: list[str] = []
    stop = carry(heard.append)
    try:
        stage.do(write_directly, stage.cast.anna, talk.id, "Ehi")
        assert {f"thread:{talk.id}", f"person:{stage.cast.bashir.id}"} <= set(heard)
    finally:
        stop()
    assert ask(stage, may_hear_thread, stage.cast.bashir, talk.id)
    for stranger in (stage.cast.chiara, stage.cast.maker, stage.cast.zoe):
        assert not ask(stage, may_hear_thread, stranger, talk.id)


def test_who_shows_it_is_seen_to_have_read_at_once(stage: Stage, talk: SimpleNamespace) -> None:
    bashir = stage.cast.bashir
    heard: list[str] = []
    stop = carry(heard.append)
    try:
        stage.do(read_up_to, bashir, talk.id, talk.last - 1)
        stage.do(read_up_to, bashir, talk.id, talk.last)
        assert f"thread:{talk.id}" not in heard, "nobody hears what Bashir keeps to himself"
        stage.do(show_reading, bashir, shown=True)
        later = stage.do(write_directly, stage.cast.anna, talk.id, "Ehi")
        for times in (1, 1):  # reading the same again is nothing new, or two open pages would go on for ever
            stage.do(read_up_to, bashir, talk.id, later)
            assert heard.count(f"thread:{talk.id}") == 1 + times
    finally:
        stop()
