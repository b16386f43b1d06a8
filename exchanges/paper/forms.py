"""What a maker copies from a form that came back."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from exchanges.agreements.forms import whole_number
from exchanges.posts.actions import What
from foundation.web.forms import BaseForm


class HomeChoice(BaseForm):
    """Whose form it is."""

    home = SelectField(
        _l("For which household?"), [InputRequired(_l("Choose the household."))], coerce=whole_number,
        validate_choice=False,
    )  # fmt: skip


class PaperPostForm(HomeChoice):
    """A need or an offer on paper. All of it can be put right on the next page."""

    title = StringField(_l("In a few words"), [Length(max=120)])
    category_id = SelectField(_l("What is it about?"), coerce=whole_number, validate_choice=False)
    words = TextAreaField(_l("In their words"), [Length(max=4000)])

    def what(self) -> What:
        """What was copied."""
        return What(title=self.title.data or "", description=self.words.data or "", category_id=self.category_id.data)
