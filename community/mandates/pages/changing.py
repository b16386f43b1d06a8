"""Another telephone, another name: what a maker puts right for a household without e-mail."""

from flask_babel import gettext as _

from community.mandates import actions
from community.mandates.forms import ContactsForm, NameForm
from community.mandates.pages import mandates
from community.mandates.policies import KEEP
from community.mandates.queries import Home, home_to_keep
from community.members.tables import Person
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, settings, writing
from foundation.web.fields import choices
from foundation.web.language import language_name


@mandates.get("/<int:party_id>/people/<int:person_id>/contacts")
@requires(KEEP)
def ask_contacts(party_id: int, person_id: int) -> Answer:
    home, person = adult_of(party_id, person_id)
    return _contacts_page(home, person, ContactsForm(formdata=None, obj=person))


@mandates.post("/<int:party_id>/people/<int:person_id>/contacts")
@requires(KEEP)
def keep_contacts(party_id: int, person_id: int) -> Answer:
    home, person = adult_of(party_id, person_id)
    form = ContactsForm()
    _fill(form)
    if not form.validate_on_submit():
        return _contacts_page(home, person, form, status=422)
    try:
        with writing() as session:
            phone, language = form.phone.data or "", form.language.data
            actions.change_contacts(session, actor(), party_id, person_id, phone=phone, language=language)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _contacts_page(home, person, form, status=422)
    say(_("Kept."))
    return redirect_to(".show", party_id=party_id)


@mandates.get("/<int:party_id>/name")
@requires(KEEP)
def ask_name(party_id: int) -> Answer:
    home = home_to_keep(reading(), actor(), party_id)
    return _name_page(home, NameForm(formdata=None, obj=home.party))


@mandates.post("/<int:party_id>/name")
@requires(KEEP)
def keep_name(party_id: int) -> Answer:
    home = home_to_keep(reading(), actor(), party_id)
    form = NameForm()
    if not form.validate_on_submit():
        return _name_page(home, form, status=422)
    try:
        with writing() as session:
            name, address = form.name.data, form.address.data or ""
            actions.change_home(session, actor(), party_id, name=name, address=address)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _name_page(home, form, status=422)
    say(_("Kept."))
    return redirect_to(".show", party_id=party_id)


def adult_of(party_id: int, person_id: int) -> tuple[Home, Person]:
    """A household and one of its adults. Raises Missing for anybody else."""
    home = home_to_keep(reading(), actor(), party_id)
    person = next((one for one in home.people if one.id == person_id), None)
    if person is None:
        raise Missing()
    return home, person


def _fill(form: ContactsForm) -> None:
    form.language.choices = choices([(code, language_name(code)) for code in settings().language_codes])


def _contacts_page(home: Home, person: Person, form: ContactsForm, status: int = 200) -> Answer:
    _fill(form)
    return page("community/mandates/contacts.html", home=home, person=person, form=form, status=status)


def _name_page(home: Home, form: NameForm, status: int = 200) -> Answer:
    return page("community/mandates/name.html", home=home, form=form, status=status)
