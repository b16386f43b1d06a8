"""The pages of agreements: what people see, and the doors to the verbs."""

from exchanges.agreements.pages import (
    answering,
    calendar,
    calling,
    copying,
    mediating,
    proposing,
    recording,
    showing,
    thanking,
)
from exchanges.agreements.pages.blueprint import agreements

__all__ = [
    "agreements",
    "answering",
    "calendar",
    "calling",
    "copying",
    "mediating",
    "proposing",
    "recording",
    "showing",
    "thanking",
]
