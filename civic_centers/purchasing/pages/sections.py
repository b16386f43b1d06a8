"""What of shared orders stands on the pages of others: on that of a lab that buys together."""

from typing import Any

from flask import url_for

from civic_centers.labs.tables import Lab
from civic_centers.purchasing.pages.words import STATE_WORDS
from civic_centers.purchasing.queries.labs import KIND, cycles_of_lab, may_plan_for
from civic_centers.suppliers.policies import SEE
from foundation.access import Actor
from foundation.database import Session


def lab_section(session: Session, actor: Actor, lab: Lab) -> dict[str, Any] | None:
    """On the page of a lab: its own orders, and while it buys together what else its zone orders; for members."""
    if lab.state == "draft" or actor.person_id is None or not actor.may(SEE):
        return None
    buys = lab.kind == KIND and lab.state == "open"
    found = cycles_of_lab(session, actor, lab)
    own = [line for line in found if line[0].lab_id == lab.id]
    if not buys and not own:
        return None
    plans = buys and may_plan_for(session, actor, lab)
    return {
        "template": "civic_centers/purchasing/_lab.html",
        "own": own,
        "near": [line for line in found if line[0].lab_id is None] if buys else [],
        "url": url_for("purchasing.listing"),
        "plan_url": url_for("purchasing.ask_new", lab=lab.id) if plans else "",
        "state_words": STATE_WORDS,
    }
