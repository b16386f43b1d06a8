"""A person takes their account over: a printed code, an address, a letter to it, a password; then makers act no more.

Whether somebody has the address already is told to that address alone (docs/decisions/0013).
"""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from community.communities.queries import community_of
from community.mandates.actions.keeping import end_everywhere
from community.mandates.notices import ALREADY_HERE, YOUR_ACCOUNT
from community.mandates.queries import home_to_keep
from community.members.queries import membership_of, person_by_email, person_of
from community.members.rules import tidy_email
from community.members.tables import Person
from community.notifications.actions import notify
from community.parties.queries import acts_for
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.tokens import Token

TAKE_OVER = "take_over"
BY_MAIL = "take_over_mail"
CODE_LASTS = timedelta(days=30)
MAIL_LASTS = timedelta(days=7)


def give_code(session: Session, actor: Actor, party_id: int, person_id: int) -> str:
    """A code to print for an adult of the household, good once within a month; those of before are worth nothing.

    Raises Missing outside the maker's zones, and for who is not of the household.
    """
    home_to_keep(session, actor, party_id)
    if not acts_for(session, person_id, party_id):
        raise Missing()
    tokens.withdraw_all(session, TAKE_OVER, person_id=person_id)
    tokens.withdraw_all(session, BY_MAIL, person_id=person_id)
    audit.record(session, actor, "gave_code", "person", person_id)
    return tokens.issue(
        session,
        TAKE_OVER,
        lasts=CODE_LASTS,
        person_id=person_id,
        community_id=actor.community_id,
        created_by_person_id=actor.recorder_id,
        as_code=True,
    )


def take_code_back(session: Session, actor: Actor, party_id: int, person_id: int) -> None:
    """The printed code was lost: it is worth nothing, nor is a letter asked for with it. Raises Missing."""
    home_to_keep(session, actor, party_id)
    if not acts_for(session, person_id, party_id):
        raise Missing()
    tokens.withdraw_all(session, TAKE_OVER, person_id=person_id)
    tokens.withdraw_all(session, BY_MAIL, person_id=person_id)
    audit.record(session, actor, "took_code_back", "person", person_id)


def code_behind(session: Session, community_id: int, purpose: str, secret: str) -> tuple[Token, Person]:
    """The code, and whose account it hands over. Raises Missing when it is spent, or they have an address by now."""
    token = tokens.look(session, purpose, secret)
    if token is None or token.person_id is None or token.community_id != community_id:
        raise Missing()
    person = person_of(session, token.person_id)
    membership = membership_of(session, community_id, token.person_id)
    if person.email is not None or membership is None or membership.state != "approved":
        raise Missing()
    return token, person


def ask_for_mail(session: Session, community_id: int, secret: str, email: str) -> None:
    """Write to the address: its link makes the account theirs. Raises Missing for a spent code, Invalid at `email`."""
    token, person = code_behind(session, community_id, TAKE_OVER, secret)
    address = tidy_email(email)
    community = community_of(session, community_id)
    owner = person_by_email(session, address)
    if owner is not None and owner.id is not None:
        params = {"community": community.name}
        endpoint = "signing_in.sign_in"
        notify(
            session, person_id=owner.id, community_id=None, notice=ALREADY_HERE, params=params, endpoint=endpoint
        )  # fmt: skip
        return
    tokens.withdraw_all(session, BY_MAIL, person_id=person.id)
    letter = tokens.issue(
        session,
        BY_MAIL,
        payload={"email": address, "code": token.id},
        lasts=MAIL_LASTS,
        person_id=person.id,
        community_id=community_id,
    )
    notify(
        session,
        person_id=person.id or 0,
        community_id=community_id,
        notice=YOUR_ACCOUNT,
        params={"community": community.name},
        endpoint="mandates.ask_password",
        values={"secret": letter},
        to=address,
    )


def finish(session: Session, community_id: int, secret: str, password_hash: str) -> Person:
    """The link of the letter was opened: address and password are theirs, and from now on they act by themselves.

    What makers were allowed ends in every community, and so do cards; announces `taken_over(session, actor,
    person_id)`. Raises Missing for a spent link, a code taken back, or an address that is somebody's by now.
    """
    _token, person = code_behind(session, community_id, BY_MAIL, secret)
    taken = tokens.take(session, BY_MAIL, secret)
    if taken is None or not tokens.withdraw(session, int(taken.payload["code"])):
        raise Missing()
    try:
        with session.begin_nested():
            person.email, person.email_confirmed_at = str(taken.payload["email"]), clock.now()
            person.password_hash = password_hash
            session.add(person)
    except IntegrityError as error:
        raise Missing() from error
    actor = Actor(community_id=community_id, person_id=person.id)
    end_everywhere(session, person.id or 0)
    for hook in registry.hooks("taken_over"):
        hook(session, actor, person.id or 0)
    audit.record(session, actor, "took_over", "person", person.id)
    return person
