"""What the record says of quiet members: that somebody was asked, and who rests or came back."""

from community.deeds.deeds import about_people
from foundation.errors import N_

DEEDS = (
    about_people(
        {
            "asked_how_they_are": N_("Asked how they are, after a long silence"),
            "let_rest": N_("Rests for now"),
            "came_back": N_("Came back from resting"),
        },
    ),
)
