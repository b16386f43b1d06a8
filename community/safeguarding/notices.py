"""What safeguarding tells people: that something runs out, in time to see to it."""

from community.notifications.rules import Notice
from foundation.errors import N_

RUNS_OUT = Notice(
    "safeguarding:runs_out",
    N_("A word with a maker before %(until_on)s"),
    (
        N_("What lets you look after others holds until %(until_on)s: then something has to be seen again."),
        N_("A word with a maker of your zone before then is enough, and nothing of yours is called off."),
    ),
    N_("See what it takes"),
    topic="reminders",
    good_until="until_on",
)
THEIRS_RUNS_OUT = Notice(
    "safeguarding:theirs_runs_out",
    N_("A verification to see again before %(until_on)s"),
    (
        N_("What lets %(who)s look after others holds until %(until_on)s."),
        N_("Meet them before then, and write down what you saw."),
    ),
    N_("Open the verification"),
    topic="makers",
    good_until="until_on",
)
FEW_LEADS = Notice(
    "safeguarding:few_leads",
    N_("Name a safeguarding lead"),
    (
        N_("Somebody who heard of worries about children and frail people does so no more, and too few are left."),
        N_("There must be a lead and a stand-in, so that there is always somebody who listens: name somebody today."),
    ),
    N_("Name somebody"),
    topic="makers",
    urgent=True,
)

NOTICES = (RUNS_OUT, THEIRS_RUNS_OUT, FEW_LEADS)
