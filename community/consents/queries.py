"""What is asked, what a person answered, and who agreed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.consents.policies import READ
from community.consents.tables import ConsentStep
from community.members.queries import must_belong
from community.members.tables import Membership, Person
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.personal.consents import Consent


@dataclass(frozen=True)
class Answered:
    """One consent, and every answer the person gave to it, the newest first."""

    consent: Consent
    steps: list[ConsentStep]

    @property
    def given(self) -> bool:
        """Whether it holds now: the newest answer is a yes to the newest words."""
        return bool(self.steps) and self.steps[0].given and self.steps[0].version == self.consent.version

    @property
    def outdated(self) -> bool:
        """Whether they agreed to words that were followed by others."""
        return bool(self.steps) and self.steps[0].given and self.steps[0].version != self.consent.version


def consents() -> list[Consent]:
    """Everything optional that the features of this installation ask."""
    return registry.every("consents")


def consent_named(name: str) -> Consent:
    """Raises Missing for what nobody asks."""
    found = next((one for one in consents() if one.name == name), None)
    if found is None:
        raise Missing()
    return found


def own_answers(session: Session, actor: Actor) -> list[Answered]:
    """Every consent with what the person answered. Raises Missing for who is no member."""
    must_belong(session, actor)
    mine = (col(ConsentStep.community_id) == actor.community_id, col(ConsentStep.person_id) == actor.must_be_person())
    steps = list(session.exec(select(ConsentStep).where(*mine).order_by(col(ConsentStep.id).desc())))
    return [Answered(one, [step for step in steps if step.name == one.name]) for one in consents()]


def has_agreed(session: Session, community_id: int, person_id: int, name: str) -> bool:
    """Whether a person's yes to the newest words of a consent holds now: for whoever would make use of it."""
    statement = select(ConsentStep).where(
        col(ConsentStep.community_id) == community_id,
        col(ConsentStep.person_id) == person_id,
        col(ConsentStep.name) == name,
    )
    newest = session.exec(statement.order_by(col(ConsentStep.id).desc()).limit(1)).first()
    return newest is not None and newest.given and newest.version == consent_named(name).version


def agrees_to(community_id: int, person: Any, name: str) -> ColumnElement[bool]:
    """The same as a condition on a person, given by id or in a column."""
    step, later = aliased(ConsentStep), aliased(ConsentStep)
    taken_back = exists().where(
        col(later.community_id) == col(step.community_id),
        col(later.person_id) == col(step.person_id),
        col(later.name) == col(step.name),
        col(later.id) > col(step.id),
    )
    return exists().where(
        col(step.community_id) == community_id,
        col(step.person_id) == person,
        col(step.name) == name,
        col(step.given).is_(True),
        col(step.version) == consent_named(name).version,
        ~taken_back,
    )


def who_agreed(session: Session, actor: Actor) -> list[tuple[Consent, list[Person]]]:
    """For each consent the members whose yes to the newest words holds, by name. Raises Missing."""
    if not actor.may(READ):
        raise Missing()
    newest = (
        select(func.max(col(ConsentStep.id)))
        .where(col(ConsentStep.community_id) == actor.community_id)
        .group_by(col(ConsentStep.person_id), col(ConsentStep.name))
    )
    statement = (
        select(ConsentStep, Person)
        .join(Person, col(Person.id) == col(ConsentStep.person_id))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.community_id) == actor.community_id, col(Membership.state) == "approved")
        .where(col(ConsentStep.id).in_(newest), col(ConsentStep.given))
        .order_by(col(Person.given_name), col(Person.family_name), col(Person.id))
    )
    rows = session.exec(statement).all()
    return [
        (one, [person for step, person in rows if (step.name, step.version) == (one.name, one.version)])
        for one in consents()
    ]
