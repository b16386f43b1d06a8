"""What is typed for a lab, and by its people."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from civic_centers.labs.rules import ENTRIES, KINDS, About, Answer, Outcome, check_photo
from exchanges.agreements.forms import whole_number
from foundation.errors import Invalid
from foundation.web.fields import DayField, EuroField, MinutesField, choices
from foundation.web.forms import BaseForm


class CountField(IntegerField):
    """A whole number in the figures of every keyboard, up to six of them: no sign, no point, nothing after it."""

    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"[0-9]{1,6}", typed):
            raise ValidationError(_l("A whole number, please: up to 100,000."))
        self.data = int(typed)


class Versioned(BaseForm):
    """A form that says which version of a thing was looked at."""

    version = HiddenField(default="1")

    @property
    def seen_version(self) -> int:
        return whole_number(self.version.data) or 0


class LabForm(Versioned):
    """What a lab says of itself."""

    name = StringField(_l("Name"), [InputRequired(_l("Give it a name.")), Length(max=120)])
    need = TextAreaField(
        _l("What do you all need?"), [InputRequired(_l("Say in a few words what you all need.")), Length(max=500)]
    )
    words = TextAreaField(_l("How does it work?"), [Length(max=2000)])
    zone_id = SelectField(
        _l("Zone"), [InputRequired(_l("Choose the zone."))], coerce=whole_number, choices=[], validate_choice=False
    )
    center_id = SelectField(_l("In which center do you meet?"), coerce=whole_number, choices=[], validate_choice=False)
    entry = RadioField(_l("Who may come in?"), choices=choices({}), default="request")
    is_public = BooleanField(_l("Its page is read without an account"))
    starts_on = DayField(_l("First day"), [Optional()])
    ends_on = DayField(_l("Last day, if there is one"), [Optional()])

    def said(self, kind: str) -> About:
        return About(
            name=self.name.data or "",
            need=self.need.data or "",
            zone_id=self.zone_id.data or 0,
            words=self.words.data or "",
            center_id=self.center_id.data,
            kind=kind,
            entry=self.entry.data or "",
            is_public=bool(self.is_public.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class NewLabForm(LabForm):
    """The same, with the template it begins from."""

    kind = RadioField(_l("What is it about?"), choices=choices({}), default="blank")


class JoinForm(BaseForm):
    """What somebody says who comes in."""

    part = StringField(_l("What would you like to do in it?"), [Length(max=200)])
    words = TextAreaField(_l("A few words to the people who run it"), [Length(max=500)])


class PartForm(BaseForm):
    """What somebody does in a lab."""

    part = StringField(_l("What do you do in it?"), [Length(max=200)])
    named = BooleanField(_l("Our organisation stands by name on the public page"))


class ReasonForm(BaseForm):
    """Why something is not, or no more."""

    reason = TextAreaField(
        _l("Why?"),
        [InputRequired(_l("Say why, in a few words: whoever it is about reads it.")), Length(max=500)],
    )


class InviteForm(BaseForm):
    """A member of the community."""

    person_id = SelectField(
        _l("Who?"), [InputRequired(_l("Choose one of the members."))], coerce=whole_number, choices=[],
        validate_choice=False,
    )  # fmt: skip


class GoalForm(Versioned):
    """A goal and its day."""

    words = StringField(
        _l("What do you want to reach?"), [InputRequired(_l("Write a few words first.")), Length(max=300)]
    )
    due_on = DayField(_l("By which day?"), [Optional()])


class TaskForm(Versioned):
    """A task, its day and who has it."""

    words = StringField(_l("What is to be done?"), [InputRequired(_l("Write a few words first.")), Length(max=300)])
    due_on = DayField(_l("By which day?"), [Optional()])
    owner_id = SelectField(_l("Who does it?"), coerce=whole_number, choices=[], validate_choice=False)


class PhotoForm(Versioned):
    """A photograph, what is seen on it, and whether a child can be recognised."""

    photo = FileField(_l("A photograph"))
    seen = StringField(_l("What is seen on it?"), [Length(max=200)])
    child = RadioField(
        _l("Can a child or young person be recognised on it?"),
        [Optional()],
        choices=choices({"no": _l("No, nobody under eighteen can be recognised"), "yes": _l("Yes, somebody can")}),
    )
    released = BooleanField(_l("A release signed by both parents is kept at the center"))

    @property
    def brings_photo(self) -> bool:
        """Whether a picture was chosen."""
        return bool(self.photo.data is not None and self.photo.data.filename)

    def answer(self) -> Answer:
        return Answer(self.seen.data or "", self.child.data == "yes", bool(self.released.data))

    def validate(self, extra_validators: Any = None) -> bool:
        """A picture that may not be put up is refused before anything of it is kept."""
        right = super().validate(extra_validators)
        if not self.brings_photo:
            return right
        if self.child.data not in ("no", "yes"):
            self.child.errors = [_l("Say whether a child or young person can be recognised on it.")]
            return False
        try:
            check_photo(self.answer())
        except Invalid as error:
            self.refuse(error)
            return False
        return right


class EndGoalForm(PhotoForm):
    """A goal that is reached, or dropped."""

    state = RadioField(
        _l("How did it go?"),
        [InputRequired(_l("Say whether it is reached or dropped."))],
        choices=choices({"reached": _l("We reached it"), "dropped": _l("We drop it")}),
    )
    evidence = TextAreaField(
        _l("By what does one see it?"), [InputRequired(_l("Write a few words first.")), Length(max=1000)]
    )


class EntryForm(BaseForm):
    """A page of the diary."""

    on_day = DayField(_l("Day"), [InputRequired(_l("Say which day it was."))])
    words = TextAreaField(_l("What happened?"), [InputRequired(_l("Write a few words first.")), Length(max=2000)])
    public = BooleanField(_l("Everybody may read it, without an account too"))


class CommentForm(BaseForm):
    """Words below a page of the diary."""

    words = TextAreaField(_l("Write something"), [InputRequired(_l("Write a few words first.")), Length(max=1000)])


class ResourceForm(BaseForm):
    """Something that is asked for; `amount` is added by its kind."""

    amount: Any
    words = StringField(_l("What is it for?"), [InputRequired(_l("Write a few words first.")), Length(max=200)])


class ThingForm(ResourceForm):
    """Things and rooms have a unit."""

    unit = StringField(_l("Of what?"), [Length(max=40)])


class ReceivedForm(BaseForm):
    """Something that was received; `amount` is added by the kind of the resource."""

    amount: Any
    on_day = DayField(_l("On which day?"), [InputRequired(_l("Say which day it was."))])
    party_id = SelectField(_l("From whom?"), coerce=whole_number, choices=[], validate_choice=False)
    from_words = StringField(_l("Or from whom else?"), [Length(max=120)])


class MeetingForm(BaseForm):
    """A meeting that is begun."""

    title = StringField(_l("What is the meeting called?"), [InputRequired(_l("Give it a name.")), Length(max=120)])
    kind = SelectField(_l("What kind of meeting?"), choices=[], default="assembly")


class LinkForm(BaseForm):
    """An activity that is there already."""

    activity_id = SelectField(
        _l("Which activity?"), [InputRequired(_l("Choose one of the activities of the center."))],
        coerce=whole_number, choices=[], validate_choice=False,
    )  # fmt: skip


class OutcomeForm(Versioned):
    """What came of a lab."""

    outcome = TextAreaField(
        _l("What came of it?"),
        [InputRequired(_l("Say in a few words what came of it: it stays on its page.")), Length(max=2000)],
    )
    families = CountField(_l("How many families did it reach?"), [Optional()])
    people = CountField(_l("How many people took part?"), [Optional()])

    def said(self) -> Outcome:
        return Outcome(self.outcome.data or "", self.families.data, self.people.data)


def amount_form(base: type[BaseForm], kind: str, *, name: str = "amount", **options: Any) -> Any:
    """A form with the field that measures a kind of resource: hours, euro, or a number."""
    made = type(base.__name__, (base,), {name: _amount_field(kind)})
    return made(**options)


def _amount_field(kind: str) -> Any:
    if kind == "hours":
        return MinutesField(_l("How much time?"), [InputRequired(_l("Say how much time."))])
    if kind == "euro":
        return EuroField(_l("How many euro?"), [InputRequired(_l("Write an amount such as 3,50."))])
    return CountField(_l("How many?"), [InputRequired(_l("Say how many."))])


def labelled(words: Any, translate: Any) -> list[Any]:
    """The choices of a mapping whose words are sentences of the catalogue."""
    return choices([(value, translate(label)) for value, label in words.items()])


def entries(translate: Any) -> list[Any]:
    """Who may come in, to choose from."""
    return labelled(ENTRIES, translate)


def kinds(translate: Any) -> list[Any]:
    """What a lab may be about, to choose from."""
    return labelled(KINDS, translate)
