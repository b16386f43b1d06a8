"""Moderation: reports that reach the makers of the zone, and blocks between households."""

from flask_babel import ngettext

from community.moderation.pages import moderation
from community.moderation.policies import BLOCK, MODERATE, REPORT
from community.moderation.queries import line_for_makers, reports_for
from community.moderation.rules import URGENT
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind


def reports_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a maker with open reports."""
    if not actor.may(MODERATE):
        return []
    found = reports_for(session, actor)
    if not found:
        return []
    urgent = sum(report.reason in URGENT for report in found)
    title = ngettext("%(num)s report to look at", "%(num)s reports to look at", len(found))
    detail = ngettext("%(num)s of them is urgent", "%(num)s of them are urgent", urgent) if urgent else ""
    return [Waiting(title, detail, "moderation.reports", {}, icon="flag", urgent=bool(urgent))]


feature = Feature(
    name="moderation",
    blueprints=(moderation,),
    permissions=(REPORT, MODERATE, BLOCK),
    waiting=(WaitingKind(reports_waiting, line_for_makers),),
)
