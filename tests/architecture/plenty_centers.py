"""Lots of what goes on in a center: rooms, needs, dates, who comes to them, and volunteers."""

from datetime import time, timedelta
from typing import Any

from sqlmodel import select

from civic_centers.activities import actions as activities
from civic_centers.activities.rules import About as AboutActivity
from civic_centers.activities.rules import Beat
from civic_centers.activities.tables import ActivitySession
from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.centers.rules import Special
from civic_centers.enrolling import actions as enrolling
from civic_centers.enrolling.tables import Enrolment, PickUp, Qualification
from civic_centers.rooms import actions as rooms
from civic_centers.rooms.actions import AboutRoom, Wish
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.actions.registering import OwnSheet
from civic_centers.volunteering.rules import Wanted as Role
from civic_centers.wall import actions as wall
from community.dependants.tables import DependantConsent
from community.households.tables import Dependant
from foundation import clock
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.series.stage import MONDAY

NOW = MONDAY + timedelta(days=9)
"""When the pages are read: of what was agreed upon on Monday some has taken place by then."""


class CenterLots(Stage):
    """The part of Town that happens in centers."""

    ids: dict[str, int]
    lots: int
    center: Any

    def _first(self, name: str, number: int) -> int:
        return self.ids.setdefault(name, number)

    def _center(self, name: str) -> Any:
        """A center that Bashir keeps."""
        maker, zone = self.cast.maker, self.cast.zones["centro"]
        center = self.do(centers.open_center, maker, About(name, zone.id, "Via della Scuola 1", province="CR"))
        self.do(centers.add_keeper, maker, center.id, self.cast.bashir.id)
        return center

    def _gather(self, newcomer: Member) -> None:
        """Rooms, bookings in every state, special days, keepers and needs of a center; and one more center."""
        cast, here = self.cast, self.center.id
        self._center(f"Centro {self.lots}")
        self.do(centers.add_keeper, cast.maker, here, newcomer.id)
        self.do(centers.agree_to_be_named, newcomer, here, named=True)
        days = Special((NOW + timedelta(days=self.lots)).date(), (NOW + timedelta(days=40)).date(), None, "Pausa")
        self._first("special", self.do(centers.add_special_day, cast.bashir, here, days).id)
        room = self._first("room", self.do(rooms.add_room, cast.bashir, here, AboutRoom(f"Sala {self.lots}")).id)
        starts_at = NOW + timedelta(hours=2 * self.lots)
        later = (starts_at, starts_at + timedelta(hours=1))
        self.do(rooms.book_room, cast.bashir, room, *later, f"Prove {self.lots}")
        self._first(
            "booking",
            self.do(rooms.request_room, cast.anna, Wish(room, later[1], later[1] + (later[1] - later[0]) / 2, "Festa")),
        )
        need = self.do(wall.write_need, cast.anna, here, f"Una panchina {self.lots}").id
        self._first("wall", need)
        self.do(wall.join_need, newcomer, need, "me_too")
        self.do(wall.join_need, newcomer, need, "help")
        answered = self.do(wall.write_need, newcomer, here, f"Un albero {self.lots}").id
        self.do(wall.answer_need, cast.bashir, answered, "Arriva")
        self._plan(newcomer, here)
        self._serve(here, newcomer)

    def _serve(self, here: int, newcomer: Member) -> None:
        """Shifts taken, waited for and served, with the insurance and the register they ask for; and a template."""
        cast, bakery = self.cast, self.cast.bakery.party.id
        wanted = [Role(f"Porta {self.lots}", least=3, most=3, party_id=bakery)]
        soon, later = (NOW + timedelta(days=days, hours=2 * self.lots) for days in (1, 4))
        moments = [Moment(at, at + timedelta(hours=1)) for at in (soon, later)]
        past, coming = self.do(volunteering.make_slots, cast.bashir, here, wanted, moments)
        served = self.do(volunteering.sign_up, cast.anna, past.id)
        self._first("slot_past", past.id)
        self._first("slot", coming.id)
        self._first("shift_served", served.id)
        self._first("shift", self.do(volunteering.sign_up, cast.anna, coming.id).id)
        self.do(volunteering.sign_up, newcomer, coming.id)
        self.do(volunteering.keep_sheet, newcomer, OwnSheet("RSSMRA85T10A562S", residence="Via Po 1"))
        year = (MONDAY.date(), MONDAY.date() + timedelta(days=300))
        for member in (cast.anna, newcomer):
            self.do(volunteering.insure, cast.bakery, bakery, member.id, *year)
        self.do(volunteering.begin, cast.bakery, bakery, newcomer.id, MONDAY.date())
        with clock.at(soon):
            self.do(volunteering.confirm, cast.bashir, served.id, 60)
        name, day = f"Modello {self.lots}", clock.local(later, "Europe/Rome").date()
        self._first("template", self.do(volunteering.keep_template, cast.bashir, here, name, day, 1).id)
        self.do(volunteering.watch, newcomer, here)

    def _plan(self, newcomer: Member, here: int) -> None:
        """Activities in every state, each with more dates: some over, some without their room; a rhythm more of one."""
        bashir, first_on = self.cast.bashir, MONDAY.date() + timedelta(days=self.lots % 5)
        made = {}
        for state in ("draft", "open", "ended"):
            about = AboutActivity(f"Compiti {state} {self.lots}", "homework", places=20)
            made[state] = self._first(f"activity_{state}", self.do(activities.make_activity, bashir, here, about).id)
        week = Beat((1, 3, 5), time(10 + self.lots % 6 * 2), 30, first_on, first_on + timedelta(days=30))
        for state in ("draft", "open"):
            number = made[state]
            laid = self.do(activities.add_rhythm, bashir, number, week, self.ids["room"])
            self._first(f"rhythm_{state}", laid.made[0].rhythm_id or 0)
            self._first(f"session_{state}", laid.made[-1].id or 0)
            self.do(activities.cancel_session, bashir, number, laid.made[-2].id, reason="Neve")
        self.do(activities.publish_activity, bashir, made["open"])
        if made["ended"] != self.ids["activity_ended"] or self.lots == 1:
            self.do(activities.cancel_activity, bashir, made["ended"], reason="Prova")
        self._enrol(newcomer, self.ids["session_open"])
        about = AboutActivity(f"Carte {self.lots}", "elders")
        more = self.do(activities.make_activity, bashir, here, about).id
        self.do(activities.add_rhythm, bashir, more, week, None)
        self.do(activities.publish_activity, bashir, more)
        over = self.do(activities.make_activity, bashir, here, about).id
        self.do(activities.add_rhythm, bashir, over, week, None)
        self.do(activities.publish_activity, bashir, over)
        self.do(activities.cancel_activity, bashir, over, reason="Prova")

    def _enrol(self, newcomer: Member, date: int) -> None:
        """Who comes to a date, who waits and who gave up: of one household more and more, and of others."""
        anna = self.cast.anna
        with self.database.writing() as session:
            child = Dependant(party_id=anna.party.id, nickname=f"Nina {self.lots}", age_band="6-10")
            session.add(child)
            session.flush()
            session.add(DependantConsent(dependant_id=child.id, person_id=anna.id, said="alone", text_version="1"))
            session.add(PickUp(dependant_id=child.id, kind="allowed", name=f"Nonna {self.lots}", said_by_id=anna.id))
            got = Qualification(
                community_id=self.cast.community.id, person_id=anna.id, name="Primo soccorso",
                session_id=self.ids["session_draft"] if self.lots == 1 else date, from_on=NOW.date(),
            )  # fmt: skip
            if self.lots <= 2:  # one of each training
                session.add(got)
        with clock.at(MONDAY):
            [made] = self.do(enrolling.enrol, anna, [date], [f"d{child.id}"])
            self.do(enrolling.enrol, newcomer, [date], [f"p{newcomer.id}"])
            other = next(one for one in self._dates_of(date) if one != date)
            self.do(enrolling.enrol, anna, [other], [f"d{child.id}"])
        with self.database.reading() as session:
            place = session.exec(select(Enrolment.id).where(Enrolment.request_id == made.request_id)).one()
        self._first("request", made.request_id)
        self._first("enrolment", place)

    def _dates_of(self, date: int) -> list[int]:
        """The dates to come of the same activity."""
        with self.database.reading() as session:
            one = session.get(ActivitySession, date)
            there = select(ActivitySession.id).where(
                ActivitySession.activity_id == one.activity_id,
                ActivitySession.state == "planned",
                ActivitySession.starts_at > MONDAY,
            )
            return list(session.exec(there.order_by(ActivitySession.id)))
