"""Why something is reported, and how urgent that is."""

from foundation.errors import N_

REASONS = {
    "danger": N_("Somebody may be in danger"),
    "child": N_("It concerns a child"),
    "money": N_("Money is asked instead of time"),
    "insult": N_("It insults or threatens somebody"),
    "contact": N_("It shows an address, a number or somebody's private matters"),
    "other": N_("Something else"),
}
URGENT = frozenset({"danger", "child"})
