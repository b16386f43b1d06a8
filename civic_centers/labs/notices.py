"""What people are told of labs: who asks and who answers, tasks, the end."""

from community.notifications.rules import Notice
from foundation.errors import N_

_LOOK = N_("Look at the lab")
_PEOPLE = N_("Look at who is in it")
_MAKER = N_("If it does not seem right, speak with a community maker of the zone.")
PROPOSED = Notice(
    "labs:proposed",
    N_("A community lab is proposed"),
    (
        N_("A member proposes the community lab “%(lab)s” in your zone."),
        N_("Read what it is about: then open it, or say why not."),
    ),
    _LOOK,
    topic="makers",
)
OPENED = Notice(
    "labs:opened",
    N_("Your community lab is open: %(lab)s"),
    (
        N_("A maker has opened “%(lab)s”, which you proposed. You run it."),
        N_("Invite people, write the first goals, and say when you meet."),
    ),
    _LOOK,
    topic="centers",
)
NOT_TAKEN = Notice(
    "labs:not_taken",
    N_("Not for now: %(lab)s"),
    (N_("The makers of the zone do not open “%(lab)s” for now. Why, you read on its page."), _MAKER),
    _LOOK,
    topic="centers",
)
ASKS = Notice(
    "labs:asks",
    N_("Somebody asks to come into %(lab)s"),
    (N_("A member asks to take part in “%(lab)s”."), N_("Say yes, or no with a reason: they are waiting.")),
    _PEOPLE,
    topic="centers",
)
CAME = Notice(
    "labs:came",
    N_("Somebody new in %(lab)s"),
    (N_("A member is in “%(lab)s” from today."), N_("A word of welcome helps them to begin.")),
    _PEOPLE,
    topic="centers",
)
INVITED = Notice(
    "labs:invited",
    N_("You are invited to %(lab)s"),
    (
        N_("The people of the community lab “%(lab)s” would like you to take part."),
        N_("Look at what it is about, then say yes or no. After a no nobody asks you again for three months."),
    ),
    _LOOK,
    topic="centers",
)
SAID_NO = Notice(
    "labs:said_no",
    N_("An invitation to %(lab)s was declined"),
    (N_("Somebody you invited to “%(lab)s” said no, thank you."),),
    _PEOPLE,
    topic="centers",
)
LET_IN = Notice(
    "labs:let_in",
    N_("You are in %(lab)s"),
    (N_("Your request to take part in “%(lab)s” was answered with a yes: welcome!"),),
    _LOOK,
    topic="centers",
)
NOT_LET_IN = Notice(
    "labs:not_let_in",
    N_("Not for now: %(lab)s"),
    (N_("Your request to take part in “%(lab)s” was answered with a no. Why, you read on its page."), _MAKER),
    _LOOK,
    topic="centers",
)
REMOVED = Notice(
    "labs:removed",
    N_("You are no longer in %(lab)s"),
    (N_("The people who run “%(lab)s” have ended your part in it. Why, you read on its page."), _MAKER),
    _LOOK,
    topic="centers",
)
WENT = Notice(
    "labs:went",
    N_("You are no longer in %(lab)s"),
    (N_("Your part in “%(lab)s” has ended. Your tasks there are free for others."), _MAKER),
    _LOOK,
    topic="centers",
)
KEEPER_GIVEN = Notice(
    "labs:keeper_given",
    N_("You run %(lab)s"),
    (
        N_("From now on you run the community lab “%(lab)s”, together with who runs it already."),
        N_("You answer who asks to come in, and write goals, tasks and what it received."),
    ),
    _LOOK,
    topic="centers",
)
KEEPER_ENDED = Notice(
    "labs:keeper_ended",
    N_("You no longer run %(lab)s"),
    (N_("A maker has ended it; you are in the lab as before. Thank you for what you did."), _MAKER),
    _LOOK,
    topic="centers",
)
NO_KEEPER = Notice(
    "labs:no_keeper",
    N_("Nobody runs a community lab any more"),
    (
        N_("The last person who ran the community lab “%(lab)s” has stopped."),
        N_("Ask somebody in it to run it, or end it with what came of it. Until then what waits there comes to you."),
    ),
    _PEOPLE,
    topic="makers",
)
TASKS_FREE = Notice(
    "labs:tasks_free",
    N_("Tasks are free again in %(lab)s"),
    (N_("Somebody who had tasks in “%(lab)s” is no longer in it. Somebody else can take them now."),),
    _LOOK,
    topic="centers",
)
TASK_YOURS = Notice(
    "labs:task_yours",
    N_("A task for you in %(lab)s"),
    (
        N_("“%(task)s”: this task of “%(lab)s” is yours."),
        N_("If you cannot do it, give it back on the page of the lab."),
    ),
    _LOOK,
    topic="centers",
)
TASK_LATE = Notice(
    "labs:task_late",
    N_("A task in %(lab)s: how is it going?"),
    (
        N_("“%(task)s”: this task of “%(lab)s” was to be done by %(due_on)s."),
        N_("Say there that it is done, or give it back: nobody minds."),
    ),
    _LOOK,
    topic="centers",
)
ENDED = Notice(
    "labs:ended",
    N_("%(lab)s has ended"),
    (
        N_("The community lab “%(lab)s” is over. What came of it stands on its page, which stays."),
        N_("Tasks that were open are closed: you have nothing more to do for it."),
    ),
    N_("See what came of it"),
    topic="centers",
)
REOPENED = Notice(
    "labs:reopened",
    N_("%(lab)s goes on"),
    (N_("A maker has opened the community lab “%(lab)s” again, and you are in it as before."),),
    _LOOK,
    topic="centers",
)
NEW_WORDS = Notice(
    "labs:new_words",
    N_("New words in %(lab)s"),
    (N_("Somebody wrote in the conversation of the community lab “%(lab)s”."),),
    N_("Read and answer"),
    topic="messages",
)
CENTER_GONE = Notice(
    "labs:center_gone",
    N_("%(center)s closes: where does %(lab)s meet?"),
    (
        N_("The civic center %(center)s, where “%(lab)s” meets, closes for good."),
        N_("The lab goes on. Say on its page in which center it meets from now on."),
    ),
    _LOOK,
    topic="centers",
)
NOTICES = (
    CENTER_GONE,
    PROPOSED,
    OPENED,
    NOT_TAKEN,
    ASKS,
    CAME,
    INVITED,
    SAID_NO,
    LET_IN,
    NOT_LET_IN,
    REMOVED,
    WENT,
    KEEPER_GIVEN,
    KEEPER_ENDED,
    NO_KEEPER,
    TASKS_FREE,
    TASK_YOURS,
    TASK_LATE,
    ENDED,
    REOPENED,
    NEW_WORDS,
)
