"""What of circles stands on other pages: at the bell, on a family's, on a lab's, and before a block."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col, func, select

from civic_centers.circles.actions import circles_with
from civic_centers.circles.pages.words import saying
from civic_centers.circles.policies import TAKE_PART, may_begin
from civic_centers.circles.queries.in_labs import circles_of_lab
from civic_centers.circles.queries.listing import circles_to_invite_to
from civic_centers.circles.queries.single import rhythms_of_all
from civic_centers.circles.queries.waiting import waiting_for
from civic_centers.circles.queries.worries import about_for_lead
from civic_centers.circles.tables import CircleFamily
from civic_centers.labs.queries.diary import is_inside
from civic_centers.labs.tables import Lab
from community.leaving.rules import Going
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Waiting
from foundation.web.formats import day_time


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The circles of one's family."""
    if not actor.may(TAKE_PART):
        return []
    line = _("Families who take turns with the children")
    return [{"url": url_for("circles.mine"), "title": _("Care circles"), "line": line, "icon": "child"}]


def profile_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """On the page of a family: asking it into a circle."""
    if not actor.may(TAKE_PART) or actor.is_on_behalf or party_id in actor.party_ids:
        return None
    party = session.get(Party, party_id)
    found = circles_to_invite_to(session, actor) if party is not None and party.kind == "household" else []
    if not found:
        return None
    return {"template": "civic_centers/circles/_invite.html", "circles": found, "party_id": party_id}


def block_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """On the page that asks whether to block somebody: the circles that one leaves with it."""
    found = circles_with(session, actor.must_be_party(), party_id)
    return {"template": "civic_centers/circles/_block.html", "found": found} if found else None


def lab_section(session: Session, actor: Actor, lab: Lab) -> dict[str, Any] | None:
    """On the page of a lab: its circles, for those who may see them; for who is in the lab asking to come in, and the
    way to begin one."""
    if actor.person_id is None:
        return None
    own, others = circles_of_lab(session, actor, lab.id or 0)
    goes_on = lab.kind == "care" and lab.is_open and not actor.is_on_behalf
    begins = goes_on and may_begin(session, actor) and is_inside(session, actor, lab)
    if not own and not others and not begins:
        return None
    rhythms = rhythms_of_all(session, [one.id or 0 for one, _asked in others])
    return {
        "template": "civic_centers/circles/_lab.html",
        "circles": own,
        "others": [(one, asked, rhythms[one.id or 0]) for one, asked in others],
        "begin_url": url_for("circles.ask_new", lab=lab.id) if begins else "",
        **saying(),
    }


def waits(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each thing of a circle that waits for a person."""
    titles = {
        "invited": _("Your family is asked into a care circle"),
        "put_down": _("Would you take turns?"),
        "asked": _("Could you take a turn?"),
        "swap": _("A swap is proposed to you"),
        "tell": _("How long was your turn?"),
        "confirm": _("Was it so? Confirm a turn"),
        "vote": _("Shall the turns count as hours?"),
        "keep": _("Something waits in a circle you keep"),
    }
    places = {"invited": "circles.ask_join", "put_down": "circles.family", "vote": "circles.balance"}
    return [
        Waiting(
            titles[one.name],
            f"{one.circle}: {day_time(one.starts_at)}" if one.starts_at is not None else one.circle,
            "circles.turn" if one.turn_id is not None else places.get(one.name, "circles.keep"),
            {"turn_id": one.turn_id} if one.turn_id is not None else {"circle_id": one.circle_id},
            icon="child" if one.name != "keep" else "tool",
        )
        for one in waiting_for(session, actor)
    ]


def concern_words(session: Session, kind: str, object_id: int) -> str | None:
    """What a worry is about, for the leads who read it; None for another kind of thing."""
    found = about_for_lead(session, kind, object_id)
    if found is None:
        return None
    circle, at = found
    if at is None:
        return _("It is about the care circle “%(circle)s”.", circle=circle)
    return _("It is about a turn of the care circle “%(circle)s”: %(when)s.", circle=circle, when=day_time(at))


def leaving_lines(session: Session, going: Going) -> list[str]:
    """How many circles the households that close leave with them."""
    inside = (col(CircleFamily.party_id).in_(going.closing), col(CircleFamily.state) == "in")
    number = session.scalar(select(func.count()).select_from(CircleFamily).where(*inside)) or 0
    if not number:
        return []
    return [
        ngettext(
            "Your family leaves %(num)s care circle: its turns are open for the others.",
            "Your family leaves %(num)s care circles: its turns are open for the others.",
            number,
        )
    ]
