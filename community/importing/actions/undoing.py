"""Taking members away again that an import brought, while they have done nothing here yet.

Their names and contacts go. What remains is what a ledger needs: a household without a name, closed, and its empty
account.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, update
from sqlmodel import col, delete, select

from community.households.tables import Dependant
from community.importing.queries import MEMBERS
from community.members.tables import Membership, Person
from community.parties.actions import put_in_index
from community.parties.tables import Party, PartyMember, PartySkill
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import registry
from foundation.importing import Progress, in_pieces, part_of
from foundation.importing.built import pointing_to
from foundation.importing.kinds import Made, Obstacle
from foundation.importing.tables import ImportedRow, ImportMade
from foundation.search import take_out

NO_NAME = "—"
_NOBODY: dict[str, object] = {
    "given_name": NO_NAME, "family_name": "", "email": None, "phone": "", "about": "", "speaks": [], "import_key": None,
}  # fmt: skip
ELSEWHERE = N_("Something here speaks of %(name)s by now.")
SENTENCES = {
    "post": N_("%(name)s has posted something."),
    "agreement": N_("%(name)s has a proposal or an exchange."),
    "series": N_("%(name)s has a proposal or an exchange."),
    "group_exchange": N_("%(name)s has a proposal or an exchange."),
    "group_place": N_("%(name)s has a proposal or an exchange."),
    "message": N_("%(name)s has written something."),
    "role_grant": N_("%(name)s has a role."),
    "identity_check": N_("A maker has met and recorded %(name)s."),
    "reference": N_("A maker has met and recorded %(name)s."),
    "transfer": N_("Hours of %(name)s have moved."),
    "stored_file": N_("%(name)s has a photo."),
    "availability": N_("%(name)s has said when they can."),
}
_PIECE = 50
_CLOSED, _LEFT, _FORGOTTEN = 0.5, 0.7, 0.8
"""How much of the work is done once the households are closed, the memberships ended, the people forgotten."""
_OWN_OF_PERSON = ("membership.person_id", "party_member.person_id")
_OWN_OF_PARTY = ("account", "party_member", "dependant", "party_skill", "membership.acting_party_id", "transfer")


def built_on_members(session: Session, actor: Actor, run_id: int) -> list[Obstacle]:
    """Who has signed in, who was joined by somebody else, and what else was done by or with those people."""
    found = [*_signed_in(session, run_id), *_joined(session, run_id)]
    people = pointing_to(session, run_id, "person", Person, besides=_OWN_OF_PERSON)
    # People who had an account already: what they have done in other communities does not count.
    here = actor.community_id
    known = pointing_to(session, run_id, "member", Person, besides=_OWN_OF_PERSON, community_id=here)
    for number, tables in known.items():
        people.setdefault(number, set()).update(tables)
    parties = pointing_to(session, run_id, "party", Party, besides=_OWN_OF_PARTY)
    people_there = [one for number in people if (one := session.get(Person, number)) is not None]
    homes_there = [home for number in parties if (home := session.get(Party, number)) is not None]
    found += _told(people, {person.id or 0: person.name for person in people_there})
    found += _told(parties, {home.id or 0: home.name for home in homes_there})
    for hook in registry.hooks("built_on_parties"):
        found += hook(session, run_id)
    return _once(found)


def undo_members(session: Session, actor: Actor, made: Made, progress: Progress) -> None:
    """Close the households that were opened, end the memberships, and forget who the people were."""
    parties, members, people = (made.get(kind, ()) for kind in ("party", "member", "person"))
    lines = len(members)
    _close(session, actor, in_pieces(parties, _PIECE, part_of(progress, 0, _CLOSED), lines))
    homes = _end_memberships(session, actor, in_pieces(members, _PIECE, part_of(progress, _CLOSED, _LEFT), lines))
    for piece in in_pieces(people, _PIECE, part_of(progress, _LEFT, _FORGOTTEN), lines):
        session.exec(update(Person).where(col(Person.id).in_(piece)).values(**_NOBODY))
    for piece in in_pieces(parties, _PIECE, part_of(progress, _FORGOTTEN, 1), lines):
        take_out(session, "household", piece)
    _find_without_them(session, homes - set(parties))


def _close(session: Session, actor: Actor, pieces: Iterable[Sequence[int]]) -> None:
    now = clock.now()
    for piece in pieces:
        for hook in registry.hooks("parties_taken_back"):
            hook(session, actor, piece)
        for table in (Dependant, PartySkill, PartyMember):
            session.exec(delete(table).where(col(table.party_id).in_(piece)))
        session.exec(update(Membership).where(col(Membership.acting_party_id).in_(piece)).values(acting_party_id=None))
        nameless = {"name": NO_NAME, "about": "", "address": "", "import_key": None, "closed_at": now}
        session.exec(update(Party).where(col(Party.id).in_(piece)).values(**nameless))


def _end_memberships(session: Session, actor: Actor, pieces: Iterable[Sequence[int]]) -> set[int]:
    """Take people out of the community; the ids of the households they were in."""
    here = select(Party.id).where(col(Party.community_id) == actor.community_id)
    homes: set[int] = set()
    for piece in pieces:
        belonged = select(PartyMember.party_id).where(col(PartyMember.person_id).in_(piece))
        homes.update(session.exec(belonged.where(col(PartyMember.party_id).in_(here))))
        session.exec(
            delete(PartyMember).where(col(PartyMember.person_id).in_(piece), col(PartyMember.party_id).in_(here))
        )
        of_members = (col(Membership.community_id) == actor.community_id, col(Membership.person_id).in_(piece))
        session.exec(delete(Membership).where(*of_members))
        session.exec(
            delete(ImportedRow).where(
                col(ImportedRow.community_id) == actor.community_id,
                col(ImportedRow.kind) == MEMBERS,
                col(ImportedRow.object_id).in_(piece),
            )
        )
    return homes


def _find_without_them(session: Session, homes: Iterable[int]) -> None:
    """Households that were there before are no longer found by the names of those who went."""
    for number in sorted(homes):
        party = session.get(Party, number, populate_existing=True)
        if party is not None:
            put_in_index(session, party)


def _signed_in(session: Session, run_id: int) -> list[Obstacle]:
    statement = (
        select(Person)
        .join(ImportMade, col(ImportMade.object_id) == col(Person.id))
        .where(
            col(ImportMade.run_id) == run_id,
            col(ImportMade.kind) == "person",
            or_(col(Person.email_confirmed_at).is_not(None), col(Person.password_hash).is_not(None)),
        )
    )
    return [Obstacle(N_("%(name)s has signed in."), {"name": person.name}) for person in session.exec(statement)]


def _joined(session: Session, run_id: int) -> list[Obstacle]:
    """Households of the import that somebody else has been taken into since."""
    ours = select(ImportMade.object_id).where(col(ImportMade.run_id) == run_id, col(ImportMade.kind) == "member")
    statement = (
        select(Party.name)
        .join(PartyMember, col(PartyMember.party_id) == col(Party.id))
        .join(ImportMade, col(ImportMade.object_id) == col(Party.id))
        .where(
            col(ImportMade.run_id) == run_id,
            col(ImportMade.kind) == "party",
            col(PartyMember.person_id).not_in(ours),
        )
        .distinct()
    )
    return [
        Obstacle(N_("Somebody else belongs to %(name)s by now."), {"name": name}) for name in session.exec(statement)
    ]


def _told(found: dict[int, set[str]], names: dict[int, str]) -> list[Obstacle]:
    return [
        Obstacle(SENTENCES.get(table, ELSEWHERE), {"name": names.get(number, "")})
        for number, tables in sorted(found.items())
        for table in sorted(tables)
    ]


def _once(found: Sequence[Obstacle]) -> list[Obstacle]:
    """Each sentence once: a household may be in it with several tables."""
    seen: dict[tuple[str, str], Obstacle] = {}
    for each in found:
        seen.setdefault((each.message, str(each.params.get("name"))), each)
    return list(seen.values())
