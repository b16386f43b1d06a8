"""Time cheques (assegni): hours printed on paper, set aside at once, and one exchange when somebody brings them."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.leaving.rules import Going
from community.scanning.rules import Readable
from exchanges.cheques.actions import stop
from exchanges.cheques.deeds import DEEDS
from exchanges.cheques.jobs import JOBS, STOP
from exchanges.cheques.notices import NOTICES
from exchanges.cheques.pages import cheques
from exchanges.cheques.personal import PERSONAL
from exchanges.cheques.policies import PRINT
from exchanges.cheques.queries import has_open, open_cheques
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature
from foundation.jobs import enqueue


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
        "Who helped you and holds your time cheque (%(num)s) can redeem it for two weeks. Then it is void.",
        "Who helped you and holds a time cheque of yours (%(num)s) can redeem it for two weeks. Then they are void.",
        count,
    )
    return [words] if count else []


def somebody_leaves(session: Session, going: Going) -> None:
    """Nobody is left who would receive the help: the cheques of what closes are good for what was done before."""
    stop(session, Actor(going.community_id, going.person_id), going.closing, clock.now())


def member_stopped(session: Session, _actor: Actor, person_id: int, party_ids: Sequence[int]) -> None:
    """The same where makers paused or excluded everybody of a party.

    In a transaction of its own: others have locked accounts in this one already, and cheques come before accounts.
    """
    if any(open_cheques(session, (party_id,)) for party_id in party_ids):
        payload = {"party_ids": list(party_ids), "at": clock.now().isoformat()}
        enqueue(session, STOP, payload, key=f"{person_id}:{payload['at']}")


def readable_codes() -> tuple[Readable, ...]:
    """Hours on paper."""
    return (Readable("cheques.show", N_("A time cheque"), typed="cheques.take_code", permission=PRINT),)


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
        "readable_codes": readable_codes,
        "me_links": me_links,
        "on_behalf_links": on_behalf_links,
        "leaving_lines": leaving_lines,
        "somebody_leaves": somebody_leaves,
        "member_stopped": member_stopped,
        "party_awaited": has_open,
    },
)
