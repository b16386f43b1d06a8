"""Opening a party, who acts for it, and what it says of itself."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, or_, select

from community.categories.tables import Category
from community.members.tables import Membership, RoleGrant
from community.parties.policies import must_act_for
from community.parties.queries import FINDABLE, acts_for, entries_of, own_party, people_of
from community.parties.rules import (
    LONGEST_ABOUT,
    LONGEST_ADDRESS,
    MOST_SKILLS,
    checked_party_name,
    checked_words,
)
from community.parties.tables import Party, PartyMember, PartySkill
from community.zones.queries import zone_of
from foundation import audit, clock, files, tokens
from foundation.access import Actor
from foundation.database import Database, Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry
from foundation.files import StoredImage
from foundation.jobs import enqueue
from foundation.search import index, unindex
from foundation.signals import look_again_at

INDEX_AGAIN = "parties.index_again"
LOT = 100
PARTY_PHOTO = "party_photo"
"""What a party's photograph is called among the stored pictures."""

ACT_FOR = "act_for"
ACT_FOR_LASTS = timedelta(days=14)


def open_party(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    name: str,
    zone_id: int | None = None,
    about: str = "",
    address: str = "",
    import_key: str | None = None,
    opened_at: datetime | None = None,
    welcomed: bool = True,
) -> Party:
    """Open a party in the actor's community and announce `party_opened(session, actor, party)`.

    The ledger answers with an account, and to `party_welcomed` with the welcome hours: not `welcomed` is what grew out
    of another party. Raises Missing for another community's zone.
    """
    if zone_id is not None:
        zone_of(session, actor.community_id, zone_id)
    party = Party(
        community_id=actor.community_id,
        kind=kind,
        name=checked_party_name(name),
        zone_id=zone_id,
        about=checked_words(about, LONGEST_ABOUT, "about"),
        address=checked_words(address, LONGEST_ADDRESS, "address"),
        import_key=import_key,
        opened_at=opened_at or clock.now(),
    )
    session.add(party)
    session.flush()
    audit.record(session, actor, "opened", "party", party.id, party_kind=kind)
    put_in_index(session, party)
    for hook in registry.hooks("party_opened"):
        hook(session, actor, party)
    for hook in registry.hooks("party_welcomed") if welcomed else ():
        hook(session, actor, party)
    return party


def add_person(session: Session, actor: Actor, party: Party, person_id: int) -> bool:
    """Let a person act for a party; False when they could already. The first party becomes the one they act for.

    Announces `person_added(session, actor, party_id)`.
    """
    present = col(PartyMember.until).is_(None)
    values = {"party_id": party.id, "person_id": person_id, "since": clock.now()}
    added = insert_if_absent(session, PartyMember, values, ["party_id", "person_id"], where=present)
    if added:
        session.exec(
            update(Membership)
            .where(
                col(Membership.community_id) == party.community_id,
                col(Membership.person_id) == person_id,
                col(Membership.acting_party_id).is_(None),
            )
            .values(acting_party_id=party.id)
        )
        audit.record(session, actor, "added_person", "party", party.id, person=person_id)
        put_in_index(session, party)
        for hook in registry.hooks("person_added"):
            hook(session, actor, party.id)
    return added


def end_person(session: Session, actor: Actor, party_id: int, person_id: int) -> None:
    """Let a person act for a party no more: themselves, or for an organisation another who acts for it.

    Raises Missing when they do not act for it, Refused for the last one (a balance needs somebody to answer for it)
    and for another adult of one's household: nobody puts a partner out with one tap.
    """
    party = own_party(session, actor, party_id)
    if party.kind == "household" and person_id != actor.person_id:
        raise Refused(
            N_("An adult leaves a household by themselves."), advice=N_("If that is a difficulty, talk to a maker.")
        )
    # Two who leave at the same moment wait for each other here, so that somebody stays.
    session.exec(select(Party).where(col(Party.id) == party_id).with_for_update())
    if not acts_for(session, person_id, party_id):
        raise Missing()
    if len(people_of(session, party_id)) == 1:
        raise Refused(
            N_("You are the only person here, and a balance needs somebody who answers for it."),
            advice=N_("Invite another adult first, or ask a maker to close it."),
        )
    close_person(session, actor, party, person_id)


