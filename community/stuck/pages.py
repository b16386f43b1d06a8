"""What could not be delivered or done, in words that an administrator without a technician understands."""

import re

from flask import Blueprint
from flask_babel import gettext as _

from community.stuck import actions
from community.stuck.policies import MEND
from community.stuck.queries import held_up, stuck_jobs, stuck_letters
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing

stuck = Blueprint("stuck", __name__)

PUSH = re.compile("push service")
NOBODY_THERE = re.compile("Undeliverable|RecipientsRefused")
NO_CONNECTION = re.compile("Connection(Error|Refused|Reset)|Timeout|gaierror|OSError|ServerDisconnected")
NOT_LET_IN = re.compile(
    "Authentication|SenderRefused|SMTPNotSupported|certificate|SSL|5[.]7[.]|relay|not permitted", re.IGNORECASE
)


@stuck.get("/c/<community>/running/stuck")
@requires(MEND)
def show() -> Answer:
    return page(
        "community/stuck/show.html",
        letters=stuck_letters(reading(), actor()),
        jobs=stuck_jobs(reading(), actor()),
        waits=held_up(reading(), actor()),
        ways=ways(),
        job_words={job.kind: job.words for job in registry.every("jobs")},
        reason=reason,
    )


@stuck.post("/c/<community>/running/stuck/<any(letter, job):kind>/<int:row_id>/again")
@requires(MEND)
def try_again(kind: str, row_id: int) -> Answer:
    with writing() as session:
        actions.try_again(session, actor(), kind, row_id)
    say(_("We are trying again. If it gets stuck once more, you find it here."))
    return redirect_to(".show")


@stuck.post("/c/<community>/running/stuck/again")
@requires(MEND)
def try_all_again() -> Answer:
    with writing() as session:
        actions.try_all_again(session, actor())
    say(_("We are trying all of it again. What gets stuck once more, you find here."))
    return redirect_to(".show")


@stuck.post("/c/<community>/running/stuck/<any(letter, job):kind>/<int:row_id>/drop")
@requires(MEND)
def drop(kind: str, row_id: int) -> Answer:
    with writing() as session:
        actions.drop(session, actor(), kind, row_id)
    say(_("It is off the list."))
    return redirect_to(".show")


def ways() -> dict[str, str]:
    """The ways on which things get stuck, in words."""
    return {
        "mail": _("by e-mail"),
        "notice": _("before it was decided how to tell them"),
        "push": _("on the telephone"),
        "push_device": _("on the telephone"),
    }


def reason(error: str) -> str:
    """Why it got stuck, as far as it can be said without the technical words."""
    if PUSH.search(error):
        return _("The service that brings notices to telephones did not take it.")
    if NOT_LET_IN.search(error):
        return _("The mail server does not let us in: its name and password stand in the settings.")
    if NOBODY_THERE.search(error):
        return _("The address does not take our letters: is it written right? Call them.")
    if NO_CONNECTION.search(error):
        return _("The mail server could not be reached.")
    return _("Something unexpected happened: the words below help whoever looks after the machine.")
