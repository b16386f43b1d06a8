"""For the adults of a household: who may fetch somebody they look after. Nothing of it stays on the telephone.

A maker in the place of somebody without e-mail writes it down for them; each look of theirs stands in the record.
"""

from flask import request
from flask_babel import gettext as _

from civic_centers.enrolling import actions
from civic_centers.enrolling.actions.fetching import ALONE_FROM
from civic_centers.enrolling.forms import PickUpForm
from civic_centers.enrolling.pages.blueprint import enrolling
from civic_centers.enrolling.pages.words import KINDS, saying
from civic_centers.enrolling.policies import ENROL
from civic_centers.enrolling.queries.fetching import left_alone_at, readable_by, said_of, unfetched
from community.dependants.queries import KIND, own_dependant
from community.members.tables import Person
from foundation import audit
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.fields import choices
from foundation.web.pressing import pressed
from foundation.web.state import database

MOST_DATES = 5


@enrolling.get("/dependants/<int:dependant_id>/pick-up")
@requires(ENROL)
def pick_up(dependant_id: int) -> Answer:
    return _page(dependant_id, PickUpForm(formdata=None, data={"kind": "allowed"}))


@enrolling.post("/dependants/<int:dependant_id>/pick-up")
@requires(ENROL)
def say_pick_up(dependant_id: int) -> Answer:
    own_dependant(reading(), actor(), dependant_id)
    form = PickUpForm()
    if not form.validate_on_submit():
        return _page(dependant_id, form, status=422)
    try:
        with writing() as session:
            actions.say_pick_up(session, actor(), dependant_id, form.kind.data or "", name=form.name.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(dependant_id, form, status=error.status)
    say(_("Written down."))
    return redirect_to(".pick_up", dependant_id=dependant_id, date=_date())


@enrolling.post("/dependants/<int:dependant_id>/pick-up/<int:pick_up_id>/remove")
@requires(ENROL)
def take_back_pick_up(dependant_id: int, pick_up_id: int) -> Answer:
    pressed(lambda session: actions.take_back_pick_up(session, actor(), dependant_id, pick_up_id), _("Taken away."))
    return redirect_to(".pick_up", dependant_id=dependant_id, date=_date())


def _date() -> int | None:
    """The date from whose page one came, and goes back to."""
    return request.args.get("date", type=row_number)


def _page(dependant_id: int, form: PickUpForm, status: int = 200) -> Answer:
    dependant = own_dependant(reading(), actor(), dependant_id)
    me = reading().get_one(Person, actor().must_be_person())
    said = said_of(reading(), [dependant_id])[dependant_id]
    rows = readable_by(me, said, in_place=actor().is_on_behalf)
    if rows and actor().is_on_behalf:
        audit.looked(database(), actor(), KIND, dependant_id)
    nobody = me.id in unfetched(reading(), [dependant_id]).get(dependant_id, ())
    dates = left_alone_at(reading(), dependant_id)
    kinds = [kind for kind in KINDS if kind != "alone" or dependant.age_band in ALONE_FROM]
    form.kind.choices = choices((kind, KINDS[kind]) for kind in kinds)
    return page(
        "civic_centers/enrolling/pick_up.html",
        dependant=dependant,
        form=form,
        rows=rows,
        in_place=actor().is_on_behalf,
        nobody=nobody,
        dates=dates[:MOST_DATES],
        came_from=next((each for each in dates if each[0].id == _date()), None),
        date=_date(),
        status=status,
        **saying(),
    )
