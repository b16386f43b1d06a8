"""What is kept about a household, and for whom a person acts."""

from collections.abc import Iterator

from sqlmodel import col, select

from community.parties.tables import Party, PartyMember, PartySkill
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _households(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, Party, col(Party.id).in_(whose.household_ids), without=("import_key",))


def _acting(session: Session, whose: Whose) -> Iterator[Row]:
    here = select(col(Party.id)).where(col(Party.community_id) == whose.community_id)
    return rows_of(
        session, PartyMember, col(PartyMember.person_id) == whose.person_id, col(PartyMember.party_id).in_(here)
    )


def _skills(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, PartySkill, col(PartySkill.party_id).in_(whose.household_ids))


def _photos(session: Session, whose: Whose) -> list[int]:
    statement = select(col(Party.photo_file_id)).where(col(Party.id).in_(whose.household_ids))
    return [found for found in session.scalars(statement) if found]


PERSONAL = (
    PersonalData(
        kind="household",
        words=N_("Your household: its name, zone, address and what it says about itself"),
        purpose=N_("So that neighbours can agree with you; the address is seen only by who agreed to come"),
        basis="agreement",
        keeping=N_("As long as the household belongs to the community"),
        rows=_households,
        tables=(Party,),
        pictures=_photos,
    ),
    PersonalData(
        kind="acting",
        words=N_("For which households and organisations you act, and since when"),
        purpose=N_("So that it is clear who speaks for whom"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_acting,
        tables=(PartyMember,),
    ),
    PersonalData(
        kind="skills",
        words=N_("What your household likes to give, and what it looks for"),
        purpose=N_("So that we can suggest who could help whom"),
        basis="consent",
        keeping=N_("Until you take it back"),
        bound="wish",
        rows=_skills,
        tables=(PartySkill,),
    ),
)
