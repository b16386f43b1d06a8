"""What families and keepers are told of places. None names who comes: a letter lies open on a kitchen table."""

from community.notifications.rules import Notice
from foundation.errors import N_

_WHERE = N_("%(activity)s, %(center)s: %(starts_at)s.")
OFFERED = Notice(
    "enrolling:offered",
    N_("There is a place for you: %(activity)s"),
    (
        _WHERE,
        N_("You were waiting, and now it is your turn. The place is kept for you until %(until_at)s."),
        N_("Say yes or no: whoever waits after you will be glad of either."),
    ),
    N_("Answer"),
    topic="centers",
    urgent=True,
)
LAPSED = Notice(
    "enrolling:lapsed",
    N_("The place went to who waits after you: %(activity)s"),
    (_WHERE, N_("The time to say yes is over. If you still wish to come, enrol once more.")),
    topic="centers",
)
CALLED_OFF = Notice(
    "enrolling:called_off",
    N_("It does not take place: %(activity)s"),
    (_WHERE, N_("The page says why. You have nothing to do: your places are given up.")),
    N_("Read why"),
    topic="centers",
    urgent=True,
)
AFTER_ALL = Notice(
    "enrolling:after_all",
    N_("It takes place after all: %(activity)s"),
    (_WHERE, N_("You are enrolled as before. If you cannot come any more, one tap says so.")),
    topic="centers",
)
MOVED = Notice(
    "enrolling:moved",
    N_("Another time or place: %(activity)s"),
    (
        N_("From now on it is: %(activity)s, %(center)s, %(starts_at)s."),
        N_("If you cannot come then, one tap says so."),
    ),
    topic="centers",
)
ELSEWHERE = Notice(
    "enrolling:elsewhere",
    N_("Another room: %(activity)s"),
    (
        N_("It takes place here now: %(place)s."),
        N_("The day and the time stay: %(starts_at)s."),
    ),
    topic="centers",
)
ALL_ELSEWHERE = Notice(
    "enrolling:all_elsewhere",
    N_("Another room: %(activity)s"),
    (
        N_("It takes place here now: %(place)s."),
        N_("So it is for %(number)s dates, the first %(starts_at)s. The days and the times stay."),
    ),
    topic="centers",
)
FEWER_PLACES = Notice(
    "enrolling:fewer_places",
    N_("You wait again: %(activity)s"),
    (_WHERE, N_("There are fewer places than before. You are the first in line, and we tell you when one is free.")),
    topic="centers",
)
NOT_FOR_NOW = Notice(
    "enrolling:not_for_now",
    N_("A place was given up: %(activity)s"),
    (
        _WHERE,
        N_("Something of your household changed, so it cannot be for now. The page of your household says what."),
    ),
    topic="household",
)
UNFETCHED = Notice(
    "enrolling:unfetched",
    N_("Say who may come to pick up: %(activity)s"),
    (
        _WHERE,
        N_("A child of yours stays there without you, and as it stands nobody may pick them up."),
        N_("Write down somebody who may, also somebody else whom you trust; or talk with the people of the center."),
    ),
    N_("Say who may pick them up"),
    topic="household",
    urgent=True,
)
REMINDER = Notice(
    "enrolling:reminder",
    N_("Soon: %(activity)s"),
    (_WHERE, N_("If you cannot come, one tap says so, and somebody who waits has your place.")),
    topic="reminders",
)
_HOW_MANY = N_(
    "%(center)s, %(starts_at)s. Children who come: %(minors)s. Adults who look after them: %(adults)s."
    " Adults missing: %(missing)s."
)
"""In the first paragraph: it is the one that stands in the app."""
TOO_FEW_ADULTS = Notice(
    "enrolling:adults_missing",
    N_("More adults are needed: %(activity)s"),
    (_HOW_MANY, N_("Look for somebody, or talk with the families.")),
    N_("Look at the date"),
    topic="centers",
)
FEWER_ADULTS = Notice(
    "enrolling:fewer_adults",
    N_("Somebody cannot come, and adults are missing: %(activity)s"),
    (_HOW_MANY, N_("Look for somebody, or talk with the families.")),
    N_("Look at the date"),
    topic="centers",
)
ENDS_SOON = Notice(
    "enrolling:ends_soon",
    N_("Your “%(training)s” ends on %(until_on)s"),
    (
        N_("You have it from a training you attended, and it is valid until %(until_on)s."),
        N_("Look in the calendar for the next training, or ask at the center."),
    ),
    topic="reminders",
)
NOTICES = (
    OFFERED,
    LAPSED,
    CALLED_OFF,
    AFTER_ALL,
    MOVED,
    ELSEWHERE,
    ALL_ELSEWHERE,
    FEWER_PLACES,
    NOT_FOR_NOW,
    UNFETCHED,
    REMINDER,
    TOO_FEW_ADULTS,
    FEWER_ADULTS,
    ENDS_SOON,
)
