"""Walking beside a family, confidential: what belongs to the persons named, and to nobody else of their household."""
