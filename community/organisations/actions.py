"""Opening an organisation, and what it says of itself."""

from datetime import datetime

from community.members.rules import tidy_email, tidy_phone
from community.organisations.rules import check_kind, tidy_website
from community.organisations.tables import Organisation
from community.parties.actions import open_party
from community.parties.queries import own_party
from community.parties.tables import Party
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def open_organisation(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    name: str,
    zone_id: int | None,
    about: str = "",
    import_key: str | None = None,
    opened_at: datetime | None = None,
) -> Party:
    """Open the party of a business, association, school, parish or public body. Raises Invalid for another kind."""
    check_kind(kind)
    party = open_party(
        session, actor, kind="organisation", name=name, zone_id=zone_id, about=about,
        import_key=import_key, opened_at=opened_at,
    )  # fmt: skip
    session.add(Organisation(party_id=party.id or 0, kind=kind))
    session.flush()
    return party


def describe_organisation(
    session: Session, actor: Actor, party_id: int, *, kind: str, website: str, phone: str, email: str
) -> None:
    """Change how an organisation is reached. Raises Missing for who does not act for it, Invalid at the field."""
    party = own_party(session, actor, party_id)
    organisation = session.get(Organisation, party.id)
    if organisation is None:
        raise Missing()
    check_kind(kind)
    organisation.kind = kind
    organisation.website = tidy_website(website)
    organisation.phone = tidy_phone(phone)
    organisation.email = tidy_email(email) if email.strip() else ""
    session.add(organisation)
    audit.record(session, actor, "described", "organisation", party.id)
