"""What people are told of roles."""

from community.notifications.rules import Notice
from foundation.errors import N_

ROLE_ENDS = Notice(
    "members:role_ends",
    N_("Your role in %(community)s ends on %(until_on)s"),
    (
        N_("As was said when it was given, your role holds until %(until_on)s; then it ends by itself."),
        N_("Thank you for all you do. If you would like to go on, speak with an administrator."),
    ),
    topic="makers",
)
ROLE_OF_SOMEBODY_ENDS = Notice(
    "members:role_of_somebody_ends",
    N_("The role of %(name)s ends on %(until_on)s"),
    (
        N_("The role of %(name)s in %(community)s holds until %(until_on)s; then it ends by itself."),
        N_("If it should go on, or pass to somebody else, give it on the page of the roles."),
    ),
    N_("See the roles"),
    topic="makers",
)
_GIVEN_BY = N_("%(by)s gave it to you. If this surprises you, ask an administrator.")
ROLE_GIVEN = {
    "maker": Notice(
        "members:maker",
        N_("You are a community maker in %(community)s"),
        (
            N_("From %(since_on)s on you welcome people, help and decide for: %(where)s."),
            _GIVEN_BY,
            N_("Makers sign in with a second step: the page shows you how, in two minutes."),
        ),
        topic="makers",
    ),
    "operator": Notice(
        "members:operator",
        N_("You sit at the desk in %(community)s"),
        (
            N_("From %(since_on)s on you read what people confide to the desk, and help them on: %(where)s."),
            _GIVEN_BY,
            N_("Who sits at the desk signs in with a second step: the page shows you how, in two minutes."),
        ),
        topic="makers",
    ),
    "administrator": Notice(
        "members:administrator",
        N_("You are an administrator of %(community)s"),
        (
            N_("From %(since_on)s on you run the pages, rules and roles of %(where)s."),
            _GIVEN_BY,
            N_("Administrators sign in with a second step: the page shows you how, in two minutes."),
        ),
        topic="makers",
    ),
    "keeper": Notice(
        "members:keeper",
        N_("You act for %(where)s in %(community)s"),
        (N_("From %(since_on)s on you can write and answer for %(where)s, beside those who do already."), _GIVEN_BY),
        topic="household",
    ),
}
ROLE_ENDED = Notice(
    "members:role_ended",
    N_("Your role in %(community)s has ended"),
    (
        N_("%(by)s has ended the role you had for %(where)s. Everything else stays as it was."),
        N_("Thank you for what you did. To know why, or to say what you think, speak with an administrator."),
    ),
    topic="makers",
)
ROLE_CHANGED = Notice(
    "members:role_changed",
    N_("Your role in %(community)s now ends on %(until_on)s"),
    (
        N_("%(by)s has written that the role you have for %(where)s holds until %(until_on)s; then it ends by itself."),
        N_("To know why, or to say what you think, speak with an administrator."),
    ),
    topic="makers",
)
NOTICES = (ROLE_ENDS, ROLE_OF_SOMEBODY_ENDS, *ROLE_GIVEN.values(), ROLE_ENDED, ROLE_CHANGED)
