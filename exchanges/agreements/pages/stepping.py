"""How a step is taken from a page, and how its reason is asked: of agreements, and of what stands beside them."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _

from exchanges.agreements.forms import AdultForm, PhoneForm, StepForm
from exchanges.agreements.pages.blueprint import once
from exchanges.agreements.rules import NotNow
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.web import Answer, page, redirect_to, say


def stepped(
    form: StepForm,
    deed: Callable[[Session], object],
    done: str,
    *,
    shown: Callable[[], Answer],
    stale: Callable[[], Answer],
    again: Callable[[], Answer] | None = None,
) -> Answer:
    """Do one step, say that it is `done` and go on to what is `shown` then.

    A `stale` form is shown how things stand now; a refused one comes back with `again`, where there is one to fill in.
    """
    try:
        once(form, deed)
    except NotNow:
        return stale()
    except DomainError as error:
        if again is None or isinstance(error, Missing):
            raise
        form.refuse(error)
        return again()
    say(done)
    return shown()


@dataclass(frozen=True)
class Reason:
    """A page that asks why: its title, what it explains, its button and the kind of it."""

    title: LazyString | str
    lead: LazyString | str
    button: LazyString | str
    kind: str


def reason_page(
    reason: Reason,
    form: StepForm,
    *,
    about: str,
    back_url: str,
    url: str,
    hint: str = "",
    quick_exit: bool = False,
    status: int = 200,
) -> Answer:
    """Ask why, beside what it is `about`; `hint` says who reads the words."""
    return page(
        "exchanges/agreements/reason.html",
        status=status,
        reason=reason,
        form=form,
        about=about,
        back_url=back_url,
        url=url,
        hint=hint,
        quick_exit=quick_exit,
    )


def who_page(
    form: AdultForm, *, about: str, back_url: str, url: str, care: bool, weekly: bool = False, status: int = 200
) -> Answer:
    """Ask who comes: to one meeting, or to all that are still to come."""
    return page(
        "exchanges/agreements/who.html",
        status=status,
        form=form,
        about=about,
        back_url=back_url,
        url=url,
        care=care,
        weekly=weekly,
    )


def said_on_the_phone(form: PhoneForm, deed: Callable[[Session], object], again: Callable[[], Answer]) -> Answer:
    """Write down what somebody answered on the phone, and go back to those who wait for a call."""
    try:
        once(form, deed)
    except NotNow:
        say(_("In the meantime they have answered, or something changed. Look again."), "info")
        return redirect_to("agreements.calls")
    except DomainError as error:
        if isinstance(error, Missing):
            raise
        error.field = "words" if error.field == "reason" else error.field
        form.refuse(error)
        return again()
    say(_("Written down, with your name as who wrote it."))
    return redirect_to("agreements.calls")
