"""Reporting in two taps, and what makers decide."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from community.moderation.rules import KIND_WORDS, LIMITS, LONGEST_WORDS, MOST_HOURS, REASONS, Ruling
from foundation.web.fields import choices
from foundation.web.forms import BaseForm

REASON_WORDS = {key: _l(words) for key, words in REASONS.items()}
OUTCOME_WORDS = {
    "nothing": _l("It is all right: nothing to do"),
    "publish": _l("It goes on the board"),
    "hide": _l("Take it out of sight"),
    "edit": _l("Ask to change it"),
    "warn": _l("Say a word of warning"),
    "limit": _l("Limit something for a while"),
    "pause": _l("Pause the membership"),
    "exclude": _l("End the membership"),
}
OUTCOME_LINES = {
    "nothing": _l("Who reported hears that you looked at it"),
    "publish": _l("The others read it, and its author is told"),
    "hide": _l("The others no longer see it; its author does, and reads why"),
    "edit": _l("It stays; its author reads what to change"),
    "warn": _l("Nothing is taken; the person reads your words"),
    "limit": _l("Posting, proposing, messages or care; it ends by itself"),
    "pause": _l("For a while the person can do nothing here; what is open ends"),
    "exclude": _l("The person can do nothing here any more; what is open ends"),
}
DONE_WORDS = {
    "nothing": _l("Nothing was to be done"),
    "publish": _l("Put on the board"),
    "hide": _l("Taken out of sight"),
    "edit": _l("Asked to change it"),
    "warn": _l("A word of warning"),
    "limit": _l("Limited for a while"),
    "pause": _l("Membership paused"),
    "exclude": _l("Membership ended"),
}
LIMIT_WORDS = {
    "posting": _l("Putting posts on the board"),
    "proposing": _l("Proposing and asking"),
    "messages": _l("Writing messages"),
    "care": _l("Looking after children and frail people"),
    "pause": _l("Everything, for now"),
    "exclude": _l("Everything"),
}
LASTING_WORDS = {
    "7": _l("a week"),
    "14": _l("two weeks"),
    "30": _l("a month"),
    "90": _l("three months"),
    "": _l("until a maker gives it back"),
}


class ReportForm(BaseForm):
    reason = SelectField(_l("What is the matter?"), choices=choices(REASON_WORDS))
    words = TextAreaField(_l("Do you want to add something?"), [Length(max=LONGEST_WORDS)])


class WorryForm(ReportForm):
    words = TextAreaField(_l("What did you see?"), [InputRequired(), Length(max=LONGEST_WORDS)])


class DecisionForm(BaseForm):
    """One outcome: only what it needs is asked."""

    version = HiddenField()
    person_id = RadioField(_l("Whom does it concern?"), [Optional()], coerce=int)
    what = SelectMultipleField(
        _l("What should they not do for now?"),
        choices=choices({key: LIMIT_WORDS[key] for key in LIMITS}),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    lasts = RadioField(_l("For how long?"), choices=choices(LASTING_WORDS), default="14")
    words = TextAreaField(_l("Why?"), [InputRequired(), Length(max=LONGEST_WORDS)])

    def __init__(self, *arguments: Any, outcome: str, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        if outcome in ("nothing", "publish") or not people:
            del self.person_id
        else:
            self.person_id.choices = choices(people)
            if len(people) > 1:  # whom it concerns is never decided by who happens to stand first
                self.person_id.validators = [InputRequired()]
            elif self.person_id.data is None:
                self.person_id.data = people[0][0]
        if outcome != "limit":
            del self.what
        if outcome not in ("limit", "pause"):
            del self.lasts

    def ruling(self, outcome: str) -> Ruling:
        """What was chosen, as the action wants it."""
        person = self._fields.get("person_id")
        what = self._fields.get("what")
        lasts = self._fields.get("lasts")
        days = lasts.data if lasts is not None else ""
        return Ruling(
            outcome,
            self.words.data or "",
            person.data if person is not None else None,
            tuple(what.data or ()) if what is not None else (),
            int(days) if days and days.isdecimal() else None,
        )


class DeadlinesForm(BaseForm):
    urgent_hours = IntegerField(_l("Hours for what is urgent"), [InputRequired(), NumberRange(1, MOST_HOURS)])
    other_hours = IntegerField(_l("Hours for the rest"), [InputRequired(), NumberRange(1, MOST_HOURS)])


class FirstLookForm(BaseForm):
    newcomer_posts = SelectField(
        _l("How many first posts of everybody?"),
        coerce=int,
        choices=choices([(0, _l("No first post")), *((number, str(number)) for number in range(1, 6))]),
    )
    category_ids = SelectMultipleField(
        _l("All posts of which categories?"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class NoteForm(BaseForm):
    words = TextAreaField(_l("A note for the other makers"), [InputRequired(), Length(max=LONGEST_WORDS)])


class AssignForm(BaseForm):
    person_id = SelectField(_l("Who takes it?"), coerce=int, choices=[])


class AppealForm(BaseForm):
    words = TextAreaField(_l("How do you see it?"), [InputRequired(), Length(max=LONGEST_WORDS)])


class AnswerForm(BaseForm):
    outcome = RadioField(
        _l("What do we do?"),
        choices=choices(
            {
                "upheld": _l("The decision stays as it is"),
                "overturned": _l("The decision counts no longer"),
            }
        ),
    )
    words = TextAreaField(_l("Why?"), [InputRequired(), Length(max=LONGEST_WORDS)])


def kind_words(outcome: str) -> tuple[str, ...]:
    """Sentences to start from, for one outcome."""
    return KIND_WORDS.get(outcome, ())
