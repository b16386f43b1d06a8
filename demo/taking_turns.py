"""A care circle of the demo: four families of Cremona, with a turn behind them, one to swap and one to answer."""

from datetime import time, timedelta

from sqlmodel import col, select

from civic_centers.circles import actions
from civic_centers.circles.rules import About, Beat
from civic_centers.circles.tables import CareCircle, CircleChild, CircleFamily, CircleTurn
from community.dependants.actions import say_consent
from community.dependants.queries import standings_of
from community.dependants.rules import MINORS, Standing
from community.households.queries import dependants_of
from community.importing.queries import zones_by_name
from community.parties.queries import people_of
from community.safeguarding.queries import verified_among
from demo.scene import SAMIRA, Scene, Steps
from foundation import clock, outbox
from foundation.access import Actor

MARTA, HANANE = "F007-1", "F008-1"
FAMILIES = (SAMIRA, MARTA, HANANE, "F016-1")
NOTES = "Allergia alle noci: l’adrenalina è nella tasca dello zaino. Mamma, 333 000 0101."


class TakingTurns(Scene):
    """Work-family time: two afternoons a week, each time with another family."""

    def steps(self) -> list[Steps]:
        """Every scene, moment by moment."""
        return [self._a_circle()]

    def _a_circle(self) -> Steps:
        yield self.now - timedelta(days=12)
        with outbox.muted():
            circle_id = self._begin()
        [first] = self._turns(circle_id)[:1]
        yield first.starts_at
        taker = self._holder(first)
        if taker is None:
            return
        with outbox.muted():
            for child in self._coming(first):
                actions.note_came(self.session, taker, first.id or 0, child.id or 0)
        yield first.ends_at
        with outbox.muted():
            for child in self._coming(first):
                family = self.session.get_one(CircleFamily, child.family_id)
                name = people_of(self.session, family.party_id or 0)[0].name
                actions.note_left(self.session, taker, first.id or 0, child.id or 0, name)
            actions.tell_minutes(self.session, taker, first.id or 0, 125)
        yield self.now - timedelta(hours=5)
        mine = next((one for one in self._to_come(circle_id) if self._is(one, HANANE)), None)
        if mine is not None:
            actions.give_up(self.session, self.who(HANANE), mine.id or 0)

    # ------------------------------------------------------------ their parts

    def _begin(self) -> int:
        marta = self.who(MARTA)
        zone = zones_by_name(self.session, self.people.community_id)["Cremona, zona Po"]
        words = "Due pomeriggi a settimana: si esce da scuola insieme, merenda, compiti e cortile."
        today = clock.today(self.people.community.time_zone)
        circle = actions.propose_circle(
            self.session, marta, About("Girotondo della zona Po", zone, words), Beat((2, 4), time(16, 30), 120, today)
        )
        circle_id = circle.id or 0
        for code in FAMILIES:
            self._come_in(code, circle_id)
        actions.start_circle(self.session, marta, circle_id)
        rota = actions.plan(self.session, self.session.get_one(CareCircle, circle_id))
        actions.confirm_rota(self.session, marta, circle_id, rota.seal)
        actions.propose_counting(self.session, marta, circle_id)
        return circle_id

    def _come_in(self, code: str, circle_id: int) -> None:
        who = self.who(code)
        party_id, person_id = who.must_be_party(), who.must_be_person()
        actions.invite(self.session, self.who(MARTA), circle_id, party_id)
        children = []
        for one in dependants_of(self.session, who, party_id):
            if one.age_band in MINORS:
                if standings_of(self.session, [one])[one.id or 0] is not Standing.GIVEN:
                    say_consent(self.session, who, one.id or 0, "both")
                if standings_of(self.session, [one])[one.id or 0] is Standing.GIVEN:
                    children.append(one.id or 0)
        met = verified_among(self.session, self.people.community_id, [person_id], clock.now())
        family = actions.join(
            self.session, who, circle_id, agreed=True, dependant_ids=children, takes_turns=person_id in met
        )
        for child in self.session.exec(select(CircleChild).where(col(CircleChild.family_id) == family.id)).all():
            actions.write_notes(self.session, who, child.id or 0, NOTES)

    def _turns(self, circle_id: int) -> list[CircleTurn]:
        found = select(CircleTurn).where(col(CircleTurn.circle_id) == circle_id)
        return list(self.session.exec(found.order_by(col(CircleTurn.starts_at))))

    def _to_come(self, circle_id: int) -> list[CircleTurn]:
        return [one for one in self._turns(circle_id) if one.state == "held" and one.starts_at > clock.now()]

    def _coming(self, turn: CircleTurn) -> list[CircleChild]:
        from_families = select(CircleChild).where(col(CircleChild.gone_at).is_(None))
        return list(self.session.exec(from_families.order_by(col(CircleChild.id))))

    def _holder(self, turn: CircleTurn) -> Actor | None:
        return next((self.who(code) for code in FAMILIES if self._is(turn, code)), None)

    def _is(self, turn: CircleTurn, code: str) -> bool:
        return turn.person_id == self.who(code).person_id
