"""Looking, a stretch at a time, and putting what was found on the makers' desk. Nothing else is ever done by it."""

from datetime import timedelta

from sqlmodel import col, select

from community.moderation.actions import open_case
from community.parties.tables import Party, PartyMember
from exchanges.signs.queries import (
    deeds_after,
    flows_of,
    is_new_and_cares,
    mark_of,
    newest,
    pairs_after,
    party_of_account,
    posts_of,
    strangers_asked,
    was_looked_at,
    words_to_strangers,
)
from exchanges.signs.rules import MOST_STRANGERS, in_flows, in_text
from exchanges.signs.tables import SignMark
from foundation import audit, clock
from foundation.database import Session

SETTLED_AFTER = timedelta(minutes=5)
"""What is younger may still be followed by a row with a smaller number, from a transaction that took longer."""
LOOKS = ("deeds", "messages", "transfers")


def look(session: Session, name: str) -> int:
    """Look at the next stretch of `deeds`, `messages` or `transfers`, and say how many cases came of it.

    The first look of all begins with what comes after it. Looking again at the same rows opens nothing twice.
    """
    after = mark_of(session, name)
    if after is None:
        session.add(SignMark(name=name, upto=newest(session, name)))
        return 0
    seen = {"deeds": _look_at_deeds, "messages": _look_at_messages, "transfers": _look_at_transfers}[name]
    upto, opened = seen(session, after)
    mark = session.get_one(SignMark, name)
    mark.upto = upto
    return opened


def _look_at_deeds(session: Session, after: int) -> tuple[int, int]:
    deeds = deeds_after(session, after, clock.now() - SETTLED_AFTER)
    posts = {one[3] for one in deeds if one[2] == "post" and one[1] in ("published", "changed", "renewed", "resumed")}
    people = {one[4] for one in deeds if one[2] == "agreement" and one[1] == "propose"}
    opened = 0
    for post in posts_of(session, posts):
        sign = in_text(f"{post.title} {post.description} {post.when_words} {post.place_words}")
        facts: dict[str, int] = {}
        days = is_new_and_cares(session, post) if not sign else None
        if days is not None:
            sign, facts = "new_care", {"days": days}
        if sign:
            opened += _open(
                session,
                post.community_id,
                "post",
                post.id or 0,
                sign,
                facts,
                post.zone_id,
                post.party_id,
                post.author_id,
            )
    return (deeds[-1][0] if deeds else after), opened + _look_at_proposals(session, people)


def _look_at_proposals(session: Session, people: set[int]) -> int:
    opened = 0
    for person_id in sorted(people - {0}):
        parties = session.exec(
            select(Party)
            .join(PartyMember, col(PartyMember.party_id) == col(Party.id))
            .where(col(PartyMember.person_id) == person_id, col(PartyMember.until).is_(None))
        ).all()
        for community_id in sorted({party.community_id for party in parties}):
            count = strangers_asked(session, person_id, community_id)
            if count >= MOST_STRANGERS:
                home = next(party for party in parties if party.community_id == community_id)
                opened += _open(
                    session, community_id, "person", person_id, "many_proposals", {"count": count}, home.zone_id,
                    home.id, person_id,
                )  # fmt: skip
    return opened


def _look_at_messages(session: Session, after: int) -> tuple[int, int]:
    upto, found = words_to_strangers(session, after, clock.now() - SETTLED_AFTER)
    opened = 0
    for message, agreement in found:
        sign = in_text(message.words)
        if sign and message.party_id is not None:
            zone_id = session.scalar(select(col(Party.zone_id)).where(col(Party.id) == message.party_id))
            opened += _open(
                session, agreement.community_id, "message", message.id or 0, sign, {}, zone_id, message.party_id,
                message.author_id,
            )  # fmt: skip
    return upto, opened


def _look_at_transfers(session: Session, after: int) -> tuple[int, int]:
    upto, pairs = pairs_after(session, after, clock.now() - SETTLED_AFTER)
    flows = flows_of(session, sorted({account for _, *two in pairs for account in two}))
    opened = 0
    for community_id, giver, receiver in pairs:
        sign, facts = in_flows(giver, receiver, flows)
        party_id = party_of_account(session, giver) if sign else None
        if party_id is not None:
            zone_id = session.scalar(select(col(Party.zone_id)).where(col(Party.id) == party_id))
            opened += _open(session, community_id, "party", party_id, sign, facts, zone_id, party_id, None)
    return upto, opened


def _open(
    session: Session,
    community_id: int,
    kind: str,
    object_id: int,
    sign: str,
    facts: dict[str, int],
    zone_id: int | None,
    party_id: int | None,
    person_id: int | None,
) -> int:
    if was_looked_at(session, kind, object_id, sign):
        return 0
    case = open_case(
        session, community_id, kind, object_id, zone_id=zone_id, party_id=party_id, person_id=person_id,
        source="sign", sign=sign, facts=facts,
    )  # fmt: skip
    audit.record(session, None, "signalled", "moderation_case", case.id, community_id=community_id, sign=sign)
    return int(case.sign == sign)
