"""One of everything, belonging to Anna and Bashir, for asking every route as every role."""

from dataclasses import dataclass
from datetime import timedelta

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
from tests.architecture.plenty_reckoning import reckoning_of
from tests.architecture.world_centers import center_of_bashir
from tests.architecture.world_circles import circle_of_two
from tests.architecture.world_housing import housing_of_two
from tests.architecture.world_suppliers import supplier_of_bashir
from tests.cast import Cast


@dataclass(frozen=True)
class World:
    """The ids that stand in addresses, by the name of the parameter."""

    ids: dict[str, int | str]


def make_world(database: Database, cast: Cast) -> World:
    """Write one of everything."""
    with database.writing() as session:
        between, of_center = _between_two(session, cast), center_of_bashir(session, cast)
        of_order, of_makers = bought(session, cast), _of_makers(session, cast)
        return World(
            {
                **of_center,
                **reckoning_of(session, cast),
                **of_order,
                **supplier_of_bashir(session, cast),
                **circle_of_two(session, cast),
                **housing_of_two(session, cast),
                **of_makers,
                **between,
            }
        )


def _between_two(session: Session, cast: Cast) -> dict[str, int | str]:
    """What Anna and Bashir ask, agree upon and tell each other, and what makers have to do with it."""
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
    return {
        **of_series,
        "group_id": group_id,
        "thread_id": message.thread_id if message else 0,
        "message_id": message_id,
        "search_id": search.id,
        "sheet_id": sheet.sheet.id if sheet else 0,
        "post_id": post.id,
        "agreement_id": agreement_id,
        "case_id": case_id,
        "decision_id": decision.id or 0,
        "appeal_id": 1,
        "report_id": 2,
        "talk_id": talk_id,
        "place_id": 1,
    }


def _of_makers(session: Session, cast: Cast) -> dict[str, int | str]:
    """A register that is taken in, and something written to many."""
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
    return {
        "run_id": run_id,
        "broadcast_id": broadcast_id,
        "what": "members",
        "destination": "oglio-po",
        "position": 1,
    }
