"""Three questions by a link that counts once; sealed answers; a maker's decision that counts as a reference."""

from collections.abc import Callable

import pytest
from sqlmodel import select, update

from community.leaving.actions import leave
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.parties.tables import PartyMember
from community.references import actions
from community.references.queries import request_behind, request_to_weigh, requests_about
from community.references.rules import LINK_LASTS, Answers
from community.references.tables import ReferenceRequest
from community.safeguarding.actions import record_identity
from community.safeguarding.queries import record_of
from foundation import clock
from foundation.audit import looks_at
from foundation.database import Database
from foundation.errors import DomainError, Invalid, Missing, Refused, Stale
from foundation.outbox.tables import OutboxMessage
from tests.cast import Cast, make_member
from tests.client import Browser, on_sqlite

ANSWERS = Answers("Chiara Prova", "Da dieci anni, siamo vicine.", "Sì, le ho già lasciato mia madre.", "Non guida.")


def asked(database: Database, cast: Cast) -> str:
    """The maker asks Chiara's household about Anna; the secret is in the mail."""
    with database.writing() as session:
        assert actions.ask(session, cast.maker.actor, cast.anna.id, cast.chiara.party.id) is None
    with database.reading() as session:
        mail = session.exec(select(OutboxMessage)).all()[-1].payload
    assert (mail["notice"], mail["person_id"]) == ("references:please", cast.chiara.id)
    return str(mail["values"]["secret"])


def answered(database: Database, cast: Cast) -> int:
    secret = asked(database, cast)
    with database.writing() as session:
        actions.answer(session, cast.community.id, secret, ANSWERS)
    with database.reading() as session:
        return session.exec(select(ReferenceRequest)).all()[-1].id


def vouching(database: Database, cast: Cast) -> list[str]:
    with database.reading() as session:
        return [line.what for line in record_of(session, cast.maker.actor, cast.anna.id).of_kind("reference")]


def test_the_link_counts_once(database: Database, cast: Cast) -> None:
    secret = asked(database, cast)
    with database.writing() as session, pytest.raises(Invalid):
        actions.answer(session, cast.community.id, secret, Answers("Chiara", " ", "Sì"))
    with database.writing() as session, pytest.raises(Missing):
        actions.answer(session, cast.community.id, secret + "x", ANSWERS)
    with database.writing() as session:
        actions.answer(session, cast.community.id, secret, ANSWERS)
    with database.reading() as session:
        assert request_behind(session, cast.community.id, secret) is None
    with database.writing() as session, pytest.raises(Missing):
        actions.answer(session, cast.community.id, secret, ANSWERS)


def test_the_link_of_another_community_or_of_last_month_is_none(database: Database, cast: Cast) -> None:
    secret = asked(database, cast)
    with database.reading() as session:
        assert request_behind(session, cast.other_community.id, secret) is None
        with clock.at(clock.now() + LINK_LASTS):
            assert request_behind(session, cast.community.id, secret) is None
    with clock.at(clock.now() + LINK_LASTS), pytest.raises(Missing), database.writing() as session:
        actions.answer(session, cast.community.id, secret, ANSWERS)


def test_the_answers_are_sealed(database: Database, cast: Cast) -> None:
    request_id = answered(database, cast)
    with database.reading() as session:
        stored = session.connection().exec_driver_sql("SELECT * FROM reference_request").mappings().one()
        assert not any("madre" in str(value) or "guida" in str(value) for value in stored.values())
        found = request_to_weigh(session, cast.maker.actor, request_id)
    assert (found.request.would_entrust, found.request.to_know) == (ANSWERS.would_entrust, ANSWERS.to_know)


@pytest.mark.parametrize("who", ["anna", "chiara", "other_maker", "administrator", "zoe"])
def test_nobody_but_makers_of_the_zone_reads_or_asks(database: Database, cast: Cast, who: str) -> None:
    request_id, actor = answered(database, cast), cast.members[who].actor
    with database.writing() as session:
        for deed in (
            lambda: request_to_weigh(session, actor, request_id),
            lambda: requests_about(session, actor, cast.anna.id),
            lambda: actions.ask(session, actor, cast.anna.id, cast.bashir.party.id),
            lambda: actions.weigh(session, actor, request_id, accept=True, reason="Bene"),
        ):
            with pytest.raises((Missing, Refused)):
                deed()


def test_who_is_asked_is_somebody_else(database: Database, cast: Cast) -> None:
    asked(database, cast)
    for party in (cast.anna.party, cast.maker.party, cast.chiara.party, cast.fund):
        with pytest.raises(DomainError), database.writing() as session:
            actions.ask(session, cast.maker.actor, cast.anna.id, party.id)
    with database.writing() as session:
        actions.ask(session, cast.maker.actor, cast.anna.id, cast.bakery.party.id)


def test_after_the_link_ran_out_the_same_may_be_asked_again(database: Database, cast: Cast) -> None:
    asked(database, cast)
    with clock.at(clock.now() + LINK_LASTS + LINK_LASTS):
        asked(database, cast)


