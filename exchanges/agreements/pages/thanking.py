"""Thanks and words of appreciation."""

from flask import request
from flask_babel import gettext as _

from exchanges.agreements import actions
from exchanges.agreements.forms import StepForm, ThanksForm
from exchanges.agreements.pages.blueprint import agreements, once
from exchanges.agreements.pages.showing import agreement_page
from exchanges.agreements.policies import TAKE_PART
from foundation.web import Answer, actor, redirect_to, requires, say


@agreements.post("/agreements/<int:agreement_id>/thanks")
@requires(TAKE_PART)
def thank(agreement_id: int) -> Answer:
    form = ThanksForm()
    if not form.validate_on_submit():
        return agreement_page(agreement_id, status=422, thanks_form=form)
    once(
        form,
        lambda session: actions.thank(
            session, actor(), agreement_id, form.thanks.data or "", offered=bool(form.offered.data)
        ),
    )
    say(_("Your thanks have been delivered."))
    return redirect_to(".show", agreement_id=agreement_id)


@agreements.post("/agreements/<int:agreement_id>/thanks/show")
@requires(TAKE_PART)
def show_thanks(agreement_id: int) -> Answer:
    shown = request.form.get("shown") == "1"
    once(StepForm(), lambda session: actions.show_thanks(session, actor(), agreement_id, shown=shown))
    say(_("These words stand on your profile now.") if shown else _("These words are no longer on your profile."))
    return redirect_to(".show", agreement_id=agreement_id)


@agreements.post("/agreements/<int:agreement_id>/thanks/take-back")
@requires(TAKE_PART)
def take_back_thanks(agreement_id: int) -> Answer:
    once(StepForm(), lambda session: actions.take_back_thanks(session, actor(), agreement_id))
    say(_("Your words are gone."))
    return redirect_to(".show", agreement_id=agreement_id)
