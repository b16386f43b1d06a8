"""What the summary says of one's agreements: one thing to do, and the days to come. Never what it is about."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from community.notifications.rules import DigestLine, DigestSection
from exchanges.agreements.pages.waiting import words_of
from exchanges.agreements.queries import waiting_for
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry
from foundation.web.formats import day_time

SHORTEST = timedelta(days=2)
MOST = 10


def digest_sections(session: Session, actor: Actor, since: datetime) -> list[DigestSection]:
    """The one that waits longest for a word, and the meetings until about the next summary."""
    if not actor.party_ids or not actor.is_member:
        return []
    now = clock.now()
    until = now + max(now - since, SHORTEST)
    coming = sorted(
        (starts_at, whom)
        for hook in registry.hooks("coming_up")
        for _party, starts_at, _title, whom in hook(session, actor, actor.party_ids)
        if starts_at <= until
    )
    meetings = tuple(
        DigestLine(_("%(when)s, with %(who)s", when=day_time(at), who=whom), "conversations.messages")
        for at, whom in dict.fromkeys(coming[:MOST])
    )
    todo = tuple(
        DigestLine(words_of(one, other, actor)[0], "agreements.show", {"agreement_id": one.id})
        for one, other in waiting_for(session, actor, 1)
    )
    return [
        DigestSection(_("One thing to do"), todo, position=10, alone=False),
        DigestSection(_("Your next days"), meetings, position=30),
    ]
