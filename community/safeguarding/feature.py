"""Safeguarding: who may look after children and frail people."""

from typing import Any

from community.safeguarding.pages import safeguarding
from community.safeguarding.personal import PERSONAL
from community.safeguarding.policies import VERIFY
from community.safeguarding.queries import record_of
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def person_section(session: Session, actor: Actor, person_id: int) -> dict[str, Any] | None:
    """On a person's page, for the makers of their zone: how the verification stands, and the way to it."""
    if not actor.may(VERIFY) or person_id == actor.person_id:
        return None
    record = record_of(session, actor, person_id)
    if not actor.may(VERIFY, record.membership.zone_id):
        return None
    return {"template": "community/safeguarding/_person.html", "record": record}


feature = Feature(
    name="safeguarding",
    blueprints=(safeguarding,),
    permissions=(VERIFY,),
    personal_data=PERSONAL,
    hooks={"person_sections": person_section},
)
