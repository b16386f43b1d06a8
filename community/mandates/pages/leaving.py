"""A household without e-mail, or one of its adults, told a maker that they leave, or come back."""

from flask_babel import gettext as _
from flask_babel import ngettext

from community.leaving.queries import outlook_for, outlook_of
from community.mandates import actions
from community.mandates.pages import mandates
from community.mandates.policies import KEEP
from community.mandates.queries import home_to_keep
from community.mandates.rules import NotStanding
from foundation.errors import Missing, Refused
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.forms import ActForm


@mandates.get("/<int:party_id>/leave")
@mandates.get("/<int:party_id>/leave/<int:person_id>")
@requires(KEEP)
def ask_to_leave(party_id: int, person_id: int | None = None) -> Answer:
    """What happens, to be read to them before anything does; `person_id` is who goes alone."""
    home = home_to_keep(reading(), actor(), party_id)
    person = next((one for one in home.people if one.id == person_id), None)
    if person_id is not None and person is None:
        raise Missing()
    if person is not None and len(home.people) > 1:
        seen = outlook_for(reading(), actor().community_id, person_id or 0)
        return page("community/mandates/leave_alone.html", home=home, person=person, outlook=seen, form=ActForm())
    lines, hours = outlook_of(reading(), actor().community_id, home.party)
    return page("community/mandates/leave.html", home=home, lines=lines, hours=hours, form=ActForm())


@mandates.post("/<int:party_id>/leave")
@mandates.post("/<int:party_id>/leave/<int:person_id>")
@requires(KEEP)
def leave(party_id: int, person_id: int | None = None) -> Answer:
    try:
        with writing() as session:
            actions.leave_as_told(session, actor(), party_id, person_id=person_id)
    except Missing:
        raise
    except (NotStanding, Refused) as error:
        say(f"{_(error.message)} {_(error.advice or '')}", "sole")
        return redirect_to(".show", party_id=party_id)
    say(_("They have left. For two weeks you can bring them back from this page, if they tell you so."))
    return redirect_to(".listing")


@mandates.post("/back/<int:person_id>")
@requires(KEEP)
def come_back(person_id: int) -> Answer:
    try:
        with writing() as session:
            count = actions.return_as_told(session, actor(), person_id)
    except Refused as error:
        say(f"{_(error.message)} {_(error.advice or '')}", "sole")
        return redirect_to(".listing")
    say(
        ngettext(
            "%(num)s person is back. Ask whether makers may act for them again.",
            "%(num)s people are back. Ask whether makers may act for them again.",
            count,
        )
    )
    return redirect_to(".listing")
