"""What an organisation says of what it gives, and what makers answer and note."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from civic_centers.labs.tables import LabResource
from civic_centers.sponsors.queries import TargetView
from civic_centers.sponsors.rules import LONGEST_CAUSE, LONGEST_REASON, LONGEST_WORDS, SaidYes, Target, Wish
from exchanges.agreements.forms import whole_number
from foundation.web.fields import DayField, EuroField, choices
from foundation.web.forms import BaseForm

KIND_WORDS = {
    "goods": _l("Things"),
    "money": _l("Money"),
    "room": _l("A room"),
    "skill": _l("A skill"),
    "discount": _l("A discount"),
}
KIND_HINTS = {
    "goods": _l("Bread, tools, materials…"),
    "money": _l("Noted in euro; it never becomes hours"),
    "room": _l("To meet, to work, to store things"),
    "skill": _l("As a gift, outside the hours of the time bank"),
    "discount": _l("For who takes part"),
}
TARGET_WORDS = {
    "center": _l("Civic Centers"),
    "activity": _l("Activities"),
    "lab": _l("Community labs"),
    "fund": _l("The fund"),
}
QUOTA_WORDS = {
    "": _l("No, elsewhere"),
    "cash": _l("Yes, in cash"),
    "transfer": _l("Yes, by bank transfer"),
    "other": _l("Yes, in another way"),
}
YES_WORDS = {"spoken": _l("By voice"), "written": _l("In writing")}


class YesFields:
    """How the organisation said yes to the maker who writes it down."""

    yes_way = RadioField(
        _l("How did they say yes?"), [InputRequired(_l("Choose how they said yes."))], choices=choices(YES_WORDS)
    )
    yes_on = DayField(_l("On which day?"), [InputRequired()])

    def said_yes(self) -> SaidYes:
        return SaidYes(self.yes_way.data or "", self.yes_on.data)


class PledgeForm(BaseForm):
    """What is given, for what, and until when."""

    target = SelectField(_l("What is it for?"), [InputRequired(_l("Choose what it is for."))], validate_choice=False)
    cause = StringField(_l("For which cause of the fund?"), [Length(max=LONGEST_CAUSE)])
    kind = RadioField(
        _l("What do you give?"), [InputRequired(_l("Choose what you give."))], choices=choices(KIND_WORDS)
    )
    words = StringField(
        _l("In a few words"), [InputRequired(_l("Write it in a few words.")), Length(max=LONGEST_WORDS)]
    )
    amount = EuroField(_l("How much, or what is it worth? (euro)"), [Optional()])
    from_on = DayField(_l("From"), [InputRequired()])
    until_on = DayField(_l("Until"), [InputRequired()])
    conditions = TextAreaField(_l("Is there a condition?"), [Length(max=LONGEST_REASON)])
    conflict = RadioField(
        _l("Does somebody of yours have a say in it, or is close to who has?"),
        [InputRequired(_l("Say yes or no."))],
        choices=choices({"no": _l("No"), "yes": _l("Yes")}),
    )
    conflict_words = StringField(_l("If so, who and how?"), [Length(max=LONGEST_REASON)])
    is_public = BooleanField(_l("Everybody may read that it comes from us"))

    def offer_targets(self, targets: Sequence[TargetView]) -> None:
        """Fill the list of what it may be for, in groups."""
        groups: dict[str, Any] = {"": [("", _l("Choose"))]}
        for one in targets:
            groups.setdefault(str(TARGET_WORDS[one.kind]), []).append(
                (f"{one.kind}:{one.number}" + (f":{one.line}" if one.line else ""), one.name)
            )
        groups[str(TARGET_WORDS["fund"])] = [("fund:", _l("A cause of the community fund"))]
        self.target.choices = groups.pop("") + [pair for pairs in groups.values() for pair in pairs]

    def wish(self) -> Wish:
        kind, number, line = [*(self.target.data or "").split(":", 2), "", ""][:3]
        return Wish(
            target=Target(
                kind, whole_number(number), self.cause.data or "", whole_number(line) if kind == "lab" else None
            ),
            kind=self.kind.data or "",
            words=self.words.data or "",
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            amount_cents=self.amount.data,
            conditions=self.conditions.data or "",
            conflict=self.conflict.data == "yes",
            conflict_words=self.conflict_words.data or "",
            is_public=bool(self.is_public.data),
        )


class WrittenPledgeForm(YesFields, PledgeForm):
    """The same, written down by a maker."""


class VersionForm(BaseForm):
    """A button that acts on what was read."""

    version = HiddenField(default="1")

    @property
    def opened_with(self) -> int:
        """The version that was looked at."""
        return whole_number(self.version.data) or 0


class AcceptForm(VersionForm):
    """Yes, and which of the things a lab asks for it is."""

    line = SelectField(_l("Which of the things the lab asks for is it?"), validate_choice=False, default="0")

    def offer_lines(self, lines: Sequence[LabResource]) -> None:
        """Fill the list of what it may be."""
        self.line.choices = choices([("0", _l("None of these")), *((str(one.id), one.words) for one in lines)])


class ReasonForm(VersionForm):
    """Why not."""

    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Write it in a few words.")), Length(max=LONGEST_REASON)])


class DeliveryForm(BaseForm):
    """A part that was given."""

    day = DayField(_l("Which day?"), [InputRequired()])
    cents = EuroField(_l("How much, or what is it worth? (euro)"), [Optional()])
    quota_way = RadioField(
        _l("Does it go into the solidarity quota of shared orders?"), choices=choices(QUOTA_WORDS), default=""
    )
    is_last = BooleanField(_l("With this all is given"))


class ThanksForm(BaseForm):
    """A few words of thanks."""

    thanks = TextAreaField(
        _l("A few words of thanks"), [InputRequired(_l("Write it in a few words.")), Length(max=LONGEST_REASON)]
    )


class PageForm(VersionForm):
    """What the organisation says of itself among those that give."""

    words = TextAreaField(_l("Who you are, and why you help"), [Length(max=1000)])
    is_public = BooleanField(_l("Everybody may see this page"))
