"""Seals against the record of deeds: a chain cut short or made anew does not agree with it."""

import json
from collections.abc import Iterator

from sqlalchemy import text

from exchanges.ledger.queries.checks import Fault
from foundation.database import Session

SEALED, SEAL_KIND = "sealed", "seal"
"""Verb and kind of the line that the record of deeds keeps of every seal, under the community's id."""

Link = tuple[object, object]
"""Number and hash of a seal, as they were found."""


def sealed_communities(session: Session) -> list[int]:
    """Every community, and those that are gone while their seals or the record of them are there."""
    found = session.scalars(
        text(
            "SELECT community_id FROM seal UNION SELECT id FROM community UNION SELECT object_id FROM audit_entry "
            f"WHERE kind = '{SEAL_KIND}' AND verb = '{SEALED}' AND object_id IS NOT NULL ORDER BY 1"
        )
    )
    return list(found)


def record_faults(session: Session, community_id: int, chain: list[Link]) -> Iterator[Fault]:
    """Every seal left a line in the record of deeds: what of the two does not agree."""
    # As text: a line that somebody changed need not be JSON any more, nor say what lines of this kind say.
    lines = session.execute(
        text(
            "SELECT id, CAST(detail AS TEXT) FROM audit_entry "
            f"WHERE kind = '{SEAL_KIND}' AND object_id = :community_id AND verb = '{SEALED}' ORDER BY id"
        ),
        {"community_id": community_id},
    )
    recorded = set()
    for line_id, words in lines:
        link = _link(words)
        if link is None:
            yield Fault(
                "record of seals",
                "Community %(community)s: line %(line)s of the record of deeds tells of a seal, and cannot be read "
                "any more.",
                {"community": community_id, "line": line_id},
            )
        else:
            recorded.add(link)
    for number, hashed in sorted(recorded - set(chain), key=str):
        yield Fault(
            "record of seals",
            "Community %(community)s: seal %(seal)s was made with the hash %(hash)s, says the record of deeds; it is "
            "not there any more.",
            {"community": community_id, "seal": number, "hash": hashed},
        )
    for number, hashed in sorted(set(chain) - recorded, key=str):
        yield Fault(
            "record of seals",
            "Community %(community)s: the record of deeds knows nothing of seal %(seal)s with the hash %(hash)s.",
            {"community": community_id, "seal": number, "hash": hashed},
        )


def _link(words: object) -> Link | None:
    try:
        line = json.loads(str(words))
    except ValueError:
        return None
    number, hashed = (line.get("number"), line.get("hash")) if isinstance(line, dict) else (None, None)
    return (number, hashed) if isinstance(number, int) and isinstance(hashed, str) else None
