"""Reading a thread page by page, and what of it is new."""

from sqlmodel import col, select

from community.threads.actions import mark_read, open_thread, tell, write
from community.threads.queries import last_words, number_unread, page_of, unread
from community.threads.tables import Thread
from foundation.database import Database
from tests.cast import Cast


def test_pages_go_back_and_each_line_comes_once(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        thread_id = open_thread(session, cast.community.id)
        for number in range(65):
            write(session, cast.anna.actor, thread_id, f"Riga {number}")
    with database.reading() as session:
        seen, before = [], None
        while True:
            page = page_of(session, thread_id, before=before)
            seen = [line.words for line in page.lines] + seen
            if page.older is None:
                assert page.older_end is None
                break
            assert page.older_end == page.lines[0].id - 1
            before = page.older
        assert seen == [f"Riga {number}" for number in range(65)]
        assert page_of(session, thread_id, limit=65).older is None


def test_an_empty_thread_has_nothing_to_read(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        thread_id = open_thread(session, cast.community.id)
        mark_read(session, cast.anna.actor, thread_id, 99)
    with database.reading() as session:
        page = page_of(session, thread_id)
        assert (page.lines, page.older, page.last_id) == ((), None, 0)
        assert last_words(session, [thread_id]) == {}


def test_names_are_filled_in_when_it_is_read_and_stay_nowhere(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        thread_id = open_thread(session, cast.community.id)
        params = {"adult_person_id": cast.bashir.id}
        tell(session, cast.anna.actor, thread_id, "%(who)s changed who comes: %(adult)s.", params)
        tell(session, None, thread_id, "The post was closed.", {})
    with database.reading() as session:
        changed, closed = page_of(session, thread_id).lines
        assert changed.event % changed.params == "Anna changed who comes: Bashir."
        assert (closed.author_id, closed.event) == (None, "The post was closed.")


def test_only_the_words_of_others_are_new(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        mine, other = (open_thread(session, cast.community.id) for _ in range(2))
        write(session, cast.anna.actor, mine, "Ciao")
        write(session, cast.bashir.actor, mine, "Ciao!")
        last = write(session, cast.bashir.actor, mine, "Ci sei?")
        tell(session, cast.bashir.actor, mine, "%(who)s said yes.", {})
        write(session, cast.bashir.actor, other, "Anche qui")
    threads = select(col(Thread.id))
    with database.reading() as session:
        assert unread(session, cast.anna.id, [mine, other]) == {mine: 2, other: 1}
        assert unread(session, cast.bashir.id, [mine, other]) == {}
        assert unread(session, cast.anna.id, []) == {}
        assert session.scalar(select(number_unread(cast.anna.id, threads))) == 3
    with database.writing() as session:
        mark_read(session, cast.anna.actor, mine, last)
        mark_read(session, cast.anna.actor, mine, last - 1)
        mark_read(session, cast.anna.actor, other, 10**9)
    with database.reading() as session:
        assert session.scalar(select(number_unread(cast.anna.id, threads))) == 0
