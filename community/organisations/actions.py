"""Opening an organisation, and what it says of itself."""

from datetime import datetime
from urllib.parse import urlsplit

from community.members.rules import tidy_email, tidy_phone
from community.organisations.tables import KINDS, Organisation
from community.parties.actions import open_party
from community.parties.queries import own_party
from community.parties.tables import Party
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing

LONGEST_WEBSITE = 300


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
    _check_kind(kind)
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
    _check_kind(kind)
    organisation.kind = kind
    organisation.website = tidy_website(website)
    organisation.phone = tidy_phone(phone)
    organisation.email = tidy_email(email) if email.strip() else ""
    session.add(organisation)
    audit.record(session, actor, "described", "organisation", party.id)


def tidy_website(address: str) -> str:
    """`www.example.org` becomes `https://www.example.org`. Raises Invalid for what is no web address."""
    tidy = address.strip()
    if not tidy:
        return ""
    if "://" not in tidy:
        tidy = f"https://{tidy}"
    try:
        parts = urlsplit(tidy)
        host = parts.hostname or ""
    except ValueError:
        host = ""
        parts = urlsplit("")
    right = parts.scheme in ("http", "https") and "." in host.strip(".") and not any(c.isspace() for c in tidy)
    if not right or len(tidy) > LONGEST_WEBSITE:
        raise Invalid(N_("This does not look like a web address, such as www.example.org."), field="website")
    return tidy


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Invalid(N_("Choose what kind of organisation it is."), field="kind")
