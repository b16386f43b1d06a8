"""Who leaves, what is kept too long, and what somebody takes along."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from community.conversations.actions import begin, set_muted, show_reading, write_directly
from community.conversations.actions.direct import forget_direct, forget_wish
from community.conversations.personal import PERSONAL
from community.conversations.queries import standing_in
from community.conversations.tables import DirectThread, ShownReading
from community.leaving.actions.forgetting import _forget_words
from community.leaving.rules import Going
from community.threads.personal import PERSONAL as OF_THREADS
from community.threads.personal import RETENTIONS
from community.threads.tables import MessagePhoto, ThreadMute, ThreadRead
from foundation import clock
from foundation.errors import Missing
from foundation.files import StoredFile
from foundation.personal import Whose
from foundation.personal.keeping import Cutoff
from tests.community.conversations.asking import ask, page, picture, said
from tests.exchanges.agreements.stage import Stage


def test_words_photographs_and_marks_go_with_who_leaves(stage: Stage) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao Bashir", [picture(1)], "La bici di Anna")
    stage.do(write_directly, cast.bashir, thread_id, "", [picture(2)], "Anna e la bici")
    stage.do(set_muted, cast.anna, thread_id, muted=True)
    stage.do(show_reading, cast.anna, shown=True)
    going = Going(cast.community.id, cast.anna.id, (cast.anna.party.id,), (), names=("Anna",), gone="(chi non c’è più)")
    with stage.database.writing() as session:
        _forget_words(session, going)
        forget_direct(session, going)
        forget_wish(session, cast.anna.id)
    assert said(stage, thread_id) == ["…", ""]
    with stage.database.reading() as session:
        kept = session.scalars(select(MessagePhoto)).all()
        assert len(kept) == 1, "what the other sent is theirs"
        assert "Anna" not in kept[0].words
        waiting = session.scalars(select(StoredFile).where(col(StoredFile.unheld_since).is_not(None))).all()
        assert [one.owner_person_id for one in waiting] == [cast.anna.id]
        for table in (ThreadMute, ThreadRead, ShownReading):
            assert cast.anna.id not in {one.person_id for one in session.scalars(select(table))}
        assert session.scalars(select(DirectThread)).one().left_at(cast.anna.id) is not None
    assert not ask(stage, standing_in, cast.bashir, thread_id).may_write
    with pytest.raises(Missing):
        ask(stage, standing_in, cast.anna, thread_id)


def test_old_words_go_with_their_photographs(stage: Stage) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao", [picture(1)])
    stage.do(write_directly, cast.anna, thread_id, "", [picture(2)])
    later = Cutoff(clock.now() + timedelta(days=1))
    with stage.database.writing() as session:
        assert sum(RETENTIONS[0].clear(session, later, 10).values()) == 2
        assert not RETENTIONS[0].clear(session, later, 10), "what was let go is not found again"
    assert said(stage, thread_id) == ["…", "…"]
    assert not any(line.photos for line in page(stage, thread_id).lines)


def test_everybody_takes_their_own_along(stage: Stage) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao", [picture(1)], "Una bici")
    stage.do(set_muted, cast.bashir, thread_id, muted=True)
    taken: dict[str, dict[str, int]] = {}
    with stage.database.reading() as session:
        for who in (cast.anna, cast.bashir):
            whose = Whose(who.id, cast.community.id)
            taken[who.name] = {one.kind: len(list(one.rows(session, whose))) for one in (*PERSONAL, *OF_THREADS)}
    assert list(taken.values()) == [
        {"direct_threads": 1, "shown_reading": 0, "messages": 1, "message_photos": 1, "muted_threads": 0},
        {"direct_threads": 1, "shown_reading": 0, "messages": 0, "message_photos": 0, "muted_threads": 1},
    ]
