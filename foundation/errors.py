"""Errors a person may cause. Each carries an English message; the web layer translates it and fills the parameters.

They are raised by rules, policies, queries and actions, which know nothing of requests or languages.
"""


def N_(text: str) -> str:
    """Mark `text` for the translation catalogue without translating it here."""
    return text


class DomainError(Exception):
    """Something cannot be done, and a person should read why.

    `message` is an English sentence from the catalogue with %(name)s places; `params` fills them; `field`
    names the form field it belongs to; `advice` is a second sentence that says what to do instead.
    A parameter whose name ends in `_minutes` is shown as hours, an aware datetime as a day and time,
    a Decimal with the point or comma of the reader.
    """

    status = 409

    def __init__(self, message: str, *, field: str | None = None, advice: str | None = None, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.advice = advice
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Missing(DomainError):
    """There is no such thing, or nothing this person may know about: the two must look the same."""

    status = 404

    def __init__(self, message: str = "") -> None:
        super().__init__(message or N_("This page does not exist, or it is not for you."))


class Refused(DomainError):
    """A rule says no."""

    status = 409


class Stale(DomainError):
    """Somebody was faster; the page shows the new state."""

    status = 409


class Invalid(DomainError):
    """What was typed cannot be right."""

    status = 422
