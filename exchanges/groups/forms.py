"""What people type about a group. Names of fields are those the domain errors use."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from community.threads.rules import LONGEST_MESSAGE
from exchanges.agreements.forms import Seconds, StepForm, whole_number
from exchanges.agreements.rules import LONGEST_PLACE, LONGEST_REASON, LONGEST_TITLE
from exchanges.groups.rules import Terms
from exchanges.groups.tables import GroupExchange
from foundation.web.fields import DayField, EuroField, LocalMomentField, MinutesField, choices
from foundation.web.forms import BaseForm

GIFT = "gift"
RULE_WORDS = {
    "fund": _l("Each gives the time; beyond the host's, it goes to the community fund"),
    "equal": _l("All share the time equally"),
    "weighted": _l("Each says how much they give"),
    GIFT: _l("As a gift: no hours move"),
}
PLACE_WORDS = {
    "": _l("We will see"),
    "host": _l("At my home"),
    "somewhere": _l("Somewhere else"),
    "remote": _l("At a distance"),
}


class GroupForm(Seconds, StepForm):
    """When all meet, how long, how the hours are shared, where, for how many."""

    starts_at = LocalMomentField(
        _l("When"), [InputRequired(_l("Say when you meet: everybody comes at the same time."))]
    )
    rule = RadioField(_l("How are the hours shared?"), choices=choices(RULE_WORDS), default="fund")
    minutes = MinutesField(_l("How long"))
    places = IntegerField(_l("For how many households?"), [InputRequired(_l("Say for how many."))])
    adult = SelectField(_l("Who of you gives"), coerce=whole_number, validate_choice=False)
    place = RadioField(_l("Where"), choices=choices(PLACE_WORDS), default="")
    place_words = StringField(_l("Which place"), [Length(max=LONGEST_PLACE)])
    expense = EuroField(_l("Euro from each"), [Optional()])
    expense_words = StringField(_l("What for"), [Length(max=LONGEST_PLACE)])
    words = TextAreaField(_l("Two words for all"), [Length(max=LONGEST_MESSAGE)])

    def terms(self) -> Terms:
        """What was typed."""
        return Terms(
            starts_at=self.starts_at.moment,
            minutes=None if self.rule.data == GIFT else self.minutes.data,
            rule=self.rule.data or "",
            places=self.places.data or 0,
            adult_id=self.adult.data,
            second_id=self.second.data,
            place=self.place.data or "",
            place_words=self.place_words.data or "",
            expense_cents=self.expense.data or 0,
            expense_words=self.expense_words.data or "",
        )


def as_typed(group: GroupExchange) -> dict[str, object]:
    """A group as it stands, for a form that starts from it."""
    return {
        "starts_at": group.starts_at,
        "rule": group.rule,
        "minutes": group.minutes or None,
        "places": group.places,
        "adult": group.adult_id,
        "second": group.second_id,
        "place": group.place,
        "place_words": group.place_words,
        "expense": group.expense_cents or None,
        "expense_words": group.expense_words,
        "version": str(group.version),
    }


class JoinForm(StepForm):
    person = SelectField(_l("Who comes"), coerce=whole_number, validate_choice=False)
    minutes = MinutesField(_l("How much do you give?"))


class HeldForm(StepForm):
    """How long it took. Who was there is said by the fields there_7, and minutes_7 where each gives their own."""

    minutes = MinutesField(_l("How long did it take?"))
    expense = EuroField(_l("Euro from each"), [Optional()])


class MadeForm(Seconds, BaseForm):
    """A group exchange already made; who was there comes as for HeldForm."""

    title = StringField(_l("What was it?"), [InputRequired(), Length(max=LONGEST_TITLE)])
    category = SelectField(_l("What is it about?"), coerce=whole_number, validate_choice=False)
    happened_on = DayField(_l("Which day?"), [InputRequired()])
    rule = RadioField(_l("How are the hours shared?"), choices=choices(RULE_WORDS), default="fund")
    minutes = MinutesField(_l("How long did it take?"))
    adult = SelectField(_l("Who of you gives"), coerce=whole_number, validate_choice=False)
    expense = EuroField(_l("Euro from each"), [Optional()])
    expense_words = StringField(_l("What for"), [Length(max=LONGEST_PLACE)])
    words = TextAreaField(_l("Two words for all"), [Length(max=LONGEST_MESSAGE)])


class ByPhoneForm(StepForm):
    """What somebody without e-mail said on the phone about what was written down."""

    answer = RadioField(
        _l("What did they say?"),
        [InputRequired()],
        choices=choices({"yes": _l("Yes, it was like that"), "no": _l("It was different")}),
    )
    reason = TextAreaField(_l("In their words"), [Optional(), Length(max=LONGEST_REASON)])


def there_in(typed: Mapping[str, str]) -> dict[int, int | None]:
    """Who was there, by the number in there_7, each with the minutes of minutes_7 if any were written."""
    prefix = "there_"
    ids = sorted({whole_number(name.removeprefix(prefix)) or 0 for name in typed if name.startswith(prefix)} - {0})
    return {one: whole_number(typed.get(f"minutes_{one}", "").strip()) for one in ids}
