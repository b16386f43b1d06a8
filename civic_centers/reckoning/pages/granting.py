"""For makers: what families ask of the quota, and offering a share."""

from flask_babel import gettext as _

from civic_centers.reckoning import actions
from civic_centers.reckoning.actions.giving import REQUEST
from civic_centers.reckoning.forms import DeclineForm, GrantForm, OfferForm, content
from civic_centers.reckoning.pages.blueprint import reckoning
from civic_centers.reckoning.pages.words import others_standing_words
from civic_centers.reckoning.policies import GRANT, must_grant
from civic_centers.reckoning.queries.balances import standing_of
from civic_centers.reckoning.queries.quota import in_quota, request_entrusted, requests_waiting
from community.parties.queries import party_visible_to
from community.parties.tables import Party
from foundation import audit
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.state import database


@reckoning.get("/quota/requests")
@requires(GRANT)
def requests() -> Answer:
    found = requests_waiting(reading(), actor())
    return page("civic_centers/reckoning/requests.html", found=found, holds=in_quota(reading(), actor()))


@reckoning.get("/quota/requests/<int:share_id>")
@requires(GRANT)
def request_page(share_id: int) -> Answer:
    """What a family asks. That somebody looked is written down, and the family can see it."""
    request = request_entrusted(reading(), actor(), share_id)
    audit.looked(database(), actor(), REQUEST, share_id)
    owed = standing_of(reading(), request.party_id).owed
    usual = min(request.cents, owed) or None
    return _request_page(share_id, GrantForm(formdata=None, data={"cents": usual}), DeclineForm(formdata=None))


@reckoning.post("/quota/requests/<int:share_id>/grant")
@requires(GRANT)
def grant(share_id: int) -> Answer:
    request_entrusted(reading(), actor(), share_id)
    form = GrantForm()
    if not form.validate_on_submit():
        return _request_page(share_id, form, DeclineForm(formdata=None), 422)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content(form)):
                actions.grant(session, actor(), share_id, form.cents.data or 0, form.answer.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _request_page(share_id, form, DeclineForm(formdata=None), error.status)
    say(_("Paid from the quota. The family has been told, and nobody else."))
    return redirect_to(".requests")


@reckoning.post("/quota/requests/<int:share_id>/decline")
@requires(GRANT)
def decline(share_id: int) -> Answer:
    request = request_entrusted(reading(), actor(), share_id)
    kind, form = request.kind, DeclineForm()
    if not form.validate_on_submit():
        return _request_page(share_id, GrantForm(formdata=None), form, 422)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content(form)):
                actions.decline(session, actor(), share_id, form.reply.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _request_page(share_id, GrantForm(formdata=None), form, error.status)
    say(_("Answered: who asked has been told.") if kind == "asked" else _("The offer is taken back."))
    return redirect_to(".requests")


@reckoning.get("/quota/offer/<int:family_id>")
@requires(GRANT)
def ask_offer(family_id: int) -> Answer:
    party = _family(family_id)
    owed = standing_of(reading(), family_id).owed
    return _offer_page(party, OfferForm(formdata=None, data={"cents": owed or None}))


@reckoning.post("/quota/offer/<int:family_id>")
@requires(GRANT)
def offer(family_id: int) -> Answer:
    party, form = _family(family_id), OfferForm()
    if not form.validate_on_submit():
        return _offer_page(party, form, 422)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content(form)):
                actions.offer(session, actor(), family_id, form.cents.data or 0, form.words.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _offer_page(party, form, error.status)
    say(_("Offered. They say yes or no by themselves; until then nothing moves."))
    return redirect_to(".requests")


def _family(family_id: int) -> Party:
    """A family of one's zones that owes something. Raises Missing: also one's own."""
    party = party_visible_to(reading(), actor(), family_id)
    must_grant(actor(), party.zone_id)
    if family_id in actor().party_ids or not standing_of(reading(), family_id).owed:
        raise Missing()
    return party


def _request_page(share_id: int, form: GrantForm, no: DeclineForm, status: int = 200) -> Answer:
    request = request_entrusted(reading(), actor(), share_id)
    return page(
        "civic_centers/reckoning/request.html",
        asked=request,
        party=reading().get_one(Party, request.party_id),
        words=others_standing_words(standing_of(reading(), request.party_id)),
        holds=in_quota(reading(), actor()),
        form=form,
        no=no,
        status=status,
    )


def _offer_page(party: Party, form: OfferForm, status: int = 200) -> Answer:
    words = others_standing_words(standing_of(reading(), party.id or 0))
    holds = in_quota(reading(), actor())
    return page("civic_centers/reckoning/offer.html", party=party, words=words, holds=holds, form=form, status=status)
