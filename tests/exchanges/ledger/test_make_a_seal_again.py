"""An outsider makes a seal again from docs/decisions/0018, with nothing of the product but its database."""

from hashlib import sha256
from typing import Any

from sqlalchemy import text

from exchanges.ledger.jobs import seal_new
from tests.exchanges.ledger.book import Book

HEADING = (
    "id community_id request_key kind at recorded_by_id for_party_id "
    "source_kind source_id reverses_id exempt entry_count"
)
ENTRY = "transfer_id position account_id minutes balance_after reserved_after sequence"
ACCOUNT = "id community_id kind party_id opened_at"
PROMISED = "id account_id source_kind source_id minutes available_after opened_sequence reserved_at"
CLOSED = "id closed_at closed_sequence outcome settled_sequence"
LIMIT = "id account_id from_sequence floor_minutes soft_floor_minutes ceiling_minutes reason set_by_id set_at"
RULES = (
    "id community_id in_force_from floor_minutes soft_floor_minutes ceiling_minutes welcome_minutes auto_confirm_days "
    "travel_time_counts approval recorded_by_id recorded_at"
)
SEAL = "community_id number made_at last_transfer_id transfers entries last_rules_id root rules previous"


class Outsider:
    """Reads rows and hashes them."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def rows(self, columns: str, rest: str, **parameters: Any) -> list[bytes]:
        """The values of rows, written one after another."""
        chosen = ", ".join(self.column(name) for name in columns.split())
        with self.book.database.reading() as session:
            return [
                b"".join(map(self.value, row)) for row in session.execute(text(f"SELECT {chosen} {rest}"), parameters)
            ]

    def column(self, name: str) -> str:
        if name != "at" and not name.endswith(("_at", "_from")):
            return name
        if self.book.database.dialect == "sqlite":
            return f"substr({name}, 1, 10) || 'T' || substr({name}, 12) || 'Z'"
        return f"""to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24\\:MI\\:SS.US"Z"')"""

    @staticmethod
    def value(value: object) -> bytes:
        if value is None:
            return b"-"
        written = str(int(value) if isinstance(value, bool) else value).encode()
        return str(len(written)).encode() + b":" + written

    @staticmethod
    def digest(name: str, values: list[bytes]) -> bytes:
        return sha256(b"reciproca/ledger/1/" + name.encode() + b"\n" + b"".join(values)).digest()

    def leaf(self, transfer_id: int) -> bytes:
        whole = {"id": transfer_id}
        entries = self.book.ask(
            "SELECT account_id, sequence FROM entry WHERE transfer_id = :id ORDER BY position", **whole
        )
        parts = {
            "heading": self.rows(HEADING, "FROM transfer WHERE id = :id", **whole),
            "words": self.rows("memo", "FROM transfer WHERE id = :id", **whole),
            "entries": self.rows(ENTRY, "FROM entry WHERE transfer_id = :id ORDER BY position", **whole),
            "accounts": self.before(ACCOUNT, "account WHERE :before = 0 AND id", entries),
            "promised": self.before(PROMISED, "reservation WHERE opened_sequence = :before AND account_id", entries),
            "closed": self.before(CLOSED, "reservation WHERE closed_sequence = :before AND account_id", entries),
            "limits": self.before(LIMIT, "account_limit WHERE from_sequence = :before AND account_id", entries),
        }
        digests = {name: self.digest(name, rows) for name, rows in parts.items()}
        for (kept,) in self.book.ask("SELECT digest FROM erased_words WHERE transfer_id = :id", **whole):
            digests["words"] = bytes.fromhex(kept)
        return sha256(b"\x00" + b"".join(digests.values())).digest()

    def before(self, columns: str, which: str, entries: list[Any]) -> list[bytes]:
        return [
            row
            for account, sequence in entries
            for row in self.rows(columns, f"FROM {which} = :account ORDER BY id", account=account, before=sequence - 1)
        ]

    def root(self, leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        k = 1
        while k * 2 < len(leaves):
            k *= 2
        return sha256(b"\x01" + self.root(leaves[:k]) + self.root(leaves[k:])).digest()


def test_an_outsider_makes_the_same_seals(lived_in: Book) -> None:
    list(seal_new(lived_in.database))
    for turn in range(3):
        lived_in.move("anna", "chiara", turn + 1)
    list(seal_new(lived_in.database))
    outsider, last, last_rules, previous = Outsider(lived_in), 0, 0, "0" * 64
    seals = lived_in.ask("SELECT * FROM seal ORDER BY number")
    assert [seal.transfers for seal in seals] == [8, 3]
    for seal in seals:
        ids = [
            row[0]
            for row in lived_in.ask("SELECT id FROM transfer ORDER BY id")
            if last < row[0] <= seal.last_transfer_id
        ]
        assert seal.root == outsider.root([outsider.leaf(each) for each in ids]).hex()
        rules = outsider.rows(
            RULES,
            "FROM community_rules WHERE community_id = :community AND id > :after AND id <= :upto ORDER BY id",
            community=seal.community_id,
            after=last_rules,
            upto=seal.last_rules_id,
        )
        assert seal.rules == outsider.digest("rules", rules).hex()
        assert seal.previous == previous
        told = outsider.rows(SEAL, "FROM seal WHERE number = :number", number=seal.number)
        assert seal.hash == outsider.digest("seal", told).hex()
        last, last_rules, previous = seal.last_transfer_id, seal.last_rules_id, seal.hash
