"""In the demo too it is said for whom, before the answer is yes, and those who decide for them have agreed."""

from community.dependants.actions import say_consent, write_details
from community.dependants.rules import MINORS, Standing
from community.households.tables import Dependant
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.actions import say_for_whom
from exchanges.entrusting.queries.choosing import choice_for
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

NEEDS = "Allergia alle noci. Con i compiti ci vuole una pausa ogni venti minuti, e funziona."
PICK_UP = "La zia Fatou, con la carta d’identità."
EMERGENCY = "Mamma, 333 000 0101. Poi la zia, 333 000 0102."


def entrust(session: Session, receiver: Actor, agreement_id: int) -> None:
    """Who receives says for whom it is, where somebody is looked after: the first on their list."""
    try:
        choice = choice_for(session, receiver, session.get_one(Agreement, agreement_id).thread_id)
    except Missing:
        return
    if choice.dependants:
        first = choice.dependants[0]
        if choice.standings[first.id or 0] is not Standing.GIVEN:
            say_consent(session, receiver, first.id or 0, "both" if first.age_band in MINORS else "self")
        say_for_whom(session, receiver, choice.subject.thread_id, [first.id or 0])


def write_down(session: Session, parent: Actor, dependant: Dependant) -> None:
    """A mother writes down what who looks after her child has to know."""
    write_details(
        session,
        parent,
        dependant.id or 0,
        nickname=dependant.nickname,
        age_band=dependant.age_band,
        needs=NEEDS,
        pick_up=PICK_UP,
        emergency=EMERGENCY,
    )
