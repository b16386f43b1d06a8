"""What people type in a conversation."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField, StringField, TextAreaField
from wtforms.validators import Length

from community.threads.rules import LONGEST_MESSAGE, LONGEST_SEEN, MOST_PHOTOS
from foundation.web.forms import BaseForm


class MessageForm(BaseForm):
    words = TextAreaField(_l("Your message"), [Length(max=LONGEST_MESSAGE)])
    photos = MultipleFileField(_l("Photographs"))
    seen = StringField(_l("What is seen on them?"), [Length(max=LONGEST_SEEN)])
    waiting = HiddenField(validators=[Length(max=80)])
    """The photographs that came with the form before it was given back: nobody has to choose them again."""

    @property
    def chosen(self) -> list[Any]:
        """The files that were chosen; browsers send an empty one where there is none."""
        return [upload for upload in self.photos.data or [] if getattr(upload, "filename", "")]

    @property
    def waiting_ids(self) -> list[int]:
        """The numbers of the photographs that wait."""
        parts = (self.waiting.data or "").split(",")
        return [int(one) for one in parts if one.isdecimal() and len(one) < 10][: MOST_PHOTOS + 1]


class ChangeForm(BaseForm):
    words = TextAreaField(_l("Your message"), [Length(max=LONGEST_MESSAGE)])
