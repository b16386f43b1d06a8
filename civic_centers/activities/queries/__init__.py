"""Activities and their sessions as somebody may see them."""

from civic_centers.activities.queries.single import activity_to_run, activity_visible_to, session_visible_to, view_of

__all__ = ["activity_to_run", "activity_visible_to", "session_visible_to", "view_of"]
