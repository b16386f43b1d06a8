"""Short ways of knocking at the door, for the tests of joining."""

from community.joining import actions
from community.joining.rules import Application, Newcomer
from community.members.queries import membership_of, person_by_email
from community.members.tables import Membership, Person
from foundation.database import Database
from tests.cast import Cast


def newcomer(email: str = "nadia@example.org", **words: str) -> Newcomer:
    return Newcomer(**{"given_name": "Nadia", "family_name": "Nuova", "email": email, "phone": "333 123", **words})


def apply(database: Database, cast: Cast, zone: str = "centro", *, invitation: str = "", **words: object) -> None:
    """Somebody new asks to join; `words` are those of the application, `email` of the newcomer."""
    email = str(words.pop("email", "nadia@example.org"))
    application = Application(cast.zones[zone].id, **words)
    phone = {"phone": "333 1234567"}
    with database.writing() as session:
        actions.apply_as_newcomer(
            session, cast.community.id, newcomer(email, **phone), application, invitation=invitation
        )


def standing(database: Database, cast: Cast, email: str = "nadia@example.org") -> tuple[Person, Membership]:
    with database.reading() as session:
        person = person_by_email(session, email)
        return person, membership_of(session, cast.community.id, person.id)


def invite(database: Database, cast: Cast, who: str = "maker", zone: str | None = "centro", uses: int = 1) -> str:
    with database.writing() as session:
        zone_id = cast.zones[zone].id if zone else None
        return actions.invite(session, cast.members[who].actor, zone_id=zone_id, uses=uses, days=14)
