"""Who reads who agreed. Who belongs here, paused or excluded too, answers for themselves."""

from foundation.access import Permission

READ = Permission("community:consent:read", ("administrator",), "Read who agreed to what is optional")
