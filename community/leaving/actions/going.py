"""Leaving, and coming back with one tap."""

from collections.abc import Iterable, Mapping

from sqlalchemy import update
from sqlmodel import col, select

from community.communities.queries import community_of
from community.leaving.notices import CAME_BACK, MEMBER_LEFT, PERSON_LEFT, YOU_LEFT
from community.leaving.queries import departure_waiting, going_of, locked, parting
from community.leaving.rules import COOLING_OFF, Going, may_come_back
from community.leaving.tables import Departure
from community.members.queries import makers_of, membership_of, person_of, standing
from community.members.tables import Membership, RoleGrant
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.actions import put_in_index
from community.parties.queries import hold_parties, party_visible_to, people_of
from community.parties.tables import Party, PartyMember
from community.safeguarding.actions import end_lead_with
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry
from foundation.signals import look_again_at

ENDED_BY_LEAVING = "Ha lasciato la comunità"


def leave(session: Session, actor: Actor, *, hours_to_party_id: int | None = None) -> Departure:
    """Leave the community: what is open ends, what nobody else answers for closes, roles end.

    `hours_to_party_id` receives the hours of what closes once the cooling-off is over; None is the community fund.
    Announces `somebody_leaves(session, going)`. Raises Missing for who is no member, Refused for the last
    administrator, Invalid at `who` for a receiver who is not there or leaves too.
    """
    person_id = actor.must_be_person()
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Missing()
    _end_roles(session, actor.community_id, person_id)
    before = [party.id or 0 for pair in parting(session, actor.community_id, person_id) for party in pair]
    # Whoever begins something with these parties, and another adult who leaves at the same moment, waits here.
    hold_parties(session, before, alone=True)
    closing, staying = parting(session, actor.community_id, person_id)
    going = going_of(actor.community_id, person_id, closing, staying)
    _check_receiver(session, actor, going, hours_to_party_id)
    _close(session, closing)
    for hook in registry.hooks("somebody_leaves"):
        hook(session, going)
    _step_out(session, going)
    membership.state, membership.acting_party_id = "left", None
    departure = Departure(
        community_id=actor.community_id,
        person_id=person_id,
        asked_at=clock.now(),
        ends_at=clock.now() + COOLING_OFF,
        closing=list(going.closing),
        staying=list(going.staying),
        hours_to_party_id=hours_to_party_id if closing else None,
    )
    session.add_all([membership, departure])
    session.flush()
    audit.record(session, actor, "left", "membership", membership.id, departure=departure.id)
    look_again_at(session, person_id)
    _index(session, [*closing, *staying])
    _tell_of_leaving(session, departure, membership, staying)
    return departure


def come_back(session: Session, community_id: int, person_id: int, *, recorded_by_id: int | None = None) -> None:
    """Bring everything back while the cooling-off lasts. What was called off stays called off; roles are given anew.

    `recorded_by_id` is a maker whom they told so.

    Announces `somebody_returns(session, going)`. Raises Missing when there is nothing to come back to.
    """
    waiting = departure_waiting(session, community_id, person_id)
    if waiting is None or waiting.id is None:
        raise Missing()
    departure = locked(session, waiting.id)
    membership = membership_of(session, community_id, person_id)
    if membership is None or not may_come_back(departure.state, departure.ends_at, clock.now()):
        raise Missing()
    departure.state, departure.ended_at = "returned", clock.now()
    hold_parties(session, [*departure.closing, *departure.staying], alone=True)
    closed, kept = _open_again(session, departure), _step_in(session, departure)
    membership.state = "approved"
    membership.acting_party_id = next((party.id for party in (*closed, *kept)), None)
    session.add_all([departure, membership])
    session.flush()
    for hook in registry.hooks("somebody_returns"):
        hook(session, going_of(community_id, person_id, closed, kept))
    who = Actor(community_id=community_id, person_id=person_id, recorded_by_id=recorded_by_id)
    audit.record(session, who, "came_back", "membership", membership.id, departure=departure.id)
    _index(session, [*closed, *kept])
    name = person_of(session, person_id).given_name
    for party in kept:
        _tell_people(session, party, person_id, CAME_BACK, {"who": name, "party": party.name}, departure)


def must_not_wait(session: Session, community_id: int, person_id: int) -> None:
    """Raises Refused for who would ask to join anew while one tap still brings them back."""
    if departure_waiting(session, community_id, person_id) is not None:
        raise Refused(
            N_("You are still leaving: you need not ask again."),
            advice=N_("Come back with one tap, and you find everything as it was."),
        )


