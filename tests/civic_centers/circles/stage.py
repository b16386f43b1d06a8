"""Five families with a child each, in a circle on Mondays and Thursdays from half past four to half past six."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.rules import About, Beat
from civic_centers.circles.tables import (
    CareCircle,
    CircleAsk,
    CircleChild,
    CircleFamily,
    CircleRhythm,
    CircleTurn,
    CircleTurnChild,
)
from community.dependants.tables import DependantConsent
from community.households.tables import Dependant
from community.notifications.tables import Notification
from community.safeguarding.tables import CareCheck
from exchanges.ledger.actions import open_account
from exchanges.ledger.tables import Account
from foundation import clock
from foundation.database import Database
from foundation.jobs.tables import QueuedJob
from tests.cast import Cast, Member, make_member, verify_for_care

MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
"""A Monday morning without a holiday until Easter."""
NAMES = ("anna", "bashir", "chiara", "dario", "elisa")
ROME = "Europe/Rome"


def at(day: int, hour: int = 12, minute: int = 0, *, month: int = 1, year: int = 2027) -> datetime:
    """A moment on the wall in Rome."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(ROME)).astimezone(UTC)


class CircleStage:
    """Every call is a transaction of its own. `bring` puts everybody in; without, the circle is a draft."""

    def __init__(
        self,
        database: Database,
        cast: Cast,
        *,
        running: bool = True,
        most_children: int = 6,
        beat: Beat | None = None,
    ) -> None:
        self.database, self.cast = database, cast
        self.children: dict[str, int] = {}
        with database.writing() as session:
            cast.members["elisa"] = make_member(session, cast, "elisa", "centro")
            for name in NAMES:
                verify_for_care(session, cast, cast.members[name])
        for name in NAMES:
            self.children[name] = self.child(name)
        about = About("Il girotondo", cast.zones["centro"].id, most_children=most_children)
        beat = beat or Beat((1, 4), time(16, 30), 120, date(2027, 1, 11))
        self.circle_id = self.do(actions.propose_circle, "maker", about, beat).id
        self.families: dict[str, int] = {}
        if running:
            for name in NAMES:
                self.join(name)
            self.do(actions.start_circle, "maker", self.circle_id)
            self.forget_letters()

    def do(self, act: Callable[..., Any], who: str | Member, *arguments: Any, **more: Any) -> Any:
        member = self.cast.members[who] if isinstance(who, str) else who
        with self.database.writing() as session:
            return act(session, member.actor, *arguments, **more)

    def run(self, job: Callable[..., Any], *arguments: Any) -> Any:
        with self.database.writing() as session:
            return job(session, *arguments)

    def child(self, name: str, *, nickname: str = "", said: str = "alone", band: str = "6-10") -> int:
        """Somebody a family looks after, with the yes it takes."""
        member = self.cast.members[name]
        with self.database.writing() as session:
            found = Dependant(party_id=member.party.id, nickname=nickname or f"Bimbo di {name}", age_band=band)
            session.add(found)
            session.flush()
            if said:
                session.add(DependantConsent(dependant_id=found.id, person_id=member.id, said=said, text_version="1"))
            return found.id or 0

    def join(self, name: str, *, takes_turns: bool = True) -> int:
        party_id = self.cast.members[name].party.id
        self.do(actions.invite, "maker", self.circle_id, party_id)
        joined = self.do(
            actions.join, name, self.circle_id, agreed=True, dependant_ids=[self.children[name]],
            takes_turns=takes_turns,
        )  # fmt: skip
        self.families[name] = joined.id
        return joined.id

    def rota(self) -> int:
        with self.database.reading() as session:
            seal = actions.plan(session, session.get_one(CareCircle, self.circle_id)).seal
        return self.do(actions.confirm_rota, "maker", self.circle_id, seal)

    def turns(self) -> list[CircleTurn]:
        with self.database.reading() as session:
            found = select(CircleTurn).where(CircleTurn.circle_id == self.circle_id)
            return list(session.exec(found.order_by(CircleTurn.starts_at, CircleTurn.id)))

    def turn(self, turn_id: int) -> CircleTurn:
        with self.database.reading() as session:
            return session.get_one(CircleTurn, turn_id)

    def who_has(self, turn_id: int) -> str:
        names = {member.id: name for name, member in self.cast.members.items()}
        return names.get(self.turn(turn_id).person_id or 0, "")

    def turn_of(self, name: str, number: int = 0) -> CircleTurn:
        """A turn to come of somebody."""
        mine = [one for one in self.turns() if one.person_id == self.cast.members[name].id and one.state == "held"]
        return [one for one in mine if one.starts_at > clock.now()][number]

    def circle(self) -> CareCircle:
        with self.database.reading() as session:
            return session.get_one(CareCircle, self.circle_id)

    def family(self, name: str) -> CircleFamily:
        with self.database.reading() as session:
            return session.get_one(CircleFamily, self.families[name])

    def child_row(self, name: str) -> CircleChild:
        with self.database.reading() as session:
            found = select(CircleChild).where(CircleChild.dependant_id == self.children[name])
            return session.exec(found.order_by(CircleChild.id.desc())).first()

    def coming(self, turn_id: int) -> list[str]:
        """Whose children come to a turn, by the first name of the family."""
        owner = {self.child_row(name).id: name for name in NAMES if name in self.families}
        with self.database.reading() as session:
            found = select(CircleTurnChild).where(CircleTurnChild.turn_id == turn_id, CircleTurnChild.comes)
            return sorted(owner.get(one.child_id, "?") for one in session.exec(found))

    def asked(self, turn_id: int) -> list[str]:
        """Who was asked to take a turn, in order."""
        names = {member.id: name for name, member in self.cast.members.items()}
        with self.database.reading() as session:
            found = select(CircleAsk).where(CircleAsk.turn_id == turn_id).order_by(CircleAsk.id)
            return [names[one.person_id] for one in session.exec(found)]

    def hold(self, turn: CircleTurn, *, minutes: int = 120, away: tuple[str, ...] = (), by: str = "") -> None:
        """A turn as it goes: children come, go home, and the minutes are told and confirmed."""
        who = by or self.who_has(turn.id)
        with clock.at(turn.starts_at):
            for name in self.coming(turn.id):
                if name not in away:
                    self.do(actions.note_came, who, turn.id, self.child_row(name).id)
        with clock.at(turn.ends_at):
            for name in self.coming(turn.id):
                if name not in away:
                    fetched = self.cast.members[name].name
                    self.do(actions.note_left, who, turn.id, self.child_row(name).id, fetched)
            self.do(actions.tell_minutes, who, turn.id, minutes)
            other = next(name for name in NAMES if name in self.families and name != who)
            self.do(actions.confirm, other, turn.id)

    def balance(self, name: str) -> int:
        with self.database.writing() as session:
            number = open_account(session, self.cast.members[name].party.id)
            return session.get_one(Account, number).balance

    def twin(self, turn_id: int) -> int:
        """Another turn at the same time, of another rhythm, that nobody has."""
        with self.database.writing() as session:
            turn = session.get_one(CircleTurn, turn_id)
            more = CircleRhythm(**session.get_one(CircleRhythm, turn.rhythm_id).model_dump(exclude={"id"}))
            session.add(more)
            session.flush()
            values = turn.model_dump(exclude={"id", "person_id", "family_id", "state", "second_id", "second_family_id"})
            twin = CircleTurn(**{**values, "rhythm_id": more.id, "state": "open"})
            session.add(twin)
            session.flush()
            return twin.id or 0

    def take_check_back(self, name: str) -> None:
        """What was seen of somebody is withdrawn: they may not look after children any more."""
        with self.database.writing() as session:
            mine = CareCheck.person_id == self.cast.members[name].id
            for row in session.exec(select(CareCheck).where(mine, CareCheck.kind == "identity")).all():
                row.withdrawn_at = clock.now()
                session.add(row)

    def told(self, notice: str) -> list[tuple[str, Notification]]:
        """Who was told something of a circle, and the notification."""
        names = {member.id: name for name, member in self.cast.members.items()}
        with self.database.reading() as session:
            found = select(Notification).where(Notification.notice == f"circles:{notice}")
            return [(names[one.person_id], one) for one in session.exec(found.order_by(Notification.id))]

    def letters(self) -> list[tuple[str, str]]:
        """Who was told what, by first name."""
        names = {member.id: name for name, member in self.cast.members.items()}
        with self.database.reading() as session:
            found = session.exec(select(Notification).order_by(Notification.id)).all()
        return [(names.get(one.person_id, "?"), one.notice) for one in found]

    def forget_letters(self) -> None:
        with self.database.writing() as session:
            for letter in session.exec(select(Notification)):
                session.delete(letter)

    def queued(self, kind: str) -> list[dict[str, Any]]:
        with self.database.reading() as session:
            return [dict(job.payload) for job in session.exec(select(QueuedJob)) if job.kind == kind]

    def in_place_of(self, name: str) -> Any:
        member = self.cast.members[name]
        return Member(member.person, member.party, replace(member.actor, recorded_by_id=self.cast.maker.id))
