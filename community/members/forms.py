"""What people say of themselves, finding each other, and roles."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from community.members.rules import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_REASON,
    SPOKEN,
    tidy_phone,
)
from foundation.web.fields import DayField, choices
from foundation.web.forms import BaseForm
from foundation.web.validators import ByRule

TONGUES: dict[str, Any] = {
    "it": "Italiano", "en": "English", "ro": "Română", "sq": "Shqip", "ar": "العربية", "fr": "Français",
    "es": "Español", "pa": "ਪੰਜਾਬੀ", "uk": "Українська", "zh": "中文",
    "hi": "हिन्दी", "bn": "বাংলা", "ur": "اردو", "ru": "Русский", "pt": "Português", "tl": "Tagalog", "wo": "Wolof",
    "tw": "Twi", "de": "Deutsch", "lis": _l("Italian sign language"),
}  # fmt: skip
"""What people may say they speak, whether or not the pages speak it too; what these are called is Babel's to say."""


class ProfileForm(BaseForm):
    """What members read of a person."""

    given_name = StringField(_l("Your name"), [InputRequired(_l("Write your name.")), Length(max=LONGEST_NAME)])
    family_name = StringField(_l("Your family name"), [Length(max=LONGEST_NAME)])
    about = TextAreaField(_l("A few words about you"), [Length(max=LONGEST_ABOUT)])
    speaks = SelectMultipleField(
        _l("Languages you speak"),
        choices=choices((code, TONGUES[code]) for code in SPOKEN),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class ContactsForm(BaseForm):
    """How one is reached, and in which language."""

    phone = StringField(_l("Telephone"), [Length(max=LONGEST_PHONE), ByRule(tidy_phone)])
    language = RadioField(_l("Language of pages and letters"))


class SkillsForm(BaseForm):
    """What a party can give and needs, by category; its choices are the community's tree."""

    offers = SelectMultipleField(_l("We can give"), coerce=int, validate_choice=False)
    needs = SelectMultipleField(_l("We need"), coerce=int, validate_choice=False)


ROLE_WORDS = {
    "maker": _l("Community maker"),
    "operator": _l("Desk operator"),
    "administrator": _l("Administrator"),
    "keeper": _l("Acts for an organisation"),
}


class RoleForm(BaseForm):
    """A role for one member, with the reason that stays on record."""

    person_id = SelectField(_l("Who"), coerce=int, validate_choice=False)
    role = RadioField(
        _l("Role"),
        choices=choices(ROLE_WORDS),
        default="maker",
    )
    zone_id = SelectField(_l("Zone"), coerce=int, default=0)
    party_id = SelectField(_l("Organisation"), coerce=int, default=0)
    first_day = DayField(_l("First day"), [Optional()])
    last_day = DayField(_l("Last day"), [Optional()])
    reason = TextAreaField(_l("Why"), [InputRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REASON)])


class EndRoleForm(BaseForm):
    """Why a role ends, and when."""

    last_day = DayField(_l("Last day"), [Optional()])
    reason = TextAreaField(_l("Why"), [InputRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REASON)])
