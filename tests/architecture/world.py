"""One of everything, belonging to Anna and Bashir, for asking every route as every role."""

from dataclasses import dataclass
from datetime import time, timedelta

from sqlmodel import select

from civic_centers.activities import actions as activities
from civic_centers.activities.rules import About as AboutActivity
from civic_centers.activities.rules import Beat
from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.centers.rules import Special
from civic_centers.enrolling import actions as enrolling
from civic_centers.enrolling.tables import Enrolment
from civic_centers.rooms import actions as rooms
from civic_centers.rooms.actions import AboutRoom, Wish
from civic_centers.suppliers import actions as suppliers
from civic_centers.suppliers.actions import LIST, AboutSupplier
from civic_centers.suppliers.rules import PriceSaid, Said
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.rules import Wanted as Role
from civic_centers.wall import actions as wall
from community.broadcasts import actions as broadcasts
from community.broadcasts.rules import Draft, Link
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.signing_in.tables import SecondFactor
from community.speaking import actions as speaking
from community.speaking.queries import place_of_decision
from community.threads.tables import Message
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.cheques import actions as cheques
from exchanges.cheques.rules import Wanted
from exchanges.groups import actions as groups
from exchanges.groups.rules import Terms as Together
from exchanges.posts import actions as posts
from exchanges.posts.actions import How, What, When
from exchanges.posts.tables import Post
from exchanges.searches.actions import keep_search
from exchanges.series import actions as series
from exchanges.series.rules import Terms as Weekly
from foundation import clock
from foundation.database import Database, Session
from foundation.importing.kinds import kind_for
from foundation.importing.runs import start_run
from tests.architecture.plenty_purchasing import bought
from tests.cast import Cast


@dataclass(frozen=True)
class World:
    """The ids that stand in addresses, by the name of the parameter."""

    ids: dict[str, int | str]


def make_world(database: Database, cast: Cast) -> World:
    """Write one of everything."""
    with database.writing() as session:
        anna, bashir = cast.anna.actor, cast.bashir.actor
        post = posts.start_draft(session, anna, "need")
        what = What("Una mano con l’orlo", cast.categories["repairs"].id, "Due pantaloni.")
        posts.save_what(session, anna, post.id, what, version=post.version)
        posts.save_when(session, anna, post.id, When("any", cast.zones["centro"].id), version=post.version)
        posts.save_how(session, anna, post.id, How(60), version=post.version)
        posts.publish_post(session, anna, post.id)
        terms = Terms(starts_at=clock.now() + timedelta(days=2), minutes=60, adult_id=cast.bashir.id)
        agreement_id = agreements.propose(session, bashir, post.id, terms, words="Posso io.")
        case_id = moderation.report(session, cast.chiara.actor, "post", post.id, reason="other", words="").case_id
        other = moderation.report(session, bashir, "person", cast.anna.id, reason="insult", words="").case_id
        decision = moderation.decide(session, cast.maker.actor, other, Ruling("warn", "Con rispetto."))
        moderation.appeal(session, anna, decision.id or 0, "Non sono stata io.")
        talk_id = speaking.begin(session, anna, place_of_decision(session, anna, decision.id or 0), "Vorrei capire.")
        search = keep_search(session, anna, "Orli", {"q": "orlo"}, alert="none")
        sheet = cheques.print_sheet(session, anna, Wanted(1, 15))
        tomorrow = clock.now().date() + timedelta(days=1)
        week = Weekly(weekdays=(2,), at="16:30", first_day=tomorrow, minutes=60)
        category_id = cast.categories["repairs"].id
        series_id = series.ask(session, bashir, cast.anna.party.id, "Un’ora di cucito", category_id, week)
        of_series = {"series_id": series_id, "day": tomorrow.isoformat()}
        offer = Post(
            community_id=cast.community.id,
            party_id=cast.anna.party.id,
            author_id=cast.anna.id,
            kind="offer",
            state="open",
            title="Cucire insieme",
            category_id=category_id,
            zone_id=cast.zones["centro"].id,
            places=5,
            published_at=clock.now(),
        )
        session.add_all((offer, SecondFactor(person_id=cast.anna.id, secret="A" * 32, confirmed_at=clock.now())))
        session.flush()
        together = Together(starts_at=clock.now() + timedelta(days=2), minutes=60, places=5)
        group_id = groups.open_group(session, anna, offer.id or 0, together)
        groups.join(session, bashir, group_id, None)
        message_id = agreements.write_words(session, anna, agreement_id, "Volentieri.")
        message = session.get(Message, message_id)
        of_center = _center(session, cast)
        of_order = bought(session, cast)
        taking = kind_for(cast.maker.actor, "members")
        run_id = start_run(session, cast.maker.actor, taking, name="soci.csv", content=b"Nome;Zona\nIda;Po\n", guess={})
        zones = [cast.zones["centro"].id or 0, cast.zones["po"].id or 0]
        links = [Link("Il programma", "https://www.example.org")]
        written = Draft(
            "zones", {"it": "Festa"}, {"it": "Sabato."}, zones, links=links, purpose="needed",
            send_at=clock.now() + timedelta(days=1),
        )  # fmt: skip
        broadcast_id = broadcasts.start(session, cast.maker.actor, written)
        broadcasts.send_off(session, cast.maker.actor, broadcast_id, version=1)
        return World(
            {
                "broadcast_id": broadcast_id,
                "position": 1,
                **of_series,
                **of_center,
                **of_order,
                **_suppliers(session, cast),
                "what": "members",
                "destination": "oglio-po",
                "run_id": run_id,
                "group_id": group_id,
                "thread_id": message.thread_id if message else 0,
                "message_id": message_id,
                "place_id": 1,
                "search_id": search.id,
                "sheet_id": sheet.sheet.id if sheet else 0,
                "post_id": post.id,
                "agreement_id": agreement_id,
                "case_id": case_id,
                "decision_id": decision.id or 0,
                "appeal_id": 1,
                "report_id": 2,
                "talk_id": talk_id,
            }
        )


