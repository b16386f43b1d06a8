"""An agreement for the calendar of a phone. It will lie with others: who the other is, when, and nothing else."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.policies import SEE
from exchanges.agreements.queries import view_of
from exchanges.agreements.queries.feed import for_feed
from exchanges.agreements.tables import Agreement
from foundation.access import Actor
from foundation.calendar import CANCELLED, CONFIRMED, TENTATIVE, Entry
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, reading, requires, time_zone
from foundation.web.calendars import calendar_answer, lasting_id

STATUS = {
    "proposed": TENTATIVE,
    "accepted": CONFIRMED,
    "delivered": CONFIRMED,
    "disputed": CONFIRMED,
    "settled": CONFIRMED,
}
"""What a calendar says of each state; the others mean that it does not take place."""


@agreements.get("/agreements/<int:agreement_id>/calendar.ics")
@requires(SEE)
def calendar(agreement_id: int) -> Answer:
    view = view_of(reading(), actor(), agreement_id)
    if view.mine is None or view.agreement.starts_at is None:
        raise Missing()
    return calendar_answer([entry_of(view.agreement, view.name_of(view.other.id or 0))], f"reciproca-{agreement_id}")


def entry_of(agreement: Agreement, name: str) -> Entry:
    """One meeting, seen from the side of who meets `name`; alone or one of a series it keeps its id."""
    if agreement.id is None or agreement.starts_at is None:
        raise Missing()
    return Entry(
        uid=lasting_id("agreement", agreement.id),
        version=agreement.version,
        title=_("Reciproca: with %(name)s", name=name),
        starts_at=agreement.starts_at,
        minutes=agreement.minutes,
        zone=time_zone(),
        status=STATUS.get(agreement.state, CANCELLED),
        words=open_there(),
        url=url_for("agreements.show", agreement_id=agreement.id, _external=True),
    )


def open_there() -> str:
    """What stands below the title: where the rest is read, by who may."""
    return _("Where, and how to reach each other, is written in Reciproca.")


def feed_entries(session: Session, actor: Actor, since: datetime) -> list[Entry]:
    """One's meetings, for the calendar one subscribes to (hook `feed_entries`)."""
    return [entry_of(view.agreement, view.name_of(view.other.id or 0)) for view in for_feed(session, actor, since)]
