"""What people type about shared orders. Names of fields are those the domain errors use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from civic_centers.purchasing.actions.making import What
from civic_centers.purchasing.actions.placing import Where
from civic_centers.purchasing.rules.cycles import LONGEST_NAME, PACK_RULES, SHORT_RULES, SPLITS, Times
from exchanges.agreements.forms import whole_number
from foundation.errors import N_, Invalid
from foundation.web.fields import DayField, EuroField, LocalMomentField, choices
from foundation.web.forms import BaseForm


def said(words: Mapping[str, str]) -> list[SelectChoice]:
    """What there is to choose from, in the reader's language."""
    return choices((key, _l(sentence)) for key, sentence in words.items())


HOUR = _l("Write the time, such as 16:30.")


class OrderForm(BaseForm):
    """An order; the quantities stand beside it as `q<product>`."""

    version = HiddenField()
    for_friend = StringField(_l("Your friend’s name"), [Length(max=LONGEST_NAME)])
    place_id = RadioField(_l("Where do you fetch it?"), coerce=whole_number, validate_choice=False)

    @property
    def seen(self) -> int:
        """The version looked at; 0 where there was none."""
        return whole_number(self.version.data) or 0


class ReasonForm(BaseForm):
    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Say why: those who ordered read it.")), Length(max=300)])


class ChangeForm(ReasonForm):
    """A change to a family's order; quantities as `q<product>`."""

    version = HiddenField()
    place_id = RadioField(_l("Where do they fetch it?"), [Optional()], coerce=whole_number, validate_choice=False)


class PlaceForm(BaseForm):
    """Where it is fetched, from when to when."""

    center_id = SelectField(_l("A center"), coerce=whole_number, choices=[], validate_choice=False)
    place = StringField(_l("Or another place"), [Length(max=120)])
    starts = TimeField(_l("From"), [InputRequired(HOUR)])
    ends = TimeField(_l("To"), [InputRequired(HOUR)])
    move_turns = BooleanField(_l("Move these turns by as much"), default=True)

    def where(self) -> Where:
        """The place as it is meant."""
        return Where(self.place.data or "", self.starts.data, self.ends.data, self.center_id.data)


class DayForm(BaseForm):
    """The goods come on another day."""

    version = HiddenField()
    delivery_on = DayField(_l("The goods come on"), [InputRequired(_l("Write the day."))])
    move_turns = BooleanField(_l("Move these turns by as much"), default=True)


class AboutForm(BaseForm):
    """When a cycle opens and closes, and by which rules."""

    version = HiddenField()
    lab_id = SelectField(_l("Whose order is it?"), coerce=whole_number, choices=[], validate_choice=False)
    title = StringField(_l("Name"), [InputRequired(_l("Give the order a name.")), Length(max=120)])
    words = TextAreaField(_l("What families should know"), [Length(max=1000)])
    opens_at = LocalMomentField(_l("Opens"), [InputRequired(_l("Write the day and the time."))])
    closes_at = LocalMomentField(_l("Closes"), [InputRequired(_l("Write the day and the time."))])
    delivery_on = DayField(_l("The goods come on"), [InputRequired(_l("Write the day."))])
    move_turns = BooleanField(_l("Move these turns by as much"), default=True)
    minimum_cents = EuroField(_l("The least the supplier delivers for, in euro"), [Optional()])
    short_rule = RadioField(_l("If that is not reached"), choices=said(SHORT_RULES), default="send")
    pack_rule = RadioField(_l("If a pack is not full"), choices=said(PACK_RULES), default="trim")
    keep_open_hours = IntegerField(
        _l("Kept open for, in hours"),
        [InputRequired(_l("From 1 to 336 hours.")), NumberRange(1, 336, _l("From 1 to 336 hours."))],
        default=24,
    )
    keep_open_most = IntegerField(
        _l("At most so many times"),
        [InputRequired(_l("From 0 to 9 times.")), NumberRange(0, 9, _l("From 0 to 9 times."))],
        default=1,
    )
    drop_hours = IntegerField(
        _l("If a price changes, hours to take it out"),
        [InputRequired(_l("From 1 to 168 hours.")), NumberRange(1, 168, _l("From 1 to 168 hours."))],
        default=24,
    )

    def what(self) -> What:
        """What was said, validated. Raises Invalid."""
        opens, closes = self.opens_at.moment, self.closes_at.moment
        if not isinstance(opens, datetime) or not isinstance(closes, datetime):
            raise Invalid(N_("Write the day and the time, such as 26/11/2026 and 16:30."), field="closes_at")
        return What(
            title=self.title.data or "",
            words=self.words.data or "",
            times=Times(opens, closes, self.delivery_on.data),
            minimum_cents=self.minimum_cents.data or 0,
            short_rule=self.short_rule.data,
            pack_rule=self.pack_rule.data,
            keep_open_hours=self.keep_open_hours.data or 24,
            keep_open_most=self.keep_open_most.data or 0,
            drop_hours=self.drop_hours.data or 24,
            lab_id=self.lab_id.data,
        )


