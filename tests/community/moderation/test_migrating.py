"""Reports that were there before cases become cases, and come back when the migration is taken back."""

from typing import Any

import sqlalchemy as sa

from app import load_features
from community.moderation.queries import case_for, view_of
from foundation.database import Database
from foundation.database.upgrading import downgrade, upgrade
from foundation.feature import registry
from tests.cast import make_cast


def rows(database: Database, words: str) -> list[Any]:
    with database.reading() as session:
        return list(session.connection().exec_driver_sql(words).all())


def test_reports_become_cases_and_reports_again(empty_database: Database) -> None:
    empty_database.migrate()
    cast = make_cast(empty_database)
    downgrade(empty_database, "0028")
    downgrade(empty_database, "-1")
    old = sa.table("report", *(sa.column(name) for name in (
        "community_id", "zone_id", "kind", "object_id", "about_party_id", "reason", "words", "reporter_id",
        "outcome", "closing_words", "closed_by_id",
        "reported_at", "closed_at",
    )))  # fmt: skip
    common = {
        "community_id": cast.community.id,
        "zone_id": cast.zones["centro"].id,
        "kind": "person",
        "object_id": cast.anna.id,
        "about_party_id": cast.anna.party.id,
        "reported_at": sa.func.current_timestamp(),
        "outcome": "",
        "closing_words": "",
    }
    decided = {"outcome": "hidden", "closing_words": "Offende.", "closed_at": sa.func.current_timestamp()}
    decided |= {"closed_by_id": cast.maker.id}
    with empty_database.writing() as session:
        for more in (
            {"reason": "insult", "words": "Uno", "reporter_id": cast.bashir.id},
            {"reason": "child", "words": "", "reporter_id": cast.chiara.id},
            {
                "reason": "other",
                "words": "Tre",
                "reporter_id": cast.bashir.id,
                "closed_by_id": cast.maker.id,
                **decided,
            },
        ):
            session.connection().execute(sa.insert(old).values({**common, **more}))
    upgrade(empty_database, "head")
    registry.register(load_features())
    with empty_database.reading() as session:
        view = view_of(session, cast.maker.actor, case_for(session, cast.maker.actor, 1))
        assert [one.words for one in view.reports] == ["Uno", ""]
        assert view.case.urgent
        over = view_of(session, cast.maker.actor, case_for(session, cast.maker.actor, 2))
        assert (over.standing.outcome, over.standing.reason, over.standing.decided_by_id) == (
            "hide", "Offende.", cast.maker.id,
        )  # fmt: skip
    assert "Uno" not in str(rows(empty_database, "SELECT words FROM report"))
    downgrade(empty_database, "0028")
    downgrade(empty_database, "-1")
    found = rows(empty_database, "SELECT reason, words, outcome, closing_words FROM report ORDER BY id")
    assert [tuple(row) for row in found] == [
        ("insult", "Uno", "", ""),
        ("child", "", "", ""),
        ("other", "Tre", "hidden", "Offende."),
    ]
