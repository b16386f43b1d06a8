"""Where the addresses of series begin, and what their templates say things with."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Blueprint

from exchanges.agreements.pages.blueprint import travel_words
from exchanges.agreements.pages.showing import new_key
from exchanges.series.pages import words

series = Blueprint("series", __name__, url_prefix="/c/<community>")


@series.context_processor
def saying() -> dict[str, Callable[..., Any]]:
    """How a rhythm is said, whether the journey counts, and a key for a form of one button."""
    return {
        "travel_words": travel_words,
        "rhythm_words": words.rhythm,
        "span_words": words.span,
        "clock_words": words.clocks,
        "new_key": new_key,
    }


def day_of(text: str) -> date | None:
    """A day in an address, such as 2027-03-02; None for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day of the community, not a moment
    except ValueError:
        return None
