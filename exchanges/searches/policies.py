"""Who may keep a search."""

from foundation.access import Permission

KEEP = Permission("member:search:keep", ("member",), "Keep searches of the board and be told what is new")
