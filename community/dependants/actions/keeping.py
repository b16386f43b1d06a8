"""The adults of a household write down what who looks after somebody has to know."""

from community.dependants.actions.carrying import carry_refusals
from community.dependants.actions.telling import look_again, there_again
from community.dependants.queries import KIND, own_dependant
from community.dependants.rules import LONGEST_EMERGENCY, LONGEST_NEEDS, LONGEST_PICK_UP, check_words
from community.dependants.tables import DependantDetails, DependantObjection
from community.households.rules import check_dependant
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def write_details(
    session: Session,
    actor: Actor,
    dependant_id: int,
    *,
    nickname: str,
    age_band: str,
    needs: str = "",
    pick_up: str = "",
    emergency: str = "",
) -> None:
    """Keep the nickname, the age band and what is sealed. Raises Missing for another household's, Invalid.

    Who writes it down in their place reads nothing of before: what they leave empty stays as it is.
    """
    dependant = own_dependant(session, actor, dependant_id, lock=True)
    longest = {"needs": LONGEST_NEEDS, "pick_up": LONGEST_PICK_UP, "emergency": LONGEST_EMERGENCY}
    said = {"needs": needs.strip(), "pick_up": pick_up.strip(), "emergency": emergency.strip()}
    for name, words in said.items():
        if len(words) > longest[name]:
            raise Invalid(N_("Use fewer words."), field=name)
    older = dependant.age_band != age_band
    dependant.nickname = check_dependant(nickname, age_band)
    dependant.age_band = age_band
    details = session.get(DependantDetails, dependant_id)
    if details is None:
        details = DependantDetails(dependant_id=dependant_id)
        session.add(details)
    for name, words in said.items():
        if words or not actor.is_on_behalf:
            setattr(details, name, words)
    details.written_at, details.written_by_id = clock.now(), actor.recorder_id
    session.flush()
    audit.record(session, actor, "wrote", KIND, dependant_id)
    if older:
        # A no about a child of this age who was taken off the list counts, whichever age was written down first.
        carry_refusals(session, actor.community_id, dependant_id)
        # A grown-up says yes for themselves: what parents said before counts no more.
        look_again(session, actor.community_id, dependant_id)


def answer_objection(session: Session, actor: Actor, dependant_id: int, objection_id: int, words: str) -> None:
    """Answer what somebody objected to: they read it in their own view. Raises Missing, Invalid."""
    own_dependant(session, actor, dependant_id, lock=True)
    found = session.get(DependantObjection, objection_id, populate_existing=True)
    if found is None or found.dependant_id != dependant_id or not found.is_open:
        raise Missing()
    found.answer = check_words(words)
    found.answered_at, found.answered_by_id = clock.now(), actor.recorder_id
    audit.record(session, actor, "answered", KIND, dependant_id)
    there_again(session, actor.community_id, dependant_id)
