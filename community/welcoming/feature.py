"""Welcoming: a newcomer's first steps, ticked from what they really did, and the makers' list of who is new."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.members.queries import makers_of
from community.welcoming.actions import forget
from community.welcoming.pages import welcoming
from community.welcoming.personal import PERSONAL
from community.welcoming.policies import STEP, WELCOME
from community.welcoming.queries import any_unwelcomed, begun_by, count_unwelcomed, is_new
from community.welcoming.rules import FirstStep
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind, registry


def first_steps(session: Session, actor: Actor) -> list[FirstStep]:
    """What every community has: who one is, what one can give, when one can."""
    begun = begun_by(session, actor)
    return [
        FirstStep(_("Say a word about you, or put up a photograph"), url_for("members.profile"), "me", begun.told),
        FirstStep(_("Say what you can give and need"), url_for("members.skills"), "offer", begun.skills),
        FirstStep(_("Say when you can"), url_for("availability.show"), "calendar", begun.week),
    ]


def home_section(session: Session, actor: Actor) -> dict[str, Any] | None:
    """At home, for who is new: what is left to do. Nothing once all is done, or it was put away."""
    if actor.party_id is None or not is_new(session, actor):
        return None
    steps = [step for hook in registry.hooks("first_steps") for step in hook(session, actor)]
    if all(step.done for step in steps):
        return None
    makers = makers_of(session, actor.community_id, actor.zone_id)
    return {
        "template": "community/welcoming/_home.html",
        "steps": steps,
        "done": sum(step.done for step in steps),
        "makers": [maker for maker in makers if maker.id != actor.person_id],
    }


def newcomers_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a maker with newcomers whose welcome lacks a step."""
    count = count_unwelcomed(session, actor)
    if not count:
        return []
    title = ngettext("%(num)s newcomer to welcome", "%(num)s newcomers to welcome", count)
    return [Waiting(title, _("A call, a coffee: that is how one stays."), "welcoming.listing", {}, "people")]


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """For makers the list of who is new."""
    if not actor.may(WELCOME):
        return []
    line = _("Who came lately, and how they were welcomed")
    return [{"url": url_for("welcoming.listing"), "title": _("Newcomers"), "line": line, "icon": "people"}]


feature = Feature(
    name="welcoming",
    blueprints=(welcoming,),
    permissions=(WELCOME, STEP),
    personal_data=PERSONAL,
    waiting=(WaitingKind(newcomers_waiting, any_unwelcomed),),
    hooks={
        "home_sections": home_section,
        "first_steps": first_steps,
        "me_links": me_links,
        "somebody_forgotten": forget,
    },
)
