"""Safeguarding: who may look after children and frail people."""

from community.safeguarding.pages import safeguarding
from community.safeguarding.policies import VERIFY
from foundation.feature import Feature

feature = Feature(name="safeguarding", blueprints=(safeguarding,), permissions=(VERIFY,))
