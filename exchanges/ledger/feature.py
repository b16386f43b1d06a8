"""The ledger: hours given and received."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.parties.tables import Party
from exchanges.agreements.queries.gifts import count_gifts
from exchanges.ledger.actions import divide_hours, open_account_of, welcome_hours
from exchanges.ledger.actions.erasing import erase_words
from exchanges.ledger.actions.leaving import hours_left_behind, hours_to_leave
from exchanges.ledger.commands import ledger_commands
from exchanges.ledger.deeds import DEEDS
from exchanges.ledger.jobs import JOBS
from exchanges.ledger.notices import NOTICES
from exchanges.ledger.pages import ledger, wording
from exchanges.ledger.personal import PERSONAL
from exchanges.ledger.policies import (
    GIVE,
    GRANT,
    PERMISSIONS,
    READ_ACCOUNT,
    READ_ALL,
    may_in_zone,
    may_read_account,
    own_parties,
)
from exchanges.ledger.queries.accounts import account_of
from exchanges.ledger.queries.balances import balance_of, minutes_exchanged
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def party_opened(session: Session, _actor: Actor, party: Party) -> None:
    """A new party gets an account."""
    open_account_of(session, party)


def party_welcomed(session: Session, actor: Actor, party: Party) -> None:
    """Who is new in a community gets its welcome hours."""
    welcome_hours(session, actor, party)


def balance_minutes(session: Session, party_id: int) -> int:
    """How many minutes an account holds; below zero, how many are owed."""
    return account_of(session, party_id).balance


def home_hours(session: Session, actor: Actor) -> dict[str, Any]:
    """The balance of the party acted for, as the home shows it."""
    balance = balance_of(session, actor.must_be_party())
    return {
        "words": wording.balance_words(balance),
        "advice": wording.balance_advice(balance),
        "given": balance.given,
        "received": balance.received,
        "url": url_for("ledger.mine"),
    }


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """My time; for makers all movements too."""
    links = []
    if actor.party_id is not None:
        words = wording.balance_words(balance_of(session, actor.party_id))
        links.append({"url": url_for("ledger.mine"), "title": _("My time"), "line": words, "icon": "h60"})
    if actor.may(READ_ALL):
        links.append(
            {
                "url": url_for("ledger.movements"),
                "title": _("All movements"),
                "line": _("Month by month, for the review"),
                "icon": "repeat",
            }
        )
    return links


def profile_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """What can be done about hours with the party whose page is shown."""
    party = session.get(Party, party_id)
    if party_id in actor.party_ids:
        return _own_section(session, party_id)
    if party is None or party_id in own_parties(actor):
        return None
    return {
        "template": "exchanges/ledger/_profile.html",
        "own": False,
        "give_url": url_for("ledger.give", to=party_id) if actor.may(GIVE) and actor.party_id else "",
        "statement_url": url_for("ledger.statement", party_id=party_id) if may_read_account(actor, party) else "",
        "grant_url": url_for("ledger.ask_to_grant", party_id=party_id)
        if party.kind != "fund" and may_in_zone(actor, GRANT, party)
        else "",
    }


def _own_section(session: Session, party_id: int) -> dict[str, Any]:
    """One's own: hours and gifts, both given and received. Nobody else reads it."""
    balance = balance_of(session, party_id)
    return {
        "template": "exchanges/ledger/_profile.html",
        "own": True,
        "given": balance.given,
        "received": balance.received,
        "gift_words": wording.gift_words(count_gifts(session, party_id)),
        "url": url_for("ledger.mine"),
    }


def exchanged_since(session: Session, community_id: int, since: datetime) -> int:
    """How many minutes of help were exchanged, for the visitors' home."""
    return minutes_exchanged(session, community_id, since)


def offline_links(actor: Actor) -> list[dict[str, Any]]:
    """For makers the monthly sheets, beside the households without e-mail."""
    if not actor.may(READ_ACCOUNT):
        return []
    return [{"url": url_for("ledger.sheets"), "title": _("Monthly sheets"), "icon": "print"}]


def on_behalf_links() -> list[dict[str, Any]]:
    """The hours of who has no e-mail."""
    found = [
        (url_for("ledger.mine"), _("Their hours"), _("What they gave and received"), "h60"),
    ]
    return [{"url": url, "title": title, "line": line, "icon": icon} for url, title, line, icon in found]


feature = Feature(
    name="ledger",
    blueprints=(ledger,),
    permissions=PERMISSIONS,
    commands=(ledger_commands,),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    on_behalf=("ledger.mine", "ledger.statement", "ledger.printed"),
    deeds=DEEDS,
    hooks={
        "offline_links": offline_links,
        "on_behalf_links": on_behalf_links,
        "party_opened": party_opened,
        "party_welcomed": party_welcomed,
        "hours_of": balance_minutes,
        "hours_divided": divide_hours,
        "home_hours": home_hours,
        "me_links": me_links,
        "profile_sections": profile_section,
        "minutes_exchanged": exchanged_since,
        "hours_to_leave": hours_to_leave,
        "hours_left_behind": hours_left_behind,
        "somebody_forgotten": erase_words,
        "names_gone": erase_words,
    },
)
