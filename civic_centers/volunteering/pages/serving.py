"""What keepers confirm: real minutes, or that somebody was not there."""

from flask_babel import gettext as _

from civic_centers.centers.policies import KEEP
from civic_centers.volunteering import actions
from civic_centers.volunteering.forms import MinutesForm
from civic_centers.volunteering.pages.blueprint import volunteering
from civic_centers.volunteering.pages.words import saying
from civic_centers.volunteering.policies import may_run
from civic_centers.volunteering.rules import real_minutes
from civic_centers.volunteering.tables import SignUp, Slot
from community.members.tables import Person
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.pressing import pressed


@volunteering.get("/volunteering/shifts/<int:sign_up_id>/confirm")
@requires(KEEP)
def ask_minutes(sign_up_id: int) -> Answer:
    row, slot = _run(sign_up_id)
    minutes = real_minutes(row.came_at, row.left_at, slot.starts_at, slot.ends_at)
    return _page(row, slot, MinutesForm(formdata=None, data={"minutes": minutes}))


@volunteering.post("/volunteering/shifts/<int:sign_up_id>/confirm")
@requires(KEEP)
def confirm(sign_up_id: int) -> Answer:
    row, slot = _run(sign_up_id)
    form = MinutesForm()
    if not form.validate_on_submit():
        return _page(row, slot, form, 422)
    try:
        with writing() as session:
            actions.confirm(session, actor(), sign_up_id, form.minutes.data or 0)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(row, slot, form, error.status)
    say(_("Confirmed: they have been told."))
    return redirect_to(".show", slot_id=row.slot_id)


@volunteering.post("/volunteering/shifts/<int:sign_up_id>/missed")
@requires(KEEP)
def missed(sign_up_id: int) -> Answer:
    row, _slot = _run(sign_up_id)
    pressed(
        lambda session: actions.note_missed(session, actor(), sign_up_id),
        _("Noted. Perhaps somebody asks how they are?"),
    )
    return redirect_to(".show", slot_id=row.slot_id)


@volunteering.post("/volunteering/shifts/<int:sign_up_id>/found")
@requires(KEEP)
def found(sign_up_id: int) -> Answer:
    """Noted by a slip as not there: taken back."""
    row, _slot = _run(sign_up_id)
    pressed(
        lambda session: actions.take_missed_back(session, actor(), sign_up_id),
        _("Taken back: now you can confirm the hours."),
    )
    return redirect_to(".show", slot_id=row.slot_id)


def _run(sign_up_id: int) -> tuple[SignUp, Slot]:
    row = reading().get(SignUp, sign_up_id)
    slot = reading().get(Slot, row.slot_id) if row is not None else None
    if row is None or slot is None or not may_run(reading(), actor(), slot):
        raise Missing()
    return row, slot


def _page(row: SignUp, slot: Slot, form: MinutesForm, status: int = 200) -> Answer:
    person = reading().get_one(Person, row.person_id)
    return page(
        "civic_centers/volunteering/confirm.html",
        row=row,
        slot=slot,
        person=person,
        form=form,
        status=status,
        **saying(),
    )
