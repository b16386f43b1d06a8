"""The makers' grid of paper cheques."""

from flask import request
from flask_babel import ngettext

from exchanges.agreements import actions
from exchanges.agreements.actions import BadCheques
from exchanges.agreements.forms import whole_number
from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.pages.grid import Grid, Row
from exchanges.agreements.policies import CHEQUES
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing

GRID = "exchanges/agreements/cheques.html"


@agreements.get("/cheques")
@requires(CHEQUES)
def cheques() -> Answer:
    return page(GRID, grid=Grid.empty(reading(), actor(), community()))


@agreements.post("/cheques")
@requires(CHEQUES)
def copy_cheques() -> Answer:
    grid = Grid.typed(reading(), actor(), community(), request.form)
    if "more" in request.form:
        return page(GRID, grid=grid.longer())
    if not grid.check(reading(), actor()):
        return page(GRID, grid=grid, status=422)
    try:
        with writing() as session:
            made = actions.record_cheques(session, actor(), grid.cheques, request_key=grid.request_key)
    except BadCheques as error:
        grid.blame(error)
        return page(GRID, grid=grid, status=422)
    except Missing:
        raise
    except DomainError as error:
        grid.blame_whole(error)
        return page(GRID, grid=grid, status=422)
    count = len(made) or len(grid.cheques)
    say(
        ngettext(
            "%(num)s cheque copied: its hours have moved.", "%(num)s cheques copied: their hours have moved.", count
        )
    )
    return redirect_to(".cheques")


@agreements.post("/cheques/row")
@requires(CHEQUES)
def check_row() -> Answer:
    """What is wrong with one row, as it is typed. Writes nothing."""
    number = whole_number(request.form.get("row", "")) or 0
    grid = Grid.typed(reading(), actor(), community(), request.form)
    row: Row | None = next((one for one in grid.rows if one.number == number), None)
    if row is None:
        raise Missing()
    row.check(reading(), actor())
    return page(GRID, part="exchanges/agreements/_cheque_check.html", grid=grid, row=row, as_typed=True)