class NewForm(AboutForm, PlaceForm):
    """A new cycle: of whom, when, by which rules, and its first place."""

    supplier_id = SelectField(
        _l("Supplier"),
        [InputRequired(_l("Choose a supplier."))],
        coerce=whole_number,
        choices=[],
        validate_choice=False,
    )


class ProductForm(BaseForm):
    """What a group says of a product in a cycle; quantities in units, typed with a comma or a point."""

    group_least = StringField(_l("The least the group must reach"), [Length(max=20)])
    most = StringField(_l("How much there is at most"), [Length(max=20)])
    grams = IntegerField(
        _l("What one unit weighs, in grams"), [Optional(), NumberRange(0, 1_000_000, _l("From 0 to 1000000 grams."))]
    )


class CostForm(BaseForm):
    words = StringField(_l("What for?"), [InputRequired(_l("Say what it is for.")), Length(max=80)])
    cents = EuroField(_l("How much, in euro"), [InputRequired(_l("Write an amount such as 3,50."))])
    split = RadioField(_l("How is it split?"), choices=said(SPLITS), default="value")


class KeepersForm(BaseForm):
    who = SearchField(_l("Find somebody by name"), [Length(max=100)])
    people = SelectMultipleField(
        _l("Who is in charge?"), coerce=whole_number, choices=[], validate_choice=False,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip


class RhythmForm(BaseForm):
    every = RadioField(
        _l("How often does it come again?"),
        choices=choices(
            {
                "w1": _l("Every week"),
                "w2": _l("Every two weeks"),
                "m1": _l("Every month, on the same weekday"),
                "m2": _l("Every two months, on the same weekday"),
                "m3": _l("Every three months, on the same weekday"),
            }
        ),
        default="m1",
    )


class PauseForm(BaseForm):
    from_on = DayField(_l("From"), [InputRequired(_l("Write the day."))])
    until_on = DayField(_l("Until"), [InputRequired(_l("Write the day."))])


class TurnForm(BaseForm):
    """A turn of volunteers at a center."""

    center_id = SelectField(
        _l("At which center?"), [InputRequired(_l("Choose a center."))], coerce=whole_number, choices=[],
        validate_choice=False,
    )  # fmt: skip
    kind = RadioField(
        _l("What do they do?"),
        choices=choices({"distribution": _l("Giving out"), "pick_up": _l("Fetching from the supplier")}),
        default="distribution",
    )
    starts_at = LocalMomentField(_l("From"), [InputRequired(_l("Write the day and the time."))])
    ends_at = LocalMomentField(_l("To"), [InputRequired(_l("Write the day and the time."))])
    most = IntegerField(
        _l("How many people?"),
        [InputRequired(_l("From 1 to 50 people.")), NumberRange(1, 50, _l("From 1 to 50 people."))],
        default=2,
    )
    exchange = BooleanField(_l("It is an exchange with the community fund: who helps earns hours"))
    party_id = SelectField(
        _l("Otherwise, whose volunteers are they?"), coerce=whole_number, choices=[], validate_choice=False
    )

    def validate_ends_at(self, field: Any) -> None:
        """The end comes after the beginning."""
        if field.data is not None and self.starts_at.data is not None and field.data <= self.starts_at.data:
            raise ValidationError(_l("It must end after it begins."))
