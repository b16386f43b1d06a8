"""Opening a household without e-mail, writing down what it agreed to, ending it, and reminding makers."""

from sqlmodel import select

from community.communities.queries import rules_in_force, today_of
from community.mandates.notices import ENDS, OVER
from community.mandates.policies import KEEP
from community.mandates.queries import ending, home_to_keep, is_offline, stand_in, standing_mandate
from community.mandates.rules import TEXT_VERSION, NewHome, Said, checked_adults, checked_said, reminder_due
from community.mandates.tables import Mandate
from community.members.actions import add_person as write_down
from community.members.actions import edit_contacts
from community.members.queries import makers_of
from community.members.tables import Membership, Person
from community.notifications.actions import notify
from community.parties.actions import add_person, edit_party, open_party
from community.parties.queries import acts_for, every_party_of, hold_parties
from community.parties.tables import Party
from community.zones.queries import zone_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing
from foundation.once import first_time, made, number_made, remember

KIND = "household"


def open_household(session: Session, actor: Actor, home: NewHome, said: Said, *, request_key: str = "") -> int:
    """Open a household for people without e-mail, with what they agreed to; answers with the id of its party.

    The same `request_key` opens it once. Raises Missing outside the maker's zones, Invalid at the field.
    """
    if not first_time(session, request_key, actor.person_id, content=repr((home, said))):
        return number_made(session, request_key, actor.person_id, KIND)
    zone_of(session, actor.community_id, home.zone_id)
    if not actor.may(KEEP, home.zone_id):
        raise Missing()
    people = [_adult(session, actor, home, number) for number in range(len(checked_adults(home)))]
    name = home.name.strip() or " & ".join(person.name for person in people)[:120]
    party = open_party(session, actor, kind="household", name=name, zone_id=home.zone_id, address=home.address)
    for person in people:
        add_person(session, actor, party, person.id or 0)
    _keep(session, actor, party, people[0].id or 0, said)
    remember(session, request_key, actor.person_id, made(KIND, party.id))
    return party.id or 0


def agree(session: Session, actor: Actor, party_id: int, person_id: int, said: Said) -> Mandate:
    """Write down that a household agrees that makers act for it; what it agreed to before is thereby renewed.

    Raises Missing outside the maker's zones, Invalid at the field.
    """
    hold_parties(session, (party_id,), alone=True)
    home = home_to_keep(session, actor, party_id)
    if not acts_for(session, person_id, party_id):
        raise Invalid(N_("Choose an adult of the household."), field="person_id")
    return _keep(session, actor, home.party, person_id, said)


def change_contacts(
    session: Session, actor: Actor, party_id: int, person_id: int, *, phone: str, language: str
) -> None:
    """Write down another telephone or language of an adult: without it nobody can call them.

    Raises Missing outside the maker's zones, Invalid at `phone`.
    """
    home_to_keep(session, actor, party_id)
    if not acts_for(session, person_id, party_id):
        raise Missing()
    edit_contacts(session, actor, person_id, phone=phone, language=language)


def change_home(session: Session, actor: Actor, party_id: int, *, name: str, address: str) -> None:
    """Write down another name or address of the household, as it says.

    Raises Missing outside the maker's zones, NotStanding without an agreement, Invalid at the field.
    """
    speaker = stand_in(session, actor, party_id)
    party = home_to_keep(session, actor, party_id).party
    edit_party(session, speaker, party_id, name=name, about=party.about, address=address, zone_id=party.zone_id)


def end(session: Session, actor: Actor, party_id: int, *, how: str) -> bool:
    """From now on nobody acts for the household; False when nobody could already. `how` as in the table."""
    hold_parties(session, (party_id,), alone=True)
    mandate = standing_mandate(session, party_id)
    if mandate is None or mandate.community_id != actor.community_id:
        return False
    mandate.ended_at, mandate.ended_by_id, mandate.ended_how = clock.now(), actor.recorder_id, how
    session.add(mandate)
    session.flush()
    audit.record(session, actor, "ended", "mandate", mandate.id, how=how, party=party_id)
    return True


def end_where_reached(session: Session, actor: Actor, party_id: int) -> bool:
    """End it where somebody of the household has an e-mail address by now: it does not come back when they go."""
    if standing_mandate(session, party_id) is None or session.scalar(select(is_offline(party_id))):
        return False
    return end(session, actor, party_id, how="taken_over")


def end_everywhere(session: Session, person_id: int) -> None:
    """A person has an e-mail address from now on: in every community their households are acted for no more."""
    for party in every_party_of(session, person_id):
        end_where_reached(session, Actor(party.community_id, person_id), party.id or 0)


def end_as_told(session: Session, actor: Actor, party_id: int) -> bool:
    """The household told a maker that it does not want it any more. Raises Missing outside the maker's zones."""
    home_to_keep(session, actor, party_id)
    return end(session, actor, party_id, how="told")


def remind_ending(session: Session, community_id: int) -> int:
    """Tell the makers of the zone a month and a week before, and when it is over; each once. Says how many letters."""
    told = 0
    today = today_of(session, community_id)
    for mandate, party in ending(session, community_id, today):
        due = reminder_due(mandate.until, today)
        notice = OVER if due == "over" else ENDS
        params = {"party": party.name} if due == "over" else {"party": party.name, "until_on": mandate.until}
        for maker in makers_of(session, party.community_id, party.zone_id) if due else ():
            told += notify(
                session,
                person_id=maker.id or 0,
                community_id=community_id,
                notice=notice,
                params=params,
                endpoint="mandates.show",
                values={"party_id": party.id},
                key=f"{mandate.id}:{due}",
            )
    return told


def _adult(session: Session, actor: Actor, home: NewHome, number: int) -> Person:
    adult = checked_adults(home)[number]
    try:
        person = write_down(
            session,
            given_name=adult.given_name,
            family_name=adult.family_name,
            email=None,
            phone=adult.phone,
            language=home.language,
        )
    except Invalid as error:
        error.field = f"{error.field}_{number + 1}" if number and error.field else error.field
        raise
    if person is None or person.id is None:
        raise Missing()
    session.add(
        Membership(
            community_id=actor.community_id,
            person_id=person.id,
            zone_id=home.zone_id,
            state="approved",
            decided_at=clock.now(),
            decided_by_id=actor.recorder_id,
        )
    )
    session.flush()
    audit.record(session, actor, "opened_for", "person", person.id)
    return person


def _keep(session: Session, actor: Actor, party: Party, person_id: int, said: Said) -> Mandate:
    today = today_of(session, actor.community_id)
    until = checked_said(said, rules_in_force(session, actor.community_id).mandate_months, today)
    end(session, actor, party.id or 0, how="renewed")
    mandate = Mandate(
        community_id=actor.community_id,
        party_id=party.id or 0,
        person_id=person_id,
        way=said.way,
        agreed_on=said.agreed_on,
        before_id=actor.must_be_person(),
        text_version=TEXT_VERSION,
        until=until,
        recorded_by_id=actor.recorder_id,
    )
    session.add(mandate)
    session.flush()
    audit.record(session, actor, "agreed", "mandate", mandate.id, way=said.way, party=party.id, person=person_id)
    return mandate
