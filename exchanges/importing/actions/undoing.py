"""Taking posts and balances away again that an import brought, while nothing was built on them."""

from collections.abc import Sequence

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, select

from community.moderation.tables import Report
from community.parties.tables import Party
from exchanges.ledger.actions.posting import post_transfer
from exchanges.ledger.rules import Line, Source
from exchanges.ledger.tables import Account, Entry, Reservation, Transfer
from exchanges.posts.queries.entries import KIND as FOUND_AS
from exchanges.posts.tables import Post, PostChildcare, PostDate, PostHousing, PostPurchasing
from exchanges.searches.tables import SearchAlert
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.importing import Progress, in_pieces
from foundation.importing.built import pointing_to
from foundation.importing.kinds import Made, Obstacle
from foundation.importing.tables import ImportMade, ImportRun
from foundation.search import unindex

REASON = "Importazione annullata"
_PIECE = 50
_OWN = (PostDate, PostChildcare, PostPurchasing, PostHousing, SearchAlert)
"""What a post has beside it from the import, and what told others of it."""
SENTENCES = {
    "agreement": N_("Somebody has answered “%(title)s”."),
    "series": N_("Somebody has answered “%(title)s”."),
    "group_exchange": N_("Somebody has answered “%(title)s”."),
    "asked_to_answer": N_("Somebody was asked to answer “%(title)s”."),
    "post_photo": N_("“%(title)s” has a photo."),
}
ELSEWHERE = N_("Something here speaks of “%(title)s” by now.")
MOVED = N_("Hours of %(name)s have moved since.")


def built_on_posts(session: Session, _actor: Actor, run_id: int) -> list[Obstacle]:
    """Who has answered the posts of an import, and what else was done with them."""
    own = tuple(str(table.__tablename__) for table in _OWN)
    pointed = pointing_to(session, run_id, "post", Post, besides=own)
    titles = {number: post.title for number in pointed if (post := session.get(Post, number)) is not None}
    found = [
        Obstacle(SENTENCES.get(table, ELSEWHERE), {"title": titles.get(number, "")})
        for number, tables in sorted(pointed.items())
        for table in sorted(tables)
    ]
    reported = (
        select(Post.title)
        .join(Report, and_(col(Report.object_id) == col(Post.id), col(Report.kind) == "post"))
        .join(ImportMade, col(ImportMade.object_id) == col(Post.id))
        .where(col(ImportMade.run_id) == run_id, col(ImportMade.kind) == "post")
    )
    found += [Obstacle(N_("“%(title)s” was reported."), {"title": title}) for title in session.exec(reported)]
    changed = (
        select(Post.title)
        .join(ImportMade, col(ImportMade.object_id) == col(Post.id))
        .join(ImportRun, col(ImportRun.id) == col(ImportMade.run_id))
        .where(
            col(ImportMade.run_id) == run_id,
            col(ImportMade.kind) == "post",
            col(Post.changed_at) > col(ImportRun.ended_at),
        )
    )
    return found + [Obstacle(N_("“%(title)s” was changed since."), {"title": title}) for title in session.exec(changed)]


def undo_posts(session: Session, actor: Actor, made: Made, progress: Progress) -> None:
    """Remove the posts: nobody has answered them."""
    for piece in in_pieces(made.get("post", ()), _PIECE, progress):
        for table in _OWN:
            session.exec(delete(table).where(col(table.post_id).in_(piece)))
        session.exec(delete(Post).where(col(Post.id).in_(piece)))
        for number in piece:
            unindex(session, FOUND_AS, number)
            audit.record(session, actor, "discarded", "post", number)


