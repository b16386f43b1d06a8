"""What waits for me in my series: one line for each, whatever the number of its meetings."""

from flask_babel import gettext as _
from flask_babel import ngettext

from exchanges.agreements.policies import ANSWER
from exchanges.series.queries.called import series_to_call_about
from exchanges.series.queries.mine import Standing, standing_of
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Waiting


def waiting_for_members(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each series that waits for a word of mine; what is most pressing is said first."""
    found = []
    for standing in standing_of(session, actor):
        words = _words(standing)
        if words:
            series = standing.series
            values = {"series_id": series.id}
            found.append(Waiting(words, series.title, "series.show", values, icon="repeat", name=standing.other.name))
    return found


def waiting_for_makers(session: Session, actor: Actor) -> list[Waiting]:
    """Weekly proposals to people whose answer has to be asked on the phone."""
    count = len(series_to_call_about(session, actor)) if actor.may(ANSWER) else 0
    if not count:
        return []
    title = ngettext("%(num)s weekly answer to ask on the phone", "%(num)s weekly answers to ask on the phone", count)
    return [Waiting(title, _("People without e-mail"), "agreements.calls", {}, "phone")]


def _words(standing: Standing) -> str:
    name, series = standing.other.name, standing.series
    if standing.my_turn and series.state == "proposed":
        return _("%(name)s proposes to meet every week", name=name)
    if standing.to_confirm:
        return ngettext(
            "%(name)s waits for your yes to %(num)s meeting",
            "%(name)s waits for your yes to %(num)s meetings",
            standing.to_confirm,
            name=name,
        )
    if standing.to_write_down:
        return ngettext(
            "How did it go with %(name)s? %(num)s meeting to write down",
            "How did it go with %(name)s? %(num)s meetings to write down",
            standing.to_write_down,
            name=name,
        )
    if standing.my_turn:
        return _("%(name)s proposes a change from here on", name=name)
    if standing.to_mend:
        return ngettext(
            "%(num)s meeting with %(name)s is not certain yet",
            "%(num)s meetings with %(name)s are not certain yet",
            standing.to_mend,
            name=name,
        )
    return ""
