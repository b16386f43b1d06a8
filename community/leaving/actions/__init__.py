"""Leaving a community, coming back while one may, and what goes for good after it."""

from community.leaving.actions.forgetting import finish, move_hours
from community.leaving.actions.going import come_back, leave, must_not_wait

__all__ = ["come_back", "finish", "leave", "move_hours", "must_not_wait"]
