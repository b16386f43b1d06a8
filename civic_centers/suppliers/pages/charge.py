"""Who is in charge of purchasing, by zone: makers name them, and end it."""

from datetime import timedelta

from flask_babel import gettext as _

from civic_centers.centers.queries import members_to_choose
from civic_centers.suppliers import actions
from civic_centers.suppliers.forms import PurchaserForm
from civic_centers.suppliers.pages.blueprint import suppliers
from civic_centers.suppliers.policies import KEEP, RUN, zones_kept
from civic_centers.suppliers.queries import purchasers_in
from community.communities.queries import catalogue_of
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    person_id,
    reading,
    redirect_to,
    requires,
    say,
    time_zone,
    writing,
)
from foundation.web.fields import choices


@suppliers.get("/purchasers")
@requires(KEEP)
def purchasers() -> Answer:
    return _page(PurchaserForm(formdata=None))


@suppliers.post("/purchasers")
@requires(RUN)
def add_purchaser() -> Answer:
    form = PurchaserForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    last_day = form.last_day.data
    ends_at = clock.start_of_day(last_day + timedelta(days=1), time_zone()) if last_day else None
    try:
        with writing() as session:
            actions.add_purchaser(session, actor(), form.zone_id.data or 0, form.person_id.data or 0, ends_at=ends_at)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(form, 422)
    say(_("Done: they find the suppliers under “Me”."))
    return redirect_to(".purchasers")


@suppliers.post("/purchasers/<int:purchaser_id>/end")
@requires(KEEP)
def end_purchaser(purchaser_id: int) -> Answer:
    with writing() as session:
        actions.end_purchaser(session, actor(), purchaser_id)
    say(_("Done: it is ended."))
    return redirect_to(".listing")


def _page(form: PurchaserForm, status: int = 200) -> Answer:
    zones = zones_kept(reading(), actor())
    if not zones:
        raise Missing()
    names = catalogue_of(reading(), community()).zone_names
    mine = actor().zones_for(RUN)
    runs = [number for number in zones if mine is None or number in mine]
    if runs:
        people = members_to_choose(reading(), community().id)
        form.zone_id.choices = choices([(str(number), names.get(number, "")) for number in runs])
        form.person_id.choices = choices([("", _("Choose")), *((str(one.id), one.name) for one in people)])
    return page(
        "civic_centers/suppliers/purchasers.html",
        form=form if runs else None,
        found=purchasers_in(reading(), actor(), zones),
        zones=names,
        runs=runs,
        me=person_id(),
        status=status,
    )