def close_person(session: Session, actor: Actor, party: Party, person_id: int) -> None:
    """They act for it no more from now on, and a role that let them ends with it. The caller has seen that it may be.

    A person without a present place there changes nothing. Announces `person_ended(session, community_id, party_id,
    person_id)`.
    """
    now, party_id = clock.now(), party.id or 0
    session.exec(
        update(PartyMember)
        .where(
            col(PartyMember.party_id) == party_id,
            col(PartyMember.person_id) == person_id,
            col(PartyMember.until).is_(None),
        )
        .values(until=now)
    )
    session.exec(
        update(RoleGrant)
        .where(
            col(RoleGrant.party_id) == party_id,
            col(RoleGrant.person_id) == person_id,
            or_(col(RoleGrant.ends_at).is_(None), col(RoleGrant.ends_at) > now),
        )
        .values(ends_at=now, ended_by_id=actor.recorder_id)
    )
    session.exec(
        update(Membership)
        .where(col(Membership.person_id) == person_id, col(Membership.acting_party_id) == party_id)
        .values(acting_party_id=None)
    )
    audit.record(session, actor, "ended_person", "party", party.id, person=person_id)
    look_again_at(session, person_id)
    put_in_index(session, party)
    for hook in registry.hooks("person_ended"):
        hook(session, party.community_id, party_id, person_id)


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


def put_in_index(session: Session, party: Party) -> None:
    """Let a party be found as it stands now; who changes its people or their names calls this too."""
    session.flush()
    entries = entries_of(session, [party])
    for entry in entries:
        index(session, entry)
    if not entries and party.kind in FINDABLE:
        unindex(session, party.kind, party.id or 0)


def follow_category(session: Session, category_id: int) -> None:
    """Let those who can give something of a category be found by what it is called now."""
    enqueue(session, INDEX_AGAIN, {"category_id": category_id})


def index_again(database: Database, payload: Mapping[str, Any]) -> None:
    """The same, lot by lot: others write in between."""
    last: int | None = 0
    while last is not None:
        with database.writing() as session:
            who = select(PartySkill.party_id).where(PartySkill.category_id == payload["category_id"])
            wanted = select(Party).where(col(Party.id) > last, col(Party.id).in_(who)).order_by(col(Party.id))
            parties = session.exec(wanted.limit(LOT)).all()
            for party in parties:
                put_in_index(session, party)
            last = parties[-1].id if parties else None


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


def act_for(session: Session, actor: Actor, party_id: int) -> None:
    """Act for another of one's own parties from now on. Raises Missing for somebody else's."""
    party = own_party(session, actor, party_id)
    must_act_for(actor, party)
    session.exec(
        update(Membership)
        .where(
            col(Membership.community_id) == actor.community_id,
            col(Membership.person_id) == actor.must_be_person(),
        )
        .values(acting_party_id=party_id)
    )
    audit.record(session, actor, "acts_for", "party", party_id)


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


def invite_person(session: Session, actor: Actor, party_id: int) -> str:
    """The secret of a link that lets one more person act for the party, once, within two weeks.

    Raises Missing for who does not act for it themselves.
    """
    party = own_party(session, actor, party_id)
    if party.kind == "fund":
        raise Missing()
    secret = tokens.issue(
        session,
        ACT_FOR,
        payload={"party_id": party.id},
        lasts=ACT_FOR_LASTS,
        community_id=actor.community_id,
        created_by_person_id=actor.must_be_person(),
    )
    audit.record(session, actor, "invited", "party", party.id)
    return secret
