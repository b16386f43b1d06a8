"""Resting: quiet members are gently asked whether all is well; who wishes to, or stays silent, rests for a while."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.resting.actions import end_with
from community.resting.deeds import DEEDS
from community.resting.jobs import JOB
from community.resting.notices import NOTICES
from community.resting.pages import resting
from community.resting.personal import PERSONAL
from community.resting.policies import QUIET, REST
from community.resting.queries import any_word_waiting, open_ask, rest_of
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind


def word_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for who was asked, or rests."""
    if actor.person_id is None or not actor.is_member:
        return []
    if rest_of(session, actor.community_id, actor.person_id) is not None:
        title, line = _("You are resting"), _("Your neighbours do not see you. One tap and you are back.")
    elif open_ask(session, actor.community_id, actor.person_id) is not None:
        title, line = _("How are you?"), _("It has been quiet for a while: tell us in one tap.")
    else:
        return []
    return [Waiting(title, line, "resting.still_here", {}, "leaf")]


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Resting for a while; for makers who is quiet."""
    links = []
    if actor.may(REST):
        line = _("Illness, a birth, too much to do: nobody asks you meanwhile")
        url = url_for("resting.still_here")
        links.append({"url": url, "title": _("Rest for a while"), "line": line, "icon": "leaf"})
    if actor.may(QUIET):
        line = _("Whom we asked how they are, and who rests")
        links.append({"url": url_for("resting.listing"), "title": _("Quiet members"), "line": line, "icon": "people"})
    return links


feature = Feature(
    name="resting",
    blueprints=(resting,),
    permissions=(REST, QUIET),
    notices=NOTICES,
    jobs=(JOB,),
    personal_data=PERSONAL,
    deeds=DEEDS,
    waiting=(WaitingKind(word_waiting, any_word_waiting),),
    hooks={"me_links": me_links, "somebody_leaves": end_with},
)
