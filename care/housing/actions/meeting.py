"""A visit, a move, a repair: from here it becomes an ordinary agreement, which says nothing of where it began."""

from care.housing.queries.matches import together
from care.housing.rules.cases import not_now
from community.parties.queries import parties_of
from exchanges.agreements.actions import ask
from exchanges.agreements.rules import Terms
from foundation.access import Actor
from foundation.database import Session


def ask_for_a_hand(
    session: Session, actor: Actor, match_id: int, title: str, category_id: int, terms: Terms, *, request_key: str = ""
) -> int:
    """Ask the person on the other side for a hand as one asks any member; the number of the agreement.

    Both households read an agreement: the words are the asker's own, and nothing is carried over. Raises Missing
    before they know each other, NotNow once it is over, and as `exchanges.agreements.actions.ask`.
    """
    mine = together(session, actor, match_id)
    if not mine.shows_contacts or mine.other is None or mine.other.id is None:
        raise not_now()
    party_id = party_across(session, actor, match_id)
    return ask(session, actor, party_id, title, category_id, terms, request_key=request_key)


def party_across(session: Session, actor: Actor, match_id: int) -> int:
    """For whom the other side acts. Raises Missing before they know each other, NotNow for who acts for nobody now."""
    mine = together(session, actor, match_id)
    across = mine.other.id if mine.other is not None else None
    theirs = parties_of(session, actor.community_id, across) if across is not None else []
    if not theirs or theirs[0].id is None:
        raise not_now()
    wanted = [one.id for one in theirs if one.id == mine.across_party_id]
    return wanted[0] if wanted and wanted[0] is not None else theirs[0].id
