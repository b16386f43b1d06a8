"""The form of one category."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from community.categories.actions import CategoryWords
from community.categories.queries import Branch
from community.categories.rules import ICONS
from community.categories.tables import Category
from foundation.web.fields import choices
from foundation.web.formats import in_words
from foundation.web.forms import BaseForm

CARE_WORDS = {
    "none": _l("Nobody in particular"),
    "children": _l("Children: only somebody who has been met can come"),
    "frail": _l("Frail people: only somebody who has been met can come"),
}
FIELDS_WORDS = {
    "none": _l("None"),
    "childcare": _l("How many children, their ages, who picks them up"),
    "purchasing": _l("What to buy, how much, the share of the cost"),
    "housing": _l("What kind of help with the house, from when to when"),
}
ICON_WORDS = {
    "tie": _l("Two rings"),
    "child": _l("A child"),
    "book": _l("A book"),
    "people": _l("People"),
    "car": _l("A car"),
    "basket": _l("A basket"),
    "tool": _l("A tool"),
    "home": _l("A house"),
    "shield": _l("A shield"),
    "chat": _l("A speech bubble"),
    "calendar": _l("A calendar"),
    "clock": _l("A clock"),
    "globe": _l("A globe"),
    "phone": _l("A telephone"),
    "repeat": _l("Two arrows"),
    "share": _l("An arrow"),
    "print": _l("A printer"),
    "pin": _l("A place"),
    "hands": _l("Open hands"),
    "pot": _l("A pot"),
    "sheet": _l("A sheet"),
    "case": _l("A briefcase"),
    "paw": _l("A paw"),
    "leaf": _l("A leaf"),
}
"""What is drawn, for people who cannot see it."""


class CategoryForm(BaseForm):
    name_it = StringField(_l("Name in Italian"), [InputRequired(), Length(max=60)])
    name_en = StringField(_l("Name in English"), [Length(max=60)])
    parent_id = SelectField(_l("Below which category?"), coerce=lambda value: int(value) if value else None)
    icon = RadioField(_l("Drawing"), choices=choices((name, ICON_WORDS[name]) for name in ICONS), default="tie")
    care = RadioField(_l("Whom does it look after?"), choices=choices(CARE_WORDS), default="none")
    fields = RadioField(_l("What else should a post of this kind say?"), choices=choices(FIELDS_WORDS), default="none")
    confidential = BooleanField(_l("Needs of this kind start confidential: only the makers of the zone see them"))

    def __init__(self, branches: list[Branch], category: Category | None = None, **options: Any) -> None:
        if category is not None:
            options["data"] = {
                "name_it": category.names.get("it", ""),
                "name_en": category.names.get("en", ""),
                "parent_id": category.parent_id,
                "icon": category.icon,
                "care": category.care,
                "fields": category.fields,
                "confidential": category.confidential,
            }
        super().__init__(**options)
        others = [branch.category for branch in branches if category is None or branch.category.id != category.id]
        words = [("", _l("None: it stands by itself")), *((c.id, in_words(c.names)) for c in others)]
        self.parent_id.choices = choices(words)

    def words(self) -> CategoryWords:
        """What the maker said."""
        names = {"it": self.name_it.data or ""}
        if self.name_en.data:
            names["en"] = self.name_en.data
        return CategoryWords(
            names=names,
            icon=self.icon.data,
            care=self.care.data,
            fields=self.fields.data,
            confidential=self.confidential.data,
            parent_id=self.parent_id.data,
        )
