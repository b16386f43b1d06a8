"""What stands in the conversation when it was said for whom: that it was, never who."""

from foundation.errors import N_

SAID = N_("%(who)s said for whom it is.")
