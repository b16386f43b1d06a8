"""Lots of what goes on in labs: people, goals, tasks, pages of the diary, what was received, meetings."""

from datetime import time, timedelta
from typing import Any

from sqlmodel import select

from civic_centers.activities import actions as activities
from civic_centers.activities.rules import Beat
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About, Outcome
from civic_centers.labs.tables import LabMember
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.series.stage import MONDAY


class LabLots(Stage):
    """The part of Town that happens in labs."""

    ids: dict[str, int]
    lots: int
    center: Any
    lab: Any

    def _begin_lab(self) -> None:
        """The lab that Bashir runs and Anna is in: all lots are in it."""
        cast = self.cast
        about = About("Pomeriggi insieme", "Le ore dopo la scuola", cast.zones["centro"].id, center_id=self.center.id,
                      entry="open", is_public=True)  # fmt: skip
        self.lab = self.do(labs.make_lab, cast.maker, about)
        for member in (cast.anna, cast.bashir):
            self.do(labs.join_lab, member, self.lab.id)
        with self.database.reading() as session:
            mine = (LabMember.lab_id == self.lab.id, LabMember.person_id == cast.bashir.id)
            row = session.exec(select(LabMember.id).where(*mine)).one()
        self.do(labs.set_keeper, cast.maker, self.lab.id, row, keeper=True)

    def _work(self, newcomer: Member) -> None:
        """One more of everything in the lab, another lab that asks, one that ended, one that is proposed."""
        cast, lab_id, day = self.cast, self.lab.id, MONDAY.date()
        self.do(labs.join_lab, newcomer, lab_id)
        self.ids.setdefault("lab_goal", self.do(labs.add_goal, cast.bashir, lab_id, f"Meta {self.lots}", day).id)
        for owner in (None, cast.anna.id):
            late = day - timedelta(days=self.lots)
            task = self.do(labs.add_task, cast.bashir, lab_id, f"Compito {self.lots}", late, owner)
            self.ids.setdefault("lab_task", task.id)
        done = self.do(labs.add_task, cast.bashir, lab_id, "Fatto", None, newcomer.id)
        self.do(labs.end_task, newcomer, lab_id, done.id, done=True)
        entry = self.do(labs.write_entry, cast.bashir, lab_id, f"Pagina {self.lots}", day, public=True)
        first = self.ids.setdefault("lab_entry", entry.id)
        self.ids.setdefault("lab_comment", self.do(labs.write_comment, newcomer, first, f"C’ero {self.lots}").id)
        made = self.do(labs.ask_for, cast.bashir, lab_id, "thing", f"Sedie {self.lots}", "sedie", 20)
        which = self.ids.setdefault("lab_resource", made.id)
        line = self.do(labs.note_received, cast.bashir, lab_id, which, 1, day, party_id=newcomer.party.id)
        self.ids.setdefault("lab_receipt", line.id)
        number = self.do(labs.begin_meeting, cast.bashir, lab_id, f"Incontro {self.lots}", "assembly")
        week = Beat((2, 4), time(8 + self.lots % 8), 15, day, day + timedelta(days=30))
        self.do(activities.add_rhythm, cast.bashir, number, week, None)
        self.do(activities.publish_activity, cast.bashir, number)
        self.do(labs.write_words, newcomer, lab_id, f"Ciao {self.lots}")
        self._others(newcomer)

    def _others(self, newcomer: Member) -> None:
        cast, zone = self.cast, self.cast.zones["centro"].id
        asking = self.do(labs.make_lab, cast.maker, About(f"Altro {self.lots}", "Qualcosa", zone, is_public=True))
        self.do(labs.join_lab, newcomer, asking.id)
        self.do(labs.invite_person, cast.maker, asking.id, cast.anna.id)
        over = self.do(labs.make_lab, cast.maker, About(f"Finito {self.lots}", "Qualcosa", zone, is_public=True))
        self.do(labs.end_lab, cast.maker, over.id, Outcome("Bene", 3, 4), version=over.version)
        self.do(labs.make_lab, newcomer, About(f"Proposto {self.lots}", "Qualcosa", zone))
        with self.database.reading() as session:
            there = (LabMember.lab_id == asking.id, LabMember.state == "asked")
            self.ids.setdefault("lab_member", session.exec(select(LabMember.id).where(*there)).one())
