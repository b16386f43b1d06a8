"""What the record says of messages: to whom wrote them. Makers read of them on their desk."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.threads.tables import Message
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _own(whose: Whose, message_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Message.id) == message_id, col(Message.author_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind="message",
        words=N_("Message"),
        verbs={"hid": N_("Message taken out of sight"), "showed_again": N_("Message shown again")},
        concerning=_own,
        told=("hid", "showed_again"),
        unnamed=("hid", "showed_again"),
    ),
)
