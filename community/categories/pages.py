"""The makers' pages for the category tree."""

from flask import Blueprint
from flask_babel import gettext as _

from community.categories import actions
from community.categories.forms import CategoryForm
from community.categories.policies import KEEP
from community.categories.queries import category_of, category_tree
from community.categories.tables import Category
from foundation.errors import Invalid
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing

categories = Blueprint("categories", __name__, url_prefix="/c/<community>/categories")


@categories.get("/")
@requires(KEEP)
def tree() -> Answer:
    return page("community/categories/tree.html", branches=category_tree(reading(), community().id, with_retired=True))


@categories.get("/new")
@requires(KEEP)
def new() -> Answer:
    return _form_page(CategoryForm(category_tree(reading(), community().id)))


@categories.post("/new")
@requires(KEEP)
def add() -> Answer:
    form = CategoryForm(category_tree(reading(), community().id))
    if not form.validate_on_submit():
        return _form_page(form, status=422)
    try:
        with writing() as session:
            actions.add_category(session, actor(), form.words())
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, status=422)
    say(_("The category is there."))
    return redirect_to(".tree")


@categories.get("/<int:category_id>")
@requires(KEEP)
def edit(category_id: int) -> Answer:
    category = category_of(reading(), community().id, category_id)
    return _form_page(CategoryForm(category_tree(reading(), community().id), category), category)


@categories.post("/<int:category_id>")
@requires(KEEP)
def change(category_id: int) -> Answer:
    category = category_of(reading(), community().id, category_id)
    form = CategoryForm(category_tree(reading(), community().id), category)
    if not form.validate_on_submit():
        return _form_page(form, category, status=422)
    try:
        with writing() as session:
            actions.change_category(session, actor(), category_id, form.words())
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, category, status=422)
    say(_("Saved."))
    return redirect_to(".tree")


@categories.post("/<int:category_id>/move/<any(up, down):way>")
@requires(KEEP)
def move(category_id: int, way: str) -> Answer:
    with writing() as session:
        actions.move_category(session, actor(), category_id, -1 if way == "up" else 1)
    return redirect_to(".tree", anchor=f"category-{category_id}")


@categories.post("/<int:category_id>/retire")
@requires(KEEP)
def retire(category_id: int) -> Answer:
    with writing() as session:
        actions.retire_category(session, actor(), category_id)
    say(_("Nobody can choose it any more; the posts that have it keep it."))
    return redirect_to(".tree", anchor=f"category-{category_id}")


@categories.post("/<int:category_id>/bring-back")
@requires(KEEP)
def bring_back(category_id: int) -> Answer:
    with writing() as session:
        actions.bring_back_category(session, actor(), category_id)
    say(_("It can be chosen again."))
    return redirect_to(".tree", anchor=f"category-{category_id}")


def _form_page(form: CategoryForm, category: Category | None = None, status: int = 200) -> Answer:
    return page("community/categories/edit.html", form=form, category=category, status=status)
