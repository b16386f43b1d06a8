"""Reporting, deciding, appealing, limiting, blocking."""

from community.moderation.actions.appealing import answer_appeal, appeal
from community.moderation.actions.blocking import block, unblock
from community.moderation.actions.deciding import assign, decide, undo, write_note
from community.moderation.actions.reporting import open_case, report
from community.moderation.actions.telling import remind_overdue

__all__ = [
    "answer_appeal",
    "appeal",
    "assign",
    "block",
    "decide",
    "open_case",
    "remind_overdue",
    "report",
    "unblock",
    "undo",
    "write_note",
]