def test_a_maker_weighs_it_once(database: Database, cast: Cast) -> None:
    request_id = answered(database, cast)
    with database.writing() as session, pytest.raises(Invalid):
        actions.weigh(session, cast.maker.actor, request_id, accept=True, reason=" ")
    assert vouching(database, cast) == []
    with database.writing() as session:
        actions.weigh(session, cast.maker.actor, request_id, accept=True, reason="La conosce bene.")
    assert vouching(database, cast) == ["Chiara Prova (Chiara e famiglia)"]
    with pytest.raises(Stale), database.writing() as session:
        actions.weigh(session, cast.maker.actor, request_id, accept=False, reason="No")


def test_one_that_does_not_count_adds_nothing(database: Database, cast: Cast) -> None:
    request_id = answered(database, cast)
    with database.writing() as session:
        actions.weigh(session, cast.maker.actor, request_id, accept=False, reason="Si sono visti una volta.")
    assert vouching(database, cast) == []


def test_a_request_taken_back_has_a_dead_link(database: Database, cast: Cast) -> None:
    secret = asked(database, cast)
    with database.writing() as session:
        request_id = session.exec(select(ReferenceRequest)).one().id
        actions.withdraw(session, cast.maker.actor, request_id)
    with pytest.raises(Missing), database.writing() as session:
        actions.answer(session, cast.community.id, secret, ANSWERS)
    with pytest.raises(Stale), database.writing() as session:
        actions.withdraw(session, cast.maker.actor, request_id)


# ---------------------------------------------------------------- the pages


@on_sqlite
def test_from_asking_to_a_reference_that_counts(
    cast: Cast, client_for: Callable[..., Browser], visitor: Browser, database: Database
) -> None:
    with database.writing() as session:
        rosa = make_member(session, cast, "rosa", "centro", email=None)
    maker = client_for(cast.maker, language="en")
    page = maker.look(f"/c/cremona/people/{cast.anna.id}/verification/")
    page = maker.look(maker.look(page.link("Ask for a reference")).address + "?q=Rosa")
    page = maker.submit(page, f"/ask/{rosa.party.id}")
    link = page.soup.select_one("strong.r-break").get_text()
    form = visitor.look(link)
    assert form.says("Anna")
    again = visitor.submit(form, "Invia", status=422, name="Rosa Prova", since_when="", would_entrust="Sì")
    assert again.errors()
    visitor.submit(form, "Invia", name="Rosa Prova", since_when="Da sempre", would_entrust="Sì, subito")
    visitor.look(link, status=404)
    page = maker.look(f"/c/cremona/people/{cast.anna.id}/verification/")
    answers = maker.look(page.link("Read what they answered"))
    assert answers.says("Sì, subito")
    with database.reading() as session:
        request_id = session.exec(select(ReferenceRequest)).one().id
        assert [look.actor_person_id for look in looks_at(session, "reference_request", request_id)] == [cast.maker.id]
    done = maker.submit(answers, "Decide", decision="yes", reason="La conosce da sempre.")
    assert done.says("Rosa Prova (Rosa e famiglia)")


@pytest.mark.parametrize("how", ["excluded", "left"])
def test_the_word_of_who_is_not_there_any_more_is_not_asked_for(database: Database, cast: Cast, how: str) -> None:
    secret = asked(database, cast)
    with database.writing() as session:
        if how == "left":
            leave(session, cast.chiara.actor)
        else:
            case = moderation.report(
                session, cast.bashir.actor, "party", cast.chiara.party.id, reason="other", words=""
            )
            moderation.decide(session, cast.maker.actor, case.case_id, Ruling("exclude", "Ne abbiamo parlato."))
    with database.reading() as session:
        assert request_behind(session, cast.community.id, secret) is None
    with database.writing() as session, pytest.raises(Missing):
        actions.answer(session, cast.community.id, secret, ANSWERS)


def test_the_letter_goes_to_an_adult_who_is_there(database: Database, cast: Cast) -> None:
    """Of two adults one is paused: the other is asked."""
    with database.writing() as session:
        other = make_member(session, cast, "elia", "centro")
        session.exec(update(PartyMember).where(PartyMember.person_id == other.id).values(party_id=cast.chiara.party.id))
        case = moderation.report(session, cast.bashir.actor, "person", cast.chiara.id, reason="other", words="")
        moderation.decide(session, cast.maker.actor, case.case_id, Ruling("pause", "Ne parliamo.", days=30))
    with database.writing() as session:
        assert actions.ask(session, cast.maker.actor, cast.anna.id, cast.chiara.party.id) is None
        told = session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()[-1].payload
        assert (told["notice"], told["person_id"]) == ("references:please", other.id)


def test_nobody_vouches_for_who_lives_with_them(database: Database, cast: Cast) -> None:
    """Neither by asking others, nor by what they saw themselves."""
    with database.writing() as session:
        session.exec(
            update(PartyMember).where(PartyMember.person_id == cast.anna.id).values(party_id=cast.maker.party.id)
        )
    maker = cast.maker.actor
    with database.writing() as session, pytest.raises(Refused):
        actions.ask(session, maker, cast.anna.id, cast.chiara.party.id)
    seen = {"document": "passport", "seen_on": clock.now().date(), "expires_on": None}
    with database.writing() as session, pytest.raises(Refused):
        record_identity(session, maker, cast.anna.id, **seen)
    with database.reading() as session, pytest.raises(Refused):
        requests_about(session, maker, cast.anna.id)
