"""Asking about a post, answering, and a gentle word where one side waits."""

from exchanges.asking.actions.asking import ask, standing, write_about
from exchanges.asking.actions.reminding import remind_of_question

__all__ = ["ask", "remind_of_question", "standing", "write_about"]
