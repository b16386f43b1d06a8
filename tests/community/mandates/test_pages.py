"""Households without e-mail on their pages: opened, stood for in sight of all, ended."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import select, update

from community.mandates.tables import Mandate
from community.parties.tables import PartyMember
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, let_makers_act, make_member
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage

pytestmark = on_sqlite


def test_from_opening_to_an_offer_in_their_name(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    maker = client_for(cast.maker, language="en")
    listed = maker.look(maker.look("/c/cremona/me").link("Open one, act for it, print its card"))
    page = maker.look(listed.link("Open a household"))
    assert maker.submit(page, "Open it", status=422, given_name="").errors()
    shown = maker.submit(page, "Open it", given_name="Rosa", family_name="Bianchi", phone="0372 123")
    assert shown.says("You may act for them until")
    assert maker.look(shown.link("Sheet to sign")).says("Rosa Bianchi")
    hub = maker.submit(shown, "Act for them")
    assert hub.says("You write for Rosa Bianchi")
    board = maker.look(hub.link("Look at the board"))
    assert board.says("You write for Rosa Bianchi")
    assert maker.look("/c/cremona/calls").says("Here you are yourself.")
    form = maker.look(hub.link("Write an offer"))
    category = str(cast.categories["repairs"].id)
    maker.submit(form, "Next", title="Piccoli orli", category_id=category)
    with database.reading() as session:
        post = session.scalars(select(Post)).one()
        assert (post.author_id, post.recorded_by_id) == (post.author_id, cast.maker.id)
        assert post.party_id != cast.maker.party.id
    assert maker.look(f"/c/cremona/posts/{post.id}").says("Rosa Bianchi, written by Maker Prova")
    done = maker.submit(maker.look("/c/cremona/calls"), "Stop")
    assert done.says("Now you are yourself again.")
    assert not maker.look("/c/cremona/board").says("You write for")


def test_forms_of_before_are_worth_nothing_after(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    rosa = Stage(database, cast).offline("rosa")
    maker = client_for(cast.maker, language="en")
    shown = maker.look(f"/c/cremona/offline/{rosa.party.id}")
    hub = maker.submit(shown, "Act for them")
    theirs = maker.look(hub.link("Write an offer"))
    maker.submit(hub, "Stop")
    assert maker.submit(theirs, "Next", status=400, kind="offer").status == 400
    with database.reading() as session:
        assert session.scalars(select(Post)).first() is None


def test_it_is_over_with_the_agreement_and_after_two_hours(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    rosa = Stage(database, cast).offline("rosa")
    maker, other = client_for(cast.maker, language="en"), client_for(cast.administrator, language="en")
    hub = maker.submit(maker.look(f"/c/cremona/offline/{rosa.party.id}"), "Act for them")
    form = maker.look(hub.link("Write an offer"))
    page = other.look(other.look(f"/c/cremona/offline/{rosa.party.id}").link("They do not want it any more"))
    assert other.submit(page, "End it now").says("From now on nobody acts for them")
    assert maker.submit(form, "Next", status=409, kind="offer").says("has not agreed")
    assert not maker.look("/c/cremona/board").says("You write for")
    page = maker.look(maker.look(f"/c/cremona/offline/{rosa.party.id}").link("They said yes"))
    assert maker.submit(page, "Write it down", status=422, agreed_on="2019-01-01").errors()
    shown = maker.submit(page, "Write it down", way="signed")
    form = maker.look(maker.submit(shown, "Act for them").link("Write an offer"))
    with clock.at(clock.now() + timedelta(hours=3)):
        assert maker.submit(form, "Next", status=409, kind="offer").says("two hours")
    with database.reading() as session:
        assert session.scalars(select(Post)).first() is None


def test_in_their_place_a_maker_is_not_their_account(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    """What is nobody else's stays theirs: there the maker is themselves, and the page says so."""
    rosa = Stage(database, cast).offline("rosa")
    maker = client_for(cast.maker, language="en")
    maker.submit(maker.look(f"/c/cremona/offline/{rosa.party.id}"), "Act for them")
    for address in ("me", "me/address", "household/edit", "me/privacy", "leave", "time/give"):
        page = maker.client.get(f"/c/cremona/{address}", headers=maker.headers)
        assert "You write for" not in page.get_data(as_text=True), address
    page = maker.look(f"/c/cremona/time/{rosa.party.id}")
    assert page.says("You write for Rosa e famiglia")


