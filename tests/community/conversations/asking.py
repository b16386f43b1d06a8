"""Looking at conversations in tests, and photographs to send in them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

from community.conversations.queries import conversations
from community.threads.queries import ThreadPage, page_of
from foundation.files import StoredImage
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage

PICTURE = StoredImage("0" * 40 + "-" + "1" * 16, "image/webp", 800, 600, 400, 300, 5000)


def picture(number: int) -> StoredImage:
    """A photograph that is on disk, as far as the database knows."""
    return StoredImage(f"{number:040d}-{number:016d}", "image/webp", 800, 600, 400, 300, 5000)


def jpeg() -> BytesIO:
    """A small photograph as a telephone sends it."""
    file = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(file, "JPEG")
    file.seek(0)
    return file


def ask(stage: Stage, query: Callable[..., Any], who: Member, *arguments: Any, **options: Any) -> Any:
    """What a query answers to somebody."""
    with stage.database.reading() as session:
        return query(session, who.actor, *arguments, **options)


def page(stage: Stage, thread_id: int, **place: int) -> ThreadPage:
    """A page of a thread."""
    with stage.database.reading() as session:
        return page_of(session, thread_id, **place)


def said(stage: Stage, thread_id: int) -> list[str]:
    """All the words of a thread, or what stands in their place."""
    lines = page(stage, thread_id, limit=500).lines
    return ["(back)" if line.withdrawn else line.words for line in lines if not line.event]


def listed(stage: Stage, who: Member) -> list[tuple[str, int]]:
    """With whom somebody has conversations, and how much of each is new."""
    return [(one.talk.name, one.unread) for one in ask(stage, conversations, who)]
