"""Oneself: profile, photograph, what we give and need, contacts, for whom one acts."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.members import actions
from community.members.forms import ContactsForm, ProfileForm, SkillsForm
from community.members.pages import members
from community.members.queries import person_of
from community.parties.actions import act_for as act_for_party
from community.parties.actions import set_skills
from community.parties.policies import WRITE
from community.parties.queries import own_party, skills_of
from foundation.errors import DomainError, Missing
from foundation.feature import registry
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    reading,
    redirect_to,
    requires,
    safe_next,
    say,
    settings,
    writing,
)
from foundation.web.asked import row_number
from foundation.web.fields import choices
from foundation.web.htmx import redirect_to as go_to
from foundation.web.language import COOKIE, language_name
from foundation.web.pictures import PhotoForm, chosen_in, picture_url


@members.get("/c/<community>/me")
@requires(WRITE)
def me() -> Answer:
    person = person_of(reading(), actor().must_be_person())
    who = actor()
    links = [link for hook in registry.hooks("me_links") for link in hook(reading(), who)]
    return page(
        "community/members/me.html",
        person=person,
        party=own_party(reading(), who) if who.party_id else None,
        zone=catalogue_of(reading(), community()).zone_names.get(who.zone_id or 0, ""),
        links=links,
        picture_url=picture_url,
    )


@members.get("/c/<community>/me/profile")
@requires(WRITE)
def profile() -> Answer:
    person = person_of(reading(), actor().must_be_person())
    return _profile_page(ProfileForm(obj=person), PhotoForm())


@members.post("/c/<community>/me/profile")
@requires(WRITE)
def keep_profile() -> Answer:
    form = ProfileForm()
    if not form.validate_on_submit():
        return _profile_page(form, PhotoForm(formdata=None), status=422)
    with writing() as session:
        actions.edit_profile(
            session,
            actor(),
            actor().must_be_person(),
            given_name=form.given_name.data,
            family_name=form.family_name.data or "",
            about=form.about.data or "",
            speaks=form.speaks.data or [],
        )
    say(_("Kept."))
    return redirect_to(".me")


@members.post("/c/<community>/me/photo")
@requires(WRITE)
def keep_photo() -> Answer:
    form = PhotoForm()
    image = chosen_in(form, form.photo, nothing=_("Choose a photograph first."))
    if image is None:
        person = person_of(reading(), actor().must_be_person())
        return _profile_page(ProfileForm(formdata=None, obj=person), form, status=422)
    with writing() as session:
        actions.set_photo(session, actor(), actor().must_be_person(), image)
    say(_("A good face to meet."))
    return redirect_to(".profile")


@members.post("/c/<community>/me/photo/remove")
@requires(WRITE)
def remove_photo() -> Answer:
    with writing() as session:
        actions.set_photo(session, actor(), actor().must_be_person(), None)
    say(_("The photograph is gone."))
    return redirect_to(".profile")


def _profile_page(form: ProfileForm, photo_form: PhotoForm, status: int = 200) -> Answer:
    person = person_of(reading(), actor().must_be_person())
    return page(
        "community/members/profile.html",
        form=form,
        photo_form=photo_form,
        person=person,
        picture_url=picture_url,
        status=status,
    )


@members.get("/c/<community>/me/skills")
@requires(WRITE)
def skills() -> Answer:
    party_id = own_party(reading(), actor()).id or 0
    present = skills_of(reading(), [party_id])[party_id]
    form = SkillsForm(
        offers=[category.id for category in present["offer"]], needs=[category.id for category in present["need"]]
    )
    return _skills_page(form)


@members.post("/c/<community>/me/skills")
@requires(WRITE)
def keep_skills() -> Answer:
    form = SkillsForm()
    if not form.validate_on_submit():
        return _skills_page(form, status=422)
    try:
        with writing() as session:
            party_id = actor().must_be_party()
            set_skills(session, actor(), party_id, offers=form.offers.data or [], needs=form.needs.data or [])
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _skills_page(form, status=422)
    say(_("Kept. Now the others can find you."))
    return redirect_to(".me")


def _skills_page(form: SkillsForm, status: int = 200) -> Answer:
    return page(
        "community/members/skills.html",
        form=form,
        branches=catalogue_of(reading(), community()).branches,
        status=status,
    )


@members.get("/c/<community>/me/contacts")
@requires(WRITE)
def contacts() -> Answer:
    person = person_of(reading(), actor().must_be_person())
    form = ContactsForm(obj=person)
    return _contacts_page(form)


@members.post("/c/<community>/me/contacts")
@requires(WRITE)
def keep_contacts() -> Answer:
    form = ContactsForm()
    form.language.choices = choices(_languages())
    if not form.validate_on_submit():
        return _contacts_page(form, status=422)
    with writing() as session:
        actions.edit_contacts(
            session, actor(), actor().must_be_person(), phone=form.phone.data or "", language=form.language.data
        )
    say(_("Kept."))
    answer = redirect_to(".me")
    answer.delete_cookie(COOKIE)
    return answer


def _contacts_page(form: ContactsForm, status: int = 200) -> Answer:
    form.language.choices = choices(_languages())
    person = person_of(reading(), actor().must_be_person())
    return page("community/members/contacts.html", form=form, person=person, status=status)


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in settings().language_codes]


@members.post("/c/<community>/act-for")
@requires(WRITE)
def act_for() -> Answer:
    party_id: Any = request.form.get("party_id", type=row_number)
    with writing() as session:
        act_for_party(session, actor(), party_id or 0)
    return go_to(safe_next(url_for("communities.home")))
