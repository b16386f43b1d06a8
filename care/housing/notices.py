"""The letters of housing help. They say nothing: a mail, or a telephone on the table, may be read by others at home."""

from community.notifications.rules import Notice
from foundation.errors import N_

FOR_YOU = Notice(
    "housing:for_you",
    N_("Something waits for you in your community"),
    (N_("Open it when nobody looks over your shoulder. It is for you alone."),),
    N_("Open it"),
    topic="messages",
)
FOR_DESK = Notice(
    "housing:for_makers",
    N_("Something waits for you in your community"),
    (N_("Open it when nobody looks over your shoulder. Not everybody at the desk sees it."),),
    N_("Open it"),
    topic="makers",
)
NOTICES = (FOR_YOU, FOR_DESK)
