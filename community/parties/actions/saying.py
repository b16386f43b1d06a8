"""What a party says of itself: its name and place, its photograph, what it can give and needs."""

from collections.abc import Collection

from sqlalchemy import delete, update
from sqlmodel import col, select

from community.categories.tables import Category
from community.members.tables import Membership
from community.parties.actions.finding import put_in_index
from community.parties.queries import own_party
from community.parties.rules import (
    LONGEST_ABOUT,
    LONGEST_ADDRESS,
    MOST_SKILLS,
    checked_party_name,
    checked_words,
)
from community.parties.tables import Party, PartyMember, PartySkill
from community.zones.queries import zone_of
from foundation import audit, files
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.feature import registry
from foundation.files import StoredImage

PARTY_PHOTO = "party_photo"
"""What a party's photograph is called among the stored pictures."""


def edit_party(
    session: Session, actor: Actor, party_id: int, *, name: str, about: str, address: str, zone_id: int | None
) -> Party:
    """Change what members read of a party, and where it lives.

    Announces `party_moved(session, party_id, before, zone_id)` where it lives in another zone from now on, by whichever
    page; and `party_renamed(session, party_id)`. Raises Missing for a party of somebody else, or a zone of another
    community; Invalid at the field.
    """
    party = own_party(session, actor, party_id)
    before = party.zone_id
    if zone_id is None and party.kind == "household":
        raise Invalid(N_("Choose your zone."), field="zone_id")
    if zone_id is not None and zone_id != party.zone_id:
        zone_of(session, actor.community_id, zone_id)
        audit.record(session, actor, "moved", "party", party.id, before=before, after=zone_id)
        party.zone_id = zone_id
        _move_people(session, party)
    called = party.name
    party.name = checked_party_name(name)
    party.about = checked_words(about, LONGEST_ABOUT, "about")
    party.address = checked_words(address, LONGEST_ADDRESS, "address")
    session.add(party)
    audit.record(session, actor, "edited", "party", party.id)
    put_in_index(session, party)
    if before is not None and party.zone_id not in (None, before):
        for hook in registry.hooks("party_moved"):
            hook(session, party_id, before, party.zone_id)
    if party.name != called:
        for hook in registry.hooks("party_renamed"):
            hook(session, party_id)
    return party


def set_photo(session: Session, actor: Actor, party_id: int, image: StoredImage | None) -> None:
    """Give a party another photograph, or none; the one before is let go."""
    party = own_party(session, actor, party_id)
    here = actor.community_id
    party.photo_file_id = files.replace(
        session, party.photo_file_id, image, kind=PARTY_PHOTO, community_id=here, owner_person_id=actor.person_id
    )
    session.add(party)
    audit.record(session, actor, "changed_photo", "party", party.id)


def set_skills(
    session: Session, actor: Actor, party_id: int, *, offers: Collection[int], needs: Collection[int]
) -> None:
    """Say anew what a party can give and needs, by category. Raises Invalid for a category of another community."""
    party = own_party(session, actor, party_id)
    wanted = {(category, kind) for kind, ids in (("offer", offers), ("need", needs)) for category in ids}
    _check_categories(session, party, {category for category, _ in wanted})
    if len(wanted) > MOST_SKILLS:
        raise Invalid(N_("Choose up to %(most)s in all: the ones that matter most."), field="offers", most=MOST_SKILLS)
    session.exec(delete(PartySkill).where(col(PartySkill.party_id) == party.id))
    session.add_all(PartySkill(party_id=party_id, category_id=category, kind=kind) for category, kind in sorted(wanted))
    session.flush()
    audit.record(session, actor, "changed_skills", "party", party.id)
    put_in_index(session, party)


def _move_people(session: Session, party: Party) -> None:
    """Who acts for a household lives where it lives."""
    if party.kind != "household":
        return
    people = select(col(PartyMember.person_id)).where(
        col(PartyMember.party_id) == party.id, col(PartyMember.until).is_(None)
    )
    session.exec(
        update(Membership)
        .where(col(Membership.community_id) == party.community_id, col(Membership.person_id).in_(people))
        .values(zone_id=party.zone_id)
        .execution_options(synchronize_session=False)
    )


def _check_categories(session: Session, party: Party, wanted: Collection[int]) -> None:
    known = set(
        session.exec(
            select(Category.id).where(
                col(Category.community_id) == party.community_id,
                col(Category.retired_at).is_(None),
                col(Category.id).in_(wanted),
            )
        )
    )
    if known != set(wanted):
        raise Invalid(N_("One of these is no longer in the list. Look again and choose."), field="offers")
