"""The pages of moderation: reporting, the makers' desk, decisions about oneself, blocking."""

from community.moderation.pages import blocking, concerned, desk, looking_first, reporting, yearly
from community.moderation.pages.blueprint import moderation

__all__ = ["blocking", "concerned", "desk", "looking_first", "moderation", "reporting", "yearly"]
