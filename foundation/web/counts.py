"""The numbers of the bar and the bell alone, for pages that stand open when they change."""

from flask import Blueprint, Response

from foundation.errors import Missing
from foundation.web.guards import signed_in
from foundation.web.numbers import numbers_waiting
from foundation.web.pages import page
from foundation.web.state import actor

counts = Blueprint("counts", __name__, url_prefix="/c/<community>")


@counts.get("/counts")
@signed_in
def show() -> Response:
    who = actor()
    if not who.is_member:
        raise Missing()
    numbers_waiting(who)  # asked anew: this is fetched because they changed, perhaps by another process
    return page("foundation/_counts.html", apart=True)
