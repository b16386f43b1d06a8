"""Opening a party, who acts for it, what it says of itself, and that it is found."""

from community.parties.actions.finding import INDEX_AGAIN, follow_category, index_again, put_in_index
from community.parties.actions.opening import open_party
from community.parties.actions.people import ACT_FOR, act_for, add_person, close_person, end_person, invite_person
from community.parties.actions.saying import PARTY_PHOTO, edit_party, set_photo, set_skills

__all__ = [
    "ACT_FOR",
    "INDEX_AGAIN",
    "PARTY_PHOTO",
    "act_for",
    "add_person",
    "close_person",
    "edit_party",
    "end_person",
    "follow_category",
    "index_again",
    "invite_person",
    "open_party",
    "put_in_index",
    "set_photo",
    "set_skills",
]
