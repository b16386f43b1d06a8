"""What a community looks and sounds like: logo, languages, own texts; and the page where all of them are read."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import col, select

from community.communities import actions
from community.communities.forms import TEXT_WORDS, LanguagesForm, LogoForm, in_languages
from community.communities.pages import communities
from community.communities.policies import RUN
from community.communities.tables import Community
from foundation.access import Actor
from foundation.database import Session
from foundation.web import Answer, actor, community, page, public, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.forms import BaseForm
from foundation.web.language import language_name, spoken_here
from foundation.web.pictures import chosen_in
from foundation.web.qr import qr_drawing
from foundation.web.state import settings


def sees_logo(session: Session, actor: Actor, file_id: int) -> bool:
    """Everybody sees the logo a community wears now."""
    worn = session.scalar(select(col(Community.logo_file_id)).where(col(Community.id) == actor.community_id))
    return worn == file_id


@communities.get("/c/<community>/about")
@public
def about() -> Answer:
    return page(
        "community/communities/about.html",
        community=community(),
        texts=community().texts,
        share_url=url_for("communities.home", _external=True),
    )


@communities.get("/c/<community>/poster")
@public
def poster() -> Answer:
    """For the door of a school or a shop: what it is, whom to call, and a drawing that leads here."""
    address = url_for("communities.home", _external=True)
    drawing = qr_drawing(address, _("QR code of the community"))
    return page("community/communities/poster.html", community=community(), address=address, drawing=drawing)


@communities.get("/c/<community>/running/texts")
@requires(RUN)
def edit_texts() -> Answer:
    said = {f"{name}_{code}": words for name, by in community().texts.items() for code, words in by.items()}
    return _texts_page(_texts_form(**said))


@communities.post("/c/<community>/running/texts")
@requires(RUN)
def keep_texts() -> Answer:
    form = _texts_form()
    if not form.validate_on_submit():
        return _texts_page(form, status=422)
    with writing() as session:
        actions.keep_texts(session, actor(), {name: form.words(name) for name in TEXT_WORDS})
    say(_("Kept: this is how they read it from now on."))
    return redirect_to(".about")


@communities.get("/c/<community>/running/languages")
@requires(RUN)
def edit_languages() -> Answer:
    here = spoken_here()
    return _languages_page(_languages_form(spoken=list(here), usual=here[0]))


@communities.post("/c/<community>/running/languages")
@requires(RUN)
def keep_languages() -> Answer:
    form = _languages_form()
    if not form.validate_on_submit():
        return _languages_page(form, status=422)
    with writing() as session:
        actions.speak(session, actor(), form.chosen(), known=settings().language_codes)
    say(_("Kept. Write your texts in the new languages too."))
    return redirect_to(".edit_texts")


@communities.get("/c/<community>/running/logo")
@requires(RUN)
def edit_logo() -> Answer:
    return _logo_page(LogoForm())


@communities.post("/c/<community>/running/logo")
@requires(RUN)
def keep_logo() -> Answer:
    form = LogoForm()
    image = chosen_in(form, form.logo, nothing=_("Choose a picture first."))
    if image is None:
        return _logo_page(form, status=422)
    with writing() as session:
        actions.wear_logo(session, actor(), image)
    say(_("Everybody sees the logo now."))
    return redirect_to(".edit_logo")


@communities.post("/c/<community>/running/logo/remove")
@requires(RUN)
def remove_logo() -> Answer:
    with writing() as session:
        actions.wear_logo(session, actor(), None)
    say(_("The logo is gone."))
    return redirect_to(".edit_logo")


def _texts_form(**filled: Any) -> Any:
    return in_languages(BaseForm, spoken_here(), TEXT_WORDS)(**filled)


def _texts_page(form: Any, status: int = 200) -> Answer:
    return page("community/communities/texts.html", form=form, names=tuple(TEXT_WORDS), status=status)


def _languages_form(**filled: Any) -> LanguagesForm:
    form = LanguagesForm(**filled)
    known = choices((code, language_name(code)) for code in settings().language_codes)
    form.spoken.choices = form.usual.choices = known
    return form


def _languages_page(form: LanguagesForm, status: int = 200) -> Answer:
    return page("community/communities/languages.html", form=form, status=status)


def _logo_page(form: LogoForm, status: int = 200) -> Answer:
    return page("community/communities/logo.html", form=form, community=community(), status=status)
