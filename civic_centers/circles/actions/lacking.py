"""An adult of a turn that runs may not go on: they are told, and so is who can help."""

from civic_centers.circles.actions.asking import able_for
from civic_centers.circles.actions.steps import noted
from civic_centers.circles.actions.telling import adults_of, keepers_of, tell
from civic_centers.circles.notices import ANOTHER_NOW, HAND_OVER, HELP_COMES, RELIEVED
from civic_centers.circles.queries.lacking import Lack, adults_at, lacks_of
from civic_centers.circles.tables import CareCircle, CircleTurn
from community.notifications.queries import those_told
from foundation.database import Session


def call_another(session: Session, circle: CareCircle, turn: CircleTurn) -> None:
    """Tell who may not go on, and where the turn needs another adult whoever can help: nobody is told why.

    These are who keeps the circle, the families whose children are there or are to come, and the adults who could
    take the turn. Everybody is told once, however often it is looked at. The turn is held by the caller.
    """
    lack = lacks_of(session, [turn]).get(turn.id or 0)
    if lack is None:
        return
    key = f"{turn.id}-{'-'.join(str(one) for one in lack.people)}"
    until = turn.ends_at
    new = [tell(session, one, circle, HAND_OVER, key=key, turn=turn, ends_at=until) for one in lack.people]
    if lack.needs:
        concerned = [
            *keepers_of(session, circle),
            *adults_of(session, circle.id or 0, lack.families),
            *able_for(session, circle, turn),
        ]
        others = [one for one in dict.fromkeys(concerned) if one not in lack.people]
        new += [tell(session, one, circle, ANOTHER_NOW, key=key, turn=turn, ends_at=until) for one in others]
    if any(new):
        noted(session, None, "lacks", turn)


def help_comes(session: Session, circle: CareCircle, turn: CircleTurn, lacked: Lack) -> None:
    """Somebody comes to a turn that lacked an adult: who may not go on hears it once another has their place.

    Where nobody else is needed then, so do all who were called, but for who has the turn now. Nobody is told why.
    """
    lack = lacks_of(session, [turn]).get(turn.id or 0)
    settled = lack is None or not lack.needs
    there, key, until = adults_at(turn), f"{turn.id}-{turn.version}", turn.ends_at
    for one in lacked.people:
        if one not in there:
            noted(session, None, "let_go", turn, person=one)
        if settled or one not in there:
            tell(session, one, circle, RELIEVED, key=key, turn=turn, ends_at=until)
    if not settled or not lacked.needs:
        return
    could_be = [
        *keepers_of(session, circle),
        *adults_of(session, circle.id or 0, lacked.families),
        *adults_of(session, circle.id or 0),
    ]
    for one in those_told(session, ANOTHER_NOW, dict.fromkeys(could_be), f"{turn.id}-"):
        if one not in lacked.people and one != turn.second_id:
            tell(session, one, circle, HELP_COMES, key=key, turn=turn, ends_at=until)
