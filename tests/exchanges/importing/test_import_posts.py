"""A list of offers and needs goes on the board through the same three steps as a post typed by hand."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from community.importing.actions import members_import
from exchanges.importing.actions import posts_import
from exchanges.posts.tables import Post, PostChildcare, PostDate, PostHousing, PostPurchasing
from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.importing import said, take_file

PEOPLE = "Codice;Famiglia;Nome;Zona\n1;F1;Samira;Po\n2;F2;Giorgio;Centro\n"
HEAD = (
    "Codice;Tipo;Titolo;Descrizione;Categoria;Chi;Zona;Quando;Giorno;Ora;Dove;Durata;Dono;Posti;Visibilità;"
    "Bambini;Età;Chi riprende;Che cosa;Quantità;Unità;Quota;Aiuto per la casa;Dal;Al;Pubblicato il;Scade il\n"
)
LIFT = "A1;cerco;Un passaggio in stazione;Prima delle otto.;Passaggi;1;;;+7;8:30;altrove;1 h 30;;;pubblica" + ";" * 12
MUSIC = "A2;cerco;A musica il giovedì;;Bambini;F1;Po;Ogni giovedì;;;;30 min;;;;2;6-10, 11-13;Il papà" + ";" * 9
FLOUR = "A3;offro;Farina in gruppo;;Spesa insieme;2;;Quando vuoi;;;da me;15 min;;4;;;;;Farina;2,5;kg;7,50;;;;;"
ROOM = "A4;cerco;Una stanza;;Casa;2;;Da subito;;;;;sì" + ";" * 10 + "stanza;+10;+40;-5;+60"
LIST = "\n".join((LIFT, MUSIC, FLOUR, ROOM)) + "\n"


@pytest.fixture(autouse=True)
def members(database: Database, cast: Cast) -> None:
    assert take_file(database, members_import, PEOPLE).new == 2


def posts(database: Database) -> dict[str, Post]:
    with database.reading() as session:
        return {post.import_key: post for post in session.exec(select(Post))}


def today() -> date:
    return clock.today("Europe/Rome")


def test_posts_are_open_and_belong_to_who_is_named(database: Database, cast: Cast) -> None:
    report = take_file(database, posts_import, HEAD + LIST)
    assert (report.new, said(report)) == (4, [])
    found = posts(database)
    assert {post.state for post in found.values()} == {"open"}
    assert found["A1"].party_id == found["A2"].party_id != found["A3"].party_id
    assert (found["A1"].kind, found["A1"].minutes, found["A1"].place, found["A1"].visibility) == (
        "need",
        90,
        "somewhere",
        "public",
    )
    assert found["A1"].zone_id == cast.zones["po"].id  # the household's own, where the line names none
    assert (found["A3"].places, found["A3"].gift) == (4, False)
    assert found["A4"].gift is True


def test_days_may_be_counted_from_today(database: Database, cast: Cast) -> None:
    take_file(database, posts_import, HEAD + LIST)
    found = posts(database)
    with database.reading() as session:
        meeting = session.exec(select(PostDate).where(col(PostDate.post_id) == found["A1"].id)).one()
    wall = clock.local(meeting.starts_at, "Europe/Rome")
    assert (wall.date(), wall.hour, wall.minute) == (today() + timedelta(days=7), 8, 30)
    assert found["A4"].expires_on == today() + timedelta(days=60)
    assert clock.local(found["A4"].published_at, "Europe/Rome").date() == today() - timedelta(days=5)


def test_the_fields_of_their_own(database: Database, cast: Cast) -> None:
    take_file(database, posts_import, HEAD + LIST)
    found = posts(database)
    with database.reading() as session:
        children = session.get(PostChildcare, found["A2"].id)
        flour = session.get(PostPurchasing, found["A3"].id)
        room = session.get(PostHousing, found["A4"].id)
    assert (children.children, children.age_bands, children.pick_up) == (2, ["6-10", "11-13"], "Il papà")
    assert (flour.what, flour.quantity, flour.unit, flour.share_cents) == ("Farina", 2500, "kg", 750)
    assert (room.help, room.since, room.until) == ("room", today() + timedelta(days=10), today() + timedelta(days=40))


def test_a_need_about_housing_stays_confidential_unless_said_otherwise(database: Database, cast: Cast) -> None:
    take_file(database, posts_import, HEAD + LIST)
    assert posts(database)["A4"].visibility == "confidential"
    said_otherwise = ROOM.replace("A4", "A5").replace(";sì;;", ";sì;;comunità", 1)
    take_file(database, posts_import, HEAD + said_otherwise + "\n")
    assert posts(database)["A5"].visibility == "community"


def test_the_same_file_again_changes_nothing(database: Database, cast: Cast) -> None:
    take_file(database, posts_import, HEAD + LIST)
    report = take_file(database, posts_import, HEAD + LIST)
    assert (report.new, report.unchanged) == (0, 4)
    assert len(posts(database)) == 4


def test_lines_without_a_code_are_known_by_what_they_say(database: Database, cast: Cast) -> None:
    short = "Tipo;Titolo;Categoria;Chi;Durata\noffro;Orli;Riparazioni;2;1 h\n"
    assert take_file(database, posts_import, short).new == 1
    assert take_file(database, posts_import, short).new == 0


def test_english_headings_and_an_address_as_the_person(database: Database, cast: Cast) -> None:
    content = "Type,Title,Category,Member,How long\noffer,Hems,Repairs,anna@example.org,1:30\n"
    assert take_file(database, posts_import, content).new == 1
    assert next(iter(posts(database).values())).party_id == cast.anna.party.id


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        (";1;;;+7", ";88;;;+7", "2: There is no member with the code 88: take the members in first."),
        ("Passaggi", "Magia", "2, Categoria: There is no category called “Magia” here."),
        ("+7;", "-7;", "2: This moment has already passed. Choose one that is still to come."),
        ("8:30", "25:00", "2, Ora: Write the time as 16:30."),
        ("1 h 30", "tanto", "2, Durata: Write the time as 1 h 30, 1:30, 1,5 or 90 min."),
        ("1 h 30", "-1 h", "2, Durata: The time cannot be below zero."),
        ("cerco", "regalo", "2, Tipo: Write one of these: offro, cerco."),
        ("Un passaggio in stazione", "", "2, Titolo: This cell must not be empty."),
        ("A1;cerco;Un", "A1;offro;Un", ""),
        ("Passaggi", "Casa", "2: Say which help with housing it is."),
        ("Passaggi", "Bambini", "2: Say how many children."),
        ("Passaggi", "Spesa insieme", "2: Say what is bought, and how much."),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_kept(
    database: Database, cast: Cast, was: str, becomes: str, fault: str
) -> None:
    assert was in LIFT
    report = take_file(database, posts_import, HEAD + LIFT.replace(was, becomes, 1) + "\n" + FLOUR + "\n")
    if not fault:
        assert (report.new, said(report)) == (2, [])
        return
    assert said(report) == [fault]
    assert posts(database) == {}


def test_an_offer_cannot_be_confidential(database: Database, cast: Cast) -> None:
    report = take_file(database, posts_import, HEAD + FLOUR.replace(";4;;", ";4;riservata;", 1) + "\n")
    assert said(report) == ["2: Choose who may see it."]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Post)) == 0
