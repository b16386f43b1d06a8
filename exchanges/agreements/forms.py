"""What people type about an agreement. Names of fields are those the domain errors use."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from community.categories.queries import Branch
from community.members.tables import Person
from community.threads.rules import LONGEST_MESSAGE
from exchanges.agreements.actions import Made
from exchanges.agreements.rules import LONGEST_PLACE, LONGEST_REASON, LONGEST_THANKS, LONGEST_TITLE, Terms
from exchanges.agreements.tables import Agreement
from foundation.web.fields import DayField, EuroField, LocalMomentField, MinutesField, choices
from foundation.web.formats import in_words
from foundation.web.forms import BaseForm

HOURS, GIFT = "hours", "gift"
MINE, THEIRS = "mine", "theirs"


def whole_number(value: Any) -> int | None:
    """A number from a hidden field or a choice, or as a row holds it; None for anything else."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 19 else None


class StepForm(BaseForm):
    """A step of an agreement: says which version of it the person was looking at."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version looked at; 0, which none is, when the form does not say."""
        return whole_number(self.version.data) or 0


class ReasonForm(StepForm):
    reason = TextAreaField(_l("Why?"), [InputRequired(), Length(max=LONGEST_REASON)])


class DeclineForm(StepForm):
    reason = TextAreaField(_l("Do you want to say why?"), [Length(max=LONGEST_REASON)])


class Seconds:
    """For forms that may ask who else is there: `choices` stays empty where the community asks for nobody."""

    second = SelectField(_l("The second adult who is there"), coerce=whole_number, choices=[], validate_choice=False)


class AcceptForm(Seconds, StepForm):
    adult = SelectField(_l("Who comes"), coerce=whole_number, validate_choice=False)
    words = TextAreaField(_l("A few words"), [Length(max=LONGEST_MESSAGE)])


class AdultForm(Seconds, StepForm):
    adult = RadioField(_l("Who comes"), coerce=whole_number, validate_choice=False)


class DeliverForm(StepForm):
    minutes = MinutesField(_l("How long did it take?"))
    expense = EuroField(_l("Euro spent"), [Optional()])


class ThanksForm(BaseForm):
    thanks = TextAreaField(_l("A word of appreciation"), [InputRequired(), Length(max=LONGEST_THANKS)])
    offered = BooleanField(_l("It may stand on their profile, if they like"))


class ResolveForm(StepForm):
    outcome = RadioField(
        _l("How does it end?"),
        choices=choices(
            {
                "said": _l("As it was written down"),
                "adjusted": _l("With another time"),
                "void": _l("No hours move"),
            }
        ),
    )
    minutes = MinutesField(_l("How long, then?"))
    reason = TextAreaField(_l("Why? Both will read it"), [InputRequired(), Length(max=LONGEST_REASON)])


class ConditionsForm(Seconds, StepForm):
    """How long, where, who comes, what it costs: what holds for one meeting and for every meeting of a series."""

    words = TextAreaField(_l("Two words"), [Length(max=LONGEST_MESSAGE)])
    how = RadioField(_l("In hours, or as a gift?"), choices=choices({HOURS: _l("In hours"), GIFT: _l("As a gift")}))
    minutes = MinutesField(_l("How long"))
    adult = SelectField(_l("Who comes"), coerce=whole_number, validate_choice=False)
    place = RadioField(
        _l("Where"),
        choices=choices(
            {
                "": _l("We will see"),
                MINE: _l("At my home"),
                THEIRS: _l("At theirs"),
                "somewhere": _l("Somewhere else"),
                "remote": _l("At a distance"),
            }
        ),
    )
    place_words = StringField(_l("Which place"), [Length(max=LONGEST_PLACE)])
    expense = EuroField(_l("Euro to give back"), [Optional()])
    expense_words = StringField(_l("What for"), [Length(max=LONGEST_PLACE)])

    def conditions(self, *, i_give: bool) -> dict[str, Any]:
        """What was typed, seen from outside: at whose home, who comes; by the names of the terms."""
        homes = {MINE: "giver" if i_give else "receiver", THEIRS: "receiver" if i_give else "giver"}
        gift = self.how.data == GIFT
        return {
            "minutes": None if gift else self.minutes.data,
            "gift": gift,
            "adult_id": self.adult.data if i_give else None,
            "place": homes.get(self.place.data or "", self.place.data or ""),
            "place_words": self.place_words.data or "",
            "expense_cents": self.expense.data or 0,
            "expense_words": self.expense_words.data or "",
            "second_id": self.second.data,
        }


