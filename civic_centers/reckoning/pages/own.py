"""One's own purse: what is still to give, movements, receipts, on paper and as a table; and asking the quota."""

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.reckoning import actions
from civic_centers.reckoning.forms import AskForm, asking, content
from civic_centers.reckoning.pages.blueprint import reckoning
from civic_centers.reckoning.pages.words import line_words, receipt_words, standing_words
from civic_centers.reckoning.policies import READ_OWN
from civic_centers.reckoning.queries.balances import Standing, standing_of
from civic_centers.reckoning.queries.own import PAGE, lines_of, receipt_for
from civic_centers.reckoning.queries.quota import requests_of_own
from civic_centers.reckoning.rules import shown_seal
from civic_centers.reckoning.tables import QuotaRequest
from community.members.queries import makers_of
from community.members.tables import Person
from community.parties.queries import own_party
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    person_id,
    reading,
    redirect_to,
    requires,
    say,
    time_zone,
    writing,
)
from foundation.web.asked import row_number
from foundation.web.formats import euro
from foundation.web.pressing import pressed
from foundation.web.spreadsheets import csv_answer


@reckoning.get("/purse")
@requires(READ_OWN)
def mine() -> Answer:
    party = own_party(reading(), actor())
    before = request.args.get("before", type=row_number)
    lines = lines_of(reading(), party.id or 0, before=before)
    standing = standing_of(reading(), party.id or 0)
    return page(
        "civic_centers/reckoning/mine.html",
        party=party,
        standing=standing,
        words=standing_words(standing),
        lines=[(line, line_words(line)) for line in lines[:PAGE]],
        next_url=url_for(".mine", before=lines[PAGE - 1].id) if len(lines) > PAGE else None,
        requests=_requests(party.id or 0) if before is None else [],
        me=person_id(),
    )


@reckoning.get("/purse/print")
@requires(READ_OWN)
def printed() -> Answer:
    party = own_party(reading(), actor())
    standing = standing_of(reading(), party.id or 0)
    rows, balance = [], 0
    for line in reversed(lines_of(reading(), party.id or 0, limit=None)):
        balance += line.cents
        rows.append((line, line_words(line), balance))
    return page(
        "civic_centers/reckoning/print.html",
        party=party,
        words=standing_words(standing),
        rows=rows,
        printed_at=clock.now(),
    )


@reckoning.get("/purse/movements.csv")
@requires(READ_OWN)
def as_csv() -> Answer:
    party = own_party(reading(), actor())
    head = (
        _("Day"),
        _("What"),
        _("Order"),
        _("In your favour"),
        _("To give"),
        _("Still to give afterwards"),
        _("In your favour afterwards"),
        _("Receipt"),
    )
    rows: list[tuple[object, ...]] = [head]
    balance = 0
    for line in reversed(lines_of(reading(), party.id or 0, limit=None)):
        balance += line.cents
        day = clock.local(line.at, time_zone()).date().isoformat()
        amounts = (_plain(line.cents), "") if line.cents > 0 else ("", _plain(-line.cents))
        number = f"{line.number}/{line.year}" if line.number else ""
        rows.append(
            (day, line_words(line), line.title, *amounts, _plain(max(0, -balance)), _plain(max(0, balance)), number)
        )
    return csv_answer(rows, f"reciproca-euro-{party.id}.csv")


@reckoning.get("/receipts/<int:receipt_year>/<int:receipt_number>")
@requires(READ_OWN)
def receipt(receipt_year: int, receipt_number: int) -> Answer:
    """To print: for the household it is of, and for who keeps the till of its cycle."""
    found = receipt_for(reading(), actor(), receipt_year, receipt_number)
    said = receipt_words(found.kind, community().name, found.name or _("a family"), euro(found.cents))
    return page("civic_centers/reckoning/receipt.html", receipt=found, said=said, seal=shown_seal(found.seal))


@reckoning.get("/purse/ask")
@requires(READ_OWN)
def ask_for_share() -> Answer:
    return _ask_page(asking(_makers(), formdata=None, data={"cents": _standing().owed or None}))


@reckoning.post("/purse/ask")
@requires(READ_OWN)
def send_request() -> Answer:
    form = asking(_makers())
    if not form.validate_on_submit():
        return _ask_page(form, 422)
    said = actions.Ask(form.cents.data or 0, form.words.data or "", form.excluded_maker_id.data)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content(form)):
                actions.ask_quota(session, actor(), said)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _ask_page(form, error.status)
    say(_("Sent. Only the makers of your zone read it, and the answer comes here."))
    return redirect_to(".mine")


@reckoning.post("/purse/requests/<int:share_id>/withdraw")
@requires(READ_OWN)
def withdraw(share_id: int) -> Answer:
    pressed(lambda session: actions.withdraw_request(session, actor(), share_id), _("It is not asked for any more."))
    return redirect_to(".mine")


@reckoning.post("/purse/requests/<int:share_id>/accept")
@requires(READ_OWN)
def accept(share_id: int) -> Answer:
    return _answered(share_id, _("Done. The receipt is among your movements."), yes=True)


@reckoning.post("/purse/requests/<int:share_id>/refuse")
@requires(READ_OWN)
def refuse(share_id: int) -> Answer:
    return _answered(share_id, _("All right: nothing has moved, and only the makers know."), yes=False)


def _answered(share_id: int, words: str, *, yes: bool) -> Answer:
    pressed(lambda session: actions.answer_offer(session, actor(), share_id, yes=yes), words)
    return redirect_to(".mine")


def _requests(party_id: int) -> list[QuotaRequest]:
    """The last thing asked or offered: never for a maker who acts in the place of the family, and may be left out."""
    return [] if actor().is_on_behalf else requests_of_own(reading(), party_id, limit=1)


def _standing() -> Standing:
    return standing_of(reading(), actor().must_be_party())


def _makers() -> list[Person]:
    party = own_party(reading(), actor())
    return [one for one in makers_of(reading(), actor().community_id, party.zone_id) if one.id != person_id()]


def _ask_page(form: AskForm, status: int = 200) -> Answer:
    return page("civic_centers/reckoning/ask.html", form=form, owed=_standing().owed, status=status)


def _plain(cents: int) -> str:
    """As a spreadsheet reads it where a comma stands before the cents."""
    return f"{cents // 100},{cents % 100:02d}"
