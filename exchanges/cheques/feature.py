"""Time cheques (assegni): hours printed on paper, set aside at once, and one exchange when somebody brings them."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.leaving.rules import Going
from exchanges.cheques.actions import void_of_who_leaves
from exchanges.cheques.deeds import DEEDS
from exchanges.cheques.jobs import JOBS
from exchanges.cheques.notices import NOTICES
from exchanges.cheques.pages import cheques
from exchanges.cheques.personal import PERSONAL
from exchanges.cheques.policies import PRINT
from exchanges.cheques.queries import has_open, open_cheques
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """One's own cheques, and redeeming one."""
    if not actor.may(PRINT) or actor.party_id is None:
        return []
    return [_link(_("Print some, or redeem one"))]


def on_behalf_links() -> list[dict[str, Any]]:
    """The same in the place of who has no e-mail."""
    return [_link(_("Print some for them, or redeem one they were given"))]


def _link(line: str) -> dict[str, Any]:
    return {"url": url_for("cheques.listing"), "title": _("Time cheques"), "line": line, "icon": "print"}


def leaving_lines(session: Session, going: Going) -> list[str]:
    """What of it ends when somebody leaves."""
    count = len(open_cheques(session, going.closing))
    words = ngettext(
        "%(num)s time cheque is no longer good: whoever holds it can ask you to record the exchange first.",
        "%(num)s time cheques are no longer good: whoever holds them can ask you to record the exchange first.",
        count,
    )
    return [words] if count else []


def somebody_leaves(session: Session, going: Going) -> None:
    """Nobody is left who would receive the help: the cheques of what closes are good no more."""
    void_of_who_leaves(session, Actor(going.community_id, going.person_id), going.closing)


feature = Feature(
    name="cheques",
    blueprints=(cheques,),
    permissions=(PRINT,),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    on_behalf=("cheques.*",),
    deeds=DEEDS,
    hooks={
        "me_links": me_links,
        "on_behalf_links": on_behalf_links,
        "leaving_lines": leaving_lines,
        "somebody_leaves": somebody_leaves,
        "party_awaited": has_open,
    },
)
