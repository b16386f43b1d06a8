"""Conversations of every kind: the list, one of them, and writing in it."""

from community.conversations.pages import changing, directly, listing, showing
from community.conversations.pages.blueprint import conversations
from community.conversations.pages.talk import TalkView, talk_in
from community.conversations.pages.writing import send

__all__ = ["TalkView", "changing", "conversations", "directly", "listing", "send", "showing", "talk_in"]
