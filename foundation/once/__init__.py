"""Request keys: a form sent twice does its thing once, and the second answer goes where the first did."""

from foundation.once.actions import first_time, forget_old_keys, made, make_once, number_made, remember, where_it_went

__all__ = ["first_time", "forget_old_keys", "made", "make_once", "number_made", "remember", "where_it_went"]
