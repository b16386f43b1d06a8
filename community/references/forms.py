"""The three questions, and the maker's decision."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.references.rules import LONGEST_ANSWER, LONGEST_NAME, LONGEST_REASON
from foundation.web.fields import choices
from foundation.web.forms import BaseForm


class AnswerForm(BaseForm):
    name = StringField(_l("Your name"), [InputRequired(), Length(max=LONGEST_NAME)])
    since_when = TextAreaField(
        _l("Since when do you know each other, and from where?"), [InputRequired(), Length(max=LONGEST_ANSWER)]
    )
    would_entrust = TextAreaField(
        _l("Would you entrust a child or a frail person of yours to them? Why?"),
        [InputRequired(), Length(max=LONGEST_ANSWER)],
    )
    to_know = TextAreaField(_l("Is there anything the makers should know?"), [Length(max=LONGEST_ANSWER)])


class WeighForm(BaseForm):
    decision = RadioField(
        _l("Does it count?"),
        [InputRequired()],
        choices=choices({"yes": _l("Yes, it counts"), "no": _l("No, it does not")}),
    )
    reason = TextAreaField(_l("Why?"), [InputRequired(), Length(max=LONGEST_REASON)])