def test_strangers_find_nothing(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    rosa = Stage(database, cast).offline("rosa")
    with database.writing() as session:
        far = make_member(session, cast, "ida", "vescovato", email=None)
        let_makers_act(session, cast, far)
    maker = client_for(cast.maker)
    for address in (f"/{far.party.id}", f"/{cast.anna.party.id}", f"/{far.party.id}/end"):
        maker.look(f"/c/cremona/offline{address}", status=404)
    client_for(cast.anna).look(f"/c/cremona/offline/{rosa.party.id}", status=404)
    with database.reading() as session:
        assert len(session.scalars(select(Mandate)).all()) == 2


def test_who_never_agreed_is_not_written_for_after_a_call_either(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    stage = Stage(database, cast)
    with database.writing() as session:
        rosa = make_member(session, cast, "rosa", "centro", email=None)
    agreement_id = stage.delivered(cast.anna, rosa)
    maker = client_for(cast.maker, language="en")
    page = maker.look(f"/c/cremona/agreements/{agreement_id}/phone")
    assert maker.submit(page, "Write it down", status=422, verb="confirm").says("has not agreed that makers act")
    assert stage.state(agreement_id) == "delivered"
    home = maker.look(page.link("Open their page"))
    maker.submit(maker.look(home.link("They said yes")), "Write it down")
    page = maker.look(f"/c/cremona/agreements/{agreement_id}/phone")
    assert maker.submit(page, "Write it down", verb="confirm").says("with your name as who wrote it")
    assert stage.balance(rosa) == -60


def test_another_telephone_and_another_name(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    rosa = Stage(database, cast).offline("rosa")
    maker = client_for(cast.maker, language="en")
    home = maker.look(f"/c/cremona/offline/{rosa.party.id}")
    page = maker.look(home.link("Change"))
    assert maker.submit(page, "Save", status=422, phone="no number").errors()
    assert maker.submit(page, "Save", phone="0372 999").says("0372 999")
    page = maker.look(home.link("Change the name or the address"))
    assert maker.submit(page, "Save", status=422, name=" ").errors()
    assert maker.submit(page, "Save", name="Rosa e Pino", address="Via Nuova 2").says("Via Nuova 2")
    end = maker.look(home.link("They do not want it any more"))
    maker.submit(end, "End it now")
    assert maker.submit(page, "Save", status=422, name="Altro").says("has not agreed")
    maker.look(f"/c/cremona/offline/{rosa.party.id}/people/{cast.anna.id}/contacts", status=404)
    client_for(cast.other_maker).look(f"/c/cremona/offline/{rosa.party.id}/name", status=404)


def test_one_of_two_adults_leaves(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    with database.writing() as session:
        rosa = make_member(session, cast, "rosa", "centro", email=None)
        pino = make_member(session, cast, "pino", "centro", email=None)
        session.exec(update(PartyMember).where(PartyMember.person_id == pino.id).values(party_id=rosa.party.id))
        let_makers_act(session, cast, rosa)
    maker = client_for(cast.maker, language="en")
    shown = maker.look(f"/c/cremona/offline/{rosa.party.id}")
    told = maker.look(shown.link("Only Rosa leaves"))
    assert told.says("It was Rosa who agreed that makers act for the household.")
    asked = maker.look(shown.link("Only Pino leaves"))
    assert asked.says("Makers go on acting for who stays, as was agreed.")
    assert asked.says("Rosa e famiglia stays with the others")
    assert maker.submit(asked, "Pino leaves").says("They have left.")
    after = maker.look(f"/c/cremona/offline/{rosa.party.id}")
    assert after.says("You may act for them until")
    assert not after.says("Only Rosa leaves"), "the last one leaves with the household"
    maker.look(f"/c/cremona/offline/{rosa.party.id}/leave/{cast.anna.id}", status=404)


def test_a_household_leaves_and_comes_back(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    rosa = Stage(database, cast).offline("rosa")
    maker = client_for(cast.maker, language="en")
    shown = maker.look(f"/c/cremona/offline/{rosa.party.id}")
    asked = maker.look(shown.link("They told me that they leave"))
    assert asked.says("Only if they told you so themselves")
    listed = maker.submit(asked, "They leave")
    assert listed.says("They left, and may come back")
    back = maker.submit(listed, "They come back")
    assert back.says("1 person is back.")
    assert not back.says("They left, and may come back")
