"""Giving hours to somebody, or to the community fund."""

from flask import request
from flask_babel import gettext as _

from community.members.queries import find_parties
from community.parties.queries import party_visible_to
from community.parties.tables import Party
from exchanges.ledger import actions
from exchanges.ledger.forms import GiveForm
from exchanges.ledger.pages.blueprint import ledger
from exchanges.ledger.policies import GIVE
from exchanges.ledger.queries.accounts import account_of
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.formats import hours


@ledger.get("/c/<community>/time/give")
@requires(GIVE)
def give() -> Answer:
    """Choose to whom, then how much: without a party the fund is offered first, and people are searched by name."""
    words = request.args.get("q", "").replace("\x00", "")[:100].strip()
    to = _receiver()
    found = find_parties(reading(), actor(), words) if words and to is None else []
    return _page(GiveForm(), to, words=words, found=found)


@ledger.post("/c/<community>/time/give")
@requires(GIVE)
def send() -> Answer:
    to, form = _receiver(), GiveForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                actions.give_hours(
                    session,
                    actor(),
                    to.id if to is not None else None,
                    form.minutes.data or 0,
                    request_key=f"gift:{actor().person_id}:{form.request_key.data}",
                    memo=form.memo.data or "",
                )
        except Missing:
            raise
        except DomainError as error:
            form.refuse(error)
        else:
            given = hours(form.minutes.data or 0)
            if to is None:
                say(_("You gave %(hours)s to the community fund.", hours=given))
            else:
                say(_("You gave %(hours)s to %(name)s.", hours=given, name=to.name))
            return redirect_to(".mine")
    return _page(form, to, status=422)


def _receiver() -> Party | None:
    """The party named in the address; None for the community fund."""
    wanted = request.args.get("to", type=row_number)
    if wanted is None:
        return None
    party = party_visible_to(reading(), actor(), wanted)
    if party.id in actor().party_ids and party.id == actor().party_id:
        raise Missing()
    return None if party.kind == "fund" else party


def _page(
    form: GiveForm, to: Party | None, *, words: str = "", found: list[Party] | None = None, status: int = 200
) -> Answer:
    return page(
        "exchanges/ledger/give.html",
        form=form,
        to=to,
        words=words,
        found=found or [],
        account=account_of(reading(), actor().must_be_party()),
        status=status,
    )
