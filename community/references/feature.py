"""References: two people or organisations who know somebody answer three questions, and makers weigh them."""

from typing import Any

from community.references.actions import forget_references
from community.references.deeds import DEEDS
from community.references.notices import NOTICES
from community.references.pages import references
from community.references.personal import PERSONAL, RETENTIONS
from community.references.queries import requests_about
from community.scanning.rules import Readable
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature


def verification_section(session: Session, actor: Actor, person_id: int) -> dict[str, Any]:
    """On the maker's page about a person: who was asked about them, and what became of it."""
    found = requests_about(session, actor, person_id)
    return {"template": "community/references/_requests.html", "found": found, "person_id": person_id}


def readable_codes() -> tuple[Readable, ...]:
    """Somebody asks for a few words."""
    return (Readable("references.answer", N_("A few words about somebody you know")),)


feature = Feature(
    name="references",
    blueprints=(references,),
    notices=NOTICES,
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={
        "readable_codes": readable_codes,
        "verification_sections": verification_section,
        "somebody_forgotten": forget_references,
    },
)
