"""The pages of volunteers: for who serves, for who keeps a center, and for organisations."""

from civic_centers.volunteering.pages import making, registering, serving, showing, taking, templating
from civic_centers.volunteering.pages.blueprint import volunteering

__all__ = ["making", "registering", "serving", "showing", "taking", "templating", "volunteering"]
