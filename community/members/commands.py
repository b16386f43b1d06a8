"""`flask person`: the first administrator of a real installation, and help for who lost the telephone."""

import click
from flask.cli import AppGroup

from community.communities.queries import community_by_slug
from community.members.actions import add_person
from community.members.queries import membership_of, person_by_email
from community.members.rules import tidy_email
from community.members.tables import Membership, Person, RoleGrant
from community.parties.actions import add_person as let_act
from community.parties.actions import open_party
from community.parties.queries import parties_of
from community.signing_in.actions import take_off_second_factor
from community.signing_in.queries import second_factor_of
from community.signing_in.rules import check_password
from community.zones.queries import zones_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.crypto import hash_password
from foundation.database import Session
from foundation.errors import DomainError
from foundation.web.state import database

person_commands = AppGroup("person", help="People of the installation.")


@person_commands.command("create-administrator")
@click.argument("community")
@click.argument("email")
@click.option("--given-name", required=True)
@click.option("--family-name", default="")
@click.option("--zone", default="", help="The zone they live in; the first one when not given.")
@click.option("--password", default=None, help="Asked for when not given; leave it empty to sign in by e-mail links.")
def create_administrator(
    community: str, email: str, given_name: str, family_name: str, zone: str, password: str | None
) -> None:
    """Make somebody a member and an administrator of COMMUNITY (its part of the address), with this EMAIL.

    Whoever has the address already keeps their account, and their password.
    """
    if password is None:
        password = click.prompt("Password (empty for none)", hide_input=True, default="", show_default=False)
    try:
        if password:
            check_password(password, about=(given_name, family_name, email))
        password_hash = hash_password(password) if password else None
        with database().writing() as session:
            actor = _place(session, community)
            person = _person(session, email, given_name, family_name, password_hash)
            _make_member(session, actor, person, zone)
            _make_administrator(session, actor, person)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{person.name} ({person.email}) is an administrator of {community}.")


@person_commands.command("take-off-second-step")
@click.argument("email")
@click.option("--reason", required=True, help="Why, and how you know that it is really them; it is shown again.")
def take_off_second_step(email: str, reason: str) -> None:
    """Let the person with this EMAIL sign in without a code: telephone and printed codes are lost. They are told.

    Be sure first that it is they who ask: at the desk, or on the telephone with somebody who knows their voice. Who
    gives roles does the same for makers on the page of the roles.
    """
    try:
        with database().writing() as session:
            person = person_by_email(session, email)
            if person is None or second_factor_of(session, person.id or 0) is None:
                raise click.ClickException(f"nobody with the address {email} signs in with two steps")
            take_off_second_factor(session, None, person.id or 0, reason=reason)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} signs in without a code now, and was signed out everywhere.")


def _place(session: Session, slug: str) -> Actor:
    found = community_by_slug(session, slug)
    if found is None or found.id is None:
        raise click.ClickException(f"there is no community {slug}: open it with flask community create")
    return Actor.visitor(found.id)


def _person(session: Session, email: str, given_name: str, family_name: str, password_hash: str | None) -> Person:
    made = add_person(session, given_name=given_name, family_name=family_name, email=email)
    person = made or person_by_email(session, tidy_email(email))
    if person is None:
        raise click.ClickException("this person was removed meanwhile: try again")
    if made is not None:
        person.password_hash = password_hash
        person.email_confirmed_at = clock.now()
        session.add(person)
    return person


def _make_member(session: Session, actor: Actor, person: Person, zone: str) -> None:
    zones = zones_of(session, actor.community_id)
    home = next((found for found in zones if zone.casefold() in (found.slug, found.name.casefold())), None)
    if zone and home is None:
        raise click.ClickException(f"zones are: {', '.join(found.slug for found in zones)}")
    home = home or zones[0]
    membership = membership_of(session, actor.community_id, person.id or 0) or Membership(
        community_id=actor.community_id, person_id=person.id or 0, zone_id=home.id or 0
    )
    if membership.state != "approved":
        membership.state, membership.decided_at = "approved", clock.now()
        session.add(membership)
        session.flush()
    if not parties_of(session, actor.community_id, person.id or 0):
        party = open_party(session, actor, kind="household", name=person.name, zone_id=membership.zone_id)
        let_act(session, actor, party, person.id or 0)


def _make_administrator(session: Session, actor: Actor, person: Person) -> None:
    grant = RoleGrant(
        community_id=actor.community_id,
        person_id=person.id or 0,
        role="administrator",
        starts_at=clock.now(),
        reason="created at the command line",
    )
    session.add(grant)
    session.flush()
    audit.record(session, actor, "granted", "role_grant", grant.id, role="administrator", person=person.id)
