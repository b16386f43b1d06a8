"""What somebody said about who is looked after, once they leave the household or are gone for good."""

from collections.abc import Collection

from sqlmodel import col, select

from community.dependants.actions.telling import look_again, tell_adults
from community.dependants.notices import ASK_AGAIN
from community.dependants.queries import said_about, standings_of
from community.dependants.rules import WITHDRAWN, Standing
from community.dependants.tables import DependantConsent
from community.households.tables import Dependant
from community.leaving.rules import Going
from community.parties.tables import Party
from foundation import clock
from foundation.database import Session


def adult_left(session: Session, community_id: int, party_id: int, person_id: int) -> None:
    """An adult acts for a household no more: what rested on their yes alone waits for who stayed."""
    _ask_again(session, community_id, person_id, _kept_by(session, [party_id]))


def member_leaves(session: Session, going: Going) -> None:
    """The same for who leaves the community and leaves a household to others."""
    _ask_again(session, going.community_id, going.person_id, _kept_by(session, going.staying))


def forget_what_was_said(session: Session, going: Going) -> None:
    """Who is gone for good has said nothing any more, neither yes nor no: the others are asked anew.

    The lines stay as long as the proof is needed (GDPR art. 7.1), with one more that ends them.
    """
    here = select(col(Party.id)).where(col(Party.community_id) == going.community_id)
    about = select(col(DependantConsent.dependant_id)).where(col(DependantConsent.person_id) == going.person_id)
    statement = select(Dependant).where(
        col(Dependant.id).in_(about), col(Dependant.party_id).in_(here), col(Dependant.removed_at).is_(None)
    )
    found = list(session.exec(statement.order_by(col(Dependant.id))))
    said = said_about(session, [one.id or 0 for one in found])
    theirs = {
        dependant_id: each for dependant_id, all_said in said.items() for each in all_said
        if each.person_id == going.person_id
    }  # fmt: skip
    for dependant_id, last in theirs.items():
        session.add(
            DependantConsent(
                dependant_id=dependant_id,
                person_id=going.person_id,
                said=WITHDRAWN,
                text_version=last.text_version,
                said_at=clock.now(),
            )
        )
    session.flush()
    concerned = [one for one in found if one.id in theirs and one.party_id not in going.closing]
    _tell_where_absent(session, going.community_id, concerned)


def _kept_by(session: Session, party_ids: Collection[int]) -> list[Dependant]:
    statement = select(Dependant).where(col(Dependant.party_id).in_(party_ids), col(Dependant.removed_at).is_(None))
    return list(session.exec(statement.order_by(col(Dependant.id))))


def _ask_again(session: Session, community_id: int, person_id: int, kept: Collection[Dependant]) -> None:
    said = said_about(session, [one.id or 0 for one in kept])
    spoke = [one for one in kept if any(each.person_id == person_id for each in said[one.id or 0])]
    _tell_where_absent(session, community_id, spoke, without=person_id)


def _tell_where_absent(
    session: Session, community_id: int, dependants: Collection[Dependant], *, without: int | None = None
) -> None:
    for dependant_id, standing in standings_of(session, dependants, without=without).items():
        if standing in (Standing.ABSENT, Standing.ONE_ABSENT):
            dependant = session.get_one(Dependant, dependant_id)
            tell_adults(session, community_id, dependant, ASK_AGAIN, without)
            look_again(session, community_id, dependant_id)
