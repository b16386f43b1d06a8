"""A household without e-mail told a maker that it leaves, or comes back."""

from flask_babel import gettext as _
from flask_babel import ngettext

from community.leaving.queries import outlook_of
from community.mandates import actions
from community.mandates.pages import mandates
from community.mandates.policies import KEEP
from community.mandates.queries import home_to_keep
from community.mandates.rules import NotStanding
from foundation.errors import Refused
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.forms import ActForm


@mandates.get("/<int:party_id>/leave")
@requires(KEEP)
def ask_to_leave(party_id: int) -> Answer:
    """What happens, to be read to them before anything does."""
    home = home_to_keep(reading(), actor(), party_id)
    lines, hours = outlook_of(reading(), actor().community_id, home.party)
    return page("community/mandates/leave.html", home=home, lines=lines, hours=hours, form=ActForm())


@mandates.post("/<int:party_id>/leave")
@requires(KEEP)
def leave(party_id: int) -> Answer:
    try:
        with writing() as session:
            actions.leave_as_told(session, actor(), party_id)
    except (NotStanding, Refused) as error:
        say(f"{_(error.message)} {_(error.advice or '')}", "sole")
        return redirect_to(".show", party_id=party_id)
    say(_("They have left. For two weeks you can bring them back from this page, if they tell you so."))
    return redirect_to(".listing")


@mandates.post("/back/<int:person_id>")
@requires(KEEP)
def come_back(person_id: int) -> Answer:
    with writing() as session:
        count = actions.return_as_told(session, actor(), person_id)
    say(
        ngettext(
            "%(num)s person is back. Ask whether makers may act for them again.",
            "%(num)s people are back. Ask whether makers may act for them again.",
            count,
        )
    )
    return redirect_to(".listing")
