"""What to know of a child in an emergency: for its own family, and for who has a turn, while it lasts."""

from flask_babel import gettext as _
from sqlmodel import col, select

from civic_centers.circles import actions
from civic_centers.circles.forms import NotesForm
from civic_centers.circles.pages.acting import submit
from civic_centers.circles.pages.blueprint import circles
from civic_centers.circles.pages.words import saying
from civic_centers.circles.policies import TAKE_PART
from civic_centers.circles.queries.single import CHILD, child_of
from community.members.tables import Person
from foundation import audit
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say
from foundation.web.state import database

MOST_LOOKS = 30


@circles.get("/circles/children/<int:child_id>/notes")
@requires(TAKE_PART)
def notes(child_id: int) -> Answer:
    """Each look of somebody outside the family stands in the record before the page is there."""
    child, family, _dependant = child_of(reading(), actor(), child_id, gone=True)
    why = actions.may_read_notes(reading(), actor(), child, family)
    if not why:
        raise Missing()
    if why == "turn":
        audit.looked(database(), actor(), CHILD, child_id)
    return _page(
        child_id, NotesForm(formdata=None, data={"words": child.first_aid or "", "seen": actions.as_seen(child)})
    )


@circles.post("/circles/children/<int:child_id>/notes")
@requires(TAKE_PART)
def write_notes(child_id: int) -> Answer:
    child, family, _dependant = child_of(reading(), actor(), child_id)
    if actions.may_read_notes(reading(), actor(), child, family) != "own":
        raise Missing()
    form = NotesForm()

    def then(_found: object) -> Answer:
        say(_("Written down, sealed. Who has a turn reads it, and you see who did."))
        return redirect_to(".family", circle_id=family.circle_id)

    return submit(
        form,
        lambda session: actions.write_notes(session, actor(), child_id, form.words.data or "", form.seen.data or ""),
        lambda status: _page(child_id, form, status),
        then,
    )


def _page(child_id: int, form: NotesForm, status: int = 200) -> Answer:
    child, family, dependant = child_of(reading(), actor(), child_id, gone=True)
    why = actions.may_read_notes(reading(), actor(), child, family)
    looks = audit.looks_at(reading(), CHILD, child_id)[:MOST_LOOKS] if why == "own" else []
    ids = {one.actor_person_id for one in looks}
    names = dict(reading().execute(select(col(Person.id), col(Person.given_name)).where(col(Person.id).in_(ids))).all())
    return page(
        "civic_centers/circles/notes.html",
        child=child,
        dependant=dependant,
        circle_id=family.circle_id,
        why=why,
        form=form,
        looks=[(names.get(one.actor_person_id, ""), one.at) for one in looks],
        status=status,
        **saying(),
    )
