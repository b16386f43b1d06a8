"""The public page of what makers did in a year."""

from flask import request

from community.moderation.forms import DONE_WORDS
from community.moderation.pages.blueprint import moderation
from community.moderation.queries import year_of
from community.moderation.rules import FEWEST, OUTCOMES
from foundation import clock
from foundation.web import Answer, community, page, public, reading
from foundation.web.asked import row_number

EARLIEST = 2020


@moderation.get("/makers-year")
@public
def makers_year() -> Answer:
    here = community()
    this_year = clock.today(here.time_zone).year
    year = min(max(request.args.get("year", this_year, type=row_number), EARLIEST), this_year)
    found = year_of(reading(), here.id, year, here.time_zone)
    return page(
        "community/moderation/year.html",
        found=found,
        this_year=this_year,
        earliest=EARLIEST,
        outcomes=OUTCOMES,
        done=DONE_WORDS,
        fewest=FEWEST,
    )
