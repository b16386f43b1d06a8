"""Reading a thread: its lines, its pages, and what of it is new to a person."""

from community.threads.queries.lines import (
    Line,
    Photo,
    author_of_message,
    last_words,
    message_of_photo,
    photos_of,
    thread_of_message,
)
from community.threads.queries.marks import Met, as_met, marks_of, muted_among, number_unread, to_tell, unread
from community.threads.queries.pages import LookedThrough, ThreadPage, found_in, page_of

__all__ = [
    "Line",
    "LookedThrough",
    "Met",
    "Photo",
    "ThreadPage",
    "as_met",
    "author_of_message",
    "found_in",
    "last_words",
    "marks_of",
    "message_of_photo",
    "muted_among",
    "number_unread",
    "page_of",
    "photos_of",
    "thread_of_message",
    "to_tell",
    "unread",
]
