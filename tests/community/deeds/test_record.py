"""The record of deeds: makers read what concerns their zones, everybody what concerns themselves."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from app import load_features
from community.deeds.queries import Asked, about_me, kinds, search
from community.members.actions import grant_role
from community.members.queries import membership_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import Missing
from foundation.feature import registry
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite

ROOT = Path(__file__).parents[3]
UNTOLD = {
    ("reported", "kind"), ("asked_first_look", "kind"), ("dropped_first_look", "kind"),
    ("blocked", "party"), ("unblocked", "party"), ("told", "concern"), ("closed", "concern"), ("looked", "concern"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def features() -> None:
    registry.register(load_features())


def write(database: Database, actor: Actor | None, verb: str, kind: str, object_id: int, **detail: object) -> None:
    with database.writing() as session:
        audit.record(session, actor, verb, kind, object_id, **detail)


def read(database: Database, member: Member, **asked: object) -> list[str]:
    with database.reading() as session:
        found, _more = search(session, member.actor, Asked(**asked))  # type: ignore[arg-type]  # of a test
        return [deed.words for deed in found]


def told(database: Database, member: Member) -> list[str]:
    with database.reading() as session:
        return [deed.words for deed in about_me(session, member.actor)[0]]


def test_makers_read_what_concerns_their_zones(database: Database, cast: Cast) -> None:
    write(database, cast.anna.actor, "edited", "party", cast.anna.party.id)
    assert read(database, cast.maker) == ["Description changed"]
    assert read(database, cast.administrator) == ["Description changed"]
    assert read(database, cast.other_maker) == []
    with database.reading() as session, pytest.raises(Missing):
        search(session, cast.anna.actor, Asked())


def test_what_runs_the_community_is_for_who_runs_it(database: Database, cast: Cast) -> None:
    write(database, cast.administrator.actor, "edited", "community", cast.community.id)
    assert read(database, cast.administrator) == ["Page and contacts of the community changed"]
    assert read(database, cast.maker) == []


def test_reports_blocks_and_concerns_are_in_no_list(database: Database, cast: Cast) -> None:
    write(database, cast.bashir.actor, "reported", "party", cast.anna.party.id)
    write(database, cast.bashir.actor, "blocked", "party", cast.anna.party.id)
    write(database, cast.bashir.actor, "told", "concern", 1)
    for member in (cast.maker, cast.administrator):
        assert read(database, member) == []
    for member in (cast.anna, cast.bashir):
        assert told(database, member) == []


def test_by_person_kind_and_days(database: Database, cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=10)):
        write(database, cast.anna.actor, "edited", "person", cast.anna.id)
    write(database, cast.bashir.actor, "moved", "party", cast.bashir.party.id)
    write(database, cast.maker.actor, "took_photo_away", "person", cast.anna.id)
    assert read(database, cast.maker, person_id=cast.anna.id) == ["Photograph taken away", "Profile changed"]
    assert read(database, cast.maker, person_id=cast.bashir.id) == ["Household moved to another zone"]
    assert read(database, cast.maker, person_id=cast.maker.id) == ["Photograph taken away"]
    assert read(database, cast.maker, kind="party") == ["Household moved to another zone"]
    assert read(database, cast.maker, kind="nothing of the sort") == []
    week = clock.now() - timedelta(days=7)
    assert read(database, cast.maker, since=week) == ["Photograph taken away", "Household moved to another zone"]
    assert read(database, cast.maker, until=week) == ["Profile changed"]


def test_page_by_page(database: Database, cast: Cast) -> None:
    for _ in range(3):
        write(database, cast.anna.actor, "edited", "party", cast.anna.party.id)
    with database.reading() as session:
        first, more = search(session, cast.maker.actor, Asked(), limit=2)
        rest, end = search(session, cast.maker.actor, Asked(before=more), limit=2)
    assert (len(first), len(rest), end) == (2, 1, None)


def test_everybody_reads_what_was_done_about_them(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        grant_role(
            session, cast.administrator.actor, person_id=cast.anna.id, role="maker", zone_id=None, reason="Disponibile"
        )
    write(database, cast.maker.actor, "recorded", "care_check", 9999)
    write(database, None, "changed_password", "person", cast.anna.id)
    write(database, cast.maker.actor, "decided_warn", "person", cast.anna.id)
    assert told(database, cast.anna) == ["Decided: a warning", "Password changed", "Role given"]
    assert told(database, cast.bashir) == []
    assert read(database, cast.maker, person_id=cast.anna.id) == ["Decided: a warning"], "no password, no roles"


def test_what_names_a_person_is_read_by_who_reads_of_the_person(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        membership = membership_of(session, cast.community.id, cast.anna.id)
    assert membership is not None
    membership_id = membership.id or 0
    write(database, cast.administrator.actor, "declined", "membership", membership_id)
    assert read(database, cast.maker) == ["Somebody not let in"]
    assert told(database, cast.anna) == ["Somebody not let in"]
    assert read(database, cast.other_maker) == told(database, cast.bashir) == []


def test_makers_read_decisions_about_others_and_never_about_themselves(database: Database, cast: Cast) -> None:
    write(database, cast.administrator.actor, "decided_warn", "person", cast.maker.id)
    assert read(database, cast.maker) == []
    assert read(database, cast.administrator) == told(database, cast.maker) == ["Decided: a warning"]


def test_nobody_reads_what_they_did_themselves_but_what_was_written_in_their_name(
    database: Database, cast: Cast
) -> None:
    write(database, cast.anna.actor, "edited", "party", cast.anna.party.id)
    assert told(database, cast.anna) == []
    on_behalf = Actor(
        community_id=cast.community.id, person_id=cast.anna.id, party_id=cast.anna.party.id,
        recorded_by_id=cast.maker.id,
    )  # fmt: skip
    write(database, on_behalf, "edited", "party", cast.anna.party.id)
    write(database, on_behalf, "changed_skills", "party", cast.anna.party.id)
    assert told(database, cast.anna) == ["What they can give and need changed", "Description changed"]
    with database.reading() as session:
        (deed, _) = about_me(session, cast.anna.actor)[0]
    assert (deed.who, deed.recorded_by) == (cast.anna.name, cast.maker.name)


def test_every_verb_with_a_told_kind_has_words_or_a_reason() -> None:
    """A verb written for a kind that is told, and known to nobody, would be lost to makers."""
    known = {(verb, kind.kind) for kind in kinds() for verb in kind.verbs}
    told_kinds = {kind.kind for kind in kinds()}
    source = "\n".join(
        path.read_text()
        for package in ("community", "exchanges", "civic_centers", "care")
        for path in (ROOT / package).rglob("*.py")
    )
    written = set(re.findall(r'audit\.record\(\s*session,\s*[\w.()]+,\s*"([\w ]+)",\s*"(\w+)"', source))
    assert len(written) > 40
    quiet = {
        ("acts_for", "party"), ("wished_suggestions", "party"), ("cleared_availability", "party"),
        ("signed_in", "person"), ("ended_session", "person"), ("ended_other_sessions", "person"),
        ("made_recovery_codes", "person"), ("confirmed_email", "person"), ("agreed_to_new_email", "person"),
        ("stopped_new_email", "person"), ("asked_for_own_data", "person"), ("let_own_data_go", "person"),
        ("forgot", "person"), ("placed", "zone"), ("started", "post"), ("discarded", "post"), ("copied", "post"),
        ("filled", "post"), ("offered_again", "post"), ("paused", "post"), ("asked_to_answer", "post"),
        ("thanked", "agreement"), ("took_back_thanks", "agreement"),
    }  # fmt: skip
    assert {pair for pair in written if pair[1] in told_kinds} - known - UNTOLD - quiet == set()


@on_sqlite
def test_the_pages(database: Database, cast: Cast, client_for) -> None:
    write(database, cast.maker.actor, "took_photo_away", "person", cast.anna.id)
    write(database, cast.maker.actor, "moved", "party", cast.anna.party.id)
    maker: Browser = client_for(cast.maker, language="en")
    page = maker.look("/c/cremona/deeds")
    assert page.says("Household moved to another zone")
    assert page.says(cast.maker.name)
    assert page.says(f"· {cast.anna.name}")
    assert maker.look(f"/c/cremona/deeds?who={cast.anna.person.given_name}").says("Photograph taken away")
    assert maker.look("/c/cremona/deeds?who=nessuno").says("Nobody here is called like this")
    for odd in ("since=x&until=9999-99-99", "before=-1&person=abc", "kind=%00", "before=99999999999999999999"):
        assert maker.client.get(f"/c/cremona/deeds?{odd}").status_code in (200, 422)
    mine = client_for(cast.anna, language="en").look("/c/cremona/me/deeds")
    assert mine.says("Photograph taken away")
    assert mine.says("the makers")


@on_sqlite
def test_lines_that_read_the_same_are_told_once_with_their_number(database: Database, cast: Cast, client_for) -> None:
    for _time in range(3):
        write(database, cast.maker.actor, "took_photo_away", "person", cast.anna.id)
    write(database, None, "changed_password", "person", cast.anna.id)
    mine = client_for(cast.anna, language="en").look("/c/cremona/me/deeds")
    assert [item.h2.get_text() for item in mine.soup.select("#content .r-card")] == [
        "Password changed", "Photograph taken away",
    ]  # fmt: skip
    assert mine.says("3 times")
