"""Step 1: what it is about, in words and photographs."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from exchanges.posts.actions import What
from exchanges.posts.forms.step import Needed, StepForm, number_or_none

LONGEST_PHOTO_WORDS = 200


class WhatForm(StepForm):
    """Step 1."""

    title = StringField(_l("In a few words"), [Needed(_l("Give it a title.")), Length(max=120)])
    category_id = SelectField(
        _l("What is it about?"), [Needed(_l("Choose what it is about."))], coerce=number_or_none, choices=[]
    )
    description = TextAreaField(_l("Tell a little more"), [Length(max=4000)])
    photos = MultipleFileField(_l("Photographs"))
    photo_words = StringField(_l("What is seen on it?"), [Length(max=LONGEST_PHOTO_WORDS)])

    def words_of(self, file_id: int) -> StringField | None:
        """The field that describes a photograph already there; None for one that came meanwhile."""
        return self._fields.get(f"words_{file_id}")

    @property
    def described(self) -> dict[int, str]:
        """What is seen on each photograph already there, by its file."""
        return {
            int(name.removeprefix("words_")): field.data or ""
            for name, field in self._fields.items()
            if name.startswith("words_")
        }

    def said(self) -> What:
        return What(self.title.data or "", self.category_id.data, self.description.data or "")

    @property
    def chosen(self) -> list[Any]:
        """The files that were chosen; browsers send an empty one where there is none."""
        return [upload for upload in self.photos.data or [] if getattr(upload, "filename", "")]
