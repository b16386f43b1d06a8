"""Automatic signs: what makers should look at, explained in words. They never act by themselves."""

from exchanges.signs.jobs import JOBS
from foundation.feature import Feature

feature = Feature(name="signs", jobs=JOBS)
