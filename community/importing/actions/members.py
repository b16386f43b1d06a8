"""Members taken in from a register.

A line already taken in changes nothing, whatever its cells say by now: what people have changed here since stands.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from community.households.rules import MOST_DEPENDANTS
from community.importing.actions.writing import Adult, Home, write_down
from community.importing.queries import (
    MEMBERS,
    categories_by_name,
    community_meant,
    members_among,
    must_be_within,
    people_by_key,
    zones_by_name,
    zones_within,
)
from community.importing.rules import member_columns, moment_of
from community.joining.actions import tell_owner
from community.members.tables import Person
from community.parties.rules import MOST_SKILLS
from community.parties.tables import Party
from foundation import audit, clock, outbox
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.importing import Import, Intake, Progress, Row
from foundation.importing.runs import IMPORT


def members_import(session: Session, slug: str, who: Actor | None = None) -> Import:
    """The import of members of the community with this slug. Raises Invalid when there is none.

    `who` takes them in from the browser, into the community and the zones that are theirs: then nobody is put into a
    household that is here already, and whoever has an account elsewhere is invited instead of taken in.
    """
    community = community_meant(session, slug, who)
    actor, slug, zone = who or Actor(community_id=community.id or 0), community.slug, community.time_zone
    columns = member_columns(
        zones_by_name(session, actor.community_id), categories_by_name(session, actor.community_id), clock.today(zone)
    )
    within = zones_within(who, IMPORT)

    def intake(rows: Sequence[Row]) -> Intake:
        looking, taking = (MembersIntake(actor, slug, zone, rows, within, asks=who is not None) for _ in range(2))
        return Intake(taking.take_row, taking.finish, looking.take_row, taking.made)

    return Import(columns, intake, MEMBERS, actor.community_id)


class MembersIntake:
    """Takes one file of members in: `take_row` for every line, `finish` once. Bulk, since registers can be long."""

    def __init__(
        self,
        actor: Actor,
        slug: str,
        time_zone: str,
        rows: Sequence[Row],
        within: frozenset[int] | None = None,
        *,
        asks: bool = False,
    ) -> None:
        self.made: list[tuple[str, int]] = []
        """What `finish` wrote: people who are new here, those among them who are new altogether, and households."""
        self._within = within
        self._asks = asks
        self._elsewhere: list[str] = []
        """Addresses of people with an account, who are no members here: they are written to."""
        self._actor = actor
        self._slug = slug
        self._zone = time_zone
        self._keys = {row.line: self._key(row) for row in rows}
        self._emails = {row["email"] for row in rows if row["email"]}
        self._homes: dict[str, Home] = {}
        self._known: dict[str, Person] | None = None
        self._members: set[int] = set()
        self._placed: set[int] = set()
        self._parties: dict[str, Party] = {}

    def take_row(self, session: Session, row: Row) -> bool:
        """Check a line and put it aside; False for somebody who is a member already. Raises Invalid."""
        must_be_within(self._within, row["zone"])
        known = self._look(session)
        key = self._keys[row.line]
        person = known.get(key) or (known.get(row["email"]) if row["email"] else None)
        if person is not None and person.id in self._members:
            if person.import_key not in (None, key) and person.import_key.startswith(f"{self._slug}:"):
                raise Invalid(N_("This e-mail address belongs to another member."))
            return False
        if person is not None and person.id in self._placed:
            raise Invalid(N_("This person is on another line already."))
        if self._asks and person is not None:
            # Counted among those who are here already: a file must not tell who has an account (decisions/0013).
            self._elsewhere.append(row["email"])
            return False
        home = self._home(row)
        home.adults.append(self._adult(row, key, person))
        return True

    def finish(self, session: Session, progress: Progress | None = None) -> None:
        """Write to who has an account, write down who has none, open the accounts, and leave one line in the audit."""
        homes = [home for home in self._homes.values() if home.adults]
        with outbox.muted(False):
            for email in self._elsewhere:
                here = self._actor.community_id
                tell_owner(session, here, email, "joining.apply", {}, key=f"imported:{here}")
        if not homes:
            return
        new = {id(adult) for home in homes for adult in home.adults if adult.words}
        write_down(session, self._actor, homes, progress)
        self.made += [("party", home.party_id) for home in homes if home.is_new]
        for adult in (adult for home in homes for adult in home.adults):
            self.made += [("member", adult.person_id), *([("person", adult.person_id)] if id(adult) in new else [])]
        people, opened = sum(len(home.adults) for home in homes), sum(home.is_new for home in homes)
        audit.record(session, self._actor, "imported", "members", None, people=people, households=opened)

    # ------------------------------------------------------------ reading

    def _look(self, session: Session) -> dict[str, Person]:
        if self._known is None:
            self._known = people_by_key(session, set(self._keys.values()), self._emails)
            self._members = members_among(session, self._actor.community_id)
            parties = select(Party).where(
                col(Party.community_id) == self._actor.community_id, col(Party.import_key).is_not(None)
            )
            self._parties = {party.import_key or "": party for party in session.exec(parties)}
        return self._known

    def _key(self, row: Row) -> str:
        """The code in the register; without one the e-mail address; without that, what the line says."""
        return f"{self._slug}:{row['code'] or row['email'] or '#' + row.fingerprint[:32]}"[:80]

    def _home(self, row: Row) -> Home:
        key = row["household"] or "." + self._keys[row.line].removeprefix(f"{self._slug}:")[:58]
        home = self._homes.get(key)
        if home is None:
            party = self._parties.get(key)
            if party is not None and party.kind != "household":
                raise Invalid(N_("This code belongs to an organisation."))
            if party is not None and self._asks:
                raise Invalid(N_("This household is here already: its own adults invite whoever belongs to it."))
            home = Home(key, row.line, row["zone"], self._since(row), party, party is None)
            self._homes[key] = home
        if home.zone_id != row["zone"]:
            raise Invalid(N_("Line %(line)s puts the same household in another zone."), line=home.line)
        home.name = home.name or row["household_name"]
        home.about = home.about or row["about"]
        home.address = home.address or row["address"]
        home.since = min(home.since, self._since(row))
        for mine, said in (
            (home.dependants, row["dependants"]),
            (home.offers, row["offers"]),
            (home.needs, row["needs"]),
        ):
            mine.extend(item for item in said if item not in mine)
        if len(home.dependants) > MOST_DEPENDANTS:
            raise Invalid(N_("At most %(most)s people can stand here."), most=MOST_DEPENDANTS)
        if len(home.offers) > MOST_SKILLS or len(home.needs) > MOST_SKILLS:
            raise Invalid(N_("At most %(most)s categories can stand here."), most=MOST_SKILLS)
        return home

    def _since(self, row: Row) -> datetime:
        return moment_of(row["since"], self._zone)

    def _adult(self, row: Row, key: str, person: Person | None) -> Adult:
        adult = Adult(row["given_name"], row["family_name"], row["code"] or "", key, self._since(row))
        if person is None:
            adult.words = {"email": row["email"], "phone": row["phone"], "speaks": list(row["speaks"])}
        else:
            adult.person_id = person.id or 0
            self._placed.add(adult.person_id)
        return adult
