"""A maker gives a voucher: to which household, to whom of it, why; and calls one back."""

from flask import request
from flask_babel import gettext as _

from civic_centers.sponsors.policies import DECIDE
from civic_centers.vouchers import actions
from civic_centers.vouchers.actions.giving import household_to_give
from civic_centers.vouchers.forms import EVERYBODY, GiveForm
from civic_centers.vouchers.pages.blueprint import vouchers
from civic_centers.vouchers.pages.words import saying
from civic_centers.vouchers.queries import OfferView, to_look_after, view_of
from community.members.queries import members_list
from community.parties.queries import people_of
from community.parties.tables import Party
from foundation.errors import DomainError, Missing
from foundation.once import make_once
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.formats import explain
from foundation.web.pressing import pressed


@vouchers.get("/vouchers/offers/<int:offer_id>/give")
@requires(DECIDE)
def choose_household(offer_id: int) -> Answer:
    """Look for the household by name."""
    view = _to_give(offer_id)
    words = request.args.get("q", "").replace("\x00", "")[:100]
    found = members_list(reading(), actor(), words=words).members if words.strip() else []
    homes = [one for one in found if one.party.kind == "household" and actor().may(DECIDE, one.party.zone_id)]
    return page(
        "civic_centers/vouchers/choose.html",
        view=view,
        words=words,
        homes=[one.party for one in homes if one.party.id not in actor().party_ids],
    )


@vouchers.get("/vouchers/offers/<int:offer_id>/give/<int:party_id>")
@requires(DECIDE)
def ask_give(offer_id: int, party_id: int) -> Answer:
    view = _to_give(offer_id)
    try:
        home = household_to_give(reading(), actor(), view.offer, party_id)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".offer", offer_id=offer_id)
    return _page(view, home, GiveForm(formdata=None))


@vouchers.post("/vouchers/offers/<int:offer_id>/give/<int:party_id>")
@requires(DECIDE)
def give(offer_id: int, party_id: int) -> Answer:
    view = _to_give(offer_id)
    form, key = GiveForm(), ""
    try:
        home = household_to_give(reading(), actor(), view.offer, party_id)
        if not form.validate_on_submit():
            return _page(view, home, form, 422)
        given, key = form.given(party_id), form.request_key.data or ""
        with writing() as session:
            voucher_id = make_once(
                session, key, person_id(), "voucher", repr((offer_id, given)),
                lambda: actions.give(session, actor(), offer_id, given).id,
            )  # fmt: skip
    except Missing:
        raise
    except DomainError as error:
        if not key:
            say(explain(error), "urgent")
            return redirect_to(".offer", offer_id=offer_id)
        form.refuse(error)
        return _page(view, home, form, error.status)
    say(_("Given: they have been told. For who has no telephone, print it."))
    return redirect_to(".show", voucher_id=voucher_id)


@vouchers.post("/vouchers/<int:voucher_id>/call-back")
@requires(DECIDE)
def call_back(voucher_id: int) -> Answer:
    offer_id = to_look_after(reading(), actor(), voucher_id).offer_id
    pressed(
        lambda session: actions.call_back(session, actor(), voucher_id), _("Called back: who held it has been told.")
    )
    return redirect_to(".offer", offer_id=offer_id)


def _to_give(offer_id: int) -> OfferView:
    """An offer of which this maker may give. Raises Missing."""
    view = view_of(reading(), actor(), offer_id)
    if view.own or view.offer.state != "accepted" or actor().is_on_behalf:
        raise Missing()
    return view


def _page(view: OfferView, home: Party, form: GiveForm, status: int = 200) -> Answer:
    adults = people_of(reading(), home.id or 0)
    form.person_id.choices = choices(
        [*((str(one.id), one.name) for one in adults), (EVERYBODY, _("All the adults of the household"))]
    )
    return page("civic_centers/vouchers/give.html", view=view, home=home, form=form, status=status, **saying())
