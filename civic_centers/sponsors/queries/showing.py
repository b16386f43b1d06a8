"""Who gives something, as everybody may read it: sponsors with their pages, and whom a place thanks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlmodel import col, func, select

from civic_centers.labs.tables import LabMeeting
from civic_centers.sponsors.policies import shown
from civic_centers.sponsors.tables import Pledge, SponsorPage
from community.parties.policies import is_present
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

MOST_SPONSORS = 200
MOST_HELPERS = 12


@dataclass(frozen=True)
class Sponsor:
    """An organisation in the list of those that give."""

    page: SponsorPage
    name: str
    pledges: int


@dataclass(frozen=True)
class Helper:
    """Who helps a place or an activity. `slug` leads to their page, empty where they have none."""

    name: str
    words: str
    thanks: str
    slug: str
    pledge_id: int


def there(community_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on Party that an organisation is open and somebody of it is there."""
    return col(Party.closed_at).is_(None), is_present(community_id, col(Party.id))


def sponsors_of(session: Session, actor: Actor) -> list[Sponsor]:
    """Those with a page before everybody, by name."""
    number = (
        select(func.count())
        .where(col(Pledge.party_id) == col(SponsorPage.party_id), *shown())
        .correlate(SponsorPage)
        .scalar_subquery()
    )
    statement = (
        select(SponsorPage, col(Party.name), number)
        .join(Party, col(Party.id) == col(SponsorPage.party_id))
        .where(
            col(SponsorPage.community_id) == actor.community_id,
            col(SponsorPage.is_public),
            col(SponsorPage.hidden_at).is_(None),
            *there(actor.community_id),
        )
        .order_by(col(Party.name))
        .limit(MOST_SPONSORS)
    )
    return [Sponsor(page, name, pledges) for page, name, pledges in session.execute(statement)]


def page_called(session: Session, actor: Actor, slug: str) -> tuple[SponsorPage, Party]:
    """The page with this name, for everybody once it is public; before, for its organisation. Raises Missing."""
    statement = (
        select(SponsorPage, Party)
        .join(Party, col(Party.id) == col(SponsorPage.party_id))
        .where(
            col(SponsorPage.community_id) == actor.community_id,
            col(SponsorPage.slug) == slug,
            *there(actor.community_id),
        )
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        raise Missing()
    page, party = found
    if not (page.is_public and page.hidden_at is None) and party.id not in actor.party_ids:
        raise Missing()
    return page, party


def page_of(session: Session, party_id: int) -> SponsorPage | None:
    """The page of an organisation, where it has one."""
    return session.get(SponsorPage, party_id)


def thanked(session: Session, party_id: int) -> list[Pledge]:
    """What everybody reads of what an organisation gives and gave, the newest first."""
    statement = select(Pledge).where(col(Pledge.party_id) == party_id, *shown())
    return list(session.exec(statement.order_by(col(Pledge.id).desc()).limit(MOST_SPONSORS)))


def helpers_at(
    session: Session,
    community_id: int,
    *,
    center_id: int | None = None,
    activity_id: int | None = None,
    lab_id: int | None = None,
) -> Sequence[Helper]:
    """Who helps a center, an activity or a lab on this day and wishes to be named, those who began first.

    Who helps a lab helps its meetings.
    """
    at = col(Pledge.lab_id) == lab_id
    if center_id is not None:
        at = col(Pledge.center_id) == center_id
    elif activity_id is not None:
        meets = select(col(LabMeeting.lab_id)).where(col(LabMeeting.activity_id) == activity_id)
        at = (col(Pledge.activity_id) == activity_id) | col(Pledge.lab_id).in_(meets)
    is_open = col(SponsorPage.is_public) & col(SponsorPage.hidden_at).is_(None)
    statement = (
        columns(
            col(Party.name), col(Pledge.words), col(Pledge.thanks), col(SponsorPage.slug), is_open, col(Pledge.id),
        )
        .join(Party, col(Party.id) == col(Pledge.party_id))
        .outerjoin(SponsorPage, col(SponsorPage.party_id) == col(Party.id))
        .where(at, col(Pledge.until_on) >= clock.now().date(), *shown(), *there(community_id))
        .order_by(col(Pledge.id))
        .limit(MOST_HELPERS)
    )  # fmt: skip
    return [
        Helper(name, words, thanks, slug if slug and public else "", number)
        for name, words, thanks, slug, public, number in session.execute(statement)
    ]
