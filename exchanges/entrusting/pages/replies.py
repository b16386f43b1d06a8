"""For whom it is, said with card and PIN at a maker's telephone: one thing agreed upon, one answer."""

from collections.abc import Sequence
from functools import partial

from flask import url_for
from flask_babel import gettext as _

from community.mandates.rules import Reply
from exchanges.entrusting.actions import say_for_whom
from exchanges.entrusting.queries.unsaid import Unsaid, still_to_say
from foundation.access import Actor
from foundation.database import Session


def replies(session: Session, actor: Actor) -> list[Reply]:
    """For each thing that waits for it: one of those they look after, all of them, or one of the adults."""
    return [reply for one in still_to_say(session, actor) for reply in _about(one)]


def _about(one: Unsaid) -> list[Reply]:
    found = [_reply(one, [person.id or 0], _("It is for %(name)s", name=person.nickname)) for person in one.dependants]
    if len(one.dependants) > 1:
        found.append(_reply(one, [person.id or 0 for person in one.dependants], _("It is for all of them")))
    if not one.for_children:
        found.append(_reply(one, [], _("It is for one of us adults")))
    return found


def _reply(one: Unsaid, ids: Sequence[int], yes: str) -> Reply:
    return Reply(
        key=f"for-whom-{one.thread_id}-{'-'.join(map(str, ids)) or 'adult'}",
        title=_("For whom is it?"),
        line=f"{one.title}: {yes}",
        yes=yes,
        do=partial(_say, one.thread_id, tuple(ids)),
        url=url_for("entrusting.ask", thread_id=one.thread_id),
        page_line=one.title,
    )


def _say(thread_id: int, ids: Sequence[int], session: Session, actor: Actor) -> None:
    say_for_whom(session, actor, thread_id, ids, for_adult=not ids)
