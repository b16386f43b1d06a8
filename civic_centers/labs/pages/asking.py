"""One page that asks one thing, and doing what was asked: once, or not at all and with the reason."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for

from civic_centers.labs.tables import Lab
from foundation.database import Session
from foundation.errors import DomainError, Missing, Stale
from foundation.once import first_time
from foundation.web import Answer, page, person_id, say, writing
from foundation.web.formats import explain
from foundation.web.forms import BaseForm

FORM = "civic_centers/labs/form.html"
NOT_TYPED = ("request_key", "csrf_token", "photo", "version")


def typed(form: BaseForm) -> str:
    """All that was typed: the same key with other words is not a repeat."""
    return "\n".join(f"{field.short_name}={field.data}" for field in form if field.short_name not in NOT_TYPED)


def attempt(form: BaseForm, act: Callable[[Session], object], *, checked: bool = False) -> int:
    """Do it once, and give 0; or what the answer is to say: 422 or 409, with the reason in the form. Raises Missing."""
    if not checked and not form.validate_on_submit():
        return 422
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=typed(form)):
                act(session)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return error.status
    return 0


def done(act: Callable[[Session], object], words: str) -> None:
    """Do what a button says, and say so; or say why not. Raises Missing."""
    try:
        with writing() as session:
            act(session)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return
    if words:
        say(words)


def ask(
    form: BaseForm,
    *,
    lab: Lab | None,
    title: str,
    url: str,
    button: str,
    fields: Sequence[tuple[str, str]],
    status: int = 200,
    lead: str = "",
    notes: Sequence[str] = (),
    back: tuple[str, str] | None = None,
    danger: bool = False,
    version: int | None = None,
    **more: Any,
) -> Answer:
    """The page of a form: fields by name with their hints, in order.

    `version` is that of the thing as it is now: it stands in the form once somebody was told that it changed.
    """
    if status == Stale.status and version is not None and "version" in form:
        form["version"].data = str(version)
    way = back or ((url_for(".show", lab_slug=lab.slug), lab.name) if lab is not None else None)
    return page(
        FORM, lab=lab, form=form, title=title, url=url, button=button, fields=fields, status=status, lead=lead,
        notes=notes, back=way, danger=danger, **more,
    )  # fmt: skip
