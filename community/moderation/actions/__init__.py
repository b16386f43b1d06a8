"""Reporting, deciding, appealing, limiting, blocking."""

from community.moderation.actions.appealing import answer_appeal, appeal
from community.moderation.actions.blocking import block, keep_apart_too, unblock
from community.moderation.actions.deciding import assign, decide, undo, write_note
from community.moderation.actions.looking_first import ask_first_look, drop_first_look, set_deadlines, set_first_look
from community.moderation.actions.reporting import open_case, report
from community.moderation.actions.telling import remind_overdue

__all__ = [
    "answer_appeal",
    "appeal",
    "ask_first_look",
    "assign",
    "block",
    "decide",
    "drop_first_look",
    "keep_apart_too",
    "open_case",
    "remind_overdue",
    "report",
    "set_deadlines",
    "set_first_look",
    "unblock",
    "undo",
    "write_note",
]
