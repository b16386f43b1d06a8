"""What got stuck: letters that never arrived and work that was given up, for administrators."""

from flask_babel import gettext as _
from flask_babel import ngettext

from community.stuck.pages import stuck
from community.stuck.policies import MEND
from community.stuck.queries import any_stuck, count_stuck
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind


def stuck_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for an administrator with something to look at."""
    count = count_stuck(session, actor)
    if not count:
        return []
    title = ngettext("%(num)s thing got stuck", "%(num)s things got stuck", count)
    return [Waiting(title, _("Letters that did not arrive, or work left undone."), "stuck.show", {}, "alert")]


feature = Feature(
    name="stuck",
    blueprints=(stuck,),
    permissions=(MEND,),
    waiting=(WaitingKind(stuck_waiting, any_stuck),),
)
