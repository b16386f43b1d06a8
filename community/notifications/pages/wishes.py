"""How somebody wishes to be reached, and the kinds of notices that were stopped."""

from flask import request
from flask_babel import gettext as _

from community.members.queries import person_of
from community.notifications import actions
from community.notifications.forms import WishesForm
from community.notifications.pages import notifications
from community.notifications.pages.notices import words_of
from community.notifications.policies import WAITING
from community.notifications.queries import is_reached_by_push, roles_of, stops_of, wishes_of
from foundation.errors import Invalid
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.language import language_name


@notifications.get("/c/<community>/me/notices")
@requires(WAITING)
def wishes() -> Answer:
    return _wishes_page(WishesForm(wishes_of(reading(), actor().must_be_person()), _roles()))


@notifications.post("/c/<community>/me/notices")
@requires(WAITING)
def keep_wishes() -> Answer:
    roles = _roles()
    form = WishesForm(wishes_of(reading(), actor().must_be_person()), roles)
    if not form.validate_on_submit():
        return _wishes_page(form, status=422)
    try:
        with writing() as session:
            actions.keep_wishes(session, actor(), form.wishes, roles)
    except Invalid as error:
        form.refuse(error)
        return _wishes_page(form, status=422)
    say(_("Kept: it holds from now on."))
    return redirect_to(".wishes")


@notifications.post("/c/<community>/me/notices/<any(go_on, stop):answer>")
@requires(WAITING)
def answer_stop(answer: str) -> Answer:
    with writing() as session:
        actions.answer_stop(session, actor(), request.form.get("notice", "")[:60], go_on=answer == "go_on")
    say(_("Good: we go on writing to you.") if answer == "go_on" else _("Good: you find them only here."))
    return redirect_to(".wishes" if request.form.get("from") == "wishes" else ".notices")


def _roles() -> set[str]:
    return roles_of(reading(), actor().must_be_person(), community().id)


def _wishes_page(form: WishesForm, status: int = 200) -> Answer:
    me = actor().must_be_person()
    person = person_of(reading(), me)
    sections = [hook(reading(), actor()) for hook in registry.hooks("notice_settings_sections")]
    return page(
        "community/notifications/wishes.html",
        form=form,
        person=person,
        language=language_name(person.language),
        has_push=is_reached_by_push(reading(), me),
        stopped=[(stop, words_of(last)[0]) for stop, last in stops_of(reading(), me)],
        sections=[section for section in sections if section],
        status=status,
    )
