"""An administrator says what makers read before it is on the board."""

from flask_babel import gettext as _

from community.categories.queries import all_categories
from community.communities.policies import RUN
from community.moderation import actions
from community.moderation.forms import DeadlinesForm, FirstLookForm
from community.moderation.pages.blueprint import moderation
from community.moderation.queries import deadlines_of, first_look_of
from foundation.errors import Invalid
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.formats import in_words


@moderation.get("/running/first-look")
@requires(RUN)
def first_look() -> Answer:
    wish = first_look_of(reading(), community().id)
    return _page(
        _filled(FirstLookForm(data={"newcomer_posts": wish.newcomer_posts, "category_ids": wish.category_ids}))
    )


@moderation.post("/running/first-look")
@requires(RUN)
def keep_first_look() -> Answer:
    form = _filled(FirstLookForm())
    if not form.validate_on_submit():
        return _page(form, status=422)
    with writing() as session:
        actions.set_first_look(
            session, actor(), newcomer_posts=form.newcomer_posts.data, category_ids=form.category_ids.data or []
        )
    say(_("Kept: from now on makers read these first."))
    return redirect_to("communities.running")


@moderation.get("/running/deadlines")
@requires(RUN)
def deadlines() -> Answer:
    return _deadlines_page(DeadlinesForm(obj=deadlines_of(reading(), community().id)))


@moderation.post("/running/deadlines")
@requires(RUN)
def keep_deadlines() -> Answer:
    form = DeadlinesForm()
    if not form.validate_on_submit():
        return _deadlines_page(form, status=422)
    try:
        with writing() as session:
            hours = {"urgent_hours": form.urgent_hours.data, "other_hours": form.other_hours.data}
            actions.set_deadlines(session, actor(), **hours)
    except Invalid as error:
        form.refuse(error)
        return _deadlines_page(form, status=422)
    say(_("Kept: it holds for what is reported from now on."))
    return redirect_to("communities.running")


def _deadlines_page(form: DeadlinesForm, status: int = 200) -> Answer:
    return page("community/moderation/deadlines.html", form=form, status=status)


def _filled(form: FirstLookForm) -> FirstLookForm:
    found = all_categories(reading(), community().id)
    form.category_ids.choices = choices([(one.id, in_words(one.names)) for one in found])
    return form


def _page(form: FirstLookForm, status: int = 200) -> Answer:
    return page("community/moderation/first_look.html", form=form, status=status)
