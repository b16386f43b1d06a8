"""What volunteers are told of their shifts, and keepers and watchers of those where people are missing."""

from community.notifications.rules import Notice
from foundation.errors import N_

_WHAT = N_("%(role)s, %(center)s: %(starts_at)s.")
_LINK = N_("Look at the shift")
OFFERED = Notice(
    "volunteering:offered",
    N_("A place is free for you: %(center)s"),
    (_WHAT, N_("You were next on the list. Say yes by %(until_at)s, or it goes to who comes after you.")),
    N_("Say yes or no"),
    topic="centers",
    asked_for=True,
)
COVER = Notice(
    "volunteering:cover",
    N_("Could you come? Somebody cannot: %(center)s"),
    (_WHAT, N_("The first who says yes has the place. If you cannot, that is fine.")),
    _LINK,
    topic="centers",
)
CALLED_OFF = Notice(
    "volunteering:called_off",
    N_("Your shift does not take place: %(center)s"),
    (_WHAT, N_("Why is written on its page. Thank you for having been there for it.")),
    _LINK,
    topic="centers",
    urgent=True,
)
AFTER_ALL = Notice(
    "volunteering:after_all",
    N_("Your shift takes place after all: %(center)s"),
    (_WHAT, N_("Its places are free again. If you can still come, take yours.")),
    _LINK,
    topic="centers",
    urgent=True,
)
MOVED = Notice(
    "volunteering:moved",
    N_("Your shift has another time: %(center)s"),
    (N_("From now on it is: %(role)s, %(center)s, %(starts_at)s."), N_("If you cannot, say so on its page.")),
    _LINK,
    topic="centers",
    urgent=True,
)
ELSEWHERE = Notice(
    "volunteering:elsewhere",
    N_("Your shift is in another room: %(place)s"),
    (N_("%(role)s takes place here now: %(place)s."), N_("The day and the time stay: %(starts_at)s.")),
    _LINK,
    topic="centers",
)
ALL_ELSEWHERE = Notice(
    "volunteering:all_elsewhere",
    N_("Your shifts are in another room: %(place)s"),
    (
        N_("%(role)s takes place here now: %(place)s."),
        N_("So it is for %(number)s of your shifts, the first %(starts_at)s. The days and the times stay."),
    ),
    _LINK,
    topic="centers",
)
CLASHES = Notice(
    "volunteering:clashes",
    N_("Your shift was moved to when you have another: %(center)s"),
    (_WHAT, N_("You cannot be in two places, so we gave that place back.")),
    _LINK,
    topic="centers",
    urgent=True,
)
NOT_FOR_NOW = Notice(
    "volunteering:not_for_now",
    N_("Your shift is with others for now: %(center)s"),
    (_WHAT, N_("Something that is asked for there is not in order any more. A maker of your zone tells you what.")),
    _LINK,
    topic="centers",
    urgent=True,
)
GAVE_UP = Notice(
    "volunteering:gave_up",
    N_("Somebody cannot come: %(center)s"),
    (_WHAT, N_("The place is open again, and others have been asked.")),
    _LINK,
    topic="centers",
)
OFF_WITH = Notice(
    "volunteering:off_with",
    N_("A shift at your center does not take place: %(center)s"),
    (_WHAT, N_("What it was made for was called off. Why is written on its page. Who had signed up has been told.")),
    _LINK,
    topic="centers",
)
ALL_OFF_WITH = Notice(
    "volunteering:all_off_with",
    N_("Shifts at your center do not take place: %(center)s"),
    (
        N_("%(number)s shifts were called off with what they were made for. The first: %(role)s, %(starts_at)s."),
        N_("Why is written on their pages. Who had signed up has been told."),
    ),
    _LINK,
    topic="centers",
)
MOVED_WITH = Notice(
    "volunteering:moved_with",
    N_("A shift at your center has another time: %(center)s"),
    (
        N_("From now on it is: %(role)s, %(center)s, %(starts_at)s."),
        N_("It was moved with what it was made for. Who had signed up has been told."),
    ),
    _LINK,
    topic="centers",
)
ALL_MOVED_WITH = Notice(
    "volunteering:all_moved_with",
    N_("Shifts at your center have another time: %(center)s"),
    (
        N_("%(number)s shifts were moved with what they were made for. The first is now: %(role)s, %(starts_at)s."),
        N_("Who had signed up has been told."),
    ),
    _LINK,
    topic="centers",
)
MISSING = Notice(
    "volunteering:missing",
    N_("People are missing: %(center)s"),
    (_WHAT, N_("There are %(taken)s of %(least)s. Do you know somebody, or have you time yourself?")),
    _LINK,
    topic="centers",
    asked_for=True,
)
TOMORROW = Notice(
    "volunteering:tomorrow",
    N_("Your shift: %(starts_at)s"),
    (_WHAT, N_("If you cannot come, say so now: others are asked.")),
    _LINK,
    topic="reminders",
)
CONFIRMED = Notice(
    "volunteering:confirmed",
    N_("Thank you! Your shift is confirmed: %(center)s"),
    (N_("%(role)s, %(starts_at)s: %(real_minutes)s stand in your record."),),
    N_("Your shifts"),
    topic="centers",
)
TO_INSURE = Notice(
    "volunteering:to_insure",
    N_("A volunteer has to be insured before %(starts_at)s"),
    (_WHAT, N_("Without insurance nobody begins, not even once. Write it down on the page of your volunteers.")),
    N_("Your volunteers"),
    topic="centers",
)
SHEET = Notice(
    "volunteering:sheet",
    N_("%(organisation)s would like to enter you in its register"),
    (
        N_("Who volunteers regularly stands in a register that the law asks for, and is insured."),
        N_("It needs your sheet: codice fiscale or birth, and where you live. Only the organisation reads it."),
    ),
    N_("Fill in your sheet"),
    topic="centers",
)
NOTICES = (
    OFFERED, COVER, CALLED_OFF, AFTER_ALL, MOVED, ELSEWHERE, ALL_ELSEWHERE, CLASHES, NOT_FOR_NOW, GAVE_UP,
    OFF_WITH, ALL_OFF_WITH, MOVED_WITH, ALL_MOVED_WITH, MISSING, TOMORROW, CONFIRMED, TO_INSURE, SHEET,
)  # fmt: skip
