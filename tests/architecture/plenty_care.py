"""Lots of what care holds: needs and offers of a home, introductions at every step, papers, sheets, euro."""

from typing import Any

from sqlmodel import select

from care.housing import actions as housing
from care.housing.queries.matches import questions_of
from care.housing.tables import HousingPaper
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage


class CareLots(Stage):
    """The part of Town that stays between people and makers."""

    ids: dict[str, int]
    lots: int

    def _first(self, name: str, number: int) -> int:
        return self.ids.setdefault(name, number)

    def _shelter(self, newcomer: Member) -> None:
        """Anna and Bashir know each other once; besides, newcomers ask for and offer more and more."""
        if "housing_need" not in self.ids:
            need = self._first("housing_need", self._asked(self.cast.anna, "need"))
            offer = self._first("housing_offer", self._asked(self.cast.bashir, "offer"))
            self._first("introduction", self._introduced(need, offer))
            self._first("across", self._asked(self.cast.bashir, "offer", kind="documents"))
            self._first("housing_documents", self._asked(self.cast.anna, "need", kind="documents"))
        for kind in ("stay", "documents"):
            self._asked(newcomer, "offer", kind=kind)
            self._asked(newcomer, "need", kind=kind)
        papers = self.ids["housing_documents"]
        self.do(housing.add_paper, self.cast.anna, papers, f"Carta {self.lots}", None)
        with self.database.reading() as session:
            self._first("paper", session.exec(select(HousingPaper.id)).first() or 0)
        for number in (papers, self.ids["housing_need"]):
            self.do(housing.note, self.cast.maker, number, f"Nota {self.lots}")
            self.do(housing.say_to_desk, self.cast.anna, number, f"Va così {self.lots}")
        match = self.ids["introduction"]
        self._first("money", self.do(housing.promise, self.cast.maker, match, 10000, None).id)
        terms = {"conditions": f"Bollette a metà {self.lots}"}
        self.do(housing.write_sheet, self.cast.anna, match, terms, from_on=None, to_on=None, seen=self.lots - 1)

    def _asked(self, who: Member, side: str, *, kind: str = "stay") -> int:
        case = self.do(housing.begin, who, side, kind)
        self.do(housing.save_step, who, case.id, "what", {"words": f"Parole {self.lots}"}, version=1)
        self.do(housing.send, who, case.id)
        return case.id or 0

    def _introduced(self, need: int, offer: int) -> int:
        maker: Any = self.cast.maker
        match = self.do(housing.propose, maker, need, offer, first_side="need", words="Una stanza.")
        self._yes(match.id)
        self.do(housing.ask_second, maker, match.id, "Una famiglia.")
        for _step in range(3):
            self._yes(match.id)
        with self.database.reading() as session:
            self._first("asked", questions_of(session, match.id)[0].id or 0)
        return match.id

    def _yes(self, match_id: int) -> None:
        with self.database.reading() as session:
            waits = [(one.id, one.side) for one in questions_of(session, match_id) if one.answer == ""]
        for number, side in waits:
            self.do(housing.answer, self.cast.anna if side == "need" else self.cast.bashir, number, "yes")
