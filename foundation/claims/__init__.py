"""Rows of waiting work, claimed under a lease: the mechanism that the outbox and the jobs share."""
