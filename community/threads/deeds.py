"""What the record says of messages: to whom wrote them. Makers read of them on their desk."""

from community.deeds.policies import is_myself, through
from community.threads.tables import Message
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="message",
        words=N_("Message"),
        verbs={"hid": N_("Message taken out of sight"), "showed_again": N_("Message shown again")},
        concerning=through(Message.id, is_myself, Message.author_id),
        told=("hid", "showed_again"),
        unnamed=("hid", "showed_again"),
    ),
)
