"""Anna looks for a room; Bashir has one. The maker looks after their zones; `Second` is another maker there, `Lodger`
an adult of Anna's household."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import select

from care.housing import actions
from care.housing.queries.matches import questions_of, standing_of
from care.housing.tables import HousingCase, HousingMatch, HousingQuestion
from community.members.queries import actor_for
from community.notifications.tables import Notification
from community.parties.tables import PartyMember
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, Member, make_member

MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
FEBRUARY, MAY = date(2027, 2, 1), date(2027, 5, 31)
WORDS = "Siamo in tre e dobbiamo lasciare casa a febbraio."
ABOUT_OFFER, ABOUT_NEED = "Una stanza con bagno, in centro.", "Una mamma con due figli, per qualche mese."


class HousingStage:
    """Every call is a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast
        with database.writing() as session:
            cast.members["second"] = make_member(session, cast, "second", "po", makes=("centro", "po"))
            lodger = make_member(session, cast, "lodger", "centro")
            session.add(PartyMember(party_id=cast.anna.party.id, person_id=lodger.id))
            cast.members["lodger"] = lodger

    def do(self, act: Callable[..., Any], who: Member, *arguments: Any, **more: Any) -> Any:
        with self.database.writing() as session:
            return act(session, actor_for(session, who.id, self.cast.community.id), *arguments, **more)

    def read(self, ask: Callable[..., Any], who: Member, *arguments: Any, **more: Any) -> Any:
        with self.database.reading() as session:
            return ask(session, actor_for(session, who.id, self.cast.community.id), *arguments, **more)

    def draft(self, who: str = "anna", side: str = "need", kind: str = "stay", words: str = WORDS) -> int:
        case = self.do(actions.begin, self.cast.members[who], side, kind)
        self.step(who, case.id, "what", words=words, place="Centro")
        if kind == "deposit":
            self.step(who, case.id, "amount", amount=60000)
        return case.id

    def step(self, who: str, case_id: int, step: str, **said: Any) -> None:
        version = self.case(case_id).version
        self.do(actions.save_step, self.cast.members[who], case_id, step, said, version=version)

    def sent(self, who: str = "anna", side: str = "need", kind: str = "stay", **readers: Any) -> int:
        """A case with the makers; `readers` are `is_wide` and `excluded`."""
        case_id = self.draft(who, side, kind)
        if readers:
            self.step(who, case_id, "readers", **{"is_wide": False, "excluded": (), **readers})
        self.do(actions.send, self.cast.members[who], case_id)
        return case_id

    def pair(self, kind: str = "stay") -> tuple[int, int]:
        """Anna's need and Bashir's offer."""
        return self.sent(kind=kind), self.sent("bashir", "offer", kind)

    def proposed(self, need: int, offer: int, *, first: str = "need", who: str = "maker", days: int = 7) -> int:
        match = self.do(
            actions.propose, self.cast.members[who], need, offer, first_side=first, words=ABOUT_OFFER, days=days
        )
        return match.id

    def question(self, match_id: int, side: str, step: str) -> int:
        with self.database.reading() as session:
            return next(one.id or 0 for one in questions_of(session, match_id) if (one.side, one.step) == (side, step))

    def says(self, who: str, match_id: int, step: str, answer: str = "yes") -> str:
        side = "need" if who == "anna" else "offer"
        return self.do(actions.answer, self.cast.members[who], self.question(match_id, side, step), answer)

    def heard(self, need: int, offer: int) -> int:
        """Both have heard of each other, and are asked for their names."""
        match = self.proposed(need, offer)
        self.says("anna", match, "hear")
        self.do(actions.ask_second, self.cast.maker, match, ABOUT_NEED)
        self.says("bashir", match, "hear")
        return match

    def introduced(self, need: int, offer: int) -> int:
        """Both know each other."""
        match = self.heard(need, offer)
        for step in ("names", "contacts"):
            for who in ("anna", "bashir"):
                self.says(who, match, step)
        return match

    def case(self, case_id: int) -> HousingCase:
        with self.database.reading() as session:
            return session.get_one(HousingCase, case_id)

    def match(self, match_id: int) -> HousingMatch:
        with self.database.reading() as session:
            return session.get_one(HousingMatch, match_id)

    def answers(self, match_id: int) -> dict[tuple[str, str], str]:
        with self.database.reading() as session:
            return {(one.side, one.step): one.answer for one in questions_of(session, match_id)}

    def standing(self, match_id: int) -> Any:
        with self.database.reading() as session:
            return standing_of(session, session.get_one(HousingMatch, match_id))

    def asked(self, question_id: int) -> HousingQuestion:
        with self.database.reading() as session:
            return session.get_one(HousingQuestion, question_id)

    def letters(self) -> list[tuple[str, str]]:
        """Who was told what, by first name."""
        names = {member.id: name for name, member in self.cast.members.items()}
        with self.database.reading() as session:
            found = session.exec(select(Notification).order_by(Notification.id)).all()
        return [(names[one.person_id], one.notice) for one in found]

    def told(self, who: str) -> int:
        """How many letters of housing help somebody was sent."""
        return sum(name == who and notice == "housing:for_you" for name, notice in self.letters())

    def in_place_of(self, member: Member, maker: str = "maker") -> Any:
        """The maker at the keyboard, in somebody's place."""
        return replace(member.actor, recorded_by_id=self.cast.members[maker].id)

    def later(self, **time: float) -> Any:
        return clock.at(MONDAY + timedelta(**time))
