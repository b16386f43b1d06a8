"""Where the addresses of groups begin, and what their templates say things with."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from exchanges.agreements.pages.blueprint import travel_words
from exchanges.agreements.pages.showing import new_key
from exchanges.groups.pages import words

groups = Blueprint("groups", __name__, url_prefix="/c/<community>")


@groups.context_processor
def saying() -> dict[str, Callable[..., Any]]:
    """How a rule is said, how a place stands, and a key for a form of one button."""
    return {
        "travel_words": travel_words,
        "rule_words": words.rule_words,
        "place_state": words.place_state,
        "new_key": new_key,
    }
