"""The households without e-mail of the maker's zones, and opening one."""

from flask import request
from flask_babel import gettext as _

from community.mandates import actions
from community.mandates.forms import HomeForm
from community.mandates.pages import mandates
from community.mandates.policies import KEEP
from community.mandates.queries import gone, homes
from community.mandates.rules import TEXT
from community.zones.queries import zone_names, zones_of
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, settings, writing
from foundation.web.fields import choices
from foundation.web.language import language_name


@mandates.get("/")
@requires(KEEP)
def listing() -> Answer:
    words = request.args.get("q", "").replace("\x00", "")[:100]
    return page(
        "community/mandates/list.html",
        found=homes(reading(), actor(), words),
        gone=gone(reading(), actor()),
        words=words,
        zones=zone_names(reading(), community().id),
        links=[link for hook in registry.hooks("offline_links") for link in hook(actor())],
    )


@mandates.get("/new")
@requires(KEEP)
def ask_new() -> Answer:
    return _page(HomeForm(formdata=None, agreed_on=clock.today(community().time_zone)))


@mandates.post("/new")
@requires(KEEP)
def open_new() -> Answer:
    form = HomeForm()
    _fill(form)
    if not form.validate_on_submit():
        return _page(form, status=422)
    try:
        with writing() as session:
            party_id = actions.open_household(
                session, actor(), form.home(), form.said(), request_key=form.request_key.data or ""
            )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(form, status=422)
    say(_("Welcome to them. Now you can print their card, and act for them."))
    return redirect_to(".show", party_id=party_id)


def _fill(form: HomeForm) -> None:
    within = actor().zones_for(KEEP)
    zones = [zone for zone in zones_of(reading(), community().id) if within is None or zone.id in within]
    form.zone_id.choices = choices([(zone.id or 0, zone.name) for zone in zones])
    form.language.choices = choices([(code, language_name(code)) for code in settings().language_codes])


def _page(form: HomeForm, status: int = 200) -> Answer:
    _fill(form)
    return page("community/mandates/new.html", form=form, text=TEXT, status=status)
