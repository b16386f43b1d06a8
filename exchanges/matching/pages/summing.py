"""What the summary says of the board: what one could answer, and what is new near by."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from community.notifications.rules import DigestLine, DigestSection
from exchanges.agreements.policies import TAKE_PART
from exchanges.matching.queries import what_i_could_answer
from exchanges.posts.queries import new_near
from exchanges.posts.queries.cards import Card
from exchanges.posts.queries.outside import about_care
from foundation.access import Actor
from foundation.database import Session
from foundation.web.formats import in_words
from foundation.web.state import time_zone

MOST = 5


def digest_sections(session: Session, actor: Actor, since: datetime) -> list[DigestSection]:
    """Posts that came up since the last summary and that the actor may see, each once; of care not its title."""
    if not actor.may(TAKE_PART) or actor.party_id is None:
        return []
    fitting = [one.card for one in what_i_could_answer(session, actor, time_zone())]
    there = {card.id for card in fitting}
    near = [card for card in new_near(session, actor, 2 * MOST) if card.id not in there]
    care = about_care(session, [card.id for card in (*fitting, *near)])
    return [
        DigestSection(_("What you could answer"), _lines(fitting, since, care), position=50),
        DigestSection(_("New near you"), _lines(near, since, care), position=51),
    ]


def _lines(cards: Sequence[Card], since: datetime, care: set[int]) -> tuple[DigestLine, ...]:
    new = [card for card in cards if not card.confidential and card.published_at and card.published_at > since]
    return tuple(DigestLine(_words(card, card.id in care), "posts.show", {"post_id": card.id}) for card in new[:MOST])


def _words(card: Card, is_care: bool) -> str:
    kind = _("Looks for") if card.kind == "need" else _("Offers")
    said = in_words(card.category) if is_care else card.title
    return f"{kind}: {said} · {card.zone}"
