"""Lost telephone: an administrator takes the second step of a maker or member off."""

from flask_babel import gettext as _

from community.members.policies import ROLES, must_take_off_second_factor
from community.members.queries import person_of
from community.signing_in import actions
from community.signing_in.forms import TakeOffForm
from community.signing_in.pages import signing_in
from community.signing_in.queries import second_factor_of
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing


@signing_in.get("/c/<community>/second-step/<int:person_id>")
@requires(ROLES)
def ask_to_take_off(person_id: int) -> Answer:
    return _page(person_id, TakeOffForm())


@signing_in.post("/c/<community>/second-step/<int:person_id>")
@requires(ROLES)
def take_off(person_id: int) -> Answer:
    form = TakeOffForm()
    if not form.validate_on_submit():
        return _page(person_id, form, status=422)
    with writing() as session:
        actions.take_off_second_factor(session, actor(), person_id, reason=form.reason.data)
    say(_("Done. They were signed out everywhere, and we have written to them."))
    return redirect_to("members.roles")


def _page(person_id: int, form: TakeOffForm, status: int = 200) -> Answer:
    must_take_off_second_factor(reading(), actor(), person_id)
    if second_factor_of(reading(), person_id) is None:
        raise Missing()
    person = person_of(reading(), person_id)
    return page("community/signing_in/take_off.html", form=form, person=person, status=status)
