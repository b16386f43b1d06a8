"""Writing a whole register down: a few statements for each table, however many people there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel, col

from community.households.tables import Dependant
from community.importing.queries import MEMBERS
from community.importing.rules import joined_names
from community.members.tables import Membership, Person
from community.parties.queries import entries_of
from community.parties.tables import Party, PartyMember, PartySkill
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry
from foundation.importing import Progress, in_pieces, part_of, remember_taken
from foundation.search import fill, unindex

_PIECE = 50
"""So many households are written at a time: others are answered in between."""
_WRITING = 0.7
"""How much of the work is done once all are written; what remains is that they are found."""


@dataclass(eq=False)
class Adult:
    """One line: somebody new (`words` holds what is written down), or somebody who has an account already."""

    given_name: str
    family_name: str
    code: str
    import_key: str
    joined: datetime
    person_id: int = 0
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Home:
    """A household while its lines are read; `party` is set once it is there."""

    key: str
    line: int
    zone_id: int
    since: datetime
    party: Party | None = None
    is_new: bool = False
    name: str = ""
    about: str = ""
    address: str = ""
    adults: list[Adult] = field(default_factory=list)
    dependants: list[tuple[str, str]] = field(default_factory=list)
    offers: list[int] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)

    @property
    def party_id(self) -> int:
        return (self.party.id if self.party else None) or 0


def write_down(session: Session, actor: Actor, homes: list[Home], progress: Progress | None = None) -> None:
    """Write people, households and memberships, and announce every household that was opened, piece by piece."""
    lines = sum(len(home.adults) for home in homes)
    for piece in in_pieces(homes, _PIECE, part_of(progress, 0, _WRITING), lines):
        _write_piece(session, actor, piece)
    parties = sorted((home.party for home in homes if home.party is not None), key=lambda one: (one.opened_at, one.id))
    # The index wants those of the same moment one after the other.
    for some in in_pieces(parties, _PIECE, part_of(progress, _WRITING, 1), lines):
        _let_be_found(session, some)


def _write_piece(session: Session, actor: Actor, homes: Sequence[Home]) -> None:
    _people(session, [adult for home in homes for adult in home.adults if adult.words])
    opened = [home for home in homes if home.is_new]
    for home in opened:
        home.party = _party(actor, home)
    session.add_all(home.party for home in opened if home.party is not None)
    session.flush()
    _insert(session, Membership, (row for home in homes for row in _memberships(actor, home)))
    _insert(session, PartyMember, (row for home in homes for row in _belonging(home)))
    _insert(session, Dependant, (row for home in opened for row in _looked_after(home)))
    _insert(session, PartySkill, (row for home in opened for row in _skills(home)))
    _remember_codes(session, actor, homes)
    for home in opened:
        for hook in (*registry.hooks("party_opened"), *registry.hooks("party_welcomed")):
            hook(session, actor, home.party)


def _let_be_found(session: Session, parties: Sequence[Party]) -> None:
    """The households are found from now on, those that were there before by the names of their new adults."""
    opened = sorted(entries_of(session, parties), key=lambda entry: (entry.moment, entry.object_id))
    for entry in opened:
        unindex(session, entry.kind, entry.object_id)
    fill(session, opened)


def _people(session: Session, adults: list[Adult]) -> None:
    blank = Person(given_name="").model_dump(exclude={"id"})
    rows = [
        blank
        | {
            "given_name": adult.given_name,
            "family_name": adult.family_name,
            "import_key": adult.import_key,
            "created_at": adult.joined,
            **adult.words,
        }
        for adult in adults
    ]
    if not rows:
        return
    written = insert(Person).returning(col(Person.id), sort_by_parameter_order=True)
    for adult, person_id in zip(adults, session.scalars(written, rows), strict=True):
        adult.person_id = person_id or 0


def _party(actor: Actor, home: Home) -> Party:
    return Party(
        community_id=actor.community_id,
        kind="household",
        name=home.name or joined_names([(adult.given_name, adult.family_name) for adult in home.adults]),
        zone_id=home.zone_id,
        about=home.about,
        address=home.address,
        import_key=home.key,
        opened_at=home.since,
    )


def _memberships(actor: Actor, home: Home) -> Iterable[dict[str, Any]]:
    for adult in home.adults:
        yield {
            "community_id": actor.community_id,
            "person_id": adult.person_id,
            "zone_id": home.zone_id,
            "state": "approved",
            "applies_for": "household",
            "party_name": "",
            "applied_at": adult.joined,
            "decided_at": adult.joined,
            "decided_by_id": actor.recorder_id,
            "reason": "",
            "acting_party_id": home.party_id,
        }


def _belonging(home: Home) -> Iterable[dict[str, Any]]:
    for adult in home.adults:
        yield {"party_id": home.party_id, "person_id": adult.person_id, "since": adult.joined}


def _looked_after(home: Home) -> Iterable[dict[str, Any]]:
    for nickname, band in home.dependants:
        yield {"party_id": home.party_id, "nickname": nickname, "age_band": band, "added_at": home.since}


def _skills(home: Home) -> Iterable[dict[str, Any]]:
    for kind, ids in (("offer", home.offers), ("need", home.needs)):
        for category_id in ids:
            yield {"party_id": home.party_id, "category_id": category_id, "kind": kind}


def _remember_codes(session: Session, actor: Actor, homes: Sequence[Home]) -> None:
    """The codes of people who keep the key of another register, so that later files find them by this one's."""
    codes = [(adult.code, adult.person_id) for home in homes for adult in home.adults if adult.code and not adult.words]
    remember_taken(session, actor.community_id, MEMBERS, codes)


def _insert(session: Session, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        session.execute(insert(table), found)
