"""Who lends a hand in the centers of the demo: shifts taken, served and open, with insurance and register."""

from datetime import date, datetime, timedelta

from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.actions.registering import OwnSheet
from civic_centers.volunteering.rules import Wanted
from community.parties.queries import people_of
from demo.scene import ELENA, GIORGIO, LUISA, NADIA, SAMIRA, WEDNESDAY, Scene, Steps
from exchanges.ledger.actions import give_hours
from foundation import clock, outbox
from foundation.access import Actor

FRIDAY = 4
POLICY = "RC 4471/26"


class LendingAHand(Scene):
    """Volunteers at Vescovato, for the organisation that hosts the center."""

    def steps(self) -> list[Steps]:
        """Every scene, moment by moment."""
        return [
            self._the_register(),
            self._some_weeks_ago(),
            self._served(),
            self._with_the_fund(),
            self._to_come(),
        ]

    def _the_register(self) -> Steps:
        """Who comes is insured; two who came every week stand in the register, and one of them came to an end."""
        nadia, luisa = self.who(NADIA).must_be_person(), self.who(LUISA).must_be_person()
        yield self.now - timedelta(days=140)
        with outbox.muted():
            _center_id, party_id = self._center()
            host = self._host(party_id)
            for person_id in (nadia, luisa, self.who(SAMIRA).must_be_person()):
                actions.insure(
                    self.session, host, party_id, person_id, self._today(), self._next_summer(), policy=POLICY
                )
            sheet = OwnSheet(born_on=date(1971, 5, 3), born_in="Cremona", residence="Via Dante 12, Bonemerse")
            actions.keep_sheet(self.session, self.who(NADIA), sheet)
            begun = actions.begin(self.session, host, party_id, nadia, self._today()).number
        yield self.now - timedelta(days=30)
        with outbox.muted():
            sheet = OwnSheet("RSSMRA85T10A562S", residence="Via Roma 4, Vescovato")
            actions.keep_sheet(self.session, self.who(LUISA), sheet)
            actions.begin(self.session, host, party_id, luisa, self._today())
        yield self.now - timedelta(days=20)
        with outbox.muted():
            actions.end(self.session, host, party_id, begun, self._today())

    def _some_weeks_ago(self) -> Steps:
        """What Samira's and Luisa's certificates speak of."""
        last = self.last(FRIDAY, hour=18)
        for starts_at in (last - timedelta(weeks=5), last - timedelta(weeks=3)):
            yield starts_at - timedelta(days=4)
            with outbox.muted():
                rows = self._evening(starts_at)
            yield starts_at + timedelta(hours=3)
            with outbox.muted():
                for number in rows:
                    actions.confirm(self.session, self.who(GIORGIO), number, 120)

    def _served(self) -> Steps:
        """Last Friday two opened the door and washed up; one hour still waits for Giorgio."""
        starts_at = self.last(FRIDAY, hour=18)
        yield starts_at - timedelta(days=4)
        with outbox.muted():
            rows = self._evening(starts_at)
        for number, code in zip(rows, (LUISA, SAMIRA), strict=True):
            yield starts_at
            with outbox.muted():
                actions.check_in(self.session, self.who(code), number)
        yield starts_at + timedelta(minutes=130)
        with outbox.muted():
            actions.check_out(self.session, self.who(LUISA), rows[0])
        yield starts_at + timedelta(hours=3)
        with outbox.muted():
            actions.confirm(self.session, self.who(GIORGIO), rows[0], 130)

    def _with_the_fund(self) -> Steps:
        """Nadia carried the leaflets round: an exchange with the common fund, to which Elena had given."""
        starts_at = self.last(WEDNESDAY, hour=9)
        yield starts_at - timedelta(days=10)
        with outbox.muted():
            words = "Per chi dà una mano al Civic Center"
            give_hours(self.session, self.who(ELENA), None, 180, request_key="demo:to-the-fund", memo=words)
        yield starts_at - timedelta(days=3)
        with outbox.muted():
            center_id, _party_id = self._center()
            wanted = [Wanted("Volantini in paese", exchange=True, words="A piedi o in bici, li portiamo noi fin lì.")]
            moment = Moment(starts_at, starts_at + timedelta(minutes=90))
            slot = actions.make_slots(self.session, self.who(GIORGIO), center_id, wanted, [moment])[0]
            row = actions.sign_up(self.session, self.who(NADIA), slot.id or 0)
        yield starts_at + timedelta(hours=2)
        with outbox.muted():
            actions.confirm(self.session, self.who(GIORGIO), row.id, 90)

    def _to_come(self) -> Steps:
        """Next Friday somebody is missing; one waits for the snack; the homework looks for helpers at every date."""
        giorgio = self.who(GIORGIO)
        starts_at = self.next(FRIDAY, hour=18)
        yield self.now - timedelta(days=1)
        center_id, party_id = self._center()
        roles = [
            Wanted("Porta e sedie", party_id=party_id, least=2, most=3, words="Aprire, sistemare le sedie, salutare."),
            Wanted("Merenda", party_id=party_id, words="Tagliare il pane, lavare i bicchieri."),
        ]
        moment = Moment(starts_at, starts_at + timedelta(hours=2))
        door, snack = actions.make_slots(self.session, giorgio, center_id, roles, [moment])
        actions.sign_up(self.session, self.who(SAMIRA), door.id or 0)
        actions.sign_up(self.session, self.who(LUISA), snack.id or 0)
        actions.sign_up(self.session, self.who(NADIA), snack.id or 0)
        day = clock.local(starts_at, self.people.community.time_zone).date()
        actions.keep_template(self.session, giorgio, center_id, "Il venerdì sera", day, 1)
        actions.watch(self.session, self.who(ELENA), center_id)
        there = (col(Activity.center_id) == center_id, col(Activity.title) == "Compiti insieme")
        homework = self.session.exec(select(Activity.id).where(*there)).first()
        if homework is not None:
            helpers = Wanted("Compiti con i bambini", party_id=party_id, least=2, most=4, needs_verified=True)
            actions.make_for_sessions(self.session, giorgio, homework, [helpers], None)

    # ------------------------------------------------------------ their parts

    def _evening(self, starts_at: datetime) -> list[int]:
        """Two are at the door of an evening: their sign-ups."""
        center_id, party_id = self._center()
        wanted = [Wanted("Porta e sedie", party_id=party_id, least=2, most=3)]
        moment = Moment(starts_at, starts_at + timedelta(hours=2))
        slot = actions.make_slots(self.session, self.who(GIORGIO), center_id, wanted, [moment])[0]
        return [actions.sign_up(self.session, self.who(code), slot.id or 0).id for code in (LUISA, SAMIRA)]

    def _center(self) -> tuple[int, int]:
        """The center, and the organisation that hosts it."""
        name = "Civic Center di Vescovato"
        here = (col(Center.community_id) == self.people.community_id, col(Center.name) == name)
        center = self.session.exec(select(Center).where(*here)).one()
        return center.id or 0, center.party_id or 0

    def _host(self, party_id: int) -> Actor:
        """Who acts for that organisation."""
        made, person = self.who(GIORGIO), people_of(self.session, party_id)[0]
        grants = [grant for grant in made.grants if grant.role == "member"]
        return Actor(made.community_id, person.id, party_id, grants=tuple(grants), party_ids=(party_id,))

    def _today(self) -> date:
        return clock.today(self.people.community.time_zone)

    def _next_summer(self) -> date:
        return clock.local(self.now, self.people.community.time_zone).date() + timedelta(days=240)
