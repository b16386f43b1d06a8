"""What verification recomputes, each check a question that finds only faults.

Every statement runs on both databases, gives one row for each fault, and names the community of what it looks at, so
that one community can be verified alone. Limits are not here: they need the rules of the time (see verification.py).
"""

from dataclasses import dataclass, field

from exchanges.ledger.rules import ERASED, EXEMPT_KINDS


@dataclass(frozen=True)
class Fault:
    """Something that is not as it should be: a sentence with places, and what fills them."""

    check: str
    sentence: str
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.params


@dataclass(frozen=True)
class Check:
    """A question, and the sentence for each row it gives: the columns fill the places of the sentence."""

    name: str
    sentence: str
    query: str
    """With `{in_community}` where the community of the aliased table `c` is asked for."""


def scoped(query: str, community_id: int | None) -> str:
    """A query about every community, or about one."""
    if community_id is None:
        return query.format(in_community="1 = 1", in_community_of_account="1 = 1")
    return query.format(
        in_community=f"c.community_id = {int(community_id)}",
        in_community_of_account=f"a.community_id = {int(community_id)}",
    )


_EXEMPT = ", ".join(f"'{kind}'" for kind in EXEMPT_KINDS)

CHECKS = (
    Check(
        "erased",
        "The words of transfer %(transfer)s are said to be erased; the record of deeds knows nothing of it.",
        f"""SELECT w.transfer_id AS transfer FROM erased_words w LEFT JOIN transfer c ON c.id = w.transfer_id
           WHERE (c.id IS NULL OR {{in_community}}) AND NOT EXISTS (SELECT 1 FROM audit_entry a
             WHERE a.kind = 'transfer' AND a.verb = '{ERASED}' AND a.object_id = w.transfer_id)""",
    ),
    Check(
        "whole",
        "Community %(community)s does not sum to zero: its accounts hold %(total)s minutes.",
        """SELECT c.community_id AS community, sum(c.balance) AS total FROM account c WHERE {in_community}
           GROUP BY c.community_id HAVING sum(c.balance) <> 0""",
    ),
    Check(
        "entries",
        (
            "Transfer %(transfer)s says it has %(said)s entries; it has %(there)s, up to position %(last)s, "
            "and they sum to %(total)s."
        ),
        """SELECT c.id AS transfer, c.entry_count AS said, coalesce(s.there, 0) AS there,
             coalesce(s.last, 0) AS last, coalesce(s.total, 0) AS total
           FROM transfer c LEFT JOIN (SELECT transfer_id, count(*) AS there, max(position) AS last,
               min(position) AS first, sum(minutes) AS total FROM entry GROUP BY transfer_id) s
             ON s.transfer_id = c.id
           WHERE {in_community} AND (s.there IS NULL OR s.there <> c.entry_count OR s.last <> c.entry_count
             OR s.first <> 1 OR s.total <> 0 OR c.entry_count < 2)""",
    ),
    Check(
        "minutes",
        "Entry %(position)s of transfer %(transfer)s moves %(minutes)s minutes.",
        """SELECT e.position AS position, e.transfer_id AS transfer, e.minutes AS minutes
           FROM entry e JOIN transfer c ON c.id = e.transfer_id
           WHERE {in_community} AND (e.minutes = 0 OR e.minutes <> cast(e.minutes AS integer))""",
    ),
    Check(
        "belonging",
        "Entry %(position)s of transfer %(transfer)s is on account %(account)s: "
        "they are not both there, in one community.",
        """SELECT e.position AS position, e.transfer_id AS transfer, e.account_id AS account
           FROM entry e LEFT JOIN transfer c ON c.id = e.transfer_id LEFT JOIN account a ON a.id = e.account_id
           WHERE (c.id IS NULL OR a.id IS NULL OR a.community_id <> c.community_id)
             AND ({in_community} OR {in_community_of_account})""",
    ),
    Check(
        "chain",
        (
            "Account %(account)s: entry %(sequence)s comes after %(before)s and says %(balance)s minutes, "
            "where %(balance_before)s and %(minutes)s make something else."
        ),
        """SELECT e.account_id AS account, e.sequence AS sequence, e.before AS before,
             e.balance_after AS balance, e.balance_before AS balance_before, e.minutes AS minutes
           FROM (SELECT account_id, sequence, balance_after, minutes,
               lag(sequence, 1, 0) OVER chain AS before, lag(balance_after, 1, 0) OVER chain AS balance_before
             FROM entry WINDOW chain AS (PARTITION BY account_id ORDER BY sequence)) e
             JOIN account c ON c.id = e.account_id
           WHERE (e.sequence <> e.before + 1 OR e.balance_after <> e.balance_before + e.minutes)
             AND {in_community}""",
    ),
    Check(
        "balances",
        (
            "Account %(account)s says %(balance)s minutes and %(sequence)s entries; its entries make %(total)s "
            "minutes and are %(there)s."
        ),
        """SELECT c.id AS account, c.balance AS balance, c.sequence AS sequence, coalesce(s.total, 0) AS total,
             coalesce(s.there, 0) AS there
           FROM account c LEFT JOIN (SELECT account_id, sum(minutes) AS total, count(*) AS there FROM entry
             GROUP BY account_id) s ON s.account_id = c.id
           WHERE {in_community} AND (c.balance <> coalesce(s.total, 0) OR c.sequence <> coalesce(s.there, 0))""",
    ),
    Check(
        "orphans",
        "Account %(account)s (%(kind)s) does not belong to a party of its community of that kind.",
        """SELECT c.id AS account, c.kind AS kind FROM account c LEFT JOIN party p ON p.id = c.party_id
           WHERE {in_community} AND CASE WHEN c.kind = 'issue' THEN c.party_id IS NOT NULL
             ELSE p.id IS NULL OR p.community_id <> c.community_id OR (p.kind = 'fund') <> (c.kind = 'fund') END""",
    ),
    Check(
        "one each",
        "Community %(community)s has %(there)s accounts of kind %(kind)s.",
        """SELECT c.community_id AS community, count(*) AS there, c.kind AS kind FROM account c
           WHERE c.kind <> 'party' AND {in_community} GROUP BY c.community_id, c.kind HAVING count(*) > 1""",
    ),
    Check(
        "accounts of a party",
        "Party %(party)s has %(there)s accounts.",
        """SELECT c.party_id AS party, count(*) AS there FROM account c
           WHERE c.party_id IS NOT NULL AND {in_community} GROUP BY c.party_id HAVING count(*) > 1""",
    ),
    Check(
        "reversals",
        "Transfer %(transfer)s does not undo transfer %(reverses)s entry by entry.",
        """SELECT c.id AS transfer, c.reverses_id AS reverses
           FROM transfer c LEFT JOIN transfer o ON o.id = c.reverses_id
           WHERE {in_community} AND c.reverses_id IS NOT NULL AND (o.id IS NULL OR o.reverses_id IS NOT NULL
             OR o.community_id <> c.community_id OR c.entry_count <> o.entry_count OR c.entry_count <> (
               SELECT count(*) FROM entry e JOIN entry m ON m.transfer_id = o.id AND m.position = e.position
               WHERE e.transfer_id = c.id AND m.account_id = e.account_id AND m.minutes = -e.minutes))""",
    ),
    Check(
        "reversed once",
        "Transfer %(transfer)s is undone %(there)s times.",
        """SELECT c.reverses_id AS transfer, count(*) AS there FROM transfer c
           WHERE c.reverses_id IS NOT NULL AND {in_community} GROUP BY c.reverses_id HAVING count(*) > 1""",
    ),
    Check(
        "kinds",
        "Transfer %(transfer)s is a %(kind)s, and yet marked otherwise.",
        f"""SELECT c.id AS transfer, c.kind AS kind FROM transfer c
           WHERE {{in_community}} AND ((c.kind IN ({_EXEMPT})) <> c.exempt
             OR (c.kind = 'reversal') <> (c.reverses_id IS NOT NULL))""",
    ),
    Check(
        "request keys",
        "The request key of transfer %(transfer)s was used %(there)s times.",
        """SELECT min(c.id) AS transfer, count(*) AS there FROM transfer c WHERE {in_community}
           GROUP BY c.request_key HAVING count(*) > 1""",
    ),
    Check(
        "reserved",
        "Account %(account)s says %(said)s minutes are reserved; its open reservations make %(there)s.",
        """SELECT c.id AS account, c.reserved AS said, coalesce(s.there, 0) AS there
           FROM account c LEFT JOIN (SELECT account_id, sum(minutes) AS there FROM reservation
             WHERE closed_at IS NULL GROUP BY account_id) s ON s.account_id = c.id
           WHERE {in_community} AND c.reserved <> coalesce(s.there, 0)""",
    ),
    Check(
        "reserved at the time",
        (
            "Account %(account)s: entry %(sequence)s says %(said)s minutes were reserved; "
            "the reservations of then make %(there)s."
        ),
        # Reservations begin and end between entries: counted along with them, in their order.
        """SELECT r.account_id AS account, r.place AS sequence, r.said AS said, r.there AS there
           FROM (SELECT account_id, place, said, sum(change) OVER (PARTITION BY account_id ORDER BY place, later
               ROWS UNBOUNDED PRECEDING) AS there
             FROM (SELECT account_id, sequence AS place, 0 AS later, 0 AS change, reserved_after AS said FROM entry
               UNION ALL SELECT account_id, opened_sequence, 1, minutes, NULL FROM reservation
               UNION ALL SELECT account_id, closed_sequence, 1, -minutes, NULL FROM reservation
                 WHERE closed_sequence IS NOT NULL) events) r JOIN account c ON c.id = r.account_id
           WHERE r.said <> r.there AND {in_community}""",
    ),
    Check(
        "reservations",
        "Reservation %(reservation)s of account %(account)s was not closed as it says.",
        """SELECT r.id AS reservation, r.account_id AS account
           FROM reservation r LEFT JOIN account c ON c.id = r.account_id
             LEFT JOIN entry e ON e.account_id = r.account_id AND e.sequence = r.settled_sequence
           WHERE {in_community} AND (c.id IS NULL OR r.minutes <= 0
             OR r.opened_sequence < 0 OR r.opened_sequence > c.sequence
             OR (r.closed_at IS NULL) <> (r.outcome IS NULL)
             OR (r.closed_at IS NULL) <> (r.closed_sequence IS NULL)
             OR (r.closed_sequence IS NOT NULL
               AND (r.closed_sequence < r.opened_sequence OR r.closed_sequence > c.sequence))
             OR (r.outcome IS NOT NULL AND r.outcome = 'settled') <> (r.settled_sequence IS NOT NULL)
             OR (r.settled_sequence IS NOT NULL AND (e.minutes IS NULL OR e.minutes > 0
               OR r.settled_sequence <> r.closed_sequence + 1)))""",
    ),
    Check(
        "limits on record",
        "The limits of account %(account)s are not the last that were set for it.",
        """SELECT c.id AS account FROM account c LEFT JOIN account_limit l
             ON l.id = (SELECT max(id) FROM account_limit WHERE account_id = c.id)
           WHERE {in_community} AND (c.floor_minutes <> l.floor_minutes
             OR (c.floor_minutes IS NULL) <> (l.floor_minutes IS NULL)
             OR c.soft_floor_minutes <> l.soft_floor_minutes
             OR (c.soft_floor_minutes IS NULL) <> (l.soft_floor_minutes IS NULL)
             OR c.ceiling_minutes <> l.ceiling_minutes
             OR (c.ceiling_minutes IS NULL) <> (l.ceiling_minutes IS NULL))""",
    ),
    Check(
        "limits",
        "Limits number %(limits)s of account %(account)s hold after its entry %(sequence)s, which is not there.",
        """SELECT l.id AS limits, l.account_id AS account, l.from_sequence AS sequence
           FROM account_limit l LEFT JOIN account c ON c.id = l.account_id
           WHERE {in_community} AND (c.id IS NULL OR l.from_sequence < 0 OR l.from_sequence > c.sequence)""",
    ),
    Check(
        "numbers",
        "Transfer %(transfer)s is there %(there)s times.",
        """SELECT c.id AS transfer, count(*) AS there FROM transfer c WHERE {in_community}
           GROUP BY c.id HAVING count(*) > 1""",
    ),
    Check(
        "recorded by",
        "Transfer %(transfer)s was recorded by person %(person)s, who is not there.",
        """SELECT c.id AS transfer, c.recorded_by_id AS person
           FROM transfer c LEFT JOIN person p ON p.id = c.recorded_by_id
           WHERE c.recorded_by_id IS NOT NULL AND p.id IS NULL AND {in_community}""",
    ),
    Check(
        "recorded for",
        "Transfer %(transfer)s was recorded for party %(party)s, which is not there in its community.",
        """SELECT c.id AS transfer, c.for_party_id AS party FROM transfer c LEFT JOIN party p ON p.id = c.for_party_id
           WHERE {in_community} AND c.for_party_id IS NOT NULL
             AND (p.id IS NULL OR p.community_id <> c.community_id)""",
    ),
)