class Asked(ConditionsForm):
    """What a member is asked for directly, without a post that says it."""

    title = StringField(_l("What do you need?"), [InputRequired(), Length(max=LONGEST_TITLE)])
    category = SelectField(_l("What is it about?"), coerce=whole_number, validate_choice=False)


class TermsForm(ConditionsForm):
    """The same, and when."""

    starts_at = LocalMomentField(_l("When"), [Optional()])

    def terms(self, *, i_give: bool) -> Terms:
        """What was typed, seen from outside."""
        return Terms(starts_at=self.starts_at.moment, **self.conditions(i_give=i_give))

    def start_from(self, agreement: Agreement, *, i_give: bool) -> None:
        """Fill in the terms as they stand, for a counter-proposal."""
        homes = {"giver": MINE if i_give else THEIRS, "receiver": THEIRS if i_give else MINE}
        self.starts_at.process_data(agreement.starts_at)
        self.how.data = GIFT if agreement.gift else HOURS
        self.minutes.data = agreement.minutes or None
        self.minutes.process(None, agreement.minutes or None)
        self.adult.data, self.second.data = agreement.adult_id, agreement.second_id
        self.place.data = homes.get(agreement.place, agreement.place)
        self.place_words.data = agreement.place_words
        self.expense.process_data(agreement.expense_cents or None)
        self.expense_words.data = agreement.expense_words


class AskForm(Asked, TermsForm):
    """The same, asked of a member directly: it says what, too."""


class RecordForm(Seconds, BaseForm):
    """An exchange already made."""

    side = RadioField(
        _l("Who gave the help?"),
        [InputRequired()],
        choices=choices({"gave": _l("I did"), "received": _l("They did")}),
    )
    title = StringField(_l("What was it?"), [InputRequired(), Length(max=LONGEST_TITLE)])
    category = SelectField(_l("What is it about?"), coerce=whole_number, validate_choice=False)
    happened_on = DayField(_l("Which day?"), [InputRequired()])
    how = RadioField(_l("In hours, or as a gift?"), choices=choices({HOURS: _l("In hours"), GIFT: _l("As a gift")}))
    minutes = MinutesField(_l("How long?"))
    adult = SelectField(_l("Who helped, by name?"), coerce=whole_number, validate_choice=False)
    words = TextAreaField(_l("Two words"), [Length(max=LONGEST_MESSAGE)])

    def made(self, other_id: int) -> Made:
        """What was typed."""
        gift = self.how.data == GIFT
        return Made(
            other_id=other_id,
            i_gave=self.side.data == "gave",
            title=self.title.data or "",
            category_id=self.category.data or 0,
            happened_on=self.happened_on.data,
            minutes=None if gift else self.minutes.data,
            gift=gift,
            adult_id=self.adult.data,
            second_id=self.second.data,
        )


def adult_choices(people: Sequence[Person], *, empty: str = "") -> list[SelectChoice]:
    """The adults to choose among; `empty` are the words for leaving it open."""
    open_too = [("", empty)] if empty else []
    return choices([*open_too, *((str(person.id), person.name) for person in people)])


def category_choices(tree: Sequence[Branch]) -> list[SelectChoice]:
    """The categories to choose among, those below another grouped under it."""
    nothing = SelectChoice("", _l("Choose"))
    if not any(branch.leaves for branch in tree):
        return [nothing, *choices((str(one.category.id), in_words(one.category.names)) for one in tree)]
    return [
        nothing,
        *(
            SelectChoice(str(one.id), in_words(one.names), optgroup=in_words(branch.category.names))
            for branch in tree
            for one in branch.leaves or [branch.category]
        ),
    ]


PHONE_WORDS = {
    "accept": _l("Yes, that suits them"),
    "confirm": _l("Yes, it was like that"),
    "deliver": _l("It is done: this is how long it took"),
    "decline": _l("Not this time"),
    "dispute": _l("It was different"),
    "cancel": _l("They have to call it off"),
    "miss": _l("It did not take place"),
}
"""What somebody may answer on the phone, in the order in which it is asked."""


class PhoneForm(Seconds, StepForm):
    """What somebody without e-mail said on the phone."""

    verb = RadioField(_l("What did they say?"), [InputRequired()], validate_choice=False)
    adult = SelectField(_l("Who comes"), coerce=whole_number, choices=[], validate_choice=False)
    minutes = MinutesField(_l("How long did it take?"))
    words = TextAreaField(_l("In their words"), [Length(max=LONGEST_REASON)])
