"""The pages of groups."""

from exchanges.groups.pages import answering, hosting, mediating, recording, showing
from exchanges.groups.pages.blueprint import groups

__all__ = ["answering", "groups", "hosting", "mediating", "recording", "showing"]
