"""A time cheque comes back: who gave the help says what it was, and one settled record is made of it at once."""

from dataclasses import dataclass
from datetime import date

from community.parties.queries import people_of
from exchanges.agreements.actions.afterwards import add_with_thread, name_adult, took_place
from exchanges.agreements.actions.hours import move_hours
from exchanges.agreements.actions.propose import own_category
from exchanges.agreements.actions.steps import kept, note
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import CASHED
from exchanges.agreements.policies import check_both_there
from exchanges.agreements.rules.events import REDEEMED
from exchanges.ledger.rules import Source
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
    agreement = took_place(
        session,
        actor,
        way="assegno",
        giver_id=giver,
        receiver_id=issuer_id,
        told_by_id=giver,
        title=helped.title,
        category_id=own_category(session, actor, helped.category_id),
        happened_on=helped.happened_on,
        minutes=minutes,
    )
    if not owed:
        check_both_there(session, actor, agreement)
    theirs = [person.id for person in people_of(session, giver)]
    # Who redeems is taken for who helped, unless another is named.
    adult_id = helped.adult_id or (actor.person_id if actor.person_id in theirs else None)
    name_adult(session, actor, agreement, adult_id=adult_id, second_id=helped.second_id)
    add_with_thread(session, actor, agreement)
    note(session, actor, agreement, "redeem", REDEEMED, {"said_minutes": minutes}, minutes=minutes, cheque=number)
    move_hours(session, actor, agreement, minutes, promised=promised)
    tell_party(
        session, agreement, issuer_id, CASHED, who=name_of(session, actor), said_minutes=minutes, quietly=True
    )  # fmt: skip
    return kept(agreement.id)
