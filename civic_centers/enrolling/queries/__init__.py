"""Reading who comes: numbers for everybody, one's own people, and the list for who keeps the center."""

from civic_centers.enrolling.queries.counting import adults_and_children, enrolled_in
from civic_centers.enrolling.queries.own import ForFeed, has_qualification, places_for_feed

__all__ = ["ForFeed", "adults_and_children", "enrolled_in", "has_qualification", "places_for_feed"]
