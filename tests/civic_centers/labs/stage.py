"""A lab that meets in the center of the stage: the maker opened it, Bashir runs it with them, Anna is in it."""

from datetime import date
from typing import Any

from sqlmodel import select

from civic_centers.labs import actions
from civic_centers.labs.rules import About, Starter
from civic_centers.labs.tables import Lab, LabMember, LabPhoto, LabTask
from community.notifications.tables import Notification
from foundation.database import Database
from foundation.files import StoredImage
from tests.cast import Cast, Member
from tests.civic_centers.stage import CenterStage

TODAY = date(2027, 1, 11)
STARTER = Starter(
    "Così funziona",
    goals=(("Cinque famiglie si conoscono", 30), ("Una prima settimana", 60)),
    tasks=(("Trovare una sera", 7),),
    resources=(("hours", "Pomeriggi", "", 600), ("thing", "Sedie", "sedie", 20)),
)
LABS = "/c/cremona/labs"


def picture(number: int = 1) -> StoredImage:
    return StoredImage(f"{number:040d}-{number:016d}", "image/webp", 800, 600, 400, 300, 5000)


class LabStage(CenterStage):
    """Every call is a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        super().__init__(database, cast)
        self.lab_id = self.make(entry="open", is_public=True)
        self.slug_of_lab = self.lab().slug
        self.do(actions.join_lab, cast.anna, self.lab_id)
        self.do(actions.join_lab, cast.bashir, self.lab_id)
        self.do(actions.set_keeper, cast.maker, self.lab_id, self.row("bashir").id, keeper=True)
        self.forget_letters()

    def about(self, **more: Any) -> About:
        said = {"name": "Pomeriggi insieme", "need": "Le ore dopo la scuola", "zone_id": self.cast.zones["centro"].id}
        return About(**{**said, "center_id": self.center_id, **more})

    def make(self, *, who: str = "maker", starter: Starter | None = None, **more: Any) -> int:
        return self.do(actions.make_lab, self.cast.members[who], self.about(**more), starter).id

    def lab(self, lab_id: int | None = None) -> Lab:
        with self.database.reading() as session:
            return session.get(Lab, lab_id or self.lab_id)

    def row(self, who: str, lab_id: int | None = None) -> LabMember | None:
        theirs = (LabMember.lab_id == (lab_id or self.lab_id), LabMember.person_id == self.cast.members[who].id)
        with self.database.reading() as session:
            return session.exec(select(LabMember).where(*theirs)).one_or_none()

    def state(self, who: str, lab_id: int | None = None) -> str:
        row = self.row(who, lab_id)
        return row.state if row is not None else ""

    def task(
        self, words: str = "Trovare una sala", *, who: str = "bashir", owner: str = "", due: date | None = None
    ) -> int:
        owner_id = self.cast.members[owner].id if owner else None
        return self.do(actions.add_task, self.cast.members[who], self.lab_id, words, due, owner_id).id

    def task_row(self, task_id: int) -> LabTask:
        with self.database.reading() as session:
            return session.get(LabTask, task_id)

    def photos(self) -> list[int]:
        with self.database.reading() as session:
            return [one.file_id for one in session.exec(select(LabPhoto).order_by(LabPhoto.file_id))]

    def forget_letters(self) -> None:
        with self.database.writing() as session:
            for letter in session.exec(select(Notification)):
                session.delete(letter)

    def member(self, name: str) -> Member:
        return self.cast.members[name]


def here(stage: LabStage, more: str = "") -> str:
    """The address of the lab."""
    return f"{LABS}/{stage.slug_of_lab}{more}"
