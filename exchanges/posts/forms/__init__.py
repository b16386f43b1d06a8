"""The three steps of a post, one file each, and the small forms of what follows."""

from exchanges.posts.forms.how import HowForm
from exchanges.posts.forms.own import HOUSING_WORDS, UNIT_WORDS, WHEN_FORMS
from exchanges.posts.forms.step import NOT_KEPT, CloseForm, StepForm
from exchanges.posts.forms.what import LONGEST_PHOTO_WORDS, WhatForm
from exchanges.posts.forms.when import WhenForm

__all__ = [
    "HOUSING_WORDS",
    "LONGEST_PHOTO_WORDS",
    "NOT_KEPT",
    "UNIT_WORDS",
    "WHEN_FORMS",
    "CloseForm",
    "HowForm",
    "StepForm",
    "WhatForm",
    "WhenForm",
]
