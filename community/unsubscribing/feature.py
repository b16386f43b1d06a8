"""Unsubscribing: the link in every letter that ends letters of its kind."""

from community.unsubscribing.pages import set_up, unsubscribing
from foundation.feature import Feature

feature = Feature(name="unsubscribing", blueprints=(unsubscribing,), hooks={"set_up": set_up})
