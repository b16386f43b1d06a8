"""Rules of the domain as validators of form fields."""

from collections.abc import Callable
from typing import Any

from wtforms import ValidationError

from foundation.errors import DomainError
from foundation.web.formats import explain


class ByRule:
    """Hold a field against a pure rule, and keep what the rule made of it (an address in lower case, tidy spaces).

    Empty fields are left alone: whether one may be empty is another validator's business.
    """

    def __init__(self, rule: Callable[..., Any], **options: Any) -> None:
        self._rule = rule
        self._options = options

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data:
            return
        try:
            tidy = self._rule(field.data, **self._options)
        except DomainError as error:
            raise ValidationError(explain(error)) from error
        if tidy is not None:
            field.data = tidy
