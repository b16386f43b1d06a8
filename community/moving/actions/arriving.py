"""The makers there have decided: what was ticked goes along, by the same actions with which one would write it anew.

Hours, checks, references, limits and what makers wrote stay where they are: none of them is read here.
"""

from dataclasses import replace

from sqlmodel import col, select

from community.availability.actions import set_hours, set_week
from community.availability.queries import slots_of
from community.categories.tables import Category
from community.communities.queries import community_of
from community.dependants.actions import write_details
from community.dependants.tables import DependantDetails
from community.households.actions import add_dependant
from community.households.queries import dependants_of
from community.households.rules import MOST_DEPENDANTS
from community.households.tables import Dependant
from community.members.queries import actor_for
from community.members.tables import Membership
from community.moving.actions.asking import KIND
from community.moving.notices import LET_IN
from community.moving.queries import household_of, may_be_carried, move_behind, together_with
from community.moving.tables import CommunityMove
from community.notifications.actions import notify
from community.parties.actions import edit_party, set_skills
from community.parties.queries import acts_for, skills_of
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def household_waiting(session: Session, membership: Membership) -> Party | None:
    """The household of who was let in before and wished that this person comes into it too; None opens one."""
    move = move_behind(session, membership.id)
    for other in together_with(session, move) if move is not None else ():
        party = session.get(Party, other.to_party_id) if other.to_party_id is not None else None
        if party is not None and party.closed_at is None and acts_for(session, other.person_id, party.id or 0):
            return party
    return None


def decided(session: Session, membership: Membership) -> None:
    """A no ends the move, and nothing has changed; with a yes what was ticked goes along, and the goodbye is asked."""
    move = move_behind(session, membership.id, lock=True)
    if move is None or move.to_party_id is not None:
        return
    if membership.state == "declined":
        move.state, move.ended_at, move.dependants = "declined", move.ended_at or clock.now(), []
        session.add(move)
        return
    party = household_of(session, move.to_community_id, move.person_id)
    if party is not None:
        move.to_party_id = party.id
        _carry(session, move, party)
    # From now on nothing needs to say whose page went along.
    move.dependants = []
    session.add(move)
    session.flush()
    if move.state == "open":
        _tell(session, move)


def _tell(session: Session, move: CommunityMove) -> None:
    names = {
        "community": community_of(session, move.to_community_id).name,
        "here": community_of(session, move.from_community_id).name,
    }
    notify(
        session,
        person_id=move.person_id,
        community_id=move.from_community_id,
        notice=LET_IN,
        params=names,
        endpoint="moving.show",
        key=f"{move.id}",
    )


def _carry(session: Session, move: CommunityMove, party: Party) -> None:
    """In the person's own name: it is their wish. What they have said there already stands."""
    before = session.get(Party, move.from_party_id) if move.from_party_id is not None else None
    actor = replace(actor_for(session, move.person_id, move.to_community_id), party_id=party.id)
    if before is None or party.id not in actor.party_ids:
        return
    if "words" in move.carries and before.about and not party.about:
        edit_party(
            session, actor, party.id or 0, name=party.name, about=before.about, address=party.address,
            zone_id=party.zone_id,
        )  # fmt: skip
    if "week" in move.carries:
        _carry_week(session, actor, before.id or 0)
    if "skills" in move.carries:
        _carry_skills(session, actor, before.id or 0)
    _carry_dependants(session, actor, move, before.id or 0)
    audit.record(session, actor, "carried", KIND, move.id, what=move.carries, dependants=len(move.dependants))


def _carry_week(session: Session, actor: Actor, before_id: int) -> None:
    weeks = slots_of(session, [before_id, actor.must_be_party()])
    slots = weeks[before_id]
    if not slots or weeks[actor.must_be_party()]:
        return
    set_week(session, actor, [(slot.weekday, slot.part) for slot in slots])
    set_hours(session, actor, [(slot.weekday, slot.part, slot.starts, slot.ends) for slot in slots])


def _carry_skills(session: Session, actor: Actor, before_id: int) -> None:
    """What has the same category there: each community keeps its own tree."""
    party_id = actor.must_be_party()
    skills = skills_of(session, [before_id, party_id])
    said = skills[before_id]
    slugs = {category.slug for some in said.values() for category in some}
    if not slugs or any(skills[party_id].values()):
        return
    there = select(Category).where(
        col(Category.community_id) == actor.community_id,
        col(Category.slug).in_(slugs),
        col(Category.retired_at).is_(None),
    )
    ids = {category.slug: category.id or 0 for category in session.exec(there)}
    offers, needs = ([ids[one.slug] for one in said[kind] if one.slug in ids] for kind in ("offer", "need"))
    set_skills(session, actor, party_id, offers=offers, needs=needs)


def _carry_dependants(session: Session, actor: Actor, move: CommunityMove, before_id: int) -> None:
    """A nickname, an age band, and what is sealed, sealed anew. Consents are not: there they are asked for anew."""
    party_id = actor.must_be_party()
    wanted = select(Dependant).where(
        col(Dependant.id).in_(move.dependants),
        col(Dependant.party_id) == before_id,
        col(Dependant.removed_at).is_(None),
    )
    free = may_be_carried(session, list(session.exec(wanted.order_by(col(Dependant.id)))))
    room = MOST_DEPENDANTS - len(dependants_of(session, actor, party_id))
    for one in free[:room]:
        new = add_dependant(session, actor, party_id, nickname=one.nickname, age_band=one.age_band)
        details = session.get(DependantDetails, one.id)
        if details is not None:
            write_details(
                session, actor, new.id or 0, nickname=one.nickname, age_band=one.age_band, needs=details.needs,
                pick_up=details.pick_up, emergency=details.emergency,
            )  # fmt: skip
