"""Sponsors: what organisations pledge to centers, activities, labs and causes of the fund, and the thanks.

`pledge_delivered(session, actor, pledge, delivery)` is announced for each part that is noted as given, and for each
line that takes one back (its cents are negative): for who keeps records of euro. Nothing of it is ever hours.
`sponsor_statement(session, party_id, year)` gives further lines of the yearly statement, each with a `template`.
`sponsor_possible(session, giver)` gives further lines of what was made possible, each with a `template` of list items:
round numbers of what is over, for everybody where `giver.everybody` says so.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col, select

from civic_centers.centers.actions import Ending
from civic_centers.centers.tables import Center
from civic_centers.labs.tables import Lab
from civic_centers.sponsors import actions
from civic_centers.sponsors.deeds import DEEDS
from civic_centers.sponsors.jobs import JOBS
from civic_centers.sponsors.notices import NOTICES
from civic_centers.sponsors.pages import sponsors
from civic_centers.sponsors.pages.showing import (
    activity_section,
    center_section,
    lab_resource_section,
    lab_section,
    lab_thanks,
    profile_section,
)
from civic_centers.sponsors.personal import PERSONAL
from civic_centers.sponsors.policies import DECIDE, OFFER, shown
from civic_centers.sponsors.queries import (
    KIND,
    PAGE_KIND,
    due_soon,
    named_givers,
    number_due,
    number_offered,
    organisation_for,
    pledge_visible_to,
)
from civic_centers.sponsors.tables import Pledge, SponsorPage
from community.leaving.rules import Going
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing
from foundation.feature import Feature, Reportable, Waiting, WaitingKind
from foundation.web.formats import day


def reported(session: Session, actor: Actor, pledge_id: int) -> tuple[str, int | None, int | None]:
    """A pledge with its thanks: what everybody reads, and for makers and its organisation the rest. Raises Missing."""
    everybody = select(Pledge).where(
        col(Pledge.id) == pledge_id, col(Pledge.community_id) == actor.community_id, *shown()
    )
    found = session.exec(everybody).one_or_none() or pledge_visible_to(session, actor, pledge_id)
    return "\n".join(filter(None, (found.words, found.conditions, found.thanks))), found.zone_id, found.party_id


def reported_page(session: Session, actor: Actor, party_id: int) -> tuple[str, int | None, int | None]:
    """The page of who gives. Raises Missing."""
    page, party = session.get(SponsorPage, party_id), session.get(Party, party_id)
    if page is None or party is None or page.community_id != actor.community_id:
        raise Missing()
    is_seen = page.is_public and page.hidden_at is None and party.closed_at is None
    if not is_seen and party_id not in actor.party_ids and not actor.may(DECIDE, party.zone_id):
        raise Missing()
    return f"{party.name}\n{page.words}", party.zone_id, party_id


def author_of(session: Session, pledge_id: int) -> int | None:
    """Who wrote a pledge."""
    pledge = session.get(Pledge, pledge_id)
    return (pledge.offered_by_id or pledge.recorded_by_id) if pledge is not None else None


def offered_waiting(_session: Session, _actor: Actor) -> list[Waiting]:
    """For makers one line where pledges wait for their answer."""
    title, detail = _("Something was pledged in your zone"), _("Say yes or no to who would like to give it")
    return [Waiting(title, detail, "sponsors.desk", {}, icon="offer")]


def due_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """For who pledged something one line for each that is awaited soon."""
    return [
        Waiting(
            pledge.words,
            _("Awaited until %(day)s", day=day(pledge.until_on)),
            "sponsors.pledge",
            {"pledge_id": pledge.id},
            icon="clock",
        )
        for pledge in due_soon(session, actor)
    ]


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """What one's organisation gives; and for makers what is given in their zones."""
    links = []
    if actor.may(OFFER) and organisation_for(session, actor) is not None:
        line = _("What you pledged, your page, the yearly statement")
        links.append({"url": url_for("sponsors.ours"), "title": _("What we give"), "line": line, "icon": "offer"})
    if actor.may(DECIDE) and not actor.is_on_behalf:
        line = _("Pledges to answer, to note and to thank for")
        links.append({"url": url_for("sponsors.desk"), "title": _("Sponsors"), "line": line, "icon": "offer"})
    return links


def member_stopped(session: Session, actor: Actor, _person_id: int, party_ids: Sequence[int]) -> None:
    """Everybody of some organisations is paused or excluded."""
    actions.stop_for(session, actor, party_ids)


def somebody_returns(session: Session, going: Going) -> None:
    """Who comes back is named again for what they gave; what was called off stays so."""
    for party_id in going.closing:
        actions.name_again(session, party_id)


def center_closes(session: Session, center: Center, _last_day: date) -> list[Ending]:
    """What is promised to a center that closes."""
    center_id = center.id or 0
    number = len(actions.open_at(session, center_id))
    if not number:
        return []
    return [
        Ending(
            _pledges_end(number),
            lambda writing, actor, reason: actions.end_at_center(writing, actor, center_id, reason),
        )
    ]


def lab_end_lines(session: Session, lab: Lab) -> list[str]:
    """The same of a lab, said before it ends."""
    number = len(actions.open_for_lab(session, lab.id or 0))
    return [_pledges_end(number)] if number else []


def _pledges_end(number: int) -> str:
    return ngettext(
        "%(num)s pledge to it ends, and who gives is told.", "%(num)s pledges to it end, and who gives is told.", number
    )


feature = Feature(
    name="sponsors",
    blueprints=(sponsors,),
    permissions=(OFFER, DECIDE),
    jobs=JOBS,
    notices=NOTICES,
    reportables=(
        Reportable(
            KIND,
            N_("A pledge, or the thanks for it"),
            reported,
            "sponsors.pledge",
            "pledge_id",
            actions.hide_pledge,
            show_again=actions.show_pledge_again,
            author=author_of,
        ),
        Reportable(
            PAGE_KIND,
            N_("The page of who gives"),
            reported_page,
            "members.party",
            "party_id",
            actions.hide_page,
            show_again=actions.show_page_again,
        ),
    ),
    waiting=(WaitingKind(offered_waiting, number_offered, sums_up=True), WaitingKind(due_waiting, number_due)),
    personal_data=PERSONAL,
    deeds=DEEDS,
    hooks={
        "center_sections": center_section,
        "activity_sections": activity_section,
        "lab_sections": lab_section,
        "lab_thanks": lab_thanks,
        "lab_givers": named_givers,
        "lab_resource_sections": lab_resource_section,
        "lab_meeting": actions.name_at,
        "lab_ends": actions.end_with_lab,
        "lab_moved": actions.follow_lab,
        "lab_end_lines": lab_end_lines,
        "profile_sections": profile_section,
        "me_links": me_links,
        "center_closes": center_closes,
        "center_moved": actions.follow_center,
        "activity_called_off": actions.end_of_activity,
        "activity_over": actions.end_of_offers,
        "party_renamed": actions.name_again,
        "party_moved": actions.follow_party,
        "member_stopped": member_stopped,
        "somebody_leaves": actions.end_for,
        "somebody_returns": somebody_returns,
        "somebody_forgotten": actions.forget,
    },
)
