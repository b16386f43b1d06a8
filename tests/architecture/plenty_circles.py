"""Lots of care circles: families, children, turns of every state, asks, swaps and pauses."""

from datetime import time, timedelta
from typing import Any

from sqlmodel import select

from civic_centers.circles import actions as circles
from civic_centers.circles.rules import About, Beat
from civic_centers.circles.tables import (
    CircleAsk,
    CircleChild,
    CirclePause,
    CircleSwap,
    CircleTurn,
    CircleTurnChild,
)
from community.dependants.tables import DependantConsent
from community.households.tables import Dependant
from foundation import clock
from tests.architecture.plenty_centers import NOW, CenterLots
from tests.cast import Member, make_member, verify_for_care
from tests.exchanges.series.stage import MONDAY


class CircleLots(CenterLots):
    """The part of Town that happens in care circles, all of which grew out of its lab."""

    lab: Any

    def _circle(self, newcomer: Member) -> None:
        """One family more in the circle of Anna and Bashir, a turn more of every state, and a circle more."""
        cast = self.cast
        with self.database.writing() as session:
            for member in [newcomer, *((cast.anna, cast.bashir) if self.lots == 1 else ())]:
                verify_for_care(session, cast, member)
        first = "circle_own" not in self.ids
        circle_id = self._first("circle_own", self._begun() if first else 0)
        if first:
            for member in (cast.anna, cast.bashir):
                self._come_in(member, circle_id)
            self.do(circles.start_circle, cast.maker, circle_id)
            self.ids["counting"] = self.do(circles.propose_counting, cast.bashir, circle_id).id
        family = self._come_in(newcomer, circle_id)
        self._more_turns(circle_id, family, newcomer)
        other = self._begun()
        self.do(circles.invite, cast.maker, other, cast.anna.party.id)
        self._first("circle_invited", other)
        with self.database.writing() as session:
            asked = make_member(session, cast, f"proposta{self.lots}", "centro")
        self._first("familyrow", self.do(circles.invite, cast.anna, circle_id, asked.party.id).id)

    def _begun(self) -> int:
        zone_id = self.cast.zones["centro"].id
        about = About(f"Girotondo {self.lots}", zone_id, most_children=20, lab_id=self.lab.id)
        beat = Beat((1, 3, 5), time(16, 30), 60, MONDAY.date())
        return int(self.do(circles.propose_circle, self.cast.maker, about, beat).id)

    def _come_in(self, member: Member, circle_id: int) -> int:
        """A family with a child, whose adult takes turns."""
        with self.database.writing() as session:
            child = Dependant(party_id=member.party.id, nickname=f"Pupo {self.lots}", age_band="6-10")
            session.add(child)
            session.flush()
            said = DependantConsent(dependant_id=child.id, person_id=member.id, said="alone", text_version="1")
            session.add(said)
            child_id = child.id
        self.do(circles.invite, self.cast.maker, circle_id, member.party.id)
        family = self.do(
            circles.join, member, circle_id, agreed=True, dependant_ids=[child_id], takes_turns=True
        )  # fmt: skip
        if member is self.cast.anna:
            with self.database.reading() as session:
                row = session.exec(select(CircleChild).where(CircleChild.dependant_id == child_id)).one()
            self.ids["kid_anna"] = row.id or 0
            self.ids["family_anna"] = family.id
        return int(family.id)

    def _more_turns(self, circle_id: int, family: int, newcomer: Member) -> None:
        """Of the turns that nobody has one for each state, with everything that hangs on them."""
        anna, bashir = self.cast.anna, self.cast.bashir
        with self.database.writing() as session:
            later = CircleTurn.starts_at > NOW + timedelta(days=1)
            free = (CircleTurn.circle_id == circle_id, CircleTurn.state == "open")
            turns = list(session.exec(select(CircleTurn).where(*free, later).order_by(CircleTurn.id)).all())
            told = session.exec(select(CircleTurn).where(*free, ~later).order_by(CircleTurn.id)).first()
            mine, theirs = turns[0], turns[1]
            mine.state, mine.person_id, mine.family_id = "held", anna.id, self.ids["family_anna"]
            theirs.state, theirs.person_id, theirs.family_id = "held", newcomer.id, family
            ask = CircleAsk(community_id=mine.community_id, turn_id=turns[2].id, person_id=anna.id)
            pause = CirclePause(
                community_id=mine.community_id, circle_id=circle_id, first_on=(NOW + timedelta(days=100)).date(),
                last_on=(NOW + timedelta(days=101)).date(),
            )  # fmt: skip
            swap = CircleSwap(
                community_id=mine.community_id, turn_id=theirs.id, other_turn_id=mine.id, from_id=newcomer.id,
                to_id=anna.id,
            )  # fmt: skip
            session.add_all((mine, theirs, ask, pause, swap))
            if told is not None and told.starts_at < NOW:
                told.state, told.minutes, told.person_id, told.family_id = "told", 60, newcomer.id, family
                for row in session.exec(select(CircleTurnChild).where(CircleTurnChild.turn_id == told.id)).all():
                    row.came_at = row.left_at = told.starts_at
                    session.add(row)
                session.add(told)
                self._first("turn_told", told.id or 0)
            session.flush()
            for name, number in (
                ("turn_held", mine.id),
                ("turn_theirs", theirs.id),
                ("turn_open", turns[2].id),
                ("swap_one", swap.id),
                ("pausecircle", pause.id),
            ):
                self._first(name, number or 0)
            self._first("turn_bashir", turns[3].id or 0)
        with clock.at(MONDAY):
            self.do(circles.write_words, bashir, circle_id, f"Ciao {self.lots}")
