"""The one quiet question after an exchange with a child or a frail person."""

from flask import Blueprint
from flask_babel import gettext as _

from exchanges.agreements.policies import TAKE_PART
from exchanges.quiet import actions
from exchanges.quiet.queries import must_be_asked
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing

quiet = Blueprint(
    "quiet", __name__, url_prefix="/c/<community>/all-well/<any(agreement, group_exchange, circle_turn):kind>"
)


@quiet.get("/<int:object_id>")
@requires(TAKE_PART)
def ask(kind: str, object_id: int) -> Answer:
    must_be_asked(reading(), actor(), kind, object_id)
    return page("exchanges/quiet/ask.html", kind=kind, object_id=object_id)


@quiet.post("/<int:object_id>/yes")
@requires(TAKE_PART)
def well(kind: str, object_id: int) -> Answer:
    with writing() as session:
        actions.answer(session, actor(), kind, object_id, well=True)
    say(_("Good to hear. Thank you."))
    return redirect_to("communities.home")


@quiet.post("/<int:object_id>/no")
@requires(TAKE_PART)
def unsure(kind: str, object_id: int) -> Answer:
    with writing() as session:
        actions.answer(session, actor(), kind, object_id, well=False)
    return redirect_to("concerns.ask_about", kind=kind, object_id=object_id)
