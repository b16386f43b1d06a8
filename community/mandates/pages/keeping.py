"""One household without e-mail: what it agreed to, asking again, ending it, and the sheet to sign."""

from dateutil.relativedelta import relativedelta
from flask import request
from flask_babel import force_locale
from flask_babel import gettext as _

from community.communities.queries import rules_in_force
from community.mandates import actions
from community.mandates.forms import ENDED_WORDS, WAY_WORDS, SaidForm
from community.mandates.pages import mandates
from community.mandates.policies import KEEP
from community.mandates.queries import Home, home_to_keep, mandates_of
from community.mandates.rules import TEXT, TEXT_VERSION
from community.members.queries import person_of
from community.zones.queries import zone_names
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.forms import ActForm


@mandates.get("/<int:party_id>")
@requires(KEEP)
def show(party_id: int) -> Answer:
    home = home_to_keep(reading(), actor(), party_id)
    sections = (hook(reading(), actor(), home.party, home.people) for hook in registry.hooks("offline_sections"))
    return page(
        "community/mandates/show.html",
        home=home,
        history=mandates_of(reading(), party_id),
        zone=zone_names(reading(), community().id).get(home.party.zone_id or 0, ""),
        way_words=WAY_WORDS,
        ended_words=ENDED_WORDS,
        sections=[section for section in sections if section],
    )


@mandates.get("/<int:party_id>/agreement")
@requires(KEEP)
def ask_agreement(party_id: int) -> Answer:
    home = home_to_keep(reading(), actor(), party_id)
    return _agreement_page(home, SaidForm(formdata=None, agreed_on=clock.today(community().time_zone)))


@mandates.post("/<int:party_id>/agreement")
@requires(KEEP)
def agree(party_id: int) -> Answer:
    home = home_to_keep(reading(), actor(), party_id)
    form = SaidForm()
    _fill(form, home)
    if not form.validate_on_submit():
        return _agreement_page(home, form, status=422)
    try:
        with writing() as session:
            actions.agree(session, actor(), party_id, form.person_id.data or 0, form.said())
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _agreement_page(home, form, status=422)
    say(_("Written down."))
    return redirect_to(".show", party_id=party_id)


@mandates.get("/<int:party_id>/end")
@requires(KEEP)
def ask_to_end(party_id: int) -> Answer:
    return page("community/mandates/end.html", home=home_to_keep(reading(), actor(), party_id), form=ActForm())


@mandates.post("/<int:party_id>/end")
@requires(KEEP)
def end(party_id: int) -> Answer:
    with writing() as session:
        actions.end_as_told(session, actor(), party_id)
    say(_("From now on nobody acts for them. Their hours stay theirs."))
    return redirect_to(".show", party_id=party_id)


@mandates.get("/<int:party_id>/sheet")
@requires(KEEP)
def sheet(party_id: int) -> Answer:
    """What is agreed to, on paper, to be read aloud and signed."""
    home = home_to_keep(reading(), actor(), party_id)
    today = clock.today(community().time_zone)
    months = rules_in_force(reading(), community().id).mandate_months
    maker = person_of(reading(), actor().must_be_person())
    until = today + relativedelta(months=months, days=-1)
    with force_locale(home.people[0].language):  # who reads it is not who prints it
        return page(
            "community/mandates/sheet.html", home=home, text=TEXT, version=TEXT_VERSION, until=until, maker=maker
        )


def _fill(form: SaidForm, home: Home) -> None:
    form.person_id.choices = choices([(person.id or 0, person.name) for person in home.people])


def _agreement_page(home: Home, form: SaidForm, status: int = 200) -> Answer:
    _fill(form, home)
    if request.method == "GET" and home.mandate is not None:
        form.person_id.data = home.mandate.person_id
    return page("community/mandates/agreement.html", home=home, form=form, text=TEXT, status=status)
