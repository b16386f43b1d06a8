"""The household (or organisation) one acts for: its people, whom it looks after, its name and place."""

from flask import url_for
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.dependants.queries import standings_of
from community.households import actions
from community.households.forms import AGES, DependantForm, PartyForm
from community.households.pages import households
from community.households.queries import dependants_of
from community.joining.queries import party_invitation_behind
from community.organisations.forms import KIND_WORDS
from community.organisations.queries import organisation_of
from community.parties import actions as party_actions
from community.parties.policies import WRITE
from community.parties.queries import own_party, people_of
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.pictures import PhotoForm, chosen_in, picture_url
from foundation.web.qr import qr_drawing


@households.get("/")
@requires(WRITE)
def show() -> Answer:
    if actor().party_id is None:
        return page("community/households/none.html")
    return _show(DependantForm())


def _show(form: DependantForm, status: int = 200) -> Answer:
    party = own_party(reading(), actor())
    dependants = dependants_of(reading(), actor(), party.id or 0) if party.kind == "household" else []
    return page(
        "community/households/in_place.html" if actor().is_on_behalf else "community/households/show.html",
        party=party,
        people=people_of(reading(), party.id or 0),
        organisation=organisation_of(reading(), party.id or 0),
        kind_words=KIND_WORDS,
        dependants=dependants,
        standings=standings_of(reading(), dependants),
        ages=AGES,
        form=form,
        zone=catalogue_of(reading(), community()).zone_names.get(party.zone_id or 0, ""),
        picture_url=picture_url,
        status=status,
    )


@households.post("/start")
@requires(WRITE)
def start() -> Answer:
    with writing() as session:
        actions.start_household(session, actor())
    say(_("Your balance is open."))
    return redirect_to(".show")


@households.get("/edit")
@requires(WRITE)
def edit() -> Answer:
    party = own_party(reading(), actor())
    form = PartyForm(obj=party)
    return _edit(form, PhotoForm(formdata=None))


@households.post("/edit")
@requires(WRITE)
def keep() -> Answer:
    form = PartyForm()
    form.zone_id.choices = choices(_zones())
    if not form.validate_on_submit():
        return _edit(form, PhotoForm(formdata=None), status=422)
    with writing() as session:
        party_actions.edit_party(
            session,
            actor(),
            actor().must_be_party(),
            name=form.name.data,
            about=form.about.data or "",
            address=form.address.data or "",
            zone_id=form.zone_id.data or None,
        )
    say(_("Kept."))
    return redirect_to(".show")


@households.post("/photo")
@requires(WRITE)
def keep_photo() -> Answer:
    form = PhotoForm()
    image = chosen_in(form, form.photo, nothing=_("Choose a photograph first."))
    if image is None:
        return _edit(PartyForm(formdata=None, obj=own_party(reading(), actor())), form, status=422)
    with writing() as session:
        party_actions.set_photo(session, actor(), actor().must_be_party(), image)
    say(_("Kept."))
    return redirect_to(".edit")


@households.post("/photo/remove")
@requires(WRITE)
def remove_photo() -> Answer:
    with writing() as session:
        party_actions.set_photo(session, actor(), actor().must_be_party(), None)
    say(_("The photograph is gone."))
    return redirect_to(".edit")


def _zones() -> list[tuple[int, str]]:
    return [(zone.id or 0, zone.name) for zone in catalogue_of(reading(), community()).zones]


def _edit(form: PartyForm, photo_form: PhotoForm, status: int = 200) -> Answer:
    form.zone_id.choices = choices(_zones())
    party = own_party(reading(), actor())
    return page(
        "community/households/edit.html",
        form=form,
        photo_form=photo_form,
        party=party,
        picture_url=picture_url,
        status=status,
    )


@households.post("/invite")
@requires(WRITE)
def invite() -> Answer:
    with writing() as session:
        secret = party_actions.invite_person(session, actor(), actor().must_be_party())
    return redirect_to(".invitation", secret=secret)


@households.get("/invitation/<secret>")
@requires(WRITE)
def invitation(secret: str) -> Answer:
    found = party_invitation_behind(reading(), community().id, secret)
    if found is None or found.party.id not in actor().party_ids:
        raise Missing()
    address = url_for("joining.together", secret=secret, _external=True)
    return page(
        "community/households/invitation.html",
        invitation=found,
        address=address,
        drawing=qr_drawing(address, _("QR code of the invitation")),
    )


@households.post("/leave")
@requires(WRITE)
def leave() -> Answer:
    with writing() as session:
        party_actions.end_person(session, actor(), actor().must_be_party(), actor().must_be_person())
    say(_("Done. The hours stay with who stays."))
    return redirect_to(".show")


@households.post("/people/<int:person_id>/end")
@requires(WRITE)
def end_person(person_id: int) -> Answer:
    """Somebody no longer acts for the organisation; adults of a household leave by themselves."""
    with writing() as session:
        party_actions.end_person(session, actor(), actor().must_be_party(), person_id)
    say(_("Done."))
    return redirect_to(".show")


@households.post("/dependants")
@requires(WRITE)
def add_dependant() -> Answer:
    form = DependantForm()
    if not form.validate_on_submit():
        return _show(form, status=422)
    try:
        with writing() as session:
            actions.add_dependant(
                session, actor(), actor().must_be_party(), nickname=form.nickname.data, age_band=form.age_band.data
            )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _show(form, status=422)
    say(_("Kept. Only the adults of your household see it."))
    return redirect_to(".show")


@households.post("/dependants/<int:dependant_id>/remove")
@requires(WRITE)
def remove_dependant(dependant_id: int) -> Answer:
    with writing() as session:
        actions.remove_dependant(session, actor(), actor().must_be_party(), dependant_id)
    say(_("Taken off the list."))
    return redirect_to(".show")
