"""When the time to come back is over: what is personal goes, and the hours that were left find their way.

What stays is what others need: the entries of the ledger, without a name, and the lines of who did what, by number.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, or_, update
from sqlmodel import col, delete, select

from community.communities.queries import community_of
from community.households.tables import Dependant, HouseholdChange
from community.leaving.actions.names import names_out, says_a_name
from community.leaving.queries import going_of, locked, needed_elsewhere
from community.leaving.rules import Going, gone_name
from community.leaving.tables import Departure
from community.members.queries import membership_of, person_of
from community.members.tables import Answer, Person, RoleGrant
from community.moderation.tables import Block
from community.notifications.tables import CallToMake, CallTry, Notification
from community.organisations.tables import Organisation
from community.parties.actions import put_in_index
from community.parties.tables import Party, PartyMember, PartySkill
from community.threads.actions import forget_photos
from community.threads.tables import Message, MessagePhoto, Thread, ThreadMute, ThreadRead
from foundation import audit, clock, files
from foundation.database import Session
from foundation.feature import registry
from foundation.outbox.tables import OutboxMessage
from foundation.tokens.tables import StoredToken

GONE_WORDS = "…"
"""What stands in a conversation where somebody wrote who has left."""


def finish(session: Session, departure_id: int) -> bool:
    """Let what is personal go, once the time to come back is over; whether it was time. Again it changes nothing.

    Announces `somebody_forgotten(session, going)`, so that every feature lets go of what it keeps about them here;
    then, where no community needs the person any more, `person_forgotten(session, person_id)`.
    """
    departure = locked(session, departure_id)
    if departure.state != "waiting" or departure.ends_at > clock.now():
        return False
    membership = membership_of(session, departure.community_id, departure.person_id)
    departure.ended_at = clock.now()
    if membership is None or membership.state != "left":
        # They were let in again another way meanwhile.
        departure.state = "returned"
        return False
    departure.state = "done"
    session.add(departure)
    closed = session.exec(select(Party).where(col(Party.id).in_(departure.closing)).order_by(col(Party.id))).all()
    name = gone_name(community_of(session, departure.community_id).languages)
    going = going_of(departure.community_id, departure.person_id, list(closed), [])
    going = replace(going, names=_names_of(session, going, closed), gone=name)
    _forget_words(session, going)
    for hook in registry.hooks("somebody_forgotten"):
        hook(session, going)
    for party in closed:
        _forget_party(session, party, name)
    membership.party_name, membership.reason, membership.acting_party_id = "", "", None
    session.exec(delete(Answer).where(col(Answer.membership_id) == membership.id))
    for table in (CallToMake, CallTry):
        calls = (col(table.community_id) == going.community_id, col(table.person_id) == going.person_id)
        session.exec(delete(table).where(*calls))
    if not needed_elsewhere(session, departure.person_id, departure.community_id):
        _forget_person(session, departure.person_id, name)
    audit.record(session, None, "forgot", "membership", membership.id, community_id=departure.community_id)
    return True


def _names_of(session: Session, going: Going, closed: Sequence[Party]) -> tuple[str, ...]:
    """What they and theirs were called, and how they were reached. Names of who stays in a household are not theirs."""
    person = person_of(session, going.person_id)
    nicknames = session.exec(select(Dependant.nickname).where(col(Dependant.party_id).in_(going.closing)))
    said = [person.name, person.given_name, person.family_name, person.phone, person.email or "", *nicknames]
    for party in closed:
        said += [party.name, party.address]
    return tuple(dict.fromkeys(one for one in said if one))


def _forget_words(session: Session, going: Going) -> None:
    """What they wrote in conversations goes; out of what others wrote there, and of letters under way, their names."""
    here = select(col(Thread.id)).where(col(Thread.community_id) == going.community_id)
    theirs = col(Message.thread_id).in_(here) & (col(Message.author_id) == going.person_id) & (col(Message.words) != "")
    gone = update(Message).where(theirs).values(words=GONE_WORDS, reported_words=None)
    session.exec(gone.execution_options(synchronize_session=False))
    own = select(col(Message.id)).where(col(Message.thread_id).in_(here), col(Message.author_id) == going.person_id)
    forget_photos(session, session.scalars(own).all())
    take_names_out(session, going)
    for table in (ThreadRead, ThreadMute):
        session.exec(delete(table).where(col(table.thread_id).in_(here), col(table.person_id) == going.person_id))
    grants = (col(RoleGrant.community_id) == going.community_id) & (col(RoleGrant.person_id) == going.person_id)
    names_out(session, going, RoleGrant, ("reason", "ended_reason"), grants)
    changes = or_(
        col(HouseholdChange.party_id).in_(going.closing),
        col(HouseholdChange.into_party_id).in_(going.closing),
        col(HouseholdChange.new_party_id).in_(going.closing),
    )
    names_out(session, going, HouseholdChange, ("name",), changes)


def take_names_out(session: Session, going: Going) -> None:
    """Out of what was said in conversations they took part in or read, and of letters and calls under way."""
    here = select(col(Thread.id)).where(col(Thread.community_id) == going.community_id)
    shared = select(col(Message.thread_id)).where(
        or_(col(Message.author_id) == going.person_id, col(Message.party_id).in_(going.closing))
    )
    read = select(col(ThreadRead.thread_id)).where(col(ThreadRead.person_id) == going.person_id)
    among = col(Message.thread_id).in_(here) & or_(col(Message.thread_id).in_(shared), col(Message.thread_id).in_(read))
    names_out(session, going, Message, ("words", "reported_words", "params"), among)
    shown = col(MessagePhoto.message_id).in_(select(col(Message.id)).where(among))
    names_out(session, going, MessagePhoto, ("words",), shown)
    names_out(session, going, OutboxMessage, ("payload",), says_a_name(going, col(OutboxMessage.payload)))
    named = (col(Notification.community_id) == going.community_id) & says_a_name(going, col(Notification.params))
    names_out(session, going, Notification, ("params",), named)
    others = (col(CallToMake.community_id) == going.community_id) & says_a_name(going, col(CallToMake.params))
    names_out(session, going, CallToMake, ("params",), others)


def move_hours(session: Session, departure_id: int) -> bool:
    """Bring the accounts of what closed to zero, where nothing still waits for an answer; whether all are there now.

    The features answer `hours_left_behind(session, party_id, person_id, to_party_id, community_id)` with True once no
    hour is left in an account, False while something still waits.
    """
    departure = locked(session, departure_id)
    if departure.state != "done" or departure.hours_at is not None:
        return False
    done = [
        hook(session, _alone(departure, party_id), departure.hours_to_party_id)
        for hook in registry.hooks("hours_left_behind")
        for party_id in departure.closing
    ]
    if not all(done):
        return False
    departure.hours_at = clock.now()
    session.add(departure)
    return True


def _alone(departure: Departure, party_id: int) -> Going:
    return Going(departure.community_id, departure.person_id, (party_id,), ())


def _forget_party(session: Session, party: Party, name: str) -> None:
    if party.photo_file_id is not None:
        files.let_go(session, party.photo_file_id)
    party.name, party.about, party.address = name, "", ""
    party.photo_file_id, party.import_key = None, None
    session.add(party)
    now = clock.now()
    session.exec(update(Dependant).where(col(Dependant.party_id) == party.id).values(nickname="", removed_at=now))
    session.exec(delete(PartySkill).where(col(PartySkill.party_id) == party.id))
    session.exec(delete(Block).where(col(Block.party_id) == party.id))
    session.exec(
        update(PartyMember)
        .where(col(PartyMember.party_id) == party.id, col(PartyMember.until).is_(None))
        .values(until=now)
    )
    nowhere = {"website": "", "phone": "", "email": ""}
    session.exec(update(Organisation).where(col(Organisation.party_id) == party.id).values(**nowhere))
    session.flush()
    put_in_index(session, party)


def _forget_person(session: Session, person_id: int, name: str) -> None:
    """Nobody can sign in as this person any more, and nothing says who they were."""
    person: Person = person_of(session, person_id)
    if person.photo_file_id is not None:
        files.let_go(session, person.photo_file_id)
    person.given_name, person.family_name, person.phone, person.about = name, "", "", ""
    person.email = person.email_confirmed_at = person.password_hash = None
    person.photo_file_id = person.import_key = None
    person.speaks = []
    person.session_version += 1
    session.add(person)
    # Those withdrawn long ago too: what they hold, an address perhaps, would stay until they are swept away.
    withdrawn = func.coalesce(col(StoredToken.withdrawn_at), clock.now())
    theirs = update(StoredToken).where(col(StoredToken.person_id) == person_id)
    session.exec(theirs.values(withdrawn_at=withdrawn, payload={}))
    audit.record(session, None, "forgot", "person", person_id)
    for hook in registry.hooks("person_forgotten"):
        hook(session, person_id)
