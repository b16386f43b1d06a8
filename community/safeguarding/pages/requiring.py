"""The administrator's pages: what is asked of who looks after others, category by category."""

from flask_babel import gettext as _

from community.safeguarding import actions
from community.safeguarding.forms import RequirementForm
from community.safeguarding.pages.blueprint import safeguarding
from community.safeguarding.pages.words import demands_in_words
from community.safeguarding.policies import REQUIRE
from community.safeguarding.queries import (
    category_to_require,
    requirement_row,
    requirements_by_category,
    requirements_of,
)
from foundation.errors import Invalid
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing


@safeguarding.get("/safety/requirements")
@requires(REQUIRE)
def requirements() -> Answer:
    return page(
        "community/safeguarding/requirements.html",
        found=requirements_by_category(reading(), community().id, with_retired=True),
        in_words=demands_in_words,
    )


@safeguarding.get("/safety/requirements/<int:category_id>")
@requires(REQUIRE)
def ask_requirements(category_id: int) -> Answer:
    category_to_require(reading(), community().id, category_id)
    demands = requirements_of(reading(), [category_id])
    return _page(category_id, RequirementForm.of(requirement_row(reading(), category_id), demands))


@safeguarding.post("/safety/requirements/<int:category_id>")
@requires(REQUIRE)
def keep_requirements(category_id: int) -> Answer:
    form = RequirementForm()
    if not form.validate_on_submit():
        return _page(category_id, form, status=422)
    try:
        with writing() as session:
            actions.require(
                session, actor(), category_id, form.demands(), certificate_basis=form.certificate_basis.data or ""
            )
    except Invalid as error:
        form.refuse(error)
        return _page(category_id, form, status=422)
    say(_("Kept. What is already agreed is looked at again."))
    return redirect_to(".requirements", anchor=f"category-{category_id}")


def _page(category_id: int, form: RequirementForm, status: int = 200) -> Answer:
    category = category_to_require(reading(), community().id, category_id)
    above = category.parent_id
    branch = category_to_require(reading(), community().id, above) if above is not None else None
    return page(
        "community/safeguarding/requirement.html",
        category=category,
        branch=branch,
        of_branch=demands_in_words(requirements_of(reading(), [branch.id])) if branch is not None else [],
        form=form,
        status=status,
    )
