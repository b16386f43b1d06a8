"""`flask demo load`: both communities, a year, and something that waits for everybody. Loaded once for all tests."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from app import create_app, load_features
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from civic_centers.sponsors.queries import all_made_possible
from civic_centers.volunteering.queries.lists import served_by
from civic_centers.volunteering.queries.register import organisations_kept
from civic_centers.volunteering.tables import RegisterLine, SignUp
from community.communities.tables import Community
from community.households.tables import Dependant
from community.members.queries import actor_for, person_by_email
from community.members.tables import Membership, Person, RoleGrant
from community.moderation.tables import Case
from community.notifications.tables import Notification
from community.parties.tables import Party
from community.zones.tables import Zone
from demo.loading import PASSWORD, is_empty, load, sign_ins
from exchanges.agreements.queries import disputes, waiting_for
from exchanges.agreements.tables import Agreement, Appreciation
from exchanges.cheques.queries import sheets_of, state_of
from exchanges.cheques.tables import TimeCheque
from exchanges.ledger.tables import Account, Entry, Transfer
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.crypto.passwords import verify_password
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.outbox import OutboxMessage
from foundation.settings import Settings
from foundation.web.numbers import numbers_waiting
from foundation.web.state import reading
from tests.demo import summed_up
from tests.servers import databases


@pytest.fixture(scope="module")
def demo() -> Iterator[Database]:
    registry.register(load_features())
    with databases.fresh("sqlite") as database:
        load(database, lambda _step: lambda _done, _total: None)
        yield database


@pytest.fixture
def session(demo: Database) -> Iterator[Session]:
    with demo.reading() as reading:
        yield reading


def signed_in(session: Session, email: str, slug: str = "cremona") -> Actor:
    community = session.exec(select(Community).where(col(Community.slug) == slug)).one()
    return actor_for(session, person_by_email(session, email).id, community.id)


def count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0


def test_the_territory(session: Session) -> None:
    assert set(session.exec(select(Community.slug))) == {"cremona", "oglio-po"}
    zones = set(session.exec(select(Zone.name)))
    assert {"Cremona, zona Po", "Vescovato", "Castelverde", "Soresina", "Bonemerse"} <= zones
    assert count(session, col(Party.kind) == "household") >= 300
    assert count(session, col(Party.kind) == "organisation") == 25
    assert count(session, col(Post.state) == "open") >= 260
    assert count(session, col(RoleGrant.role) == "maker", col(RoleGrant.zone_id).is_not(None)) >= 7


def test_the_hours_of_a_year_sum_to_zero_within_the_limits(session: Session) -> None:
    assert count(session, col(Agreement.state) == "settled") >= 1500
    assert session.scalar(select(func.sum(col(Entry.minutes)))) == 0
    balances = session.exec(select(Account.balance).where(col(Account.kind) == "party")).all()
    assert min(balances) >= -600
    assert max(balances) <= 2400
    first, last = session.exec(select(func.min(Agreement.happened_at), func.max(Agreement.happened_at))).one()
    assert (last - first).days > 350
    assert last <= clock.now()


def test_a_family_finds_what_waits_for_it(session: Session) -> None:
    samira = signed_in(session, "samira@example.org")
    account = session.exec(select(Account).where(col(Account.party_id) == samira.party_id)).one()
    assert account.balance == -195
    waiting = {agreement.state for agreement, _party in waiting_for(session, samira)}
    assert {"proposed", "delivered"} <= waiting
    tomorrow = clock.today("Europe/Rome").toordinal() + 1
    meetings = session.exec(
        select(Agreement.starts_at).where(
            col(Agreement.receiver_id) == samira.party_id, col(Agreement.state) == "accepted"
        )
    ).all()
    assert tomorrow in {clock.local(moment, "Europe/Rome").date().toordinal() for moment in meetings}


def test_the_bell_counts_the_lines_of_everybody(demo: Database) -> None:
    app = create_app(Settings(env="test", database_url=demo.url.render_as_string(False), base_url="http://localhost"))
    found = set()
    with demo.reading() as session:
        people = session.exec(select(Membership.person_id, Membership.community_id)).all()
        actors = [actor_for(session, person_id, community_id) for person_id, community_id in people]
    for actor in actors:
        with app.test_request_context():
            for (name, kind), number in zip(summed_up.kinds(), numbers_waiting(actor), strict=True):
                lines = kind.lines(reading(), actor) if number or not kind.sums_up else []
                there = int(summed_up.THERE[name](reading(), actor)) if kind.sums_up else len(lines)
                assert number == len(lines) == there, (name, actor, lines)
                found |= {line.endpoint for line in lines}
    app.extensions["reciproca"].database.dispose()
    assert {"agreements.show", "series.show", "groups.show", "posts.show"} <= found
    assert {"moderation.reports", "joining.applications", "agreements.list_disputes"} <= found
    assert {"reckoning.requests", "sponsors.desk", "housing.home", "housing.desk"} <= found


def test_a_maker_finds_a_dispute_an_applicant_and_a_report(session: Session) -> None:
    marta = signed_in(session, "marta@example.org")
    assert [agreement.title for agreement in disputes(session, marta)] == ["Imbiancato il corridoio"]
    zones = {grant.zone_id for grant in marta.grants if grant.role == "maker"}
    assert count(session, col(Membership.state) == "applied", col(Membership.zone_id).in_(zones)) == 1
    assert count(session, col(Case.closed_at).is_(None), col(Case.zone_id).in_(zones)) == 1


def test_everybody_of_the_list_can_sign_in(session: Session) -> None:
    people = sign_ins(session)
    assert len(people) == 6
    for one in people:
        person = person_by_email(session, one.email)
        assert verify_password(person.password_hash, PASSWORD).right
        assert signed_in(session, one.email).is_member
    bakery = signed_in(session, "forno@example.org")
    assert session.get(Party, bakery.party_id).kind == "organisation"
    assert any(grant.role == "administrator" for grant in signed_in(session, "cecilia@example.org").grants)
    assert {grant.role for grant in signed_in(session, "laura.cauzzi@example.org").grants} == {"member", "operator"}


def test_a_sponsor_reads_what_it_made_possible(session: Session) -> None:
    """Of months ago: an activity, a cause of the fund, the solidarity quota and vouchers, before everybody too."""
    bakery = signed_in(session, "forno@example.org")
    for everybody in (False, True):
        said = all_made_possible(session, bakery.party_id, everybody=everybody)
        assert said.counted.dates > 0
        assert [cause.name for cause in said.causes] == ["La spesa di chi fa fatica"]
        assert sorted(str(one["template"]).split("/")[1] for one in said.further) == ["reckoning", "vouchers"]
        assert any(one.get("periods") for one in said.further)
        assert any(one.get("number") == 5 for one in said.further)


def test_one_may_belong_to_both_communities(session: Session) -> None:
    here = signed_in(session, "giorgio@example.org")
    there = signed_in(session, "giorgio@example.org", "oglio-po")
    assert here.person_id == there.person_id
    assert here.party_id != there.party_id


def test_thanks_are_on_profiles(session: Session) -> None:
    assert count(session, col(Appreciation.shown)) > 100


def test_the_past_sends_no_mail(session: Session) -> None:
    recent = clock.now().timestamp() - 8 * 24 * 3600
    sent = session.exec(select(OutboxMessage.created_at)).all()
    assert 0 < len(sent) < 80
    assert all(moment.timestamp() > recent for moment in sent)


def test_what_people_were_told_stands_in_the_order_of_time(session: Session) -> None:
    """The lists sort by number: so what is going on is told by the clock, scene beside scene."""
    told = session.exec(select(Notification.created_at).order_by(col(Notification.id))).all()
    assert len(told) > 20
    assert told == sorted(told)


def test_nobody_real_is_in_it(session: Session) -> None:
    for person in session.exec(select(Person)):
        assert person.email is None or person.email.endswith("@example.org")
        assert person.phone == "" or person.phone.replace(" ", "").startswith("+39000")
    assert count(session, col(Dependant.id).is_not(None)) > 200


def test_it_is_not_loaded_twice(session: Session) -> None:
    assert not is_empty(session)


def test_hours_on_paper_in_every_state(session: Session) -> None:
    found = [
        state_of(one) for seen in sheets_of(session, signed_in(session, "samira@example.org")) for one in seen.cheques
    ]
    assert set(found) == {"open", "redeemed", "voided", "expired"}
    assert count(session, col(TimeCheque.ended_at).is_(None), col(TimeCheque.ends_at) > clock.now()) == 4


def test_the_centers_are_lived_in(session: Session) -> None:
    samira, giorgio = signed_in(session, "samira@example.org"), signed_in(session, "giorgio@example.org")
    states = set(session.exec(select(EnrolRequest.state)))
    assert {"held", "waiting", "offered"} <= states
    offered = session.exec(select(EnrolRequest).where(EnrolRequest.state == "offered")).one()
    assert offered.party_id == samira.party_id
    assert offered.offer_ends_at > clock.now()
    assert count(session, col(Enrolment.came_at).is_not(None)) == 4
    assert count(session, col(Enrolment.absent_at).is_not(None), col(Enrolment.came_at).is_(None)) == 2
    hours = [one.minutes for one in served_by(session, samira.community_id, samira.person_id)]
    assert hours == [240]
    assert count(session, col(SignUp.state) == "waiting") == 1
    assert count(session, col(SignUp.state) == "held", col(SignUp.ends_at) < clock.now()) == 1
    [kept] = organisations_kept(session, giorgio)
    lines = session.exec(select(RegisterLine).order_by(col(RegisterLine.id))).all()
    assert [(line.party_id, line.kind) for line in lines] == [(kept.id, "begin"), (kept.id, "begin"), (kept.id, "end")]
    assert session.exec(select(Transfer.kind).where(Transfer.source_kind == "volunteer_sign_up")).all() == ["exchange"]


def test_who_came_along_stands_in_the_order_of_time(session: Session) -> None:
    for moment, number in (
        (SignUp.since, SignUp.id),
        (EnrolRequest.made_at, EnrolRequest.id),
        (RegisterLine.written_at, RegisterLine.id),
    ):
        moments = session.exec(select(moment).order_by(number)).all()
        assert moments == sorted(moments)
        assert moments[-1] <= clock.now()
