"""For makers: what families that have left still owed, or were owed."""

from flask_babel import gettext as _

from civic_centers.reckoning import actions
from civic_centers.reckoning.forms import WriteOffForm, content
from civic_centers.reckoning.pages.blueprint import reckoning
from civic_centers.reckoning.policies import GRANT
from civic_centers.reckoning.queries.own import left_behind
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.pressing import pressed


@reckoning.get("/till/left")
@requires(GRANT)
def left() -> Answer:
    return page("civic_centers/reckoning/left.html", found=left_behind(reading(), actor()))


@reckoning.get("/till/left/<int:family_id>")
@requires(GRANT)
def ask_to_write_off(family_id: int) -> Answer:
    balance = _left(family_id)
    return _page(family_id, WriteOffForm(formdata=None, data={"cents": max(0, -balance) or None, "source": "group"}))


@reckoning.post("/till/left/<int:family_id>")
@requires(GRANT)
def write_off(family_id: int) -> Answer:
    _left(family_id)
    form = WriteOffForm()
    if not form.validate_on_submit():
        return _page(family_id, form, 422)
    key = form.request_key.data or ""
    what = (family_id, form.cents.data or 0, form.source.data or "", form.reason.data or "")
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=content(form)):
                actions.write_off(session, actor(), *what, key=key)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(family_id, form, error.status)
    say(_("Settled, with your reason on record."))
    return redirect_to(".left")


@reckoning.post("/till/left/<int:family_id>/quota")
@requires(GRANT)
def hand_over(family_id: int) -> Answer:
    _left(family_id)
    pressed(lambda session: actions.hand_over(session, actor(), family_id), _("It is in the solidarity quota now."))
    return redirect_to(".left")


def _left(family_id: int) -> int:
    """What is open of a family that has left. Raises Missing."""
    found = {party.id: balance for party, balance in left_behind(reading(), actor())}
    if family_id not in found:
        raise Missing()
    return found[family_id]


def _page(family_id: int, form: WriteOffForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/reckoning/write_off.html",
        family_id=family_id,
        balance=_left(family_id),
        form=form,
        status=status,
    )
