"""A time cheque comes back: who gave the help says what it was, and one settled record is made of it at once."""

from dataclasses import dataclass
from datetime import date

from community.cards.policies import must_hold_card
from community.communities.queries import community_of
from community.parties.queries import people_of
from community.threads.actions import open_thread
from exchanges.agreements.actions.hours import move_hours
from exchanges.agreements.actions.propose import own_category
from exchanges.agreements.actions.steps import kept, note
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import CASHED, REDEEMED
from exchanges.agreements.policies import Second, check_adult, check_both_there, demanded
from exchanges.agreements.rules import check_happened, check_minutes, check_title, noon
from exchanges.agreements.tables import Agreement
from exchanges.ledger.rules import Source
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


@dataclass(frozen=True)
class Helped:
    """What was done for a time cheque: in a few words, its category, the day; for care who came, and who else."""

    title: str
    category_id: int | None
    happened_on: date
    adult_id: int | None = None
    second_id: int | None = None


def settle_cheque(
    session: Session,
    actor: Actor,
    issuer_id: int,
    minutes: int,
    helped: Helped,
    promised: Source,
    number: str,
    *,
    owed: bool = False,
) -> int:
    """Settle an exchange between the actor's party, who gave, and the party that issued a cheque; gives its id.

    The minutes were `promised` when the cheque was printed, so the floor is not asked again; the paper is the
    receiver's yes. `number` tells which cheque it was. `owed`: nobody of the issuer is there any more, and the
    caller has seen that the help was given before. Raises Refused past a block or for who is away, Invalid for what
    makes no sense, NotVerified and the like where the category looks after somebody.
    """
    giver = actor.must_be_party()
    zone = community_of(session, actor.community_id).time_zone
    check_happened(helped.happened_on, clock.today(zone))
    agreement = Agreement(
        community_id=actor.community_id,
        way="assegno",
        state="settled",
        turn_id=issuer_id,
        giver_id=giver,
        receiver_id=issuer_id,
        proposer_id=giver,
        category_id=own_category(session, actor, helped.category_id),
        title=check_title(helped.title),
        minutes=check_minutes(minutes, gift=False),
        delivered_minutes=minutes,
        delivered_by_id=giver,
        delivered_at=clock.now(),
        happened_at=min(noon(helped.happened_on, zone), clock.now()),
        ended_at=clock.now(),
        thread_id=0,
    )
    if not owed:
        check_both_there(session, actor, agreement)
    _name_adult(session, actor, agreement, helped)
    agreement.thread_id = open_thread(session, actor.community_id)
    session.add(agreement)
    session.flush()
    note(session, actor, agreement, "redeem", REDEEMED, {"said_minutes": minutes}, minutes=minutes, cheque=number)
    move_hours(session, actor, agreement, minutes, promised=promised)
    tell_party(
        session, agreement, issuer_id, CASHED, who=name_of(session, actor), said_minutes=minutes, quietly=True
    )  # fmt: skip
    return kept(agreement.id)


def _name_adult(session: Session, actor: Actor, agreement: Agreement, helped: Helped) -> None:
    """Where care was given somebody verified gave it; who redeems is taken for who helped, unless another is named."""
    demands = demanded(session, agreement)
    theirs = [person.id for person in people_of(session, agreement.giver_id)]
    adult_id = helped.adult_id or (actor.person_id if actor.person_id in theirs else None)
    at = agreement.happened_at or clock.now()
    if adult_id is None and not demands.of_anybody:
        must_hold_card(session, actor.community_id, agreement.giver_id, None, at)
        return
    second = Second(helped.second_id, (agreement.receiver_id,))
    check_adult(session, actor.community_id, agreement.giver_id, adult_id, second=second, demands=demands, at=at)
    agreement.adult_id = adult_id
    agreement.second_id = helped.second_id if demands.second_adult else None
