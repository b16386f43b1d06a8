"""Writing a message to many, and changing it."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from community.broadcasts import actions
from community.broadcasts.forms import TEXTS, BroadcastForm
from community.broadcasts.pages import broadcasts
from community.broadcasts.policies import WRITE, audience_named
from community.broadcasts.queries import draft_of, view_for, zones_to_write_to
from community.broadcasts.rules import EVERYBODY, MOST_LINKS, ZONES, Draft
from community.communities.forms import in_languages
from foundation.errors import DomainError, Missing
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.formats import explain
from foundation.web.language import spoken_here


@broadcasts.get("/broadcasts/new")
@requires(WRITE)
def ask_new() -> Answer:
    audience, object_id = _thing()
    return _page(_form(Draft("", {}, {}), purpose="needed" if object_id else "news"), audience, object_id)


@broadcasts.post("/broadcasts/new")
@requires(WRITE)
def create() -> Answer:
    audience, object_id = _thing()
    form = _form()
    if not form.validate_on_submit():
        return _page(form, audience, object_id, status=422)
    key, me = form.request_key.data, actor().person_id
    try:
        with writing() as session:
            if first_time(session, f"broadcast {key}" if key else "", me, content=form.typed()):
                number = actions.start(session, actor(), form.draft(audience, object_id))
                remember(session, f"broadcast {key}" if key else "", me, made("broadcast", number))
            else:
                number = number_made(session, f"broadcast {key}", me, "broadcast")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(form, audience, object_id, status=error.status)
    return redirect_to(".show", broadcast_id=number)


@broadcasts.get("/broadcasts/<int:broadcast_id>/edit")
@requires(WRITE)
def edit(broadcast_id: int) -> Answer:
    view = view_for(reading(), actor(), broadcast_id)
    if not view.is_own or view.broadcast.state not in ("draft", "waiting", "planned"):
        raise Missing()
    form = _form(draft_of(reading(), view.broadcast), version=view.broadcast.version)
    return _page(form, view.broadcast.audience, view.broadcast.object_id, broadcast_id=broadcast_id)


@broadcasts.post("/broadcasts/<int:broadcast_id>/edit")
@requires(WRITE)
def keep(broadcast_id: int) -> Answer:
    view = view_for(reading(), actor(), broadcast_id)
    audience, object_id = view.broadcast.audience, view.broadcast.object_id
    if not view.is_own:
        raise Missing()
    form = _form()
    if not form.validate_on_submit():
        return _page(form, audience, object_id, broadcast_id=broadcast_id, status=422)
    typed = form.version.data or ""
    version = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0
    try:
        with writing() as session:
            actions.change(session, actor(), broadcast_id, form.draft(audience, object_id), version=version)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(form, audience, object_id, broadcast_id=broadcast_id, status=error.status)
    say(_("Kept. It does not go out before you send it off."))
    return redirect_to(".show", broadcast_id=broadcast_id)


def _thing() -> tuple[str, int | None]:
    """The kind of people and the thing that stand in the address, where it goes to the people of one."""
    object_id = request.args.get("of", type=row_number)
    return (request.args.get("kind", ""), object_id) if object_id is not None else ("", None)


def _form(draft: Draft | None = None, **filled: Any) -> Any:
    """The form in the languages of the community; filled with a draft, or with what was typed."""
    if draft is not None:
        for name, texts in (("subject", draft.subject), ("words", draft.words)):
            filled |= {f"{name}_{code}": text for code, text in texts.items()}
        for number, link in enumerate(draft.links, 1):
            filled |= {f"link_{number}": link.words, f"url_{number}": link.url}
        if draft.audience:
            filled |= {"whom": draft.audience, "zones": list(draft.zone_ids), "purpose": draft.purpose}
        filled |= {"reason": draft.reason, "send_at": draft.send_at}
    form = in_languages(BroadcastForm, spoken_here(), TEXTS)(**filled)
    mine = zones_to_write_to(reading(), actor())
    form.zones.choices = [(zone.id, zone.name) for zone in mine]
    if actor().zones_for(WRITE) is not None:
        form.whom.choices = [choice for choice in form.whom.choices if _value(choice) != EVERYBODY]
    if form.zones.data is None or (not form.is_submitted() and not form.zones.data and len(mine) == 1):
        form.zones.data = [zone.id for zone in mine] if len(mine) == 1 else []
    if form.whom.data not in (ZONES, EVERYBODY):
        form.whom.data = ZONES
    return form


def _value(choice: Any) -> str:
    return str(choice.value if hasattr(choice, "value") else choice[0])


def _page(
    form: Any, audience: str, object_id: int | None, *, broadcast_id: int | None = None, status: int = 200
) -> Answer:
    title, kind = "", ""
    if object_id is not None:
        declared = audience_named(audience)
        if not declared.may(reading(), actor(), object_id):
            raise Missing()
        title, kind = declared.about(reading(), actor(), object_id)[0], declared.words
    return page(
        "community/broadcasts/edit.html",
        form=form,
        kind=audience,
        object_id=object_id,
        title=title,
        kind_words=kind,
        broadcast_id=broadcast_id,
        link_numbers=range(1, MOST_LINKS + 1),
        problem=[explain(error) if isinstance(error, DomainError) else str(error) for error in form.form_errors],
        status=status,
    )
