"""The pages about who looks after others: what is asked, what was seen, what it says of somebody."""

from collections.abc import Callable

from community.safeguarding import actions
from community.safeguarding.rules import Requirements
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, verify_for_care
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def test_makers_of_the_zone_find_it_on_the_persons_page(cast: Cast, client_for: Callable[..., Browser]) -> None:
    address = f"/c/cremona/people/{cast.chiara.id}"
    maker = client_for(cast.maker, language="en")
    page = maker.look(address)
    assert page.says("Not met and vouched for yet")
    page = maker.look(page.link("Verification of Chiara"))
    assert page.says("Identity seen")
    assert not page.says("I saw the certificate")
    assert not client_for(cast.other_maker, language="en").look(address).says("Verification of")
    assert not client_for(cast.anna, language="en").look(address).says("Verification of")
    assert not maker.look(f"/c/cremona/people/{cast.maker.id}").says("Verification of")


def test_a_maker_writes_down_what_was_seen_and_takes_it_back(
    cast: Cast, client_for: Callable[..., Browser], database: Database
) -> None:
    more = Requirements(True, 2, frozenset({"Primo soccorso"}), 18, certificate=True)
    with database.writing() as session:
        category_id = cast.categories["childcare"].id
        actions.require(session, cast.administrator.actor, category_id, more, certificate_basis="D.Lgs. 39/2014")
    maker = client_for(cast.maker, language="en")
    page = maker.look(f"/c/cremona/people/{cast.chiara.id}/verification/")
    for address, fields in (
        ("/identity", {"identity-document": "passport"}),
        ("/reference", {"reference-given_by": "Ada"}),
        ("/reference", {"reference-given_by": "Ugo"}),
        ("/training", {"training-training": "Primo soccorso"}),
        ("/age", {"age-years": "33"}),
        ("/certificate", {"certificate-expires_on": "2099-01-01"}),
    ):
        page = maker.submit(page, address, **fields)
    assert page.says("Met and vouched for.")
    assert not page.says("Not yet.")
    page = maker.submit(page, "/certificate", status=422, **{"certificate-expires_on": ""})
    page = maker.submit(maker.look(page.link("Take it back")), "Take it back", reason="Era un altro.")
    assert page.says("Taken back")
    assert page.says("Era un altro.")


def test_the_administrator_says_what_is_asked(cast: Cast, client_for: Callable[..., Browser]) -> None:
    administrator = client_for(cast.administrator, language="en")
    page = administrator.look(administrator.look("/c/cremona/running").link("What care asks for"))
    assert page.says("2 people vouch for them")
    page = administrator.look(page.link("Child care"))
    wrong = administrator.submit(page, "Save", status=422, references="1")
    assert "identity and two references" in " ".join(wrong.errors())
    wrong = administrator.submit(page, "Save", status=422, certificate="y")
    assert "legal basis" in " ".join(wrong.errors())
    done = administrator.submit(page, "Save", references="3", training="Primo soccorso", public_place="y")
    for words in ("3 people vouch for them", "Has followed: Primo soccorso", "in a public place"):
        assert done.says(words)


def test_everybody_sees_where_they_stand_themselves(
    cast: Cast, client_for: Callable[..., Browser], database: Database
) -> None:
    with database.writing() as session:
        verify_for_care(session, cast, cast.anna)
    anna = client_for(cast.anna, language="en")
    page = anna.look(anna.look("/c/cremona/me").link("Whom I may look after"))
    assert page.says("You may")
    assert not page.says("Still to do")
    page = client_for(cast.bashir, language="en").look("/c/cremona/me/verification")
    assert page.says("Meet a maker and show a document.")
    assert page.says("2 references are missing.")


def test_who_is_verified_for_what_stands_on_the_page_with_its_meaning(
    cast: Cast, client_for: Callable[..., Browser], database: Database
) -> None:
    with database.writing() as session:
        verify_for_care(session, cast, cast.anna)
        category_id = cast.categories["elders"].id
        actions.require(session, cast.administrator.actor, category_id, Requirements(True, 3))
    chiara = client_for(cast.chiara, language="en")
    for address in (f"/c/cremona/members/{cast.anna.party.id}", f"/c/cremona/people/{cast.anna.id}"):
        page = chiara.look(address)
        badges = [found.get_text(strip=True) for found in page.soup.select(".r-picks .r-badge--done")]
        assert badges == ["Child care"]
        assert page.says("It is no mark and no guarantee")
    assert not chiara.look(f"/c/cremona/members/{cast.bashir.party.id}").says("Whom they may look after")


def test_a_post_says_what_more_is_asked(cast: Cast, client_for: Callable[..., Browser], database: Database) -> None:

    with database.writing() as session:
        category_id = cast.categories["repairs"].id
        actions.require(session, cast.administrator.actor, category_id, Requirements(minimum_age=18))
        post = Post(
            community_id=cast.community.id,
            party_id=cast.anna.party.id,
            author_id=cast.anna.id,
            kind="need",
            state="open",
            title="Una mano in solaio",
            category_id=category_id,
            zone_id=cast.zones["centro"].id,
            published_at=clock.now(),
        )
        session.add(post)
        session.flush()
        post_id = post.id
    assert client_for(cast.chiara, language="en").look(f"/c/cremona/posts/{post_id}").says("at least 18 years old")
