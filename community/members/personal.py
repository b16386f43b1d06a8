"""What is kept about a person as a member."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import exists
from sqlmodel import col, delete, or_, select

from community.members.tables import Answer, Membership, Person, RoleGrant
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row


def _person(session: Session, whose: Whose) -> Iterator[Row]:
    hidden = ("password_hash", "session_version", "import_key")
    return rows_of(session, Person, col(Person.id) == whose.person_id, without=hidden)


def _membership(session: Session, whose: Whose) -> Iterator[Row]:
    of_mine = (col(Membership.community_id) == whose.community_id, col(Membership.person_id) == whose.person_id)
    return rows_of(session, Membership, *of_mine)


def _answers(session: Session, whose: Whose) -> Iterator[Row]:
    mine = select(col(Membership.id)).where(
        col(Membership.community_id) == whose.community_id, col(Membership.person_id) == whose.person_id
    )
    return rows_of(session, Answer, col(Answer.membership_id).in_(mine))


def _roles(session: Session, whose: Whose) -> Iterator[Row]:
    of_mine = (col(RoleGrant.community_id) == whose.community_id, col(RoleGrant.person_id) == whose.person_id)
    return rows_of(session, RoleGrant, *of_mine)


def _photo(session: Session, whose: Whose) -> list[int]:
    found = session.scalar(select(col(Person.photo_file_id)).where(col(Person.id) == whose.person_id))
    return [found] if found else []


PERSONAL = (
    PersonalData(
        kind="person",
        words=N_("Your name, e-mail, telephone, languages, photograph and what you wrote about yourself"),
        purpose=N_("So that you can sign in, be reached, and be known to your neighbours as far as you wish"),
        basis="agreement",
        keeping=N_("As long as you belong to a community here"),
        rows=_person,
        tables=(Person,),
        pictures=_photo,
    ),
    PersonalData(
        kind="membership",
        words=N_("Since when you belong to the community, in which zone, and who let you in"),
        purpose=N_("So that the community knows its members"),
        basis="agreement",
        keeping=N_("As long as you belong to the community"),
        rows=_membership,
        tables=(Membership,),
    ),
    PersonalData(
        kind="answers",
        words=N_("What you answered when you asked to join"),
        purpose=N_("So that a maker could get to know you"),
        basis="agreement",
        keeping=N_("As long as you belong to the community"),
        rows=_answers,
        tables=(Answer,),
    ),
    PersonalData(
        kind="roles",
        words=N_("The roles you had, from when to when, and why"),
        purpose=N_("So that it is clear who was allowed to do what"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_roles,
        tables=(RoleGrant,),
    ),
)


def _not_let_in(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    """What was typed in an application that was declined; that there was one stays, so that it can be asked anew."""
    answered = exists().where(col(Answer.membership_id) == col(Membership.id))
    said = or_(col(Membership.party_name) != "", col(Membership.reason) != "", answered)
    old = cutoff.passed(col(Membership.decided_at), col(Membership.community_id))
    due = (col(Membership.state) == "declined") & old & said
    ids = list(session.scalars(select(col(Membership.id)).where(due).order_by(col(Membership.id)).limit(limit)))
    session.exec(delete(Answer).where(col(Answer.membership_id).in_(ids)))
    nothing = {"party_name": "", "reason": ""}
    these = col(Membership.id).in_(ids)
    return let_go_of(session, Membership, these, limit, community_id=col(Membership.community_id), blank=nothing)


RETENTIONS = (
    Retention(
        "declined",
        N_("What people wrote who were not let in"),
        timedelta(days=180),
        _not_let_in,
        kind="answers",
        least=timedelta(days=30),
        most=timedelta(days=730),
    ),
)
