"""What of shared orders stands on the pages of others: on that of a lab that buys together."""

from typing import Any

from flask import url_for

from civic_centers.labs.tables import Lab
from civic_centers.purchasing.queries.lists import cycles_of
from civic_centers.suppliers.policies import SEE
from foundation.access import Actor
from foundation.database import Session

A_FEW = 5


def lab_section(session: Session, actor: Actor, lab: Lab) -> dict[str, Any] | None:
    """On the page of a lab that buys together: the orders of its zone that are open or come, for who may see them."""
    if lab.kind != "purchasing" or lab.state != "open" or actor.person_id is None or not actor.may(SEE):
        return None
    found = cycles_of(session, actor, ("open", "planned"), zone_id=lab.zone_id)
    return {
        "template": "civic_centers/purchasing/_lab.html", "cycles": found[:A_FEW], "url": url_for("purchasing.listing"),
    }  # fmt: skip
