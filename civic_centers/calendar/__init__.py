"""The calendar of a community: what happens in its centers, on pages and in the calendars people use elsewhere."""
