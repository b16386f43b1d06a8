"""One page that asks one thing, and doing what was asked: once, or not at all and with the reason."""

from collections.abc import Callable, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import url_for

from civic_centers.labs.tables import Lab
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import DomainError, Missing, Stale
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, say, writing
from foundation.web.formats import explain
from foundation.web.forms import BaseForm

FORM = "civic_centers/labs/form.html"
P = ParamSpec("P")
T = TypeVar("T")


def attempt(
    form: BaseForm, act: Callable[Concatenate[Session, Actor, P], object], *args: P.args, **more: P.kwargs
) -> int:
    """Let the reader do what a form asks for, once, and give 0; or the status of an answer that says why not.

    The reason stands in the form then. Raises Missing.
    """
    return attempt_checked(form, act, *args, **more) if form.validate_on_submit() else 422


def attempt_checked(
    form: BaseForm, act: Callable[Concatenate[Session, Actor, P], object], *args: P.args, **more: P.kwargs
) -> int:
    """The same with a form in which everything was found right already."""
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                act(session, actor(), *args, **more)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return error.status
    return 0


def done(words: str, act: Callable[Concatenate[Session, Actor, P], T], *args: P.args, **more: P.kwargs) -> T | None:
    """Let the reader do what a button says, say so, and give what came of it; or say why not. Raises Missing."""
    try:
        with writing() as session:
            made = act(session, actor(), *args, **more)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return None
    say(words)
    return made


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
