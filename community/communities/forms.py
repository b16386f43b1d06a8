"""Running a community: its page, zones, questions and rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from community.communities.rules import TEXTS, RuleBook
from community.members.rules import tidy_email, tidy_phone
from community.zones.rules import MAP_EDGE
from foundation.web.fields import choices
from foundation.web.forms import BaseForm
from foundation.web.language import language_name
from foundation.web.validators import ByRule

A_MINUTE_COUNT = NumberRange(min=0, max=1000)


class PageForm(BaseForm):
    """What visitors read."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=120)])
    territory = StringField(_l("Places it covers"), [Length(max=200)])
    contact_name = StringField(_l("Who answers"), [Length(max=120)])
    contact_phone = StringField(_l("Telephone"), [Length(max=40), ByRule(tidy_phone, field="contact_phone")])
    contact_email = StringField(_l("E-mail"), [Length(max=254), ByRule(tidy_email, field="contact_email")])


def in_languages(
    base: type[BaseForm], codes: Iterable[str], fields: Mapping[str, tuple[type[Field], Any, list[Any]]]
) -> Any:
    """The form `base` with each of `fields` (its class, label and checks) once a language: `name_code`.

    The form it gives has `words(name)`: what was written, by language code, and `of_language(name)`: its fields.
    """
    languages = list(codes)

    class WordsForm(base):  # type: ignore[misc,valid-type]  # its fields depend on the community
        def words(self, name: str) -> dict[str, str]:
            return {code: self[f"{name}_{code}"].data or "" for code in languages}

        def of_language(self, name: str) -> list[Field]:
            return [self[f"{name}_{code}"] for code in languages]

    for name, (kind, label, checks) in fields.items():
        for code in languages:
            spoken = f"{label} ({language_name(code)})" if len(languages) > 1 else str(label)
            setattr(WordsForm, f"{name}_{code}", kind(spoken, list(checks)))
    return WordsForm


PAGE_WORDS = {
    "welcome": (TextAreaField, _l("One sentence for visitors"), [Length(max=400)]),
    "contact_hours": (StringField, _l("When somebody answers"), [Length(max=120)]),
}
TEXT_WORDS = {
    "about": (TextAreaField, _l("Who we are"), [Length(max=TEXTS["about"])]),
    "house_rules": (TextAreaField, _l("How we do it here"), [Length(max=TEXTS["house_rules"])]),
    "footer": (StringField, _l("A line at the foot of every page"), [Length(max=TEXTS["footer"])]),
}
QUESTION_WORDS = {"words": (StringField, _l("The question"), [InputRequired(), Length(max=300)])}


class LanguagesForm(BaseForm):
    """In which languages a community speaks; its choices are those of the installation."""

    spoken = SelectMultipleField(_l("Languages"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    usual = RadioField(_l("The usual one"))

    def chosen(self) -> list[str]:
        """The codes, the usual one first."""
        return [self.usual.data, *(code for code in self.spoken.data or [] if code != self.usual.data)]


class LogoForm(BaseForm):
    """One picture."""

    logo = FileField(_l("A picture"))


class ZoneForm(BaseForm):
    """A zone's name."""

    name = StringField(_l("Name of the zone"), [InputRequired(), Length(max=120)])


class ZonePageForm(ZoneForm):
    """A zone's name, which zones touch it, and where it lies on the drawing."""

    neighbours = SelectMultipleField(
        _l("Zones beside it"), coerce=int, choices=[], widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    map_x = IntegerField(_l("From west (0) to east (100)"), [Optional(), NumberRange(min=0, max=MAP_EDGE)])
    map_y = IntegerField(_l("From north (0) to south (100)"), [Optional(), NumberRange(min=0, max=MAP_EDGE)])


class QuestionForm(BaseForm):
    """A question for who applies."""

    required = BooleanField(_l("They must answer"))


class RulesForm(BaseForm):
    """The rules in whole hours, as people think of them; kept in minutes."""

    floor_minutes = IntegerField(
        _l("How many hours more than given one may receive"), [InputRequired(), A_MINUTE_COUNT]
    )
    soft_floor_minutes = IntegerField(_l("From how many hours we say it kindly"), [InputRequired(), A_MINUTE_COUNT])
    ceiling_minutes = IntegerField(
        _l("How many hours more than received one may give"), [InputRequired(), A_MINUTE_COUNT]
    )
    welcome_minutes = IntegerField(_l("Welcome hours for who joins"), [InputRequired(), A_MINUTE_COUNT])
    auto_confirm_days = IntegerField(
        _l("Days after which silence confirms"), [InputRequired(), NumberRange(min=1, max=60)]
    )
    travel_time_counts = BooleanField(_l("Travel time counts"))
    card_before_giving = BooleanField(_l("Who gives needs a membership card"))
    mandate_months = IntegerField(
        _l("After how many months who has no e-mail is asked again"), [InputRequired(), NumberRange(min=1, max=36)]
    )
    cheque_months = IntegerField(
        _l("For how many months a time cheque is good"), [InputRequired(), NumberRange(min=1, max=24)]
    )
    cheque_most_minutes = IntegerField(
        _l("How many hours one may have on time cheques"), [InputRequired(), NumberRange(min=0, max=100)]
    )
    approval = RadioField(
        _l("How people join"),
        choices=choices(
            {
                "maker": _l("They ask, and a maker of their zone meets them"),
                "invitation": _l("By invitation only"),
            }
        ),
    )

    @classmethod
    def showing(cls, rules: Any) -> "RulesForm":
        """The form filled with rules in force."""
        return cls(
            floor_minutes=-rules.floor_minutes // 60,
            soft_floor_minutes=-rules.soft_floor_minutes // 60,
            ceiling_minutes=rules.ceiling_minutes // 60,
            welcome_minutes=rules.welcome_minutes // 60,
            auto_confirm_days=rules.auto_confirm_days,
            travel_time_counts=rules.travel_time_counts,
            card_before_giving=rules.card_before_giving,
            mandate_months=rules.mandate_months,
            cheque_months=rules.cheque_months,
            cheque_most_minutes=rules.cheque_most_minutes // 60,
            approval=rules.approval,
        )

    def book(self) -> RuleBook:
        """The rules in minutes."""
        return RuleBook(
            floor_minutes=-60 * (self.floor_minutes.data or 0),
            soft_floor_minutes=-60 * (self.soft_floor_minutes.data or 0),
            ceiling_minutes=60 * (self.ceiling_minutes.data or 0),
            welcome_minutes=60 * (self.welcome_minutes.data or 0),
            auto_confirm_days=self.auto_confirm_days.data or 0,
            travel_time_counts=bool(self.travel_time_counts.data),
            card_before_giving=bool(self.card_before_giving.data),
            mandate_months=self.mandate_months.data or 0,
            cheque_months=self.cheque_months.data or 0,
            cheque_most_minutes=60 * (self.cheque_most_minutes.data or 0),
            approval=self.approval.data or "",
        )
