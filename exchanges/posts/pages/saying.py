"""What is asked of the board, in a line that a person can read."""

from flask_babel import gettext as _

from community.availability.rules import PART
from community.communities.queries import Catalogue
from community.members.forms import TONGUES
from exchanges.posts.pages.words import weekday_name
from exchanges.posts.queries import Filters
from foundation.web.formats import in_words


def in_short(filters: Filters, catalogue: Catalogue) -> str:
    """Such as `“lavatrice”, Offers, Repairs, Vescovato, Tuesday, afternoon`; everything when nothing is asked."""
    kinds = {"need": _("Who needs"), "offer": _("Who offers")}
    pays = {"gift": _("Gifts"), "hours": _("In hours")}
    category = catalogue.categories.get(filters.category_id)
    parts = [
        f"“{filters.words}”" if filters.words else "",
        kinds.get(filters.kind, ""),
        in_words(category.names) if category else "",
        catalogue.zone_names.get(filters.zone_id, "") if filters.zone_id else "",
        weekday_name(filters.weekday) if filters.weekday else "",
        _(PART[filters.part].words) if filters.part else "",
        pays.get(filters.pay, ""),
        str(TONGUES.get(filters.language, "")),
        _("%(ages)s years", ages=filters.age.replace("-", "–")) if filters.age else "",
    ]
    return ", ".join(part for part in parts if part) or _("Everything on the board")
