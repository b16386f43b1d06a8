"""What people say of themselves, and the roles they are given."""

from community.members.actions.profiles import (
    add_person,
    edit_contacts,
    edit_profile,
    hide_party_photo,
    hide_person_photo,
    set_photo,
)
from community.members.actions.roles import begin_and_end_keepers, end_role, grant_role
from community.members.actions.telling import remind_ending_roles

__all__ = [
    "add_person",
    "begin_and_end_keepers",
    "edit_contacts",
    "edit_profile",
    "end_role",
    "grant_role",
    "hide_party_photo",
    "hide_person_photo",
    "remind_ending_roles",
    "set_photo",
]
