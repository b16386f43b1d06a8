"""Templates translate sentences of ours and nothing else: `_()` takes a message for markup, and `%` for a sign."""

from functools import cache
from typing import Any

from babel.messages.mofile import read_mo
from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from translations.__main__ import CATALOGUES


def watch(flask: Flask) -> None:
    """From now on a template that translates words which stand in no catalogue fails its test."""
    translate = flask.jinja_env.globals["gettext"]

    @pass_context
    def gettext(context: Context, message: str, *numbers: Any, **params: Any) -> str:
        assert message in _messages(), f"{context.name} translates somebody's words: {message!r}"
        return translate(context, message, *numbers, **params)

    flask.jinja_env.globals["gettext"] = gettext


@cache
def _messages() -> set[str]:
    with (CATALOGUES / "it/LC_MESSAGES/messages.mo").open("rb") as compiled:
        said = read_mo(compiled)
    return {message.id if isinstance(message.id, str) else message.id[0] for message in said if message.id}
