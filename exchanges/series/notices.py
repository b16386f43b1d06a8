"""What series tell people: the events in their thread, and the messages that leave the house."""

from community.notifications.rules import Notice
from exchanges.agreements.notices import ANSWER, SEE
from foundation.errors import N_

# Events: sentences of the catalogue; %(who)s is filled with the given name of who did it.
ASKED_WEEKLY = N_("%(who)s asked for a hand every week.")
OFFERED_WEEKLY = N_("%(who)s offered a hand every week.")
SUGGESTED = N_("%(who)s proposes a change from %(from_on)s on.")
CHANGED = N_("%(who)s said yes: it is changed from %(from_on)s on.")
KEPT_AS_IT_WAS = N_("%(who)s would rather leave it as it is.")
CHANGE_TAKEN_BACK = N_("%(who)s took the change back.")
CHANGE_LAPSED = N_("Nobody answered in time: it stays as it was.")
SKIPPED = N_("%(who)s cannot make it: this meeting is left out.")
COMES_FROM_NOW = N_("%(who)s changed who comes from now on: %(adult)s.")
ENDS = N_("%(who)s ended it: no more meetings from %(from_on)s on.")
FINISHED = N_("The last meeting has taken place: it is complete.")
STOPPED = N_("It ended by itself: the meetings still to come are called off.")
WROTE_DOWN = N_("%(who)s wrote down %(count)s meetings.")
CONFIRMED_TOGETHER = N_("%(who)s confirmed %(count)s meetings.")

CHANGE_PROPOSED = Notice(
    "series:suggested",
    N_("A change from here on? %(title)s"),
    (
        N_("%(who)s would like to change something in “%(title)s”, from %(from_on)s on."),
        N_("Until you answer, everything stays as you agreed."),
    ),
    ANSWER,
    topic="exchanges",
)
CHANGE_AGREED = Notice(
    "series:changed",
    N_("Changed: %(title)s"),
    (N_("%(who)s said yes. From %(from_on)s on “%(title)s” goes as proposed; what came before stays as it was."),),
    SEE,
    topic="exchanges",
    promised=True,
)
CHANGE_DECLINED = Notice(
    "series:kept",
    N_("It stays as it was: %(title)s"),
    (N_("The change of “%(title)s” does not suit, or was taken back. Everything goes on as you had agreed."),),
    SEE,
    topic="exchanges",
)
LEFT_OUT = Notice(
    "series:skipped",
    N_("Not on %(meeting_on)s: %(title)s"),
    (
        N_("%(who)s cannot make that meeting of “%(title)s”. The others stay as they are."),
        N_("The hours set aside for it are free again."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
OTHER_COMES = Notice(
    "series:replaced",
    N_("Somebody else comes: %(title)s"),
    (N_("%(who)s has changed who comes for “%(title)s” from now on. On the page you see who it is."),),
    SEE,
    topic="exchanges",
    promised=True,
)
IT_ENDS = Notice(
    "series:ended",
    N_("It ends: %(title)s"),
    (
        N_("%(who)s has ended “%(title)s”: from %(from_on)s on there are no more meetings."),
        N_("The hours set aside for those are free again. What took place before can still be confirmed."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
IT_STOPPED = Notice(
    "series:stopped",
    N_("It ended by itself: %(title)s"),
    (
        N_("“%(title)s” cannot go on: the other side is not available any more."),
        N_("The meetings still to come are called off, and the hours set aside for them are free again."),
        N_("A maker of your zone is glad to help you find somebody else."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
YOUR_HOURS_LACK = Notice(
    "series:hours",
    N_("A meeting waits for hours: %(title)s"),
    (
        N_("The meeting of %(meeting_on)s would pass the limit of hours that you can receive, so it is not certain."),
        N_(
            "Give somebody a hand before then, agree on less time or as a gift, or leave it out. "
            "As soon as the hours are there it is certain by itself, and we tell you both."
        ),
    ),
    N_("See what you can do"),
    topic="exchanges",
    promised=True,
)
THEIR_HOURS_LACK = Notice(
    "series:their_hours",
    N_("Not certain yet: %(title)s"),
    (
        N_("The meeting of %(meeting_on)s is not certain yet: the other side has to give some hours first."),
        N_("You need do nothing. As soon as it is certain we tell you; until then do not set out."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
YOUR_YES_LACKS = Notice(
    "series:yes",
    N_("A meeting waits for your family: %(title)s"),
    (
        N_("The meeting of %(meeting_on)s is not certain: in your family somebody's yes is absent."),
        N_("Settle it on the page of your household. As soon as all agree it is certain by itself."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
THEIR_YES_LACKS = Notice(
    "series:their_yes",
    N_("Not certain yet: %(title)s"),
    (
        N_("The meeting of %(meeting_on)s is not certain yet: the other side has something to settle first."),
        N_("You need do nothing. As soon as it is certain we tell you; until then do not set out."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
NOBODY_COMES = Notice(
    "series:adult",
    N_("Who comes? %(title)s"),
    (
        N_("Who was to come on %(meeting_on)s cannot: they are no longer with you, or a maker has to meet them again."),
        N_("Say who comes instead, or leave that meeting out. Until then it is not certain."),
    ),
    N_("Say who comes"),
    topic="exchanges",
    promised=True,
)
THEIR_ADULT_LACKS = Notice(
    "series:their_adult",
    N_("Not certain yet: %(title)s"),
    (
        N_("The meeting of %(meeting_on)s is not certain yet: it has still to be said who comes."),
        N_("You need do nothing. As soon as it is certain we tell you."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
IT_STANDS = Notice(
    "series:stands",
    N_("It is certain now: %(title)s"),
    (N_("Nothing stands in the way of the meeting of %(meeting_on)s any more."),),
    SEE,
    topic="exchanges",
    promised=True,
)
PLEASE_CONFIRM_ALL = Notice(
    "series:confirm",
    N_("Please confirm: %(title)s"),
    (
        N_(
            "%(who)s has written down several meetings of “%(title)s”. Confirm them with one button, if they are right."
        ),
        N_("If one was different, say so on its own page."),
    ),
    N_("Look and confirm"),
    topic="exchanges",
)
ALL_CONFIRMED = Notice(
    "series:confirmed",
    N_("Confirmed: %(title)s"),
    (N_("%(who)s has confirmed several meetings of “%(title)s”. The hours have moved."),),
    SEE,
    topic="exchanges",
)

NOTICES = (
    CHANGE_PROPOSED,
    CHANGE_AGREED,
    CHANGE_DECLINED,
    LEFT_OUT,
    OTHER_COMES,
    IT_ENDS,
    IT_STOPPED,
    YOUR_HOURS_LACK,
    THEIR_HOURS_LACK,
    YOUR_YES_LACKS,
    THEIR_YES_LACKS,
    NOBODY_COMES,
    THEIR_ADULT_LACKS,
    IT_STANDS,
    PLEASE_CONFIRM_ALL,
    ALL_CONFIRMED,
)
