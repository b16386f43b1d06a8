"""What there is to look at since the last look: each question reads a stretch of rows by their number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.members.tables import Membership
from community.moderation.tables import Case
from community.threads.tables import Message
from exchanges.agreements.policies.care import demands_care
from exchanges.agreements.tables import Agreement
from exchanges.ledger.tables import Account, Entry, Transfer
from exchanges.posts.tables import Post
from exchanges.signs.rules import A_DAY, AGAIN_AFTER, NEW_FOR, WINDOW, Flow
from exchanges.signs.tables import SignMark
from foundation import clock
from foundation.audit.tables import AuditEntry
from foundation.database import Session

STRETCH = 2000
"""So many rows are looked at in one go."""
MOST_OF_ACCOUNT = 300
"""So many of the last entries of an account are looked at."""


def mark_of(session: Session, name: str) -> int | None:
    """Up to which row was looked at; None before the first look."""
    mark = session.get(SignMark, name)
    return mark.upto if mark is not None else None


def newest(session: Session, name: str) -> int:
    """The last row there is, for the first look, which begins there."""
    numbers = {"deeds": col(AuditEntry.id), "messages": col(Message.id), "transfers": col(Transfer.id)}
    return session.scalar(select(func.max(numbers[name]))) or 0


def deeds_after(session: Session, after: int, before: datetime) -> list[tuple[int, str, str, int, int]]:
    """(number, verb, kind, object, person) of what was done after a row and before a moment, in order."""
    statement = select(AuditEntry).where(col(AuditEntry.id) > after).order_by(col(AuditEntry.id)).limit(STRETCH)
    found = []
    for line in session.exec(statement):
        if line.at >= before:
            break
        found.append((line.id or 0, line.verb, line.kind, line.object_id or 0, line.actor_person_id or 0))
    return found


def posts_of(session: Session, ids: Collection[int]) -> list[Post]:
    """Those of the posts that are open."""
    statement = select(Post).where(col(Post.id).in_(ids), col(Post.state) == "open").order_by(col(Post.id))
    return list(session.exec(statement))


def is_new_and_cares(session: Session, post: Post) -> int | None:
    """For how many days the author has been here, where they are new and offer to look after somebody."""
    if post.kind != "offer" or not demands_care(session, post.category_id):
        return None
    since = session.scalar(
        select(func.coalesce(col(Membership.decided_at), col(Membership.applied_at))).where(
            col(Membership.community_id) == post.community_id, col(Membership.person_id) == post.author_id
        )
    )
    return (clock.now() - since).days if since is not None and clock.now() - since < NEW_FOR else None


def words_to_strangers(session: Session, after: int, before: datetime) -> tuple[int, list[tuple[Message, Agreement]]]:
    """Messages after a row that stand beside what is only proposed, and the last row looked at.

    Who has agreed exchanges numbers and addresses: nobody looks at those words.
    """
    rows = session.exec(select(Message).where(col(Message.id) > after).order_by(col(Message.id)).limit(STRETCH)).all()
    looked = [message for message in rows if message.sent_at < before]
    threads = {message.thread_id for message in looked if message.author_id is not None and not message.event}
    proposed = {
        one.thread_id: one
        for one in session.exec(
            select(Agreement).where(
                col(Agreement.thread_id).in_(threads),
                col(Agreement.state) == "proposed",
                col(Agreement.series_id).is_(None),
            )
        )
    }
    found = [
        (message, proposed[message.thread_id])
        for message in looked
        if message.thread_id in proposed and not message.event and message.hidden_at is None
    ]
    return (looked[-1].id or after) if looked else after, found


def strangers_asked(session: Session, person_id: int, community_id: int) -> int:
    """How many parties a person proposed something to in the last day, with whom they had never exchanged before."""
    theirs = select(col(AuditEntry.object_id)).where(
        col(AuditEntry.actor_person_id) == person_id,
        col(AuditEntry.at) > clock.now() - A_DAY,
        col(AuditEntry.kind) == "agreement",
        col(AuditEntry.verb) == "propose",
        col(AuditEntry.community_id) == community_id,
    )
    before = aliased(Agreement)
    known = exists().where(
        or_(
            and_(
                col(before.giver_id) == col(Agreement.giver_id), col(before.receiver_id) == col(Agreement.receiver_id)
            ),
            and_(
                col(before.giver_id) == col(Agreement.receiver_id), col(before.receiver_id) == col(Agreement.giver_id)
            ),
        ),
        col(before.state) == "settled",
    )
    statement = select(func.count(func.distinct(col(Agreement.turn_id)))).where(
        col(Agreement.id).in_(theirs), col(Agreement.turn_id) != col(Agreement.proposer_id), ~known
    )
    return session.scalar(statement) or 0


def pairs_after(session: Session, after: int, before: datetime) -> tuple[int, list[tuple[int, int, int]]]:
    """(community, giver's account, receiver's account) of what moved between two, and the last row looked at."""
    rows = session.execute(
        select(col(Transfer.id), col(Transfer.community_id), col(Transfer.kind), col(Transfer.at))
        .where(col(Transfer.id) > after)
        .order_by(col(Transfer.id))
        .limit(STRETCH)
    ).all()
    looked = [row for row in rows if row[3] < before]
    communities = {row[0]: row[1] for row in looked if row[2] in ("exchange", "gift")}
    sides: dict[int, list[tuple[int, int]]] = defaultdict(list)
    entries = (
        select(col(Entry.transfer_id), col(Entry.account_id), col(Entry.minutes))
        .join(Account, col(Account.id) == col(Entry.account_id))
        .where(col(Entry.transfer_id).in_(communities), col(Account.kind) == "party")
    )
    for transfer_id, account_id, minutes in session.execute(entries):
        sides[transfer_id].append((minutes, account_id))
    pairs = {(communities[number], max(two)[1], min(two)[1]) for number, two in sides.items() if len(two) == 2}
    return (looked[-1][0] if looked else after), sorted(pairs)


def flows_of(session: Session, account_ids: Iterable[int]) -> dict[int, dict[int, Flow]]:
    """What each of these accounts moved in the window, by the other account; only between two."""
    flows: dict[int, dict[int, Flow]] = {}
    for account_id in account_ids:
        mine, other = aliased(Entry), aliased(Entry)
        last = select(col(Account.sequence)).where(col(Account.id) == account_id).scalar_subquery()
        statement = (
            select(col(other.account_id), col(mine.minutes))
            .select_from(mine)
            .join(Transfer, col(Transfer.id) == col(mine.transfer_id))
            .join(
                other,
                and_(col(other.transfer_id) == col(mine.transfer_id), col(other.account_id) != col(mine.account_id)),
            )
            .where(
                col(mine.account_id) == account_id,
                col(mine.sequence) > last - MOST_OF_ACCOUNT,
                col(Transfer.at) > clock.now() - WINDOW,
                col(Transfer.entry_count) == 2,
                col(Transfer.kind).in_(("exchange", "gift")),
            )
        )
        found: dict[int, Flow] = defaultdict(Flow)
        for other_id, minutes in session.execute(statement):
            so_far = found[other_id]
            found[other_id] = Flow(so_far.given + max(minutes, 0), so_far.received + max(-minutes, 0))
        flows[account_id] = dict(found)
    return flows


def party_of_account(session: Session, account_id: int) -> int | None:
    """Whose an account is."""
    return session.scalar(select(col(Account.party_id)).where(col(Account.id) == account_id))


def was_looked_at(session: Session, kind: str, object_id: int, sign: str) -> bool:
    """Whether the same sign about the same thing has come not long ago."""
    statement = select(col(Case.id)).where(
        col(Case.kind) == kind,
        col(Case.object_id) == object_id,
        col(Case.sign) == sign,
        col(Case.opened_at) > clock.now() - AGAIN_AFTER,
    )
    return session.exec(statement).first() is not None
