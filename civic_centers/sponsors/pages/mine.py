"""What an organisation sees of its own: its pledges, its page and badge, its yearly statement."""

from flask import url_for
from flask_babel import gettext as _

from civic_centers.sponsors import actions
from civic_centers.sponsors.forms import PageForm
from civic_centers.sponsors.pages.blueprint import sponsors
from civic_centers.sponsors.pages.words import saying
from civic_centers.sponsors.policies import OFFER
from civic_centers.sponsors.queries import (
    all_made_possible,
    own_organisation,
    page_of,
    pledges_of,
    statement_of,
    targets_of,
    years_of,
)
from community.parties.tables import Party
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, time_zone, writing

EARLIEST, LATEST = 2000, 2200


@sponsors.get("/sponsors/ours")
@requires(OFFER)
def ours() -> Answer:
    party = own_organisation(reading(), actor())
    pledges = pledges_of(reading(), party.id or 0)
    return page(
        "civic_centers/sponsors/ours.html",
        party=party,
        pledges=pledges,
        targets=targets_of(reading(), pledges),
        sponsor=page_of(reading(), party.id or 0),
        possible=all_made_possible(reading(), party.id or 0),
        years=years_of(reading(), party.id or 0, clock.today(time_zone())),
        **saying(),
    )


@sponsors.get("/sponsors/ours/page")
@requires(OFFER)
def ask_page() -> Answer:
    party = own_organisation(reading(), actor())
    found = page_of(reading(), party.id or 0)
    form = PageForm(formdata=None, is_public=True)
    if found is not None:
        form = PageForm(formdata=None, words=found.words, is_public=found.is_public, version=str(found.version))
    return _page(party, form)


@sponsors.post("/sponsors/ours/page")
@requires(OFFER)
def keep_page() -> Answer:
    party, form = own_organisation(reading(), actor()), PageForm()
    if not form.validate_on_submit():
        return _page(party, form, 422)
    is_public = bool(form.is_public.data)
    try:
        with writing() as session:
            kept = actions.keep_page(
                session, actor(), party.id or 0, form.words.data or "", is_public=is_public, version=form.opened_with
            )
            is_seen = kept.is_public and kept.hidden_at is None
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(party, form, error.status)
    say(_("Kept: everybody can read it.") if is_seen else _("Kept: only you can read it."))
    return redirect_to(".ours")


@sponsors.get("/sponsors/ours/<int:year>")
@requires(OFFER)
def statement(year: int) -> Answer:
    """What was given in a year, to print and to keep."""
    party = own_organisation(reading(), actor())
    if not EARLIEST <= year <= LATEST:
        raise Missing()
    return page(
        "civic_centers/sponsors/statement.html",
        party=party,
        found=statement_of(reading(), party.id or 0, year),
        possible=all_made_possible(reading(), party.id or 0, year=year),
        community=community(),
        today=clock.today(time_zone()),
        **saying(),
    )


def _page(party: Party, form: PageForm, status: int = 200) -> Answer:
    found = page_of(reading(), party.id or 0)
    badge = url_for(".badge", slug=found.slug, _external=True) if found is not None else ""
    address = url_for(".show", slug=found.slug, _external=True) if found is not None else ""
    return page(
        "civic_centers/sponsors/page.html", party=party, form=form, sponsor=found, badge=badge, address=address,
        status=status,
    )  # fmt: skip
