"""Writing to another member for the first time, from their page."""

from community.conversations import actions
from community.conversations.forms import MessageForm
from community.conversations.pages.blueprint import conversations
from community.conversations.pages.writing import send
from community.conversations.policies import WRITE
from community.conversations.queries import direct_between, parties_of_person, person_to_write_to
from community.members.tables import Person
from community.threads.rules import MOST_PHOTOS
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires

BEGIN = "community/conversations/begin.html"


@conversations.get("/people/<int:person_id>/write")
@requires(WRITE)
def ask_words(person_id: int) -> Answer:
    person = person_to_write_to(reading(), actor(), person_id)
    found = direct_between(reading(), actor(), person_id)
    if found is not None and found.left_at(actor().must_be_person()) is None:
        return redirect_to(".show", thread_id=found.thread_id, anchor="thread")
    return _asking(person, MessageForm(formdata=None))


@conversations.post("/people/<int:person_id>/write")
@requires(WRITE)
def begin(person_id: int) -> Answer:
    person = person_to_write_to(reading(), actor(), person_id)
    form = MessageForm()
    sent = send(
        form,
        tuple(parties_of_person(reading(), actor().community_id, person_id)),
        one_person=True,
        deed=lambda session, *said: actions.begin(session, actor(), person_id, *said),
    )
    return _to_thread(person_id) if sent.done else _asking(person, form, warned=sent.asked, status=422)


def _to_thread(person_id: int) -> Answer:
    found = direct_between(reading(), actor(), person_id)
    if found is None:
        raise Missing()
    return redirect_to(".show", thread_id=found.thread_id, anchor="thread")


def _asking(person: Person, form: MessageForm, *, warned: bool = False, status: int = 200) -> Answer:
    return page(
        BEGIN,
        status=status,
        person=person,
        form=form,
        warned=warned,
        photos=MOST_PHOTOS,
    )
