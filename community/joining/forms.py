"""Asking to join, deciding, inviting."""

from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from community.communities.tables import Question
from community.joining.rules import LONGEST_ANSWER, LONGEST_REASON, MOST_DAYS, MOST_USES, Application, Newcomer
from community.members.rules import LONGEST_EMAIL, LONGEST_NAME, LONGEST_PHONE, tidy_email, tidy_phone
from community.signing_in.forms import NewPasswordForm
from community.zones.tables import Zone
from foundation.web.fields import choices
from foundation.web.formats import in_words
from foundation.web.forms import BaseForm
from foundation.web.language import language_code
from foundation.web.validators import ByRule

FOR_WHOM = {
    "household": _l("For me or my family"),
    "business": _l("For a business"),
    "association": _l("For an association"),
    "school": _l("For a school"),
    "parish": _l("For a parish"),
    "public_body": _l("For a public body"),
}


class NewcomerForm(BaseForm):
    """Who somebody is, in as few words as will do."""

    given_name = StringField(_l("Your name"), [InputRequired(_l("Write your name.")), Length(max=LONGEST_NAME)])
    family_name = StringField(
        _l("Your family name"), [InputRequired(_l("Write your family name.")), Length(max=LONGEST_NAME)]
    )
    email = EmailField(
        _l("E-mail"), [InputRequired(_l("Write your e-mail address.")), Length(max=LONGEST_EMAIL), ByRule(tidy_email)]
    )
    phone = StringField(_l("Telephone"), [Length(max=LONGEST_PHONE), ByRule(tidy_phone)])

    def newcomer(self) -> Newcomer:
        return Newcomer(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            email=self.email.data,
            phone=self.phone.data or "",
            language=language_code(),
        )


def application_form(
    base: type[BaseForm], zones: list[Zone], questions: list[Question], zone_id: int | None = None
) -> Any:
    """A form made of `base`, the zones and the questions of one community.

    `base` is NewcomerForm for who has no account, BaseForm for who is signed in.
    """

    class ApplicationForm(base):  # type: ignore[misc,valid-type]  # its fields depend on the community
        zone_id = RadioField(
            _l("Where do you live?"),
            [InputRequired(_l("Choose your zone."))],
            choices=choices((zone.id, zone.name) for zone in zones),
            coerce=int,
        )
        applies_for = RadioField(_l("For whom do you join?"), choices=choices(FOR_WHOM), default="household")
        party_name = StringField(_l("Name of the organisation"), [Length(max=120)])

        def application(self) -> Application:
            answers = {question.id or 0: self[f"question_{question.id}"].data or "" for question in questions}
            return Application(
                zone_id=self.zone_id.data,
                applies_for=self.applies_for.data,
                party_name=(self.party_name.data or "") if self.applies_for.data != "household" else "",
                answers=answers,
            )

        def question_fields(self) -> list[Any]:
            return [self[f"question_{question.id}"] for question in questions]

        def validate_party_name(self, field: Any) -> None:
            if self.applies_for.data != "household" and not field.data:
                raise ValidationError(_("Write the name of the organisation."))

    for question in questions:
        validators = [_as_seen(question), Length(max=LONGEST_ANSWER)]
        if question.required:
            validators.insert(0, InputRequired(_l("The makers need an answer here.")))
        field = TextAreaField(in_words(question.words), validators)
        setattr(ApplicationForm, f"question_{question.id}", field)
        setattr(ApplicationForm, f"asked_{question.id}", HiddenField(default=digest_of(question)))
    return ApplicationForm(zone_id=zone_id) if zone_id else ApplicationForm()


def _as_seen(question: Question) -> Any:
    """A check that the question is still worded as it was on the page: nobody answers what they have not read."""
    now = digest_of(question)

    def check(form: Any, _field: Any) -> None:
        seen = form[f"asked_{question.id}"]
        if seen.data and seen.data != now:
            seen.data = now
            raise ValidationError(_("We have just worded this question anew. Look at your answer once more, please."))

    return check


def digest_of(question: Question) -> str:
    """A short mark of how a question is worded now."""
    words = "\n".join(f"{code}={words}" for code, words in sorted(question.words.items()))
    return sha256(words.encode()).hexdigest()[:16]


class ConfirmForm(NewPasswordForm):
    """The first letter's page: the address is theirs; a password now, or links by e-mail from now on."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.password.validators = [Optional(), *self.password.validators[1:]]
        self.password.flags.required = False
        self.password.label.text = _("A password")


class DeclineForm(BaseForm):
    """Why not, for now."""

    reason = TextAreaField(_l("Why"), [InputRequired(_l("Write why: they will read it.")), Length(max=LONGEST_REASON)])


class InvitationForm(BaseForm):
    """How many may come by one invitation, and until when."""

    zone_id = SelectField(_l("Zone"), coerce=int, default=0)
    uses = IntegerField(_l("For how many people"), [InputRequired(), NumberRange(1, MOST_USES)], default=1)
    days = IntegerField(_l("For how many days"), [InputRequired(), NumberRange(1, MOST_DAYS)], default=14)
