"""The forms of the three steps, filled with what a post says and with the choices of its community."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from community.communities.queries import catalogue_of
from community.members.queries import makers_of
from community.organisations.queries import organisation_of
from community.parties.queries import party_visible_to
from exchanges.posts import rules
from exchanges.posts.forms import LONGEST_PHOTO_WORDS, WHEN_FORMS, HowForm, StepForm, WhatForm, WhenForm
from exchanges.posts.pages.words import VISIBILITY_WORDS, weekday_name
from exchanges.posts.queries import PostView
from foundation import clock
from foundation.errors import Missing
from foundation.web import actor, community, person_id, reading
from foundation.web.asked import row_number
from foundation.web.fields import choices
from foundation.web.formats import in_words
from foundation.web.forms import UNPRINTABLE


def new_form() -> WhatForm:
    """Step 1 of a post that is not there yet; an address may choose the category and say who is asked."""
    typed = {"category_id": request.args.get("category", type=row_number), "description": _to_whom()}
    return _with_categories(WhatForm(data=typed), None)


def what_form(view: PostView, **options: Any) -> WhatForm:
    """Step 1."""
    post = view.post
    data = {
        "title": post.title,
        "category_id": post.category_id,
        "description": post.description,
        "version": str(post.version),
        **{f"words_{photo.file_id}": photo.words for photo in view.photos},
    }
    form = _describing([photo.file_id for photo in view.photos])
    return _with_categories(form(data=data, **options), view)


def _describing(file_ids: Sequence[int]) -> type[WhatForm]:
    """Step 1 with a field for what is seen on each of these photographs."""
    label = _l("What is seen on it, for who cannot see it?")
    fields = {f"words_{file_id}": StringField(label, [Length(max=LONGEST_PHOTO_WORDS)]) for file_id in file_ids}
    return type("WhatForm", (WhatForm,), fields)


def when_form(view: PostView, **options: Any) -> WhenForm:
    """Step 2, with the questions of its category."""
    post = view.post
    data: dict[str, Any] = {
        "rhythm": post.rhythm or None,
        "weekdays": post.weekdays,
        "weekly_at": time.fromisoformat(post.weekly_at) if post.weekly_at else None,
        "when_words": post.when_words,
        "place": post.place or None,
        "place_words": post.place_words,
        "zone_id": post.zone_id,
        "version": str(post.version),
        "rows": str(max(len(view.dates), 1)),
    }
    for number, one in enumerate(view.dates[: rules.MOST_DATES], start=1):
        data[f"starts_{number}"] = one.starts_at
        data[f"ends_{number}"] = clock.local(one.ends_at, view.time_zone).time() if one.ends_at else None
    if view.own_fields is not None:
        data |= view.own_fields.model_dump(exclude={"post_id"})
    form = WHEN_FORMS[view.category.fields if view.category else "none"](data=data, **options)
    form.weekdays.choices = choices((day, weekday_name(day, "abbreviated")) for day in rules.WEEKDAYS)
    zones = catalogue_of(reading(), community()).zones
    form.zone_id.choices = choices([("", _l("Choose")), *((zone.id, zone.name) for zone in zones)])
    return form


def how_form(view: PostView, **options: Any) -> HowForm:
    """Step 3."""
    post = view.post
    several = "several" if post.places > 1 else "one"
    data = {
        "pay": "gift" if post.gift else "hours",
        "minutes": post.minutes,
        "for_whom": "always" if post.always else several,
        "places": post.places if post.places > 1 else None,
        "urgent": post.urgent,
        "expires_on": post.expires_on,
        "expense_cents": post.expense_cents or None,
        "expense_words": post.expense_words,
        "languages": post.languages,
        "visibility": post.visibility,
        "excluded_maker_id": post.excluded_maker_id,
        "outside_trade": post.outside_trade,
        "version": str(post.version),
    }
    form = HowForm(data=data, **options)
    allowed = [name for name in rules.VISIBILITIES if name != "confidential" or post.kind == "need"]
    form.visibility.choices = choices((name, VISIBILITY_WORDS[name]) for name in allowed)
    makers = [maker for maker in makers_of(reading(), community().id, post.zone_id) if maker.id != person_id()]
    form.excluded_maker_id.choices = choices([("", _l("Nobody")), *((maker.id, maker.name) for maker in makers)])
    return form


def is_trade(view: PostView) -> bool:
    """Whether a business offers something, and so declares that it is not its trade."""
    organisation = organisation_of(reading(), view.post.party_id)
    return view.post.kind == "offer" and organisation is not None and organisation.kind == "business"


def differences(form: StepForm, stored: StepForm) -> list[tuple[str, str]]:
    """Where a post that somebody changed meanwhile says otherwise than what was typed: field and present words."""
    found = []
    for field in form:
        now = stored._fields.get(field.name)
        if now is None:  # of a photograph that was taken away meanwhile
            continue
        if field.type not in ("HiddenField", "CSRFTokenField", "MultipleFileField") and field.data != now.data:
            found.append((str(field.label.text), _readable(now)))
    return found


def _readable(field: Any) -> str:
    chosen = field.data if isinstance(field.data, list) else [field.data]
    if getattr(field, "choices", None):
        return ", ".join(str(label) for value, label, *_rest in field.choices if value in chosen) or "–"
    if isinstance(field.data, bool):
        return _("Yes") if field.data else _("No")
    return str(field._value() if hasattr(field, "_value") else field.data) or "–"


def _with_categories(form: WhatForm, view: PostView | None) -> WhatForm:
    branches = catalogue_of(reading(), community()).branches
    every = [one for branch in branches for one in (branch.category, *branch.leaves)]
    form.category_id.branches, form.category_id.kept = branches, None
    if view is not None and view.category is not None and view.category.id not in {one.id for one in every}:
        form.category_id.kept = view.category  # retired since, but this post keeps it
        every.append(view.category)
    form.category_id.choices = choices([("", _l("Choose")), *((one.id, in_words(one.names)) for one in every)])
    return form


def _to_whom() -> str:
    """The first words of a need that was begun from somebody's page."""
    party_id = request.args.get("party", type=row_number)
    if party_id is None or not 0 < party_id < 2**31:
        return ""
    try:
        name = party_visible_to(reading(), actor(), party_id).name
    except Missing:
        return ""
    return UNPRINTABLE.sub("", _("%(name)s, I thought of you for this.", name=name)) + "\n"