def _suppliers(session: Session, cast: Cast) -> dict[str, int | str]:
    """A supplier that Bashir keeps, since he is in charge of purchasing; a product of it, and a list."""
    bashir, zone = cast.bashir.actor, cast.zones["centro"].id or 0
    suppliers.add_purchaser(session, cast.maker.actor, zone, cast.bashir.id)
    # Whoever ends their own charge could ask for nothing after it: the one that is ended here is the maker's.
    charge = suppliers.add_purchaser(session, cast.maker.actor, zone, cast.maker.id)
    supplier = suppliers.add_supplier(session, bashir, AboutSupplier("Cascina", zone))
    today, here = clock.today("Europe/Rome"), supplier.id or 0
    product = suppliers.add_product(session, bashir, here, Said("Farina"), PriceSaid(34650), from_day=today)
    list_id = suppliers.start_list(
        session, bashir, kind_for(bashir, LIST), here, name="listino.csv", content=b"Prodotto;Prezzo\nMiele;6,50\n",
        guess={"name": 0, "price": 1}, from_day=today, ends_missing=False,
    )  # fmt: skip
    return {
        "supplier_id": here,
        "product_id": product.id or 0,
        "purchaser_id": charge.id or 0,
        "list_id": list_id,
    }


def _center(session: Session, cast: Cast) -> dict[str, int | str]:
    """A center that Bashir keeps, with a room that Anna asks for and a need of hers on its wall."""
    maker, anna = cast.maker.actor, cast.anna.actor
    about = About("Civic Center di prova", cast.zones["centro"].id, "Via della Scuola 1", province="CR")
    center = centers.open_center(session, maker, about)
    centers.add_keeper(session, maker, center.id, cast.bashir.id)
    today = clock.today("Europe/Rome")
    day = centers.add_special_day(session, maker, center.id, Special(today, today, None, "Prova"))
    room = rooms.add_room(session, maker, center.id, AboutRoom("Sala grande", places=20))
    starts_at = clock.now() + timedelta(days=3)
    wish = Wish(room.id, starts_at, starts_at + timedelta(hours=1), "Compleanno")
    bashir = cast.bashir.actor
    activity = activities.make_activity(session, bashir, center.id, AboutActivity("Compiti insieme", "homework"))
    week = Beat((1, 2, 3, 4, 5), time(16), 60, today + timedelta(days=1))
    laid = activities.add_rhythm(session, bashir, activity.id, week, None)
    activities.publish_activity(session, bashir, activity.id)
    [enrolled] = enrolling.enrol(session, anna, [laid.made[0].id or 0], [f"p{cast.anna.id}"])
    place = session.exec(select(Enrolment).where(Enrolment.request_id == enrolled.request_id)).one()
    return {
        "request_id": enrolled.request_id,
        "enrolment_id": place.id or 0,
        **_volunteers(session, cast, center.id or 0),
        "activity_id": activity.id,
        "session_id": laid.made[0].id,
        "rhythm_id": laid.made[0].rhythm_id,
        "center_slug": center.slug,
        "day_id": day.id,
        "room_id": room.id,
        "booking_id": rooms.request_room(session, anna, wish),
        "need_id": wall.write_need(session, anna, center.id, "Un posto caldo dove studiare").id,
        "becoming": "post",
        "age": "6-10",
    }


def _volunteers(session: Session, cast: Cast, center_id: int) -> dict[str, int | str]:
    """A shift that Anna took, and the template of its day."""
    bashir = cast.bashir.actor
    starts_at = clock.now() + timedelta(days=5)
    wanted = [Role("Alla porta", party_id=cast.bakery.party.id)]
    moment = Moment(starts_at, starts_at + timedelta(hours=2))
    slot = volunteering.make_slots(session, bashir, center_id, wanted, [moment])[0]
    day = clock.local(starts_at, "Europe/Rome").date()
    return {
        "slot_id": slot.id or 0,
        "sign_up_id": volunteering.sign_up(session, cast.anna.actor, slot.id or 0).id or 0,
        "template_id": volunteering.keep_template(session, bashir, center_id, "Porta", day, 1).id or 0,
    }
