"""The sheet that hangs in the hall, and copying it in."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.centers.policies import KEEP
from civic_centers.centers.queries import center_called, center_to_keep
from civic_centers.centers.tables import Center
from civic_centers.wall import actions
from civic_centers.wall.forms import SheetForm, sheet_form
from civic_centers.wall.pages.blueprint import wall
from civic_centers.wall.rules import MOST_ON_SHEET
from foundation.errors import Invalid, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, public, reading, redirect_to, requires, say, writing
from foundation.web.qr import qr_drawing


@wall.get("/centers/<center_slug>/wall/sheet")
@public
def sheet(center_slug: str) -> Answer:
    """To print: lines to write on, boxes to tick, and the way to the wall for who has a telephone."""
    center = center_called(reading(), actor(), center_slug)
    address = url_for(".listing", center_slug=center_slug, _external=True)
    drawing = qr_drawing(address, _("QR code of the wall"))
    return page("civic_centers/wall/sheet.html", center=center, address=address, drawing=drawing, lines=MOST_ON_SHEET)


@wall.get("/centers/<center_slug>/wall/copy")
@requires(KEEP)
def ask_sheet(center_slug: str) -> Answer:
    return _copy_page(_kept(center_slug), sheet_form(formdata=None))


@wall.post("/centers/<center_slug>/wall/copy")
@requires(KEEP)
def copy_sheet(center_slug: str) -> Answer:
    center = _kept(center_slug)
    form = sheet_form()
    if not form.validate_on_submit():
        return _copy_page(center, form, 422)
    number = 0
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                number = len(actions.copy_sheet(session, actor(), center.id or 0, form.said()))
    except Invalid as error:
        form.refuse(error)
        return _copy_page(center, form, 422)
    said = ngettext("%(num)s need hangs on the wall now.", "%(num)s needs hang on the wall now.", number)
    say(said if number else _("Copied already."))
    return redirect_to(".listing", center_slug=center_slug)


def _kept(slug: str) -> Center:
    center = center_to_keep(reading(), actor(), slug)
    if center.closed_on is not None:
        raise Missing()
    return center


def _copy_page(center: Center, form: SheetForm, status: int = 200) -> Answer:
    return page("civic_centers/wall/copy.html", center=center, form=form, status=status)