def built_on_balances(session: Session, _actor: Actor, run_id: int) -> list[Obstacle]:
    """Whose hours have moved after the opening balance of an import, or are promised."""
    opened, later = aliased(Entry), aliased(Entry)
    statement = (
        select(Party.name)
        .join(Account, col(Account.party_id) == col(Party.id))
        .join(opened, col(opened.account_id) == col(Account.id))
        .join(ImportMade, col(ImportMade.object_id) == col(opened.transfer_id))
        .outerjoin(later, and_(col(later.account_id) == col(Account.id), col(later.sequence) > col(opened.sequence)))
        .outerjoin(
            Reservation, and_(col(Reservation.account_id) == col(Account.id), col(Reservation.closed_at).is_(None))
        )
        .where(
            col(ImportMade.run_id) == run_id,
            col(ImportMade.kind) == "transfer",
            or_(col(later.transfer_id).is_not(None), col(Reservation.id).is_not(None)),
        )
        .distinct()
        .order_by(col(Party.name))
    )
    return [Obstacle(MOVED, {"name": name}) for name in session.exec(statement)]


def undo_balances(session: Session, actor: Actor, made: Made, progress: Progress) -> None:
    """Undo each opening balance by its mirror: the ledger only ever grows."""
    for piece in in_pieces(made.get("transfer", ()), _PIECE, progress):
        _reverse(session, actor, piece)


def built_on_parties(session: Session, run_id: int) -> list[Obstacle]:
    """Whose hours have moved, of the households that an import opened: welcome hours, and what was undone, apart."""
    mirror = aliased(Transfer)
    moved = and_(col(Transfer.kind).not_in(("welcome", "reversal")), col(mirror.id).is_(None))
    statement = (
        select(Party.name)
        .join(ImportMade, col(ImportMade.object_id) == col(Party.id))
        .join(Account, col(Account.party_id) == col(Party.id))
        .outerjoin(Entry, col(Entry.account_id) == col(Account.id))
        .outerjoin(Transfer, col(Transfer.id) == col(Entry.transfer_id))
        .outerjoin(mirror, col(mirror.reverses_id) == col(Transfer.id))
        .where(
            col(ImportMade.run_id) == run_id,
            col(ImportMade.kind) == "party",
            or_(moved, col(Account.reserved) > 0),
        )
        .distinct()
        .order_by(col(Party.name))
    )
    return [Obstacle(N_("Hours of %(name)s have moved."), {"name": name}) for name in session.exec(statement)]


def take_back_parties(session: Session, actor: Actor, parties: Sequence[int]) -> None:
    """Undo the welcome hours of households that are taken away again."""
    mirror = aliased(Transfer)
    for piece in in_pieces(parties, _PIECE):
        welcome = (
            select(Transfer.id)
            .join(Entry, col(Entry.transfer_id) == col(Transfer.id))
            .join(Account, col(Account.id) == col(Entry.account_id))
            .outerjoin(mirror, col(mirror.reverses_id) == col(Transfer.id))
            .where(col(Account.party_id).in_(piece), col(Transfer.kind) == "welcome", col(mirror.id).is_(None))
        )
        _reverse(session, actor, [number or 0 for number in session.exec(welcome.order_by(col(Transfer.id)))])


def _reverse(session: Session, actor: Actor, transfers: Sequence[int]) -> None:
    """One mirror for each transfer, in the name of whoever undoes the import."""
    nobody = Actor(community_id=actor.community_id, person_id=actor.person_id, recorded_by_id=actor.recorded_by_id)
    for piece in in_pieces(transfers, _PIECE):
        whole = select(Transfer).where(col(Transfer.id).in_(piece)).order_by(col(Transfer.id))
        entries: dict[int, list[Entry]] = {}
        for entry in session.exec(
            select(Entry).where(col(Entry.transfer_id).in_(piece)).order_by(col(Entry.transfer_id), col(Entry.position))
        ):
            entries.setdefault(entry.transfer_id, []).append(entry)
        for transfer in session.exec(whole).all():
            number = transfer.id or 0
            posted = post_transfer(
                session,
                nobody,
                [Line(entry.account_id, -entry.minutes) for entry in entries[number]],
                request_key=f"undone:{number}",
                kind="reversal",
                source=Source("transfer", number),
                memo=REASON,
                for_party_id=transfer.for_party_id,
                reverses_id=number,
            )
            audit.record(session, actor, "reversed", "transfer", number, by=posted.transfer_id)
