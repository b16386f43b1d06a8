"""Opening a community, and changing its page, its look, its questions and its rules."""

from community.communities.actions.look import keep_texts, speak, wear_logo
from community.communities.actions.questions import (
    add_question,
    bring_back_question,
    place_question,
    retire_question,
    reword_question,
)
from community.communities.actions.running import Page, change_rules, edit_page, open_community

__all__ = [
    "Page",
    "add_question",
    "bring_back_question",
    "change_rules",
    "edit_page",
    "keep_texts",
    "open_community",
    "place_question",
    "retire_question",
    "reword_question",
    "speak",
    "wear_logo",
]
