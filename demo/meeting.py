"""Where people of the demo meet: three civic centers with their hours, rooms, bookings and walls of needs."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlmodel import col, select

from civic_centers.activities import actions as activities
from civic_centers.activities.queries.foreseeing import Span as When
from civic_centers.activities.rules import About as AboutActivity
from civic_centers.activities.rules import Beat
from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.centers.rules import Span, Special, holidays_of
from civic_centers.rooms import actions as rooms
from civic_centers.rooms.actions import AboutRoom, Wish
from civic_centers.wall import actions as wall
from civic_centers.wall.rules import OnSheet
from community.importing.queries import zones_by_name
from community.parties.tables import Party
from demo.scene import ELENA, GIORGIO, LUISA, MONDAY, NADIA, SAMIRA, THURSDAY, TUESDAY, Scene
from foundation import clock

FRIDAY = 4
MARTA, OF_VESCOVATO, OF_SORESINA = "F007-1", "F010-1", "F012-1"
"""The makers who opened them."""
OPENED_DAYS_AGO = 150
AFTERNOON, EVENING = Span(16 * 60, 19 * 60), Span(20 * 60, 22 * 60)


@dataclass(frozen=True)
class Place:
    """A center of the demo. `host` is the code of an organisation, `keeper` of a person."""

    maker: str
    keeper: str
    name: str
    zone: str
    address: str
    words: str
    host: str
    week: dict[int, list[Span]]
    rooms: tuple[AboutRoom, ...]
    way_in: str = ""
    step_free: bool = True
    patron: tuple[int, int] | None = None


PLACES = (
    Place(
        OF_VESCOVATO, GIORGIO, "Civic Center di Vescovato", "Vescovato", "Scuola primaria, via della Scuola",
        "Nella scuola primaria, il pomeriggio per i bambini e la sera per i grandi. "
        "Le porte le apriamo noi, che cosa farci lo decidete voi.",
        "O06",
        {TUESDAY + 1: [AFTERNOON], THURSDAY + 1: [AFTERNOON], FRIDAY + 1: [EVENING]},
        (
            AboutRoom("Aula grande", 40, "Tavoli, sedie, proiettore", True, 15),
            AboutRoom("Biblioteca", 15, "Scaffali, divano, stufa", True),
        ),
        "ingresso dal cortile",
        patron=(11, 11),
    ),
    Place(
        MARTA, ELENA, "Civic Center zona Po", "Cremona, zona Po", "Circolo del Po, via Po",
        "Una sala grande, una cucina e un cortile: feste, corsi, riunioni, carte.",
        "O22",
        {MONDAY + 1: [Span(9 * 60, 12 * 60)], THURSDAY + 1: [AFTERNOON, EVENING], FRIDAY + 1: [EVENING]},
        (
            AboutRoom("Salone", 80, "Palco, impianto audio", True, 30),
            AboutRoom("Cucina", 12, "Fuochi, forno, pentole grandi", False, 30),
        ),
    ),
    Place(
        OF_SORESINA, NADIA, "Civic Center di Soresina", "Soresina", "Biblioteca, piazza Garibaldi",
        "Due stanze sopra la biblioteca, per studiare, imparare l’italiano, fare i moduli insieme.",
        "O16",
        {TUESDAY + 1: [Span(9 * 60, 12 * 60), AFTERNOON], FRIDAY + 1: [AFTERNOON]},
        (AboutRoom("Stanza di sopra", 12, "Lavagna, due computer"),),
        "primo piano, le scale sono strette",
        step_free=False,
    ),
)  # fmt: skip


class Meeting(Scene):
    """The centers and what goes on there."""

    def play(self) -> None:
        """Open them, then fill their rooms and their walls."""
        vescovato, po, soresina = [self._open(place) for place in PLACES]
        self._rooms(*vescovato)
        self._wall_of_vescovato(vescovato[0])
        self._wall_of_po(po[0], po[1][0])
        self._at_vescovato(*vescovato)
        self._at_soresina(*soresina)

    def _open(self, place: Place) -> tuple[int, list[int]]:
        """The number of a center, and those of its rooms."""
        opened = clock.today(self.people.community.time_zone) - timedelta(days=OPENED_DAYS_AGO)
        host = select(Party.id).where(
            col(Party.community_id) == self.people.community_id, col(Party.import_key) == place.host
        )
        about = About(
            place.name, zones_by_name(self.session, self.people.community_id)[place.zone], place.address, place.words,
            place.way_in, place.step_free, self.session.exec(host).first(), "CR", *(place.patron or (None, None)),
        )  # fmt: skip
        maker = self.who(place.maker)
        keeper_id = self.who(place.keeper).must_be_person()
        with clock.at(self.now - timedelta(days=OPENED_DAYS_AGO)):
            center_id = centers.open_center(self.session, maker, about, opened_on=opened).id or 0
            centers.add_keeper(self.session, maker, center_id, keeper_id)
            keeper = self.who(place.keeper)
            centers.agree_to_be_named(self.session, keeper, center_id, named=True)
            centers.set_hours(self.session, keeper, center_id, place.week)
            made = [rooms.add_room(self.session, keeper, center_id, room).id or 0 for room in place.rooms]
        centers.add_special_day(self.session, keeper, center_id, self._winter_break())
        return center_id, made

    def _winter_break(self) -> Special:
        today = clock.today(self.people.community.time_zone)
        first = date(today.year, 12, 24)
        last = date(today.year + 1, 1, 6)
        return Special(first, last, None, "pausa d’inverno") if today <= first else Special(last, last, None, "pausa")

    def _rooms(self, _center_id: int, made: list[int]) -> None:
        """A birthday that waits for an answer."""
        _big, library = made
        evening = self.next(FRIDAY, hour=20, minute=30)
        wish = Wish(library, evening, evening + timedelta(minutes=90), "Festa per i sette anni", 12)
        rooms.request_room(self.session, self.who(SAMIRA), wish)

    def _wall_of_vescovato(self, center_id: int) -> None:
        warm = self._need(SAMIRA, center_id, "Un posto caldo dove studiare la sera", days=20)
        for code in (LUISA, NADIA, ELENA, "F084-1", "F139-1"):
            wall.join_need(self.session, self.who(code), warm, "me_too")
        wall.join_need(self.session, self.who(LUISA), warm, "help")
        italian = self._need(LUISA, center_id, "Un corso d’italiano con chi tiene i bambini", days=16)
        for code in (SAMIRA, "F007-1", "F014-1"):
            wall.join_need(self.session, self.who(code), italian, "me_too")
        bills = self._need(NADIA, center_id, "Qualcuno che spieghi le bollette", days=12)
        wall.join_need(self.session, self.who(SAMIRA), bills, "me_too")
        known = self._need(ELENA, center_id, "Un banco per scambiare i vestiti dei bambini", days=30)
        with clock.at(self.now - timedelta(days=25)):
            words = "C’è già: l’armadio della Tenda, il mercoledì. Chiedete di noi alla porta."
            wall.answer_need(self.session, self.who(GIORGIO), known, words)
        lines = [OnSheet("La spesa grossa insieme, una volta al mese", 3), OnSheet("Una panchina davanti", 6)]
        wall.copy_sheet(self.session, self.who(GIORGIO), center_id, lines)

    def _wall_of_po(self, center_id: int, room_id: int) -> None:
        cards = self._need(GIORGIO, center_id, "Carte il lunedì, anche per chi viene da solo", days=9)
        for code in (ELENA, NADIA):
            wall.join_need(self.session, self.who(code), cards, "me_too")
        self._need(SAMIRA, center_id, "Una cucina aperta, per imparare gli uni dagli altri", days=4)
        elena = self.who(ELENA)
        played = wall.turn_into(self.session, elena, cards, "activity")
        about = AboutActivity("Carte il lunedì", "elders", "Scopa, briscola, un caffè: chi è solo trova compagni.")
        activities.change_activity(self.session, elena, played, about, version=1)
        week = Beat((MONDAY + 1,), time(9, 30), 120, self._next_day(MONDAY))
        activities.add_rhythm(self.session, elena, played, week, room_id)
        activities.publish_activity(self.session, elena, played)

    def _at_vescovato(self, center_id: int, made: list[int]) -> None:
        """Homework twice a week since the autumn, one date called off; and a training in the evening."""
        giorgio, (big, library) = self.who(GIORGIO), made
        about = AboutActivity(
            "Compiti insieme", "homework", "Si fanno i compiti, si fa merenda e poi si gioca in cortile.",
            min_age=6, max_age=10, left_alone=True, children_per_adult=6, ratio_rule="warn", min_places=4, places=18,
        )  # fmt: skip
        with clock.at(self.now - timedelta(days=60)):
            homework = activities.make_activity(self.session, giorgio, center_id, about).id or 0
            week = Beat((TUESDAY + 1, THURSDAY + 1), time(16, 30), 120, self._next_day(TUESDAY))
            laid = activities.add_rhythm(self.session, giorgio, homework, week, big)
            activities.publish_activity(self.session, giorgio, homework)
        activities.roll_rhythm(self.session, laid.made[0].rhythm_id or 0)
        self.session.flush()
        coming = [one for one in laid.made if one.starts_at > self.now]
        if len(coming) > 3:
            reason = "La scuola è chiusa per le elezioni."
            activities.cancel_session(self.session, giorgio, homework, coming[3].id or 0, reason=reason)
        about = AboutActivity(
            "Stare con i bambini degli altri", "training",
            "Due sere per chi dà una mano nei pomeriggi: ascoltare, dire di no, che cosa fare se si fanno male.",
            min_age=18, places=15, enrol_for="all", qualification="Stare con i bambini", valid_months=24,
        )  # fmt: skip
        training = activities.make_activity(self.session, giorgio, center_id, about).id or 0
        first = self.next(FRIDAY, hour=20, minute=0) + timedelta(weeks=2)
        zone, closed = self.people.community.time_zone, self._winter_break()
        evenings = []
        for moment in (first + timedelta(weeks=week) for week in range(8)):
            day = clock.local(moment, zone).date()
            if day not in holidays_of("CR", None, [day.year]) and not closed.first_on <= day <= closed.last_on:
                evenings.append(When(day, moment, moment + timedelta(hours=2)))
        activities.add_dates(self.session, giorgio, training, evenings[:2], library)
        activities.publish_activity(self.session, giorgio, training)

    def _at_soresina(self, center_id: int, made: list[int]) -> None:
        """Italian in the morning; and a draft that is not ready."""
        nadia = self.who(NADIA)
        about = AboutActivity(
            "Italiano al mattino", "workshop",
            "Parlare, leggere la posta, compilare moduli. I bambini piccoli sono benvenuti.",
            min_age=16, places=10, price_cents=200, price_words="fotocopie e caffè",
        )  # fmt: skip
        italian = activities.make_activity(self.session, nadia, center_id, about).id or 0
        last_on = self._next_day(TUESDAY) + timedelta(weeks=10)
        week = Beat((TUESDAY + 1,), time(9, 30), 90, self._next_day(TUESDAY), last_on)
        activities.add_rhythm(self.session, nadia, italian, week, made[0])
        activities.publish_activity(self.session, nadia, italian)
        activities.make_activity(
            self.session, nadia, center_id, AboutActivity("Merenda in giardino", "meal", places=30)
        )

    def _next_day(self, weekday: int) -> date:
        """The next such day, Monday being 0, after today."""
        today = clock.today(self.people.community.time_zone)
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)

    def _need(self, code: str, center_id: int, words: str, *, days: int) -> int:
        with clock.at(self.now - timedelta(days=days)):
            return wall.write_need(self.session, self.who(code), center_id, words).id or 0
