"""Who lends a hand in the centers of the demo: shifts taken, served and open, with insurance and register."""

from datetime import timedelta

from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.actions.registering import OwnSheet
from civic_centers.volunteering.rules import Wanted
from community.parties.queries import people_of
from demo.scene import ELENA, GIORGIO, LUISA, NADIA, SAMIRA, Scene
from foundation import clock
from foundation.access import Actor

FRIDAY = 4


class LendingAHand(Scene):
    """Volunteers at Vescovato, for the organisation that hosts the center."""

    def play(self) -> None:
        """An evening served, one to come, and helpers at every date of the homework."""
        name = "Civic Center di Vescovato"
        here = (col(Center.community_id) == self.people.community_id, col(Center.name) == name)
        center = self.session.exec(select(Center).where(*here)).first()
        if center is None or center.id is None or center.party_id is None:
            return
        self._insured(center.party_id)
        self._served(center.id, center.party_id)
        self._to_come(center.id, center.party_id)

    def _insured(self, party_id: int) -> None:
        """Those who come are insured; one who comes every week stands in the register."""
        people = people_of(self.session, party_id)
        if not people:
            return
        host = self._host(party_id, people[0].id or 0)
        today = clock.today(self.people.community.time_zone)
        first, last = today.replace(month=1, day=1), today.replace(month=12, day=31) + timedelta(days=60)
        for code in (LUISA, NADIA, SAMIRA):
            person_id = self.who(code).must_be_person()
            actions.insure(self.session, host, party_id, person_id, first, last, policy="RC 4471/26")
        sheet = OwnSheet("RSSMRA85T10A562S", residence="Via Roma 4, Vescovato")
        actions.keep_sheet(self.session, self.who(LUISA), sheet)
        actions.begin(self.session, host, party_id, self.who(LUISA).must_be_person(), today - timedelta(days=30))

    def _host(self, party_id: int, person_id: int) -> Actor:
        made = self.who(GIORGIO)
        grants = [grant for grant in made.grants if grant.role == "member"]
        return Actor(made.community_id, person_id, party_id, grants=tuple(grants), party_ids=(party_id,))

    def _served(self, center_id: int, party_id: int) -> None:
        """Last Friday two opened the door and washed up; one hour still waits for Giorgio."""
        starts_at = self.last(FRIDAY, hour=18)
        with clock.at(starts_at - timedelta(days=4)):
            wanted = [Wanted("Porta e sedie", party_id=party_id, least=2, most=3)]
            slot = actions.make_slots(
                self.session, self.who(GIORGIO), center_id, wanted, [Moment(starts_at, starts_at + timedelta(hours=2))]
            )[0]
            rows = [actions.sign_up(self.session, self.who(code), slot.id or 0) for code in (LUISA, SAMIRA)]
        with clock.at(starts_at + timedelta(hours=3)):
            actions.confirm(self.session, self.who(GIORGIO), rows[0].id or 0, 130)

    def _to_come(self, center_id: int, party_id: int) -> None:
        """Next Friday somebody is missing; one waits for the snack; the homework looks for helpers at every date."""
        giorgio = self.who(GIORGIO)
        starts_at = self.next(FRIDAY, hour=18)
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
