"""Whoever does something about an exchange has seen what they were told of it, without any script."""

from collections.abc import Callable

from sqlmodel import col, select

from community.conversations.actions import say
from community.notifications.tables import Notification
from exchanges.agreements.tables import Agreement
from tests.cast import Member
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage

pytestmark = on_sqlite


def unseen(stage: Stage, member: Member) -> list[str]:
    with stage.database.reading() as session:
        theirs = (col(Notification.person_id) == member.id, col(Notification.seen_at).is_(None))
        return list(session.scalars(select(col(Notification.notice)).where(*theirs).order_by(col(Notification.id))))


def test_saying_yes_by_an_ordinary_form(stage: Stage, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    agreement_id = stage.proposed(cast.anna, cast.bashir)
    (told,) = [who for who in (cast.anna, cast.bashir) if unseen(stage, who)]
    browser = client_for(told, language="en")
    page = browser.look(f"/c/cremona/agreements/{agreement_id}")
    assert unseen(stage, told), "a GET writes nothing"
    browser.post(f"/c/cremona/agreements/{agreement_id}/accept", status=409, token_from=page.address, version="99")
    assert unseen(stage, told), "what was refused is not done"
    browser.submit(page, "Yes, that suits us")
    assert unseen(stage, told) == []


def test_answering_in_its_conversation(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.proposed(cast.anna, cast.bashir)
    (told,) = [who for who in (cast.anna, cast.bashir) if unseen(stage, who)]
    with stage.database.reading() as session:
        thread_id = session.get_one(Agreement, agreement_id).thread_id
    stage.do(say, told, thread_id, "Ci penso")
    assert unseen(stage, told) == []
