"""What child care, purchasing and housing are asked besides, in step 2."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from exchanges.posts import rules
from exchanges.posts.forms.step import Needed, Picks
from exchanges.posts.forms.when import WhenForm
from foundation.web.fields import DayField, EuroField, choices


class QuantityField(StringField):
    """An amount such as `2,5`; `.data` is whole thousandths, so that 2.5 kg is exact."""

    def process_data(self, value: int | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        found = re.fullmatch(r"([0-9]{1,5})(?:[.,]([0-9]{1,3}))?", typed)
        if found is None or not typed.strip("0.,"):
            raise ValidationError(_l("Write how much, as a number above zero such as 2,5."))
        self.data = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data / 1000:g}".replace(".", ",") if self.data is not None else ""


class ChildcareForm(WhenForm):
    """What child care is asked besides."""

    children = IntegerField(
        _l("How many children?"),
        [Needed(_l("Say how many children.")), Optional(), NumberRange(1, rules.MOST_CHILDREN)],
    )
    age_bands = Picks(_l("How old?"), choices=choices((band, band.replace("-", "–")) for band in rules.AGE_BANDS))
    where_words = StringField(_l("Where would they be?"), [Length(max=200)])
    pick_up = StringField(_l("Who picks them up?"), [Length(max=200)])

    def own(self) -> dict[str, Any]:
        if self.children.data is None:
            return {}
        return {
            "children": self.children.data,
            "age_bands": list(self.age_bands.data or ()),
            "where_words": self.where_words.data or "",
            "pick_up": self.pick_up.data or "",
        }


UNIT_WORDS = {
    "kg": _l("kilos"),
    "g": _l("grams"),
    "l": _l("litres"),
    "pieces": _l("pieces"),
    "boxes": _l("boxes"),
    "packs": _l("packs"),
}


class PurchasingForm(WhenForm):
    """What solidarity purchasing is asked besides."""

    what = StringField(_l("What is bought?"), [Needed(_l("Say what is bought.")), Length(max=200)])
    quantity = QuantityField(_l("How much?"), [Needed(_l("Say how much."))])
    unit = SelectField(_l("Of what"), choices=choices(UNIT_WORDS))
    share_cents = EuroField(_l("Share of the cost, in euros"), [Optional()])

    def own(self) -> dict[str, Any]:
        if not self.what.data or self.quantity.data is None:
            return {}
        return {
            "what": self.what.data,
            "quantity": self.quantity.data,
            "unit": self.unit.data,
            "share_cents": self.share_cents.data,
        }


HOUSING_WORDS = {
    "room": _l("A room, a bed"),
    "repair": _l("A repair at home"),
    "move": _l("Moving house"),
    "documents": _l("Papers and contracts"),
    "guarantee": _l("A deposit, a guarantee"),
}


class HousingForm(WhenForm):
    """What housing help is asked besides."""

    help = RadioField(_l("Which help?"), [Needed(_l("Say which help it is."))], choices=choices(HOUSING_WORDS))
    since = DayField(_l("From"), [Optional()])
    until = DayField(_l("To"), [Optional()])

    def own(self) -> dict[str, Any]:
        if not self.help.data:
            return {}
        return {"help": self.help.data, "since": self.since.data, "until": self.until.data}


WHEN_FORMS: dict[str, type[WhenForm]] = {
    "none": WhenForm,
    "childcare": ChildcareForm,
    "purchasing": PurchasingForm,
    "housing": HousingForm,
}
