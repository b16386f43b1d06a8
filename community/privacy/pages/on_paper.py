"""Everything about somebody without e-mail, printed by a maker at their wish; each look at it is on record."""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from community.deeds.queries import kinds as deed_kinds
from community.mandates.pages.changing import adult_of
from community.mandates.policies import KEEP
from community.mandates.queries import Home, must_stand
from community.members.queries import person_of
from community.members.tables import Person
from community.privacy import actions
from community.privacy.forms import WishForm
from community.privacy.pages import privacy
from community.privacy.pages.paper_words import Names, lines_of
from community.privacy.queries import PAPER, controller_of, copy_to_print, on_paper, whose
from foundation import audit, clock
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, writing
from foundation.web.state import database

NO_KEEPING = "no-store"
PATH = "/c/<community>/offline/<int:party_id>/people/<int:person_id>/data"


@privacy.get(PATH)
@requires(KEEP)
def ask_wish(party_id: int, person_id: int) -> Answer:
    home, person = adult_of(party_id, person_id)
    return _wish_page(home, person, WishForm(formdata=None))


@privacy.post(PATH)
@requires(KEEP)
def keep_wish(party_id: int, person_id: int) -> Answer:
    home, person = adult_of(party_id, person_id)
    form = WishForm()
    if not form.validate_on_submit():
        return _wish_page(home, person, form, status=422)
    try:
        with writing() as session:
            copy_id = actions.write_wish(
                session,
                actor(),
                party_id,
                person_id,
                wish=form.wish.data or "",
                reason=form.reason.data or "",
                request_key=form.request_key.data or "",
            )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _wish_page(home, person, form, status=422)
    return redirect_to(".paper", party_id=party_id, person_id=person_id, copy_id=copy_id)


@privacy.get(f"{PATH}/<int:copy_id>")
@requires(KEEP)
def paper(party_id: int, person_id: int, copy_id: int) -> Answer:
    """The paper, for an hour and for who wrote the wish down; nothing on the way or in the telephone keeps it."""
    copy = copy_to_print(reading(), actor(), party_id, person_id, copy_id)
    home, person = adult_of(party_id, person_id)
    audit.looked(database(), actor(), PAPER, copy.id or 0)
    of = whose(reading(), person_id, community().id)
    names = Names.known(reading(), community(), home, person)
    with force_locale(person.language):  # who reads it is not who prints it
        answer = page(
            "community/privacy/paper.html",
            home=home,
            person=person,
            wish=copy,
            maker=person_of(reading(), actor().must_be_person()),
            sections=[
                (kind, lines_of(kind.kind, rows, names, deed_kinds())) for kind, rows in on_paper(reading(), of) if rows
            ],
            controller=controller_of(reading(), community().id),
            community=community(),
            printed_at=clock.now(),
        )
    answer.headers["Cache-Control"] = NO_KEEPING
    return answer


def _wish_page(home: Home, person: Person, form: WishForm, status: int = 200) -> Answer:
    error = _why_not(home)
    return page("community/privacy/wish.html", home=home, person=person, form=form, error=error, status=status)


def _why_not(home: Home) -> Any:
    """Why nothing can be printed now, as a sentence; empty where it can."""
    try:
        must_stand(reading(), community().id, home.party_id)
    except DomainError as error:
        return f"{_(error.message)} {_(error.advice or '')}"
    return ""
