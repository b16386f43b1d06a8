"""Opening a community, and changing its page, its look, its questions and its rules."""

from community.communities.actions.look import keep_texts, speak, wear_logo
from community.communities.actions.running import (
    Page,
    add_question,
    change_rules,
    edit_page,
    open_community,
    retire_question,
)

__all__ = [
    "Page",
    "add_question",
    "change_rules",
    "edit_page",
    "keep_texts",
    "open_community",
    "retire_question",
    "speak",
    "wear_logo",
]
