"""Changing how one's organisation is reached."""

from flask import Blueprint
from flask_babel import gettext as _

from community.organisations import actions
from community.organisations.forms import OrganisationForm
from community.organisations.queries import organisation_of
from community.parties.policies import WRITE
from community.parties.queries import own_party
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing

organisations = Blueprint("organisations", __name__, url_prefix="/c/<community>/organisation")


@organisations.get("/edit")
@requires(WRITE)
def edit() -> Answer:
    found = organisation_of(reading(), own_party(reading(), actor()).id or 0)
    if found is None:
        raise Missing()
    return page("community/organisations/edit.html", form=OrganisationForm(obj=found))


@organisations.post("/edit")
@requires(WRITE)
def keep() -> Answer:
    form = OrganisationForm()
    if not form.validate_on_submit():
        return page("community/organisations/edit.html", form=form, status=422)
    with writing() as session:
        actions.describe_organisation(
            session,
            actor(),
            actor().must_be_party(),
            kind=form.kind.data,
            website=form.website.data or "",
            phone=form.phone.data or "",
            email=form.email.data or "",
        )
    say(_("Kept."))
    return redirect_to("households.show")
