"""The page of history: who changed what, from what to what."""

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from community.changes.policies import HISTORY
from community.changes.queries import history, leads_named
from community.changes.rules import KINDS, UNTOLD
from foundation.feature import registry
from foundation.personal import BASES
from foundation.web import Answer, actor, page, reading, requires
from foundation.web.asked import row_number
from foundation.web.formats import hours, in_words

changes = Blueprint("changes", __name__, url_prefix="/c/<community>/running/history")

KIND_WORDS = {
    "page": _l("Page and contacts"),
    "rules": _l("Rules"),
    "zone": _l("Zone"),
    "question": _l("Question"),
    "category": _l("Category"),
    "requirement": _l("What care asks for"),
    "lead": _l("Safeguarding lead"),
    "desk": _l("The makers' desk"),
    "resting": _l("Quiet members"),
    "broadcasts": _l("Messages to many"),
    "privacy": _l("Who answers for the data"),
    "keeping": _l("Why and how long data is kept"),
}
FIELD_WORDS = {
    "name": _l("Name"),
    "names": _l("Name"),
    "words": _l("Words"),
    "territory": _l("Places it covers"),
    "welcome": _l("Welcome"),
    "contact_name": _l("Who answers"),
    "contact_phone": _l("Telephone"),
    "contact_email": _l("E-mail"),
    "contact_hours": _l("When somebody answers"),
    "about": _l("Who we are"),
    "house_rules": _l("How we do it here"),
    "footer": _l("A line at the foot of every page"),
    "languages": _l("Languages"),
    "logo": _l("Logo"),
    "address": _l("Address"),
    "email": _l("E-mail"),
    "officer": _l("Data protection officer"),
    "identity": _l("Identity seen"),
    "references": _l("References"),
    "trainings": _l("Training"),
    "minimum_age": _l("From what age"),
    "certificate": _l("Certificate"),
    "certificate_basis": _l("Legal basis of the certificate"),
    "public_place": _l("First meeting in a public place"),
    "newcomer_posts": _l("First posts read by makers"),
    "categories": _l("Categories"),
    "ask_after_months": _l("Months without anything, before we ask"),
    "rest_after_days": _l("Days without an answer, before we let them rest"),
    "approval_above": _l("People from which on a second maker reads it"),
    "urgent_hours": _l("Hours for what is urgent"),
    "other_hours": _l("Hours for the rest"),
    "neighbours": _l("Zones beside it"),
    "map": _l("Place on the drawing"),
    "in_use": _l("In use"),
    "required": _l("They must answer"),
    "place": _l("Place in the list"),
    "icon": _l("Drawing"),
    "care": _l("Whom it looks after"),
    "fields": _l("Fields of its own"),
    "confidential": _l("Starts confidential"),
    "parent": _l("Stands below"),
    "floor_minutes": _l("Down to"),
    "soft_floor_minutes": _l("Kind word at"),
    "ceiling_minutes": _l("Up to"),
    "welcome_minutes": _l("Welcome hours"),
    "auto_confirm_days": _l("Days for silence"),
    "travel_time_counts": _l("Travel time"),
    "card_before_giving": _l("Card before giving"),
    "mandate_months": _l("Without e-mail: months until asked again"),
    "cheque_months": _l("Months a time cheque is good"),
    "cheque_most_minutes": _l("Most on time cheques"),
    "approval": _l("How people join"),
    "basis": _l("On which ground"),
}
VALUE_WORDS = {
    "none": _l("none"),
    "children": _l("children"),
    "frail": _l("frail people"),
    "maker": _l("a maker meets them"),
    "invitation": _l("by invitation only"),
}


@changes.get("/")
@requires(HISTORY)
def show() -> Answer:
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    found, more = history(reading(), actor(), kind=kind, before=request.args.get("before", type=row_number))
    return page(
        "community/changes/history.html",
        found=[(change, person, lines_of(change.before, change.after)) for change, person in found],
        more=more,
        kind=kind,
        kind_words=KIND_WORDS,
        leads=leads_named(reading(), (change for change, _person in found)),
    )


def lines_of(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each thing that became different: what, before, after, in words."""
    times = {one.name: one.words for one in registry.every("retentions")}
    return [
        (_(times[name]), _days(before.get(name)), _days(after.get(name)))
        if name in times
        else (str(FIELD_WORDS.get(name, name)), _said(name, before.get(name)), _said(name, after.get(name)))
        for name in after
    ]


def _days(value: Any) -> str:
    """How long something is kept."""
    return _("as usual") if value is None else ngettext("%(num)s day", "%(num)s days", value)


def _said(name: str, value: Any) -> str:
    if name == "basis":
        return _(BASES[value]) if value in BASES else _("as usual")
    if isinstance(value, list):
        value = " · ".join(str(one) for one in value if one is not None)
    if value is None or value in ("", {}):
        return _("nothing")
    if value == UNTOLD:
        return UNTOLD
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return in_words(value)
    if name == "logo":
        return _("picture %(number)s", number=value)
    if name.endswith("_minutes"):
        return hours(value)
    return str(VALUE_WORDS.get(value, value))
