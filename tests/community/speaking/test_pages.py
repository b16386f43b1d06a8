"""The pages on which one speaks with the makers, from both sides."""

from collections.abc import Callable

from community.moderation.queries import about_me
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.moderation.desk import Desk

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]
HERE = "/c/cremona"


def test_a_maker_asks_and_the_person_answers(client_for: ClientFor, cast: Cast, desk: Desk) -> None:
    case_id = desk.report()
    maker, anna = client_for(cast.maker, language="en"), client_for(cast.anna, language="en")
    case = maker.look(f"{HERE}/cases/{case_id}")
    assert case.says("who reported it")
    form = maker.look(case.link("Anna Prova"))
    assert form.says("Never write who reported it.")
    refused = maker.submit(form, "Send", status=422, words="Bashir non è contento.")
    assert refused.says("nobody must learn that")
    assert refused.says("Bashir non è contento.")
    assert maker.submit(form, "Send", words="Che cosa è successo?").says("Che cosa è successo?")
    listing = anna.look(f"{HERE}/messages")
    assert listing.says("The makers")
    assert not listing.says("Maker Prova")
    talk = anna.look(listing.link("The makers"))
    assert talk.says("Che cosa è successo?")
    assert "Maker" not in talk.soup.select_one("#thread").get_text().replace("The makers", "")
    assert not talk.says("Bashir")
    answered = anna.submit(talk, "Send", words="Una svista.")
    assert answered.says("Una svista.")
    found = anna.look(f"{HERE}/messages/search?q=successo")
    assert found.says("The makers: Che cosa è successo?")
    again = maker.look(f"{HERE}/cases/{case_id}")
    assert again.says("1 new")
    opened = maker.look(again.link("Anna Prova"))
    maker.submit(opened, "I have read everything")
    assert not maker.look(f"{HERE}/cases/{case_id}").says("1 new")


def test_who_reported_writes_from_what_they_reported(client_for: ClientFor, cast: Cast, desk: Desk) -> None:
    desk.report()
    bashir = client_for(cast.bashir, language="en")
    form = bashir.look(bashir.look(f"{HERE}/reports/mine").link("Write to the makers"))
    assert form.says("Nobody else learns that you reported it.")
    talk = bashir.submit(form, "Send", words="È successo di nuovo.")
    assert talk.says("È successo di nuovo.")
    for stranger in (cast.anna, cast.chiara, cast.other_maker, cast.administrator):
        client_for(stranger).look(talk.address, status=404)


def test_who_is_excluded_writes_and_marks_as_read(
    database: Database, cast: Cast, desk: Desk, client_for: ClientFor
) -> None:
    desk.decide(desk.report(), "exclude")
    anna, maker = client_for(cast.anna, language="en"), client_for(cast.maker, language="en")
    with database.reading() as session:
        number = about_me(session, cast.community.id or 0, cast.anna.id)[0].decision.id
    decision = anna.look(f"{HERE}/decisions/{number}")
    talk = anna.submit(anna.look(decision.link("Write to the makers")), "Send", words="Ascoltatemi.")
    maker.submit(maker.look(talk.address), "Send", words="Ti ascoltiamo.")
    talk = anna.look(talk.address)
    assert talk.says("Ti ascoltiamo.")
    assert not talk.says("Report")
    anna.submit(talk, "I have read everything")
    anna.submit(anna.look(talk.address), "Mute")


def test_another_look_from_both_sides(database: Database, cast: Cast, desk: Desk, client_for: ClientFor) -> None:
    desk.decide(desk.report(), "warn")
    anna, looks_again = client_for(cast.anna, language="en"), client_for(cast.administrator, language="en")
    with database.reading() as session:
        number = about_me(session, cast.community.id or 0, cast.anna.id)[0].decision.id
    anna.submit(anna.look(f"{HERE}/decisions/{number}"), "Ask for another look", words="Non sono stata io.")
    decision = anna.look(f"{HERE}/decisions/{number}")
    form = anna.look(decision.link("Write to the makers who look again"))
    assert form.says("Not the one who decided.")
    talk = anna.submit(form, "Send", words="Posso spiegare.")
    client_for(cast.maker).look(talk.address, status=404)
    appeal = looks_again.look(looks_again.look(f"{HERE}/reports/").link("Anna Prova"))
    assert looks_again.look(appeal.link("Write to Anna")).says("Posso spiegare.")
