"""What families and keepers of a care circle are told. No notice names a child, a home or why somebody cannot."""

from functools import partial

from community.notifications.rules import Notice
from foundation.errors import N_

_WHEN = N_("%(circle)s: %(starts_at)s.")
_RUNS = N_("%(circle)s: %(starts_at)s, until %(ends_at)s.")
_TURN = N_("Look at the turn")
_CIRCLE = N_("Look at the circle")
_ANSWER = N_("Say yes or no")

_STAY = N_("Leave nobody alone: stay until the parents, or another adult of the circle, are there.")

_told = partial(Notice, topic="exchanges")
_now = partial(_told, promised=True, good_until="ends_at")

INVITED = _told(
    "circles:invited",
    N_("Families near you would like you with them: %(circle)s"),
    (N_("They take turns with the children. Look at how it works, and say yes or no: both are fine."),),
    _ANSWER,
    asked_for=True,
)
ASKED = _told(
    "circles:asked",
    N_("A family could come into the circle: %(circle)s"),
    (N_("A family is proposed, or asks for itself. You look first: only then is it asked in."),),
    _CIRCLE,
)
CAME_IN = _told(
    "circles:came_in",
    N_("A family more in the circle: %(circle)s"),
    (N_("Who it is stands on the page of the circle."),),
    _CIRCLE,
)
SAID_NO = _told(
    "circles:said_no",
    N_("A family does not come into the circle: %(circle)s"),
    (N_("That is fine: another may fit better."),),
    _CIRCLE,
)
LEFT = _told(
    "circles:left",
    N_("A family leaves the circle: %(circle)s"),
    (N_("The turns it had are open again, and others are asked."),),
    _CIRCLE,
)
NOT_THIS_TIME = _told(
    "circles:not_this_time",
    N_("Not this time: %(circle)s"),
    (N_("Who keeps the circle does not ask in the family that was proposed. That says nothing about anybody."),),
    N_("Your care circles"),
)
OURS_IN = _told(
    "circles:ours_in",
    N_("Your family is in a circle: %(circle)s"),
    (N_("An adult of your household said yes. Look at who you bring; your family can leave again in one tap."),),
    N_("Our family in the circle"),
    promised=True,
)
OURS_LEFT = _told(
    "circles:ours_left",
    N_("Your family has left a circle: %(circle)s"),
    (N_("Its turns are open for others, and what you wrote of your children is erased."),),
    N_("Your care circles"),
    promised=True,
)
PUT_DOWN = _told(
    "circles:put_down",
    N_("Would you take turns? %(circle)s"),
    (N_("An adult of your household put you down. You are given turns only once you say yes yourself."),),
    _ANSWER,
    asked_for=True,
)
STARTED = _told(
    "circles:started",
    N_("The circle begins: %(circle)s"),
    (N_("Its first turns stand. Look at when they are, and at who comes."),),
    _CIRCLE,
)
ENDED = _told(
    "circles:ended",
    N_("The circle comes to an end: %(circle)s"),
    (N_("The turns to come are called off; one that is running goes on to its end. Why stands on its page."),),
    _CIRCLE,
    promised=True,
)
NEW_RHYTHM = _told(
    "circles:new_rhythm",
    N_("Other days from %(first_on)s: %(circle)s"),
    (N_("From that day on the turns come in a new rhythm. Those of the old one after it are called off."),),
    N_("Look at the turns"),
    promised=True,
)
PAUSED = _told(
    "circles:paused",
    N_("No turns from %(first_on)s to %(last_on)s: %(circle)s"),
    (N_("The circle pauses. Turns on those days are called off."),),
    N_("Look at the turns"),
    promised=True,
)
PAUSE_OVER = _told(
    "circles:pause_over",
    N_("The pause is over earlier: %(circle)s"),
    (N_("Turns stand again from now on. Look at who has them."),),
    N_("Look at the turns"),
    promised=True,
)
YOURS = _told(
    "circles:yours",
    N_("You have a turn: %(starts_at)s"),
    (_WHEN, N_("If you cannot, say so in one tap: others are asked.")),
    _TURN,
    promised=True,
)
YOURS_MANY = _told(
    "circles:yours_many",
    N_("The turns are shared out: %(circle)s"),
    (N_("You have %(number)s of them, the first %(starts_at)s."), N_("If one does not suit, swap it or say so.")),
    N_("Look at the turns"),
    promised=True,
)
COULD_YOU_SWAP = _told(
    "circles:could_you_swap",
    N_("Could you swap a turn? %(circle)s"),
    (_WHEN, N_("Who had it cannot. If you take it, they take one of yours. If you cannot, that is fine.")),
    _TURN,
    asked_for=True,
)
COULD_YOU = _told(
    "circles:could_you",
    N_("Could you take a turn? %(circle)s"),
    (_WHEN, N_("Nobody has it. The first who says yes takes it. If you cannot, say no, and you are not asked again.")),
    _ANSWER,
    asked_for=True,
)
COVERED = _told(
    "circles:covered",
    N_("Somebody takes your turn: %(circle)s"),
    (_WHEN, N_("You need do nothing more.")),
    _TURN,
    promised=True,
)
OTHER_ADULT = _told(
    "circles:other_adult",
    N_("Somebody else has the turn: %(starts_at)s"),
    (_WHEN, N_("Who has it now, and where, stands on its page.")),
    _TURN,
    promised=True,
)
FELL_OUT = _told(
    "circles:fell_out",
    N_("A turn does not take place: %(starts_at)s"),
    (_WHEN, N_("Nobody could take it. If you can after all, take it on its page, and the others are told.")),
    _TURN,
    promised=True,
)
AFTER_ALL = _told(
    "circles:after_all",
    N_("The turn takes place after all: %(starts_at)s"),
    (_WHEN, N_("Somebody takes it. Look at whether yours come.")),
    _TURN,
    promised=True,
)
NOT_FOR_NOW = _told(
    "circles:not_for_now",
    N_("Your turn is with others for now: %(starts_at)s"),
    (_WHEN, N_("Something that is asked of who takes turns is not in order. A maker of your zone tells you what.")),
    _TURN,
    promised=True,
)
HAND_OVER = _now(
    "circles:hand_over",
    N_("Hand your turn over, please: %(starts_at)s"),
    (
        _RUNS,
        N_("Something that is asked of who takes turns is not in order. A maker of your zone tells you what."),
        _STAY,
    ),
    _TURN,
)
ANOTHER_NOW = _now(
    "circles:another_now",
    N_("Another adult is needed now: %(circle)s"),
    (
        _RUNS,
        N_("Who has this turn cannot go on. Ask for a substitute: an adult who takes turns says on its page: I come."),
        N_("If somebody of yours is there, you can also fetch them."),
    ),
    _TURN,
)
HELP_COMES = _now(
    "circles:help_comes",
    N_("Somebody comes: %(circle)s"),
    (_RUNS, N_("Another adult of the circle said that they come. Who it is stands on its page.")),
    _TURN,
)
RELIEVED = _now("circles:relieved", N_("Somebody comes in your stead: %(circle)s"), (_RUNS, _STAY), _TURN)
SWAP = _told(
    "circles:swap",
    N_("A swap is proposed to you: %(circle)s"),
    (N_("You would have the turn of %(starts_at)s, they the one of %(other_at)s."),),
    _ANSWER,
    asked_for=True,
)
SWAPPED = _told(
    "circles:swapped",
    N_("Swapped: %(circle)s"),
    (N_("You have the turn of %(starts_at)s now, they the one of %(other_at)s."),),
    _TURN,
    promised=True,
)
SWAP_NO = _told(
    "circles:swap_no",
    N_("The swap does not suit them: %(circle)s"),
    (N_("Propose another turn, or let a substitute be looked for."),),
    _TURN,
)
TOMORROW = Notice(
    "circles:tomorrow",
    N_("Your turn: %(starts_at)s"),
    (_WHEN, N_("Who comes stands on its page. If you cannot, say so now: others are asked.")),
    _TURN,
    topic="reminders",
    promised=True,
    good_until="starts_at",
)
TO_TELL = Notice(
    "circles:to_tell",
    N_("How long was your turn? %(circle)s"),
    (_WHEN, N_("Write down the minutes, and another family confirms them.")),
    _TURN,
    topic="reminders",
)
CONSENT = _told(
    "circles:consent",
    N_("A yes is absent: %(circle)s"),
    (
        N_("Until everybody whose yes is needed has said it, somebody of yours does not come to the turns."),
        N_("Once it is there they come to those turns again, where there is room."),
    ),
    N_("Our family in the circle"),
)
PROPOSED = _told(
    "circles:proposed",
    N_("Shall the turns count as hours? %(circle)s"),
    (N_("It takes the yes of every family. One no is enough to leave it as it is, and nobody asks why."),),
    _ANSWER,
    asked_for=True,
)
AGREED = _told(
    "circles:agreed",
    N_("All said yes: %(circle)s"),
    (N_("From now on each confirmed turn moves hours between the families."),),
    _CIRCLE,
)
BY_TURNS = _told(
    "circles:by_turns",
    N_("It stays with turns, without hours: %(circle)s"),
    (N_("Not all families say yes to hours. The balance goes on by turns."),),
    _CIRCLE,
)
ASKED_ANEW = _told(
    "circles:asked_anew",
    N_("Something changed, so all are asked anew: %(circle)s"),
    (N_("Whether turns count as hours is agreed again by every family that is in the circle now."),),
    _ANSWER,
)
HOURS_REFUSED = _told(
    "circles:hours_refused",
    N_("The hours of a turn could not move: %(circle)s"),
    (_WHEN, N_("An account has reached its limit. Nothing moved: look at what to do.")),
    _TURN,
)
CORRECTED = _told(
    "circles:corrected",
    N_("The minutes of a turn were put right: %(circle)s"),
    (_WHEN, N_("What stood before was undone, and the new minutes count.")),
    _TURN,
)
NEW_WORDS = Notice(
    "circles:new_words",
    N_("New words in the circle: %(circle)s"),
    (N_("A family wrote to the others."),),
    N_("Read and answer"),
    topic="messages",
)
NOTICES = (
    INVITED, ASKED, NOT_THIS_TIME, OURS_IN, OURS_LEFT,
    CAME_IN, SAID_NO, LEFT, PUT_DOWN, STARTED, ENDED, NEW_RHYTHM, PAUSED, PAUSE_OVER, YOURS,
    YOURS_MANY, COULD_YOU_SWAP, COULD_YOU, COVERED, OTHER_ADULT, FELL_OUT, AFTER_ALL, NOT_FOR_NOW, HAND_OVER,
    ANOTHER_NOW, HELP_COMES, RELIEVED, SWAP, SWAPPED, SWAP_NO, TOMORROW, TO_TELL, CONSENT, PROPOSED, AGREED, BY_TURNS,
    ASKED_ANEW, HOURS_REFUSED, CORRECTED, NEW_WORDS,
)  # fmt: skip
