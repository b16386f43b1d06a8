"""The solidarity quota: what everybody may know of it, and for makers what comes in."""

from flask_babel import gettext as _

from civic_centers.reckoning import actions
from civic_centers.reckoning.forms import GiftForm, content
from civic_centers.reckoning.pages.blueprint import reckoning
from civic_centers.reckoning.policies import GRANT, READ_OWN
from civic_centers.reckoning.queries.quota import in_quota, told_of_quota
from civic_centers.reckoning.rules import Period
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, community, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.formats import euro, short_day, span


@reckoning.get("/quota")
@requires(READ_OWN)
def quota() -> Answer:
    """Sums by periods that are over, never of fewer than a few families, to the nearest ten euro."""
    makes = actor().may(GRANT) and not actor().is_on_behalf
    told = told_of_quota(reading(), community().id)
    return page(
        "civic_centers/reckoning/quota.html",
        told=told,
        rows={"given": _rows(told.given), "used": _rows(told.used)},
        makes=makes,
        holds=in_quota(reading(), actor()) if makes else None,
    )


@reckoning.get("/quota/give")
@requires(GRANT)
def ask_gift() -> Answer:
    return _gift_page(GiftForm(formdata=None))


@reckoning.post("/quota/give")
@requires(GRANT)
def give() -> Answer:
    form = GiftForm()
    if not form.validate_on_submit():
        return _gift_page(form, 422)
    key = form.request_key.data or ""
    what = (form.source.data or "", form.cents.data or 0, form.words.data or "")
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=content(form)):
                actions.give_to_quota(session, actor(), *what, key=key)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _gift_page(form, error.status)
    say(_("Written down. Thank them!"))
    return redirect_to(".quota")


def _gift_page(form: GiftForm, status: int = 200) -> Answer:
    holds = in_quota(reading(), actor())
    return page("civic_centers/reckoning/give.html", form=form, holds=holds, status=status)


def _rows(periods: list[Period]) -> list[dict[str, str]]:
    few = _("too few to tell")
    return [
        {
            "term": span(short_day(one.first), short_day(one.last)),
            "text": few if one.cents is None else _("about %(amount)s", amount=euro(one.cents)),
        }
        for one in periods
    ]
