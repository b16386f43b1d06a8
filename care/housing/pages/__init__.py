"""The pages of housing help: for the person, for each side of an introduction, for the desk."""

from care.housing.pages import answering, desk, looking, matching, meeting, own, writing
from care.housing.pages.blueprint import housing

__all__ = ["answering", "desk", "housing", "looking", "matching", "meeting", "own", "writing"]
