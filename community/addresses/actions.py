"""Another e-mail address: whoever reads an account's mail holds the account, so both addresses are asked.

The change is made when both have agreed. Where the old one is lost it is made after a week, on the word of the new
one alone, unless somebody stopped it from the old one meanwhile.
"""

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from community.addresses.notices import ADDRESS_CHANGED, AGREE_TO_CHANGE, CONFIRM_NEW_ADDRESS
from community.addresses.queries import NEW_ADDRESS, OLD_ADDRESS, change_behind, open_change
from community.addresses.rules import LINKS_LAST, WAIT
from community.addresses.tables import AddressChange
from community.members.queries import person_by_email, person_of
from community.members.rules import tidy_email
from community.members.tables import Person
from community.notifications.actions import notify
from community.signing_in.actions import sign_out_everywhere
from foundation import audit, clock, tokens
from foundation.database import Session
from foundation.feature import registry

ZONE = "Europe/Rome"
"""An account belongs to no community: its days are told as most of its people count them."""


def ask_for_change(session: Session, person_id: int, email: str) -> AddressChange | None:
    """Write to the new address and to the old one; None when it is the present one. Raises Invalid at `email`.

    Everything is the same when the address belongs to somebody else, but that nobody there is written to.
    """
    person, address = person_of(session, person_id), tidy_email(email)
    if address == person.email:
        return None
    close_change(session, person_id, "replaced")
    change = AddressChange(person_id=person_id, new_email=address, old_email=person.email, due_at=clock.now() + WAIT)
    session.add(change)
    session.flush()
    audit.record(session, None, "asked_new_email", "person", person_id, change=change.id)
    if person_by_email(session, address) is None:
        notify(
            session,
            person_id=person_id,
            community_id=None,
            notice=CONFIRM_NEW_ADDRESS,
            params={"name": person.given_name},
            endpoint="addresses.ask_new",
            values={"secret": _secret(session, NEW_ADDRESS, change)},
            to=address,
        )
    if person.email is not None:
        notify(
            session,
            person_id=person_id,
            community_id=None,
            notice=AGREE_TO_CHANGE,
            params={"mail": address, "changes_on": clock.local(change.due_at, ZONE).date()},
            endpoint="addresses.ask_old",
            values={"secret": _secret(session, OLD_ADDRESS, change)},
            to=person.email,
        )
    return change


def agree(session: Session, purpose: str, secret: str) -> AddressChange:
    """Say yes at one of the two addresses; the change is made where nothing more is waited for.

    Saying it twice, or when it is over, changes nothing: the answer tells how things stand. Raises Missing.
    """
    change = change_behind(session, purpose, secret)
    agreed = AddressChange.new_confirmed_at if purpose == NEW_ADDRESS else AddressChange.old_confirmed_at
    said = session.exec(
        update(AddressChange)
        .where(col(AddressChange.id) == change.id, col(AddressChange.state) == "open", col(agreed).is_(None))
        .values({agreed: clock.now()})
    )
    session.refresh(change)
    if said.rowcount:
        audit.record(session, None, "agreed_to_new_email", "person", change.person_id, change=change.id, at=purpose)
        _make_if_agreed(session, change)
    return change


def stop(session: Session, secret: str) -> AddressChange:
    """Say no at the old address. Whoever asked knew the password, so everybody is signed out. Raises Missing."""
    change = change_behind(session, OLD_ADDRESS, secret)
    if _close(session, change, "stopped"):
        sign_out_everywhere(session, change.person_id)
        audit.record(session, None, "stopped_new_email", "person", change.person_id, change=change.id)
    return change


def close_change(session: Session, person_id: int, state: str = "dropped") -> None:
    """End a change that is still open: by who asked, by a new password, or by another change."""
    change = open_change(session, person_id)
    if change is not None:
        _close(session, change, state)


def make_due_changes(session: Session) -> int:
    """Make the changes whose week is over and whose new address has agreed, end the others, and say how many there
    were."""
    statement = (
        select(AddressChange)
        .where(col(AddressChange.state) == "open", col(AddressChange.due_at) <= clock.now())
        .order_by(col(AddressChange.id))
    )
    due = session.exec(statement).all()
    for change in due:
        if change.new_confirmed_at is None:
            _close(session, change, "expired")
        else:
            _make_if_agreed(session, change)
    return len(due)


def _make_if_agreed(session: Session, change: AddressChange) -> None:
    is_free = change.old_email is None or change.old_confirmed_at is not None or change.due_at <= clock.now()
    if change.new_confirmed_at is None or not is_free or not _close(session, change, "done"):
        return
    person = person_of(session, change.person_id)
    if person.email != change.old_email:
        _say_state(session, change, "replaced")
        return
    if not _give(session, person, change.new_email):
        _say_state(session, change, "taken")
        return
    audit.record(session, None, "changed_email", "person", person.id)
    if change.old_email is None:
        for hook in registry.hooks("first_email"):
            hook(session, person.id)
    if change.old_email is not None:
        notify(
            session,
            person_id=change.person_id,
            community_id=None,
            notice=ADDRESS_CHANGED,
            params={},
            endpoint="communities.choose",
            to=change.old_email,
        )


def _give(session: Session, person: Person, email: str) -> bool:
    """False when somebody else has the address by now: the database itself holds that."""
    try:
        with session.begin_nested():
            person.email = email
            person.email_confirmed_at = clock.now()
            session.add(person)
    except IntegrityError:
        session.refresh(person)
        return False
    return True


def _close(session: Session, change: AddressChange, state: str) -> bool:
    """One conditional UPDATE: a stop and a yes at the same moment are never both heard."""
    closed = session.exec(
        update(AddressChange)
        .where(col(AddressChange.id) == change.id, col(AddressChange.state) == "open")
        .values(state=state, closed_at=clock.now())
    )
    session.refresh(change)
    return bool(closed.rowcount)


def _say_state(session: Session, change: AddressChange, state: str) -> None:
    change.state = state
    session.add(change)
    session.flush()


def _secret(session: Session, purpose: str, change: AddressChange) -> str:
    """A link that answers as long as it lasts: what it does is held by the state of the change, not by its uses."""
    return tokens.issue(
        session, purpose, payload={"change": change.id}, lasts=LINKS_LAST, uses=None, person_id=change.person_id
    )


def forget_addresses(session: Session, person_id: int) -> None:
    """Addresses that somebody had or asked for, once nothing else is kept of them."""
    session.execute(delete(AddressChange).where(col(AddressChange.person_id) == person_id))
