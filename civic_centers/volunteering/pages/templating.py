"""Templates of a day or a week."""

from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.centers.policies import KEEP
from civic_centers.centers.queries import center_to_keep, center_visible_to
from civic_centers.centers.tables import Center
from civic_centers.volunteering import actions
from civic_centers.volunteering.forms import KeepTemplateForm, LayOutForm
from civic_centers.volunteering.pages.blueprint import volunteering
from civic_centers.volunteering.queries.lists import templates_of
from civic_centers.volunteering.tables import Template
from exchanges.posts.pages.words import weekday_name
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing


@volunteering.get("/centers/<center_slug>/volunteering/templates")
@requires(KEEP)
def templates(center_slug: str) -> Answer:
    form = KeepTemplateForm(formdata=None, data={"first_on": clock.today(time_zone())})
    return _page(center_to_keep(reading(), actor(), center_slug), form)


@volunteering.post("/centers/<center_slug>/volunteering/templates")
@requires(KEEP)
def keep_template(center_slug: str) -> Answer:
    center = center_to_keep(reading(), actor(), center_slug)
    form = KeepTemplateForm()
    if not form.validate_on_submit() or form.first_on.data is None:
        return _page(center, form, 422)
    days = 1 if form.days.data == "1" else 7
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                actions.keep_template(
                    session, actor(), center.id or 0, form.name.data or "", form.first_on.data, days
                )  # fmt: skip
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(center, form, error.status)
    say(_("Kept: lay it out whenever you like."))
    return redirect_to(".templates", center_slug=center_slug)


@volunteering.get("/volunteering/templates/<int:template_id>")
@requires(KEEP)
def ask_to_lay_out(template_id: int) -> Answer:
    return _lay_out_page(*_template(template_id), LayOutForm(formdata=None, data={"first_on": None}))


@volunteering.post("/volunteering/templates/<int:template_id>")
@requires(KEEP)
def lay_out(template_id: int) -> Answer:
    template, center = _template(template_id)
    form = LayOutForm()
    if not form.validate_on_submit() or form.first_on.data is None:
        return _lay_out_page(template, center, form, 422)
    made = 0
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                found = actions.lay_out_template(
                    session, actor(), template_id, form.first_on.data, form.weeks.data or 1
                )
                made = len(found)
    except Missing:
        raise
    except DomainError as error:
        error.field = "first_on" if error.field in ("day", "ends") else error.field
        form.refuse(error)
        return _lay_out_page(template, center, form, error.status)
    words = ngettext("%(num)s shift made: people can sign up.", "%(num)s shifts made: people can sign up.", made)
    say(words if made else _("Made already."))
    return redirect_to(".listing", center_slug=center.slug)


@volunteering.post("/volunteering/templates/<int:template_id>/retire")
@requires(KEEP)
def retire_template(template_id: int) -> Answer:
    _row, center = _template(template_id)
    with writing() as session:
        actions.retire_template(session, actor(), template_id)
    say(_("Taken away. What was made from it stays."))
    return redirect_to(".templates", center_slug=center.slug)


def _template(template_id: int) -> tuple[Template, Center]:
    """A template, for the keepers of its center. Raises Missing."""
    template = reading().get(Template, template_id)
    if template is None or template.community_id != actor().community_id or template.retired_at is not None:
        raise Missing()
    center = center_visible_to(reading(), actor(), template.center_id)
    center_to_keep(reading(), actor(), center.slug)
    return template, center


def _page(center: Center, form: KeepTemplateForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/volunteering/templates.html",
        center=center,
        form=form,
        templates=templates_of(reading(), center.id or 0),
        status=status,
    )


def _lay_out_page(template: Template, center: Center, form: LayOutForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/volunteering/lay_out.html",
        kept=template,
        center=center,
        form=form,
        weekday_name=weekday_name,
        status=status,
    )
