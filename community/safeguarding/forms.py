"""What a maker writes after meeting somebody, and what an administrator demands."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from community.safeguarding.rules import (
    LONGEST_BASIS,
    LONGEST_REASON,
    LONGEST_TRAINING,
    LONGEST_WHAT,
    MOST_REFERENCES,
    OLDEST,
    Requirements,
)
from community.safeguarding.tables import CareRequirement
from foundation.web.fields import DayField, choices
from foundation.web.forms import BaseForm

DOCUMENT_WORDS = {
    "identity_card": _l("Identity card"),
    "passport": _l("Passport"),
    "residence_permit": _l("Residence permit"),
    "driving_licence": _l("Driving licence"),
}


class CheckForm(BaseForm):
    """One thing that a maker saw of a person."""

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, by the names of the fields."""
        return {field.short_name: field.data for field in self if not isinstance(field, HiddenField)}


class IdentityForm(CheckForm):
    document = RadioField(_l("Which document did you see?"), choices=choices(DOCUMENT_WORDS))
    seen_on = DayField(_l("On which day?"), [InputRequired()])
    expires_on = DayField(_l("Good until"), [Optional()])


class ReferenceForm(CheckForm):
    given_by = StringField(_l("Who vouches for this person?"), [InputRequired(), Length(max=LONGEST_WHAT)])
    given_on = DayField(_l("When did you speak?"), [InputRequired()])


class TrainingForm(CheckForm):
    training = SelectField(_l("Which training?"))
    seen_on = DayField(_l("When was it followed?"), [InputRequired()])
    expires_on = DayField(_l("Good until"), [Optional()])


class AgeForm(CheckForm):
    years = IntegerField(_l("How old are they?"), [InputRequired(), NumberRange(1, OLDEST)])
    seen_on = DayField(_l("On which day did you see it?"), [InputRequired()])


class CertificateForm(CheckForm):
    seen_on = DayField(_l("On which day did you see it?"), [InputRequired()])
    expires_on = DayField(_l("It counts until"), [InputRequired()])


class WithdrawForm(BaseForm):
    reason = TextAreaField(_l("Why?"), [InputRequired(), Length(max=LONGEST_REASON)])


class RequirementForm(BaseForm):
    identity = BooleanField(_l("A maker meets who comes and sees a document"))
    references = IntegerField(
        _l("How many people vouch for who comes?"), [InputRequired(), NumberRange(0, MOST_REFERENCES)]
    )
    training = StringField(_l("A training to follow"), [Length(max=LONGEST_TRAINING)])
    minimum_age = IntegerField(_l("Minimum age, in years"), [Optional(), NumberRange(0, OLDEST)])
    public_place = BooleanField(_l("Who has never met before meets in a public place the first time"))
    second_adult = BooleanField(_l("A second adult is there too, whom a maker has met"))
    certificate = BooleanField(_l("The criminal record certificate is seen"))
    certificate_basis = TextAreaField(_l("On which legal basis?"), [Length(max=LONGEST_BASIS)])

    @classmethod
    def of(cls, row: CareRequirement | None, demands: Requirements) -> "RequirementForm":
        """As it stands: what the community wrote, else what holds anyway."""
        return cls(
            identity=row.identity if row else demands.identity,
            references=row.references_needed if row else demands.references,
            training=row.training if row else "",
            minimum_age=(row.minimum_age or None) if row else None,
            public_place=row.public_place if row else False,
            second_adult=row.second_adult if row else False,
            certificate=row.certificate if row else False,
            certificate_basis=row.certificate_basis if row else "",
        )

    def demands(self) -> Requirements:
        """What was asked for."""
        return Requirements(
            identity=self.identity.data,
            references=self.references.data or 0,
            trainings=frozenset({self.training.data} if self.training.data else ()),
            minimum_age=self.minimum_age.data or 0,
            certificate=self.certificate.data,
            public_place=self.public_place.data,
            second_adult=self.second_adult.data,
        )
