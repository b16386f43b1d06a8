"""Registers taken in: checked line by line, and written all together."""

from community.importing.actions.members import MembersIntake, members_import
from community.importing.actions.organisations import OrganisationsIntake, organisations_import

__all__ = ["MembersIntake", "OrganisationsIntake", "members_import", "organisations_import"]
