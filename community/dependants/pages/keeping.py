"""For the adults of the household: what is kept, who said yes, who looked, and the own view of who is 14 or older."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.dependants import actions
from community.dependants.actions.consenting import consented_dependant
from community.dependants.actions.viewing import LINK
from community.dependants.forms import AnswerForm, ConsentForm, DetailsForm, SpokenConsentForm
from community.dependants.queries import own_dependant, page_of
from community.dependants.rules import OWN_VIEW, TEXT_VERSION, TEXTS, Standing, kinds_for
from community.households.forms import AGES
from community.parties.policies import WRITE
from community.parties.queries import people_of
from foundation import tokens
from foundation.errors import Invalid, Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, safe_next, say, writing
from foundation.web.fields import choices
from foundation.web.htmx import redirect_to as go_to
from foundation.web.qr import qr_drawing

dependants = Blueprint("dependants", __name__, url_prefix="/c/<community>/household/dependants")

STANDING_WORDS = {
    Standing.GIVEN: (_l("Everybody whose yes is needed has said yes"), "done"),
    Standing.ONE_ABSENT: (_l("One yes is absent"), "urgent"),
    Standing.ABSENT: (_l("The yes is absent"), "urgent"),
    Standing.REFUSED: (_l("Somebody does not agree"), "urgent"),
    Standing.OBJECTED: (_l("They themselves do not want it"), "urgent"),
}
STANDING_ADVICE = {
    Standing.GIVEN: _l("You can agree on care. Each of you can take a yes back, at any time."),
    Standing.ONE_ABSENT: _l(
        "Both who hold parental responsibility say yes, each with their own account; or one declares for both. "
        "Until then nobody can look after them here."
    ),
    Standing.ABSENT: _l("Until somebody who decides for them has said yes nobody can look after them here."),
    Standing.REFUSED: _l("As long as somebody says no, nobody can look after them here. Talk about it in peace."),
    Standing.OBJECTED: _l("Read what they wrote and answer: until then nothing new can be agreed on for them."),
}


@dependants.get("/<int:dependant_id>")
@requires(WRITE)
def show(dependant_id: int) -> Answer:
    return _show(dependant_id)


def _show(dependant_id: int, form: AnswerForm | None = None, status: int = 200) -> Answer:
    in_place = actor().is_on_behalf
    found = page_of(reading(), own_dependant(reading(), actor(), dependant_id), sealed=not in_place)
    return page(
        "community/dependants/show.html",
        in_place=in_place,
        found=found,
        dependant=found.dependant,
        ages=AGES,
        standing_words=STANDING_WORDS,
        standing_advice=STANDING_ADVICE,
        own_view=found.dependant.age_band in OWN_VIEW,
        answer_form=form or AnswerForm(formdata=None),
        # (words, address) of what other features keep about them: hook `dependant_links(actor, dependant)`.
        links=[link for hook in registry.hooks("dependant_links") for link in hook(actor(), found.dependant)],
        status=status,
    )


@dependants.get("/<int:dependant_id>/edit")
@requires(WRITE)
def edit(dependant_id: int) -> Answer:
    in_place = actor().is_on_behalf
    found = page_of(reading(), own_dependant(reading(), actor(), dependant_id), sealed=not in_place)
    details = found.details
    form = DetailsForm(
        nickname=found.dependant.nickname,
        age_band=found.dependant.age_band,
        needs=details.needs,
        pick_up=details.pick_up,
        emergency=details.emergency,
    )
    return page("community/dependants/edit.html", form=form, dependant=found.dependant, in_place=in_place)


@dependants.post("/<int:dependant_id>/edit")
@requires(WRITE)
def keep(dependant_id: int) -> Answer:
    form = DetailsForm()
    dependant = own_dependant(reading(), actor(), dependant_id)
    if form.validate_on_submit():
        try:
            with writing() as session:
                actions.write_details(
                    session,
                    actor(),
                    dependant_id,
                    nickname=form.nickname.data,
                    age_band=form.age_band.data,
                    needs=form.needs.data or "",
                    pick_up=form.pick_up.data or "",
                    emergency=form.emergency.data or "",
                )
        except Invalid as error:
            form.refuse(error)
        else:
            say(_("Kept."))
            return redirect_to(".show", dependant_id=dependant_id)
    in_place = actor().is_on_behalf
    return page("community/dependants/edit.html", form=form, dependant=dependant, in_place=in_place, status=422)


@dependants.get("/<int:dependant_id>/consent")
@requires(WRITE)
def ask_consent(dependant_id: int) -> Answer:
    return _consent(dependant_id, _consent_form())


@dependants.post("/<int:dependant_id>/consent")
@requires(WRITE)
def consent(dependant_id: int) -> Answer:
    form = _consent_form()
    own_dependant(reading(), actor(), dependant_id)
    if not form.validate_on_submit():
        return _consent(dependant_id, form, status=422)
    try:
        with writing() as session:
            if isinstance(form, SpokenConsentForm) and form.kind.data == "no":
                actions.withdraw_consent(session, actor(), dependant_id, person_id=form.who.data)
            elif isinstance(form, SpokenConsentForm):
                actions.say_consent(session, actor(), dependant_id, form.kind.data, person_id=form.who.data)
            else:
                actions.say_consent(session, actor(), dependant_id, form.kind.data)
    except Invalid as error:
        form.refuse(error)
        return _consent(dependant_id, form, status=422)
    if isinstance(form, SpokenConsentForm):
        say(_("Written down, with their name and yours."))
    else:
        say(_("Kept, with the day and the words. You can take it back at any time."))
    return go_to(safe_next(url_for(".show", dependant_id=dependant_id)))


@dependants.post("/<int:dependant_id>/consent/withdraw")
@requires(WRITE)
def withdraw(dependant_id: int) -> Answer:
    with writing() as session:
        actions.withdraw_consent(session, actor(), dependant_id)
    say(_("It counts from now on: nobody looks after them here until all agree."))
    return redirect_to(".ask_consent", dependant_id=dependant_id)


def _consent_form() -> ConsentForm:
    return SpokenConsentForm() if actor().is_on_behalf else ConsentForm()


def _consent(dependant_id: int, form: ConsentForm, status: int = 200) -> Answer:
    dependant = consented_dependant(reading(), actor(), dependant_id)
    ours = dependant.party_id in actor().party_ids
    in_place = isinstance(form, SpokenConsentForm)
    found = page_of(reading(), dependant, sealed=not in_place)
    words, kinds = TEXTS[TEXT_VERSION], kinds_for(dependant.age_band)
    if isinstance(form, SpokenConsentForm):
        kinds = (*kinds, "no")
        form.who.choices = choices({one.id or 0: one.name for one in people_of(reading(), dependant.party_id)})
    form.kind.choices = choices({kind: _(words[kind]) for kind in kinds})
    return page(
        "community/dependants/consent.html",
        form=form,
        dependant=dependant,
        ours=ours,
        in_place=in_place,
        mine=found.own(actor().person_id),
        said=found.said if ours else [],
        back=safe_next(""),
        texts=TEXTS,
        version=TEXT_VERSION,
        status=status,
    )


@dependants.post("/<int:dependant_id>/own-view")
@requires(WRITE)
def invite(dependant_id: int) -> Answer:
    with writing() as session:
        secret = actions.invite_to_own_view(session, actor(), dependant_id)
    return redirect_to(".invitation", dependant_id=dependant_id, secret=secret)


@dependants.get("/<int:dependant_id>/own-view/<secret>")
@requires(WRITE)
def invitation(dependant_id: int, secret: str) -> Answer:
    dependant = own_dependant(reading(), actor(), dependant_id)
    found = tokens.look(reading(), LINK, secret)
    if found is None or found.community_id != community().id or found.payload.get("dependant_id") != dependant_id:
        raise Missing()
    address = url_for("own_view.opening", secret=secret, _external=True)
    return page(
        "community/dependants/invitation.html",
        dependant=dependant,
        address=address,
        drawing=qr_drawing(address, _("QR code of the invitation")),
    )


@dependants.post("/<int:dependant_id>/own-view/end")
@requires(WRITE)
def end_view(dependant_id: int) -> Answer:
    with writing() as session:
        actions.end_own_view(session, actor(), dependant_id)
    say(_("The link and the code open nothing any more."))
    return redirect_to(".show", dependant_id=dependant_id)


@dependants.post("/<int:dependant_id>/objections/<int:objection_id>/answer")
@requires(WRITE)
def answer(dependant_id: int, objection_id: int) -> Answer:
    form = AnswerForm()
    if not form.validate_on_submit():
        return _show(dependant_id, form, status=422)
    with writing() as session:
        actions.answer_objection(session, actor(), dependant_id, objection_id, form.words.data)
    say(_("Sent. They read it in their own view."))
    return redirect_to(".show", dependant_id=dependant_id)
