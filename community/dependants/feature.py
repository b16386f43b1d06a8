"""The people a household looks after: what is kept of them, who said yes to it, and what they themselves say."""

from community.dependants.actions import adult_left, carry_refusals, forget, let_go, member_leaves
from community.dependants.deeds import DEEDS
from community.dependants.jobs import JOBS
from community.dependants.notices import NOTICES
from community.dependants.pages import dependants, own_view, replies
from community.dependants.personal import PERSONAL
from community.scanning.rules import Readable
from foundation.errors import N_
from foundation.feature import Feature


def readable_codes() -> tuple[Readable, ...]:
    """The way into one’s own view."""
    return (Readable("own_view.opening", N_("The way into a view of one’s own")),)


feature = Feature(
    name="dependants",
    blueprints=(dependants, own_view),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    deeds=DEEDS,
    # Not the own view: its link is for who is 14 or older, and what they write is for their household alone.
    on_behalf=(
        "dependants.show",
        "dependants.edit",
        "dependants.keep",
        "dependants.ask_consent",
        "dependants.consent",
    ),
    hooks={
        "readable_codes": readable_codes,
        "dependant_added": carry_refusals,
        "dependant_removed": let_go,
        "person_ended": adult_left,
        "somebody_leaves": member_leaves,
        "somebody_forgotten": forget,
        "replies": replies,
    },
)
