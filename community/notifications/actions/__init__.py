"""Telling people, deciding where it goes, what they have seen and how they wish to be reached."""

from community.notifications.actions.calls import note_no_answer, note_told, tick_call
from community.notifications.actions.choosing import answer_stop, keep_wishes, stop_topic
from community.notifications.actions.forgetting import end_with, forget
from community.notifications.actions.routing import route_notice, tell_otherwise
from community.notifications.actions.seeing import see, see_all, see_matter
from community.notifications.actions.summing import queue_digests
from community.notifications.actions.telling import MAIL, NOTICE, notify

__all__ = [
    "MAIL",
    "NOTICE",
    "answer_stop",
    "end_with",
    "forget",
    "keep_wishes",
    "note_no_answer",
    "note_told",
    "notify",
    "queue_digests",
    "route_notice",
    "see",
    "see_all",
    "see_matter",
    "stop_topic",
    "tell_otherwise",
    "tick_call",
]
