"""The searches one keeps: naming one, looking at it, changing it, removing it."""

from flask import Blueprint, request
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from exchanges.posts.pages.asking import address, asked_for
from exchanges.posts.pages.saying import in_short
from exchanges.posts.queries.filters import filters_of, said_by
from exchanges.searches import actions
from exchanges.searches.forms import ALERT_WORDS, SearchForm
from exchanges.searches.policies import KEEP
from exchanges.searches.queries import own_search, searches_of
from exchanges.searches.rules import LONGEST_NAME
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.state import person_id

searches = Blueprint("searches", __name__, url_prefix="/c/<community>/searches")


@searches.get("/")
@requires(KEEP)
def mine() -> Answer:
    catalogue = catalogue_of(reading(), community())
    found = []
    for search in searches_of(reading(), actor()):
        asked = asked_for(catalogue, search.said)
        words = in_short(asked.filters, catalogue)
        found.append({"search": search, "url": address(asked.filters), "words": words, "gone": asked.gone})
    return page("exchanges/searches/mine.html", found=found, alerts=ALERT_WORDS)


@searches.get("/new")
@requires(KEEP)
def new() -> Answer:
    catalogue = catalogue_of(reading(), community())
    filters = asked_for(catalogue).filters
    return _new_page(SearchForm(name=in_short(filters, catalogue)[:LONGEST_NAME]))


@searches.post("/new")
@requires(KEEP)
def keep() -> Answer:
    form = SearchForm()
    if not form.validate_on_submit():
        return _new_page(form, status=422)
    said = said_by(filters_of(request.args))
    try:
        with writing() as session:
            typed = repr((form.name.data, form.alert.data, said))
            if first_time(session, form.request_key.data or "", person_id(), content=typed):
                actions.keep_search(session, actor(), form.name.data, said, alert=form.alert.data)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _new_page(form, status=422)
    say(_("We keep this search for you."))
    return redirect_to(".mine")


@searches.get("/<int:search_id>")
@requires(KEEP)
def edit(search_id: int) -> Answer:
    search = own_search(reading(), actor(), search_id)
    return page("exchanges/searches/edit.html", search=search, form=SearchForm(obj=search))


@searches.post("/<int:search_id>")
@requires(KEEP)
def change(search_id: int) -> Answer:
    form = SearchForm()
    search = own_search(reading(), actor(), search_id)
    if not form.validate_on_submit():
        return page("exchanges/searches/edit.html", search=search, form=form, status=422)
    try:
        with writing() as session:
            actions.change_search(session, actor(), search_id, form.name.data, alert=form.alert.data)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return page("exchanges/searches/edit.html", search=search, form=form, status=422)
    say(_("Kept."))
    return redirect_to(".mine")


@searches.post("/<int:search_id>/remove")
@requires(KEEP)
def remove(search_id: int) -> Answer:
    with writing() as session:
        actions.remove_search(session, actor(), search_id)
    say(_("We keep it no more."))
    return redirect_to(".mine")


def _new_page(form: SearchForm, status: int = 200) -> Answer:
    catalogue = catalogue_of(reading(), community())
    asked = asked_for(catalogue)
    return page(
        "exchanges/searches/new.html",
        form=form,
        words=in_short(asked.filters, catalogue),
        said=said_by(asked.filters),
        gone=asked.gone,
        back_url=address(asked.filters),
        status=status,
    )
