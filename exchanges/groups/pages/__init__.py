"""The pages of groups."""

from exchanges.groups.pages import answering, calendar, hosting, mediating, recording, showing
from exchanges.groups.pages.blueprint import groups

__all__ = ["answering", "calendar", "groups", "hosting", "mediating", "recording", "showing"]
