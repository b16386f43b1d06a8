"""A year of exchanges, told in the order in which it happened, with the clock set back."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from community.importing.queries import categories_by_name
from community.parties.tables import Party
from demo.caring import entrust
from demo.files import exchanges_in
from demo.people import People
from exchanges.agreements.actions import (
    Cheque,
    Made,
    accept,
    confirm,
    deliver,
    propose,
    record,
    record_cheques,
    show_thanks,
    thank,
)
from exchanges.agreements.rules import Terms
from exchanges.posts.actions import How, What, When, publish_post, save_how, save_what, save_when, start_draft
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.importing import Progress, Row

CHEQUES_EVERY = 28
"""Days: makers copy a month of paper assegni in one grid."""


@dataclass
class Year:
    """What is to happen, when. Things are noted in any order, and told by the clock."""

    session: Session
    people: People
    folder: Path
    _moments: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)

    def tell(self, progress: Progress, also: Iterable[tuple[datetime, Callable[[], None]]] = ()) -> None:
        """Let the year happen, and what else has its moment in it. Nothing of it lies in the future."""
        zone = self.people.community.time_zone
        today = clock.today(zone)
        self.people.keep_at_hand()
        tree = categories_by_name(self.session, self.people.community_id)
        paper: dict[tuple[date, int | None], list[Row]] = defaultdict(list)
        for row in exchanges_in(self.folder, tree, today):
            if row["way"] == "assegno":
                copied = row["day"] + timedelta(days=CHEQUES_EVERY - 1 - (today - row["day"]).days % CHEQUES_EVERY)
                paper[min(copied, today - timedelta(days=1)), self._zone(row)].append(row)
            elif row["way"] == "post":
                self._from_post(row)
            else:
                self._recorded(row)
        for (day, zone_id), rows in paper.items():
            self._on(self._at(day, time(20)), lambda rows=rows, zone_id=zone_id: self._copy(rows, zone_id))  # type: ignore[misc]  # bound in the loop
        for moment, happens in also:
            self._on(moment, happens)
        self._moments.sort(key=lambda moment: moment[:2])
        for count, (moment, _, happens) in enumerate(self._moments, start=1):
            with clock.at(moment):
                happens()
            if count % 50 == 0:
                self.session.flush()
                progress(count, len(self._moments))
        progress(len(self._moments), len(self._moments))

    # ------------------------------------------------------------ the three ways

    def _recorded(self, row: Row) -> None:
        when = self._at(row["day"], row["time"])
        first, second = ("giver", "receiver") if row["by_giver"] else ("receiver", "giver")
        made: list[int] = []

        def write_down() -> None:
            other = self.people.actor(row[second]).must_be_party()
            adult = self.people.actor(row["giver"]).must_be_person()
            made.append(
                record(
                    self.session,
                    self.people.actor(row[first]),
                    Made(
                        other,
                        row["by_giver"],
                        row["title"],
                        row["category"][0],
                        row["day"],
                        row["minutes"],
                        adult_id=adult,
                    ),
                )
            )

        def answer() -> None:
            confirm(self.session, self.people.actor(row[second]), made[0], None)
            self._thank(row, made[0])

        self._on(when + timedelta(hours=2), write_down)
        self._on(min(when + timedelta(hours=6 + hash_of(row) % 30), clock.now()), answer)

    def _from_post(self, row: Row) -> None:
        when = self._at(row["day"], row["time"])
        giver, receiver = row["giver"], row["receiver"]
        offered = hash_of(row) % 2 == 0
        owner, answering = (giver, receiver) if offered else (receiver, giver)
        made: list[int] = []

        def write_and_answer() -> None:
            post_id = self._publish(row, owner, "offer" if offered else "need")
            terms = Terms(starts_at=when, minutes=row["minutes"], adult_id=self._adult(row, answering))
            made.append(propose(self.session, self.people.actor(answering), post_id, terms))

        def agree() -> None:
            adult = self._adult(row, owner)
            entrust(self.session, self.people.actor(receiver), made[0])
            accept(self.session, self.people.actor(owner), made[0], None, adult_id=adult)

        def done() -> None:
            deliver(self.session, self.people.actor(giver), made[0], None, row["minutes"])

        def answer() -> None:
            confirm(self.session, self.people.actor(receiver), made[0], None)
            self._thank(row, made[0])

        self._on(when - timedelta(days=3, hours=1), write_and_answer)
        self._on(when - timedelta(days=2), agree)
        self._on(when + timedelta(minutes=row["minutes"]), done)
        self._on(min(when + timedelta(hours=8), clock.now()), answer)

    def _copy(self, rows: list[Row], zone_id: int | None) -> None:
        """A maker types a week of paper assegni of one zone; those of their own household wait for a colleague."""
        by_maker: dict[int, tuple[Actor, list[Cheque]]] = {}
        for row in rows:
            giver, receiver = self.people.actor(row["giver"]), self.people.actor(row["receiver"])
            parties = (giver.must_be_party(), receiver.must_be_party())
            maker = self.people.maker_of(zone_id, *parties)
            cheque = Cheque(
                *parties, row["minutes"], row["day"], row["title"], row["category"][0], giver.must_be_person()
            )
            by_maker.setdefault(maker.must_be_person(), (maker, []))[1].append(cheque)
        for maker, cheques in by_maker.values():
            record_cheques(self.session, maker, cheques, request_key=f"demo:{clock.now():%Y%m%d}:{zone_id}")

    # ------------------------------------------------------------ their parts

    def _publish(self, row: Row, owner: str, kind: str) -> int:
        actor = self.people.actor(owner)
        post = start_draft(self.session, actor, kind)
        post_id = post.id or 0
        save_what(self.session, actor, post_id, What(row["title"], row["category"][0], ""), version=post.version)
        when = When("any", actor.zone_id or 0, when_words="", place="theirs" if kind == "offer" else "mine")
        save_when(self.session, actor, post_id, when, version=post.version)
        save_how(self.session, actor, post_id, How(row["minutes"], visibility="community"), version=post.version)
        publish_post(self.session, actor, post_id)
        return post_id

    def _thank(self, row: Row, agreement_id: int) -> None:
        if not row["thanks"]:
            return
        thank(self.session, self.people.actor(row["receiver"]), agreement_id, row["thanks"], offered=row["offered"])
        if row["offered"]:
            show_thanks(self.session, self.people.actor(row["giver"]), agreement_id, shown=True)

    def _adult(self, row: Row, code: str) -> int | None:
        return self.people.actor(code).must_be_person() if code == row["giver"] else None

    def _zone(self, row: Row) -> int | None:
        """The zone whose maker gets the paper: that of who received."""
        party = self.session.get(Party, self.people.actor(row["receiver"]).must_be_party())
        return party.zone_id if party else None

    def _on(self, moment: datetime, happens: Callable[[], None]) -> None:
        self._moments.append((moment, len(self._moments), happens))

    def _at(self, day: date, wall: time) -> datetime:
        zone = self.people.community.time_zone
        try:
            return clock.from_local(datetime.combine(day, wall), zone)
        except ValueError:
            return clock.from_local(datetime.combine(day, wall) + timedelta(hours=1), zone)


def hash_of(row: Row) -> int:
    """A number that differs from line to line and is the same whenever the demo is loaded."""
    return int(row.fingerprint[:8], 16)
