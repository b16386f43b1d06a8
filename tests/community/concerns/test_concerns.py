"""A concern reaches the leads who take no part in it and nobody else, sealed, looked at on record, answered."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from community.concerns import actions
from community.concerns.queries import concern_visible_to, leads_apart, open_concern, waits_for_lead
from community.concerns.tables import Concern
from community.leaving.actions import leave
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.parties.tables import PartyMember
from community.safeguarding import actions as safety
from community.safeguarding.queries import leads_of
from community.safeguarding.tables import SafeguardingLead
from foundation.audit import history_of, looks_at
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused, Stale
from foundation.outbox.tables import OutboxMessage
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite

WORDS = "Il bambino ha paura di tornare da lui."


@pytest.fixture(autouse=True)
def leads(database: Database, cast: Cast) -> None:
    """Dario is the lead, the other maker the stand-in."""
    for member in (cast.dario, cast.other_maker):
        with database.writing() as session:
            safety.name_lead(session, cast.administrator.actor, member.id)


def told(database: Database, cast: Cast, *, about: tuple[Member, ...] = (), **more: object) -> int:
    """Anna tells of something, about an exchange with some."""
    with database.writing() as session:
        party_ids = [member.party.id for member in about]
        kind = {"kind": "agreement", "object_id": 7} if about else {}
        return actions.tell(session, cast.anna.actor, WORDS, party_ids=party_ids, **kind, **more)


def may_read(database: Database, cast: Cast, concern_id: int) -> set[str]:
    found = set()
    for name, member in cast.members.items():
        with database.reading() as session:
            try:
                _, as_lead = concern_visible_to(session, member.actor, concern_id)
            except Missing:
                continue
            found.add(f"{name} as lead" if as_lead else name)
    return found


def test_the_leads_read_it_and_nobody_else(database: Database, cast: Cast) -> None:
    concern_id = told(database, cast)
    assert may_read(database, cast, concern_id) == {"anna", "dario as lead", "other_maker as lead"}


def test_a_lead_who_takes_part_sees_nothing_of_it(database: Database, cast: Cast) -> None:
    concern_id = told(database, cast, about=(cast.anna, cast.dario))
    assert may_read(database, cast, concern_id) == {"anna", "other_maker as lead"}
    with database.reading() as session:
        assert not waits_for_lead(session, cast.dario.actor)
        mails = [(mail.payload["notice"], mail.payload["person_id"]) for mail in session.exec(select(OutboxMessage))]
    assert mails == [("concerns:for_lead", cast.other_maker.id)]


def test_nor_one_who_lives_with_the_person(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        session.add(PartyMember(party_id=cast.anna.party.id, person_id=cast.dario.id))
    concern_id = told(database, cast)
    assert may_read(database, cast, concern_id) == {"anna", "other_maker as lead"}
    with database.reading() as session:
        readers = leads_apart(session, cast.community.id, cast.anna.id, ())
    assert [lead.id for lead in readers] == [cast.other_maker.id]


def test_nothing_of_it_is_kept_in_the_open(database: Database, cast: Cast) -> None:
    concern_id = told(database, cast, about=(cast.bashir,), reach="phone", reach_words="Di mattina al 333 1234567")
    with database.writing() as session:
        actions.write(session, cast.dario.actor, concern_id, "Ti chiamo domani mattina.")
    with database.reading() as session:
        everything = ""
        for table in ("concern", "concern_message", "outbox_message", "audit_entry", "request_key"):
            rows = session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()
            everything += str(rows)
        opened = open_concern(session, cast.dario.actor, concern_id)
    for words in ("paura", "333 1234567", "domani mattina"):
        assert words not in everything
    assert (opened.concern.words, opened.messages[0].words) == (WORDS, "Ti chiamo domani mattina.")


def test_answered_added_to_and_closed(database: Database, cast: Cast) -> None:
    concern_id = told(database, cast)
    states = []
    for member, verb, words in (
        (cast.dario, actions.write, "Grazie, ci penso io."),
        (cast.anna, actions.write, "È successo ancora."),
        (cast.other_maker, actions.close, "Accompagnata al centro antiviolenza."),
    ):
        with database.writing() as session:
            verb(session, member.actor, concern_id, words)
        with database.reading() as session:
            states.append(session.get(Concern, concern_id).state)
    assert states == ["answered", "open", "closed"]
    with database.reading() as session:
        assert [line.verb for line in history_of(session, "concern", concern_id)][::-1] == [
            "told", "answered", "added", "closed",
        ]  # fmt: skip
    for verb in (actions.write, actions.close):
        with pytest.raises(Stale), database.writing() as session:
            verb(session, cast.dario.actor, concern_id, "Ancora")


def test_who_told_does_not_close_and_strangers_do_nothing(database: Database, cast: Cast) -> None:
    concern_id = told(database, cast)
    with pytest.raises(Missing), database.writing() as session:
        actions.close(session, cast.anna.actor, concern_id, "Basta")
    for name in ("bashir", "maker", "administrator", "zoe"):
        with pytest.raises(Missing), database.writing() as session:
            actions.write(session, cast.members[name].actor, concern_id, "Ciao")


def test_sent_twice_it_is_told_once(database: Database, cast: Cast) -> None:
    assert told(database, cast, request_key="una") == told(database, cast, request_key="una")
    with database.writing() as session, pytest.raises(Invalid):
        actions.tell(session, cast.anna.actor, "  ")


# ---------------------------------------------------------------- leads


def test_there_are_always_a_lead_and_a_stand_in(database: Database, cast: Cast) -> None:
    with pytest.raises(Refused, match="stand-in"), database.writing() as session:
        safety.end_lead(session, cast.administrator.actor, cast.dario.id)
    with database.writing() as session:
        safety.name_lead(session, cast.administrator.actor, cast.chiara.id)
        safety.name_lead(session, cast.administrator.actor, cast.chiara.id)
        safety.end_lead(session, cast.administrator.actor, cast.dario.id)
    with database.reading() as session:
        assert [lead.id for lead in leads_of(session, cast.community.id)] == [cast.other_maker.id, cast.chiara.id]
    for who in (cast.maker, cast.dario, cast.zoe):
        with pytest.raises(Missing), database.writing() as session:
            safety.name_lead(session, who.actor, cast.bashir.id)


def test_a_lead_who_is_paused_hears_and_reads_nothing(database: Database, cast: Cast) -> None:
    concern_id = told(database, cast)
    with database.writing() as session:
        case_id = moderation.report(
            session, cast.anna.actor, "person", cast.dario.id, reason="insult", words=""
        ).case_id
    with database.writing() as session:
        moderation.decide(session, cast.other_maker.actor, case_id, Ruling("pause", "Con calma.", days=None))
    assert may_read(database, cast, concern_id) == {"anna", "other_maker as lead"}
    with database.reading() as session:
        assert [lead.id for lead in leads_of(session, cast.community.id)] == [cast.other_maker.id]
    with pytest.raises(Missing), database.writing() as session:
        safety.name_lead(session, cast.administrator.actor, cast.dario.id)


def test_a_limit_alone_shuts_a_lead_out(database: Database, cast: Cast) -> None:
    """However it came to be: nobody who is stopped is named to somebody who is afraid."""
    concern_id = told(database, cast)
    with database.writing() as session:
        case_id = moderation.report(
            session, cast.anna.actor, "person", cast.dario.id, reason="insult", words=""
        ).case_id
    with database.writing() as session:
        moderation.decide(session, cast.other_maker.actor, case_id, Ruling("pause", "Con calma.", days=None))
        session.execute(update(SafeguardingLead).values(until=None))
    assert may_read(database, cast, concern_id) == {"anna", "other_maker as lead"}
    with database.reading() as session:
        assert [lead.id for lead in leads_of(session, cast.community.id)] == [cast.other_maker.id]


def test_whoever_runs_the_community_hears_that_too_few_are_left(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        leave(session, cast.dario.actor)
    with database.reading() as session:
        mails = [(mail.payload["notice"], mail.payload["person_id"]) for mail in session.exec(select(OutboxMessage))]
    assert ("safeguarding:few_leads", cast.administrator.id) in mails


def test_two_who_end_two_of_three_at_once_leave_two(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        safety.name_lead(session, cast.administrator.actor, cast.chiara.id)
    barrier = Barrier(2)

    def end(who: Member) -> bool:
        try:
            with database.writing() as session:
                if database.dialect == "postgresql":
                    session.scalars(select(SafeguardingLead)).all()
                    barrier.wait(timeout=10)
                safety.end_lead(session, cast.administrator.actor, who.id)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(end, (cast.dario, cast.chiara)))
    assert sorted(ended) == [False, True]
    with database.reading() as session:
        assert len(leads_of(session, cast.community.id)) == 2


def test_nobody_is_a_lead_twice(database: Database, cast: Cast) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(SafeguardingLead(community_id=cast.community.id, person_id=cast.dario.id))


# ---------------------------------------------------------------- the pages


@on_sqlite
def test_from_being_worried_to_an_answer(cast: Cast, client_for: Callable[..., Browser], database: Database) -> None:
    anna = client_for(cast.anna, language="en")
    page = anna.look("/c/cremona/help-me/")
    for number in ("112", "114", "1522"):
        assert page.soup.select_one(f'a[href="tel:{number}"]')
    assert page.words.index("1522") < page.words.index("What worries you?")
    assert page.soup.select_one("a[data-exit]")["rel"] == ["noreferrer", "noopener"]
    again = anna.submit(page, "Send", status=422, words="")
    assert again.soup.select_one('a[href="tel:112"]')
    form, page = page, anna.submit(page, "Send", words=WORDS)
    assert anna.submit(form, "Send", words=WORDS).address == page.address
    other = anna.submit(form, "Send", status=409, words="Altro")
    assert other.says("already sent, with other words")
    assert other.says("Altro"), "what was typed is not lost"
    assert page.says("They are read by Dario Prova and Other Maker Prova")
    lead = client_for(cast.dario, language="en")
    assert lead.look("/c/cremona/").says("Somebody is worried")
    listing = lead.look("/c/cremona/help-me/list")
    assert not listing.says("paura")
    page = lead.look(listing.link("Anna Prova"))
    assert page.says(WORDS)
    lead.submit(page, "Send", **{"write-words": "Ti ascolto, chiamami."})
    page = anna.look(page.address)
    assert page.says("Ti ascolto")
    assert page.says("Who has read it")
    with database.reading() as session:
        concern_id = session.exec(select(Concern)).one().id
        assert {look.actor_person_id for look in looks_at(session, "concern", concern_id)} == {cast.dario.id}
    client_for(cast.maker).look(page.address, status=404)


@on_sqlite
def test_with_nobody_apart_the_numbers_alone(
    cast: Cast, client_for: Callable[..., Browser], database: Database
) -> None:
    with database.writing() as session:
        for member in (cast.dario, cast.other_maker):
            session.add(PartyMember(party_id=cast.anna.party.id, person_id=member.id))
    page = client_for(cast.anna, language="en").look("/c/cremona/help-me/")
    assert page.says("Please call one of these numbers")
    assert not page.says("What worries you?")
