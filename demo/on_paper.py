"""Hours on paper in the demo: printed, redeemed, lost, over, near their last day, and printed for who has no e-mail."""

from collections.abc import Callable
from datetime import datetime, timedelta

from community.mandates.queries import homes, stand_in
from demo.scene import GIORGIO, NADIA, SAMIRA, Scene, Steps
from exchanges.cheques.actions import Helped, expire, print_sheet, redeem, void
from exchanges.cheques.rules import Wanted
from foundation import clock

MOMENT = tuple[datetime, Callable[[], None]]
MARTA = "F007-1"
LONG_AGO, NOT_SO_LONG, LATELY = timedelta(days=250), timedelta(days=172), timedelta(days=12)
"""Cheques are good for six months: of the first sheet one is over, and of the second one soon is."""


class OnPaper(Scene):
    """What was printed, and what became of it. What lies months back is told in its place in the year."""

    def in_the_year(self) -> list[MOMENT]:
        """What happened months ago, each with its moment."""
        first, second = self.now - LONG_AGO, self.now - NOT_SO_LONG
        return [
            (first, lambda: self._printed(SAMIRA, 2, 15, [(GIORGIO, "Spesa e farmacia, con la bici")], first)),
            (first + timedelta(days=200), self._over),
            (second, lambda: self._printed(SAMIRA, 2, 30, [(NADIA, "Un orlo ai pantaloni")], second)),
        ]

    def steps(self) -> list[Steps]:
        """What happened lately, moment by moment."""
        return [self._lost(self.now - LATELY), self._for_who_has_no_email(self.now - LATELY + timedelta(days=4))]

    def _lost(self, at: datetime) -> Steps:
        yield at
        self._printed(SAMIRA, 3, 30, [], at, lost=3)

    def _over(self) -> None:
        expire(self.session, 200)

    def _printed(
        self, issuer: str, count: int, minutes: int, helpers: list[tuple[str, str]], at: datetime, *, lost: int = 0
    ) -> None:
        printed = print_sheet(self.session, self.who(issuer), Wanted(count, minutes))
        if printed is None:
            raise LookupError(issuer)
        for (helper, title), code in zip(helpers, printed.codes, strict=False):
            with clock.at(at + timedelta(days=5)):
                redeem(self.session, self.who(helper), code, self._helped(title))
        if lost:
            with clock.at(at + timedelta(days=6)):
                void(self.session, self.who(issuer), printed.sheet.id or 0, lost)

    def _for_who_has_no_email(self, at: datetime) -> Steps:
        """A maker prints two for a household in whose place they stand, and Giorgio has helped for one."""
        yield at
        home = next(one for one in homes(self.session, self.who(MARTA)) if one.holds)
        speaker = stand_in(self.session, self.who(MARTA), home.party_id)
        printed = print_sheet(self.session, speaker, Wanted(2, 60))
        yield at + timedelta(days=3)
        if printed is not None:
            redeem(self.session, self.who(GIORGIO), printed.codes[0], self._helped("Lampadario riappeso"))

    def _helped(self, title: str) -> Helped:
        day = clock.today(self.people.community.time_zone)
        return Helped(title=title, category_id=self.categories["carrying-things"], happened_on=day)
