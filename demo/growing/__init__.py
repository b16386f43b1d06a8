"""Large communities, made in minutes: realistic households, posts and exchanges with a ledger that verifies."""

from demo.growing.growth import Grown, grow, sign_ins_of
from demo.growing.setting import SLUG

__all__ = ["SLUG", "Grown", "grow", "sign_ins_of"]
