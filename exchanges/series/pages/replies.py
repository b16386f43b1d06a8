"""What waits for a party's word in weekly meetings: a proposal, a change of one, and each meeting that took place."""

from functools import partial

from flask import url_for
from flask_babel import gettext as _

from community.mandates.rules import Reply
from exchanges.agreements.pages.replies import replies_of
from exchanges.series import actions
from exchanges.series.queries.mine import meetings_waiting, standing_of
from foundation.access import Actor
from foundation.database import Session


def replies(session: Session, actor: Actor) -> list[Reply]:
    """A yes and a no to each weekly proposal, and a word on each meeting that took place."""
    found = []
    for standing in standing_of(session, actor):
        one, name = standing.series, standing.other.name
        url = url_for("series.show", series_id=one.id)
        number, version = one.id or 0, one.version
        if standing.my_turn:
            title = _("Every week with %(name)s", name=name)
            if one.state != "proposed":
                title = _("Every week with %(name)s, a change", name=name)
            accept, decline = partial(_accept, number, version), partial(_decline, number, version)
            found.append(Reply(f"series-{number}-{version}-accept", title, one.title, _("Yes, agreed"), accept, url))
            found.append(
                Reply(f"series-{number}-{version}-decline", title, one.title, _("No, thank you"), decline, url)
            )
    waiting = meetings_waiting(session, actor)
    return [*found, *(reply for one, other in waiting for reply in replies_of(one, other))]


def _accept(number: int, version: int, session: Session, actor: Actor) -> None:
    actions.accept(session, actor, number, version)


def _decline(number: int, version: int, session: Session, actor: Actor) -> None:
    actions.decline(session, actor, number, version)
