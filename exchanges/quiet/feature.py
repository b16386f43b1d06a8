"""After care: one quiet question to each side, on their own pages only."""

from flask_babel import gettext as _

from exchanges.quiet.pages import quiet
from exchanges.quiet.personal import PERSONAL
from exchanges.quiet.queries import number_to_ask, parties_about, to_ask
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind
from foundation.web.formats import day


def questions(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each exchange; never a mail, which others may read."""
    return [
        Waiting(
            _("Did all go well?"),
            f"{one.title}: {day(one.at)}",
            "quiet.ask",
            {"kind": one.kind, "object_id": one.object_id},
            icon="chat",
        )
        for one in to_ask(session, actor)
    ]


feature = Feature(
    name="quiet",
    blueprints=(quiet,),
    waiting=(WaitingKind(questions, number_to_ask),),
    personal_data=PERSONAL,
    hooks={"concern_about": parties_about},
)
