"""Registers taken in: checked line by line, and written all together; and taken away again."""

from community.importing.actions.members import MembersIntake, members_import
from community.importing.actions.organisations import OrganisationsIntake, organisations_import
from community.importing.actions.undoing import built_on_members, undo_members

__all__ = [
    "MembersIntake",
    "OrganisationsIntake",
    "built_on_members",
    "members_import",
    "organisations_import",
    "undo_members",
]
