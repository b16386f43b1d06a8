"""Journeys: whole jobs done in a real browser on the running product."""