def _end_roles(session: Session, community_id: int, person_id: int) -> None:
    """End the roles of who leaves. Administrators who leave together wait for each other, so that one stays."""
    held = session.exec(
        select(RoleGrant)
        .where(col(RoleGrant.community_id) == community_id, standing())
        .order_by(col(RoleGrant.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    now = clock.now()
    theirs = [
        grant for grant in held if grant.person_id == person_id and (grant.ends_at is None or grant.ends_at > now)
    ]
    running = [grant for grant in held if grant.role == "administrator" and grant.starts_at <= now]
    others = [grant for grant in running if grant.person_id != person_id]
    for_good = any(grant.ends_at is None for grant in running if grant.person_id == person_id)
    if for_good and not any(grant.ends_at is None for grant in others):
        others = []
    if any(grant.person_id == person_id for grant in running) and not others:
        raise Refused(
            N_("You are the last administrator, and somebody must be able to give roles."),
            advice=N_("Make another person administrator first."),
        )
    for grant in theirs:
        grant.ends_at, grant.ended_reason = max(now, grant.starts_at), ENDED_BY_LEAVING
        grant.ended_by_id = person_id
        session.add(grant)
    end_lead_with(session, Actor(community_id, person_id), person_id)


def _check_receiver(session: Session, actor: Actor, going: Going, party_id: int | None) -> None:
    if party_id is None:
        return
    try:
        party = party_visible_to(session, actor, party_id)
    except Missing as error:
        raise Invalid(N_("Choose somebody from the list."), field="who") from error
    if party.id in going.closing or party.kind == "fund":
        raise Invalid(N_("Choose somebody who stays."), field="who")


def _close(session: Session, closing: Iterable[Party]) -> None:
    for party in closing:
        party.closed_at = clock.now()
        session.add(party)
    session.flush()


def _step_out(session: Session, going: Going) -> None:
    """The person acts no more for what others keep. For what closed they stay named until their data goes."""
    session.exec(
        update(PartyMember)
        .where(
            col(PartyMember.party_id).in_(going.staying),
            col(PartyMember.person_id) == going.person_id,
            col(PartyMember.until).is_(None),
        )
        .values(until=clock.now())
        .execution_options(synchronize_session=False)
    )


def _open_again(session: Session, departure: Departure) -> list[Party]:
    found = session.exec(select(Party).where(col(Party.id).in_(departure.closing)).order_by(col(Party.id))).all()
    for party in found:
        party.closed_at = None
        session.add(party)
    return list(found)


def _step_in(session: Session, departure: Departure) -> list[Party]:
    """Act again for what others kept, where it is still open."""
    still_open = (col(Party.id).in_(departure.staying), col(Party.closed_at).is_(None))
    found = session.exec(select(Party).where(*still_open).order_by(col(Party.id))).all()
    for party in found:
        values = {"party_id": party.id, "person_id": departure.person_id, "since": clock.now()}
        present = col(PartyMember.until).is_(None)
        insert_if_absent(session, PartyMember, values, ["party_id", "person_id"], where=present)
    return list(found)


def _index(session: Session, parties: Iterable[Party]) -> None:
    for party in parties:
        put_in_index(session, party)


def _tell_of_leaving(session: Session, departure: Departure, membership: Membership, staying: list[Party]) -> None:
    community = community_of(session, departure.community_id)
    person = person_of(session, departure.person_id)
    until = clock.local(departure.ends_at, community.time_zone).date()
    notify(
        session,
        person_id=departure.person_id,
        community_id=departure.community_id,
        notice=YOU_LEFT,
        params={"community": community.name, "until_on": until},
        endpoint="leaving.ask_to_return",
        key=f"{departure.id}",
    )
    for party in staying:
        params = {"who": person.given_name, "party": party.name}
        _tell_people(session, party, departure.person_id, PERSON_LEFT, params, departure)
    for maker in makers_of(session, departure.community_id, membership.zone_id):
        if maker.id is not None and maker.id != departure.person_id:
            notify(
                session,
                person_id=maker.id,
                community_id=departure.community_id,
                notice=MEMBER_LEFT,
                params={"who": person.name, "until_on": until},
                endpoint="members.listing",
                key=f"{departure.id}",
            )


def _tell_people(
    session: Session, party: Party, but: int, notice: Notice, params: Mapping[str, object], departure: Departure
) -> None:
    for person in people_of(session, party.id or 0):
        if person.id is not None and person.id != but:
            notify(
                session,
                person_id=person.id,
                community_id=party.community_id,
                notice=notice,
                params=params,
                endpoint="households.show",
                key=f"{departure.id}:{party.id}",
            )
