"""How often a cycle comes again, and when it pauses."""

from flask_babel import gettext as _

from civic_centers.purchasing.actions.repeating import Every, add_pause, begin_rhythm, end_rhythm, remove_pause
from civic_centers.purchasing.forms import PauseForm, RhythmForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.queries.rhythms import pauses_of, rhythm_of
from civic_centers.purchasing.queries.single import cycle_to_keep
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.policies import KEEP
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.pressing import pressed

EVERY = {
    "w1": Every(weeks=1),
    "w2": Every(weeks=2),
    "m1": Every(months=1),
    "m2": Every(months=2),
    "m3": Every(months=3),
}


@purchasing.get("/<int:cycle_id>/rhythm")
@requires(KEEP)
def ask_rhythm(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    return _rhythm_page(cycle, RhythmForm(formdata=None), PauseForm(formdata=None))


@purchasing.post("/<int:cycle_id>/rhythm")
@requires(KEEP)
def keep_rhythm(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    form = RhythmForm()
    if not form.validate_on_submit():
        return _rhythm_page(cycle, form, PauseForm(formdata=None), 422)
    pressed(
        lambda session: begin_rhythm(session, actor(), cycle_id, EVERY[form.every.data]),
        _("It comes again: the next one is planned two weeks before it opens."),
    )
    return redirect_to(".ask_rhythm", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/rhythm/end")
@requires(KEEP)
def stop_rhythm(cycle_id: int) -> Answer:
    pressed(
        lambda session: end_rhythm(session, actor(), cycle_id),
        _("It does not come again. What is planned already stays."),
    )
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/pauses")
@requires(KEEP)
def put_pause(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    form = PauseForm()
    if not form.validate_on_submit():
        return _rhythm_page(cycle, RhythmForm(formdata=None), form, 422)
    try:
        with writing() as session:
            add_pause(session, actor(), cycle_id, form.from_on.data, form.until_on.data)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _rhythm_page(cycle, RhythmForm(formdata=None), form, error.status)
    say(_("Noted: nothing opens in those days. What is planned already stays: call it off on its page."))
    return redirect_to(".ask_rhythm", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/pauses/<int:pause_id>/remove")
@requires(KEEP)
def take_pause(cycle_id: int, pause_id: int) -> Answer:
    pressed(lambda session: remove_pause(session, actor(), cycle_id, pause_id), _("The pause is taken away."))
    return redirect_to(".ask_rhythm", cycle_id=cycle_id)


def _rhythm_page(cycle: OrderCycle, form: RhythmForm, pause: PauseForm, status: int = 200) -> Answer:
    rhythm = rhythm_of(reading(), cycle)
    pauses = pauses_of(reading(), rhythm.id or 0) if rhythm is not None else []
    return page(
        "civic_centers/purchasing/rhythm.html",
        cycle=cycle,
        rhythm=rhythm,
        form=form,
        pause=pause,
        pauses=pauses,
        status=status,
    )
