"""Who runs a community."""

from foundation.access import Permission

RUN = Permission(
    "community:settings:write", ("administrator",), "Change the community's page, zones, questions and rules"
)
