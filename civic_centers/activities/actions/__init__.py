"""What changes activities and their sessions."""

from civic_centers.activities.actions.places import give_back_places, take_places

__all__ = ["give_back_places", "take_places"]
