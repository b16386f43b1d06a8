"""What goes on week by week, and among several: the scenes of the demo that are no agreement of two alone."""

from collections.abc import Generator
from datetime import datetime, timedelta

from sqlmodel import col, select

from community.members.queries import actor_for
from demo.scene import GIORGIO, LUISA, MONDAY, NADIA, SAMIRA, TUESDAY, Scene, Steps
from exchanges.agreements.tables import Agreement
from exchanges.groups import actions as groups
from exchanges.groups.actions import Made, Present
from exchanges.groups.rules import Terms as GroupTerms
from exchanges.groups.tables import GroupPlace
from exchanges.posts.tables import Post
from exchanges.series import actions as series
from exchanges.series.rules import Terms as WeeklyTerms
from foundation import clock, outbox
from foundation.access import Actor

SEWING, DUMPLINGS, LANGAR = "A209", "A112", "A293"
"""Offers for several: a sewing course, a cooking afternoon, a Sunday meal as a gift."""
WEEKS = 4


class Together(Scene):
    """Weekly meetings, and meetings of several."""

    def steps(self) -> list[Steps]:
        """Every scene, moment by moment."""
        return [
            self._cards_every_monday(),
            self._a_weekly_question(),
            self._a_course_begins(),
            self._dumplings_to_confirm(),
            self._a_meal_as_a_gift(),
        ]

    def _cards_every_monday(self) -> Steps:
        """Giorgio plays cards with Nadia's father every Monday; the last time waits for her yes."""
        made = yield from self._agree_on_mondays()
        for week in range(WEEKS):
            yield from self._one_monday(made, week, confirmed=week < WEEKS - 1)

    def _agree_on_mondays(self) -> Generator[datetime, None, int]:
        monday = self.last(MONDAY, hour=15) - timedelta(weeks=WEEKS - 1)
        first = clock.local(monday, self.people.community.time_zone).date()
        terms = WeeklyTerms(weekdays=(MONDAY + 1,), at="15:00", first_day=first, minutes=60, place="receiver")
        yield monday - timedelta(days=4)
        with outbox.muted():  # who signs in finds no letters about weeks that are over
            words = "Papà cerca un quarto per la briscola. Ti andrebbe, il lunedì? La moka la metto io."
            made = series.ask(
                self.session, self.who(NADIA), self.who(GIORGIO).must_be_party(), "Briscola con papà Piero",
                self.categories["chat-and-cards"], terms, words=words,
            )  # fmt: skip
        yield monday - timedelta(days=3)
        with outbox.muted():
            giorgio = self.who(GIORGIO)
            series.accept(self.session, giorgio, made, None, adult_id=giorgio.person_id, words="Il lunedì, volentieri.")
        return made

    def _one_monday(self, series_id: int, week: int, *, confirmed: bool = True) -> Steps:
        statement = select(Agreement).where(col(Agreement.series_id) == series_id).order_by(col(Agreement.starts_at))
        meeting = self.session.exec(statement).all()[week]
        if meeting.starts_at is None or meeting.id is None:
            raise LookupError(f"meeting {week} of series {series_id}")
        over = meeting.starts_at + timedelta(minutes=70)
        yield over
        with outbox.muted(confirmed):
            said = series.Said(meeting.id, meeting.version, 60)
            series.deliver_together(self.session, self.who(GIORGIO), series_id, [said])
        if confirmed:
            yield over + timedelta(hours=5)
            with outbox.muted():
                answered = series.Said(meeting.id, meeting.version, 60)
                series.confirm_together(self.session, self.who(NADIA), series_id, [answered])
        yield over + timedelta(days=1)
        with outbox.muted(confirmed):
            series.roll(self.session, series_id)

    def _a_weekly_question(self) -> Steps:
        """Luisa would like to learn some Arabic, an hour a week: Samira is to say whether she can."""
        tuesday = clock.local(self.next(TUESDAY, hour=18), self.people.community.time_zone).date()
        terms = WeeklyTerms(weekdays=(TUESDAY + 1,), at="18:00", first_day=tuesday, minutes=60)
        yield self.now - timedelta(hours=16)
        words = "Ho una nuova vicina e ci capiamo a gesti. Mi insegneresti un po’ di arabo, il martedì?"
        series.ask(
            self.session, self.who(LUISA), self.who(SAMIRA).must_be_party(), "Un’ora di arabo, per la mia vicina",
            self.categories["other-languages"], terms, words=words,
        )  # fmt: skip

    def _a_course_begins(self) -> Steps:
        """A sewing course for six: some come, there are places left, whoever reads the offer may take one."""
        host = self._owner(SEWING)
        terms = GroupTerms(
            starts_at=self.next(TUESDAY, hour=20, minute=30), minutes=90, places=6, adult_id=host.person_id,
            place="somewhere", place_words="Civic Center di Cremona",
            expense_cents=300, expense_words="Filo e cerniere",
        )  # fmt: skip
        yield self.now - timedelta(days=2)
        words = "Si comincia dal punto dritto. Portate un paio di pantaloni da accorciare."
        made = groups.open_group(self.session, host, self.post(SEWING), terms, words=words)
        for hours, code in enumerate(("F007-1", "F024-1", "F084-1"), start=1):
            yield self.now - timedelta(days=2) + timedelta(hours=hours)
            groups.join(self.session, self.who(code), made, None)

    def _dumplings_to_confirm(self) -> Steps:
        """Four made dumplings together; who was there is asked to confirm, and one has."""
        there = (GIORGIO, "F014-1", "F084-1", "F139-1")
        made = yield from self._recorded(
            DUMPLINGS, "Ravioli cinesi, un pomeriggio", "cooking-together", 120, there, days=1
        )
        yield self.now - timedelta(hours=9)
        self._yes("F084-1", made)

    def _a_meal_as_a_gift(self) -> Steps:
        """The Sunday meal was a gift: no hours move, and everybody finds it among what they received."""
        there = (SAMIRA, "F012-1", "F013-1")
        made = yield from self._recorded(LANGAR, "Il langar della domenica", "cooking-together", None, there, days=6)
        for hours, code in enumerate(there):
            yield self.now - timedelta(days=5) + timedelta(hours=hours)
            self._yes(code, made)

    # ------------------------------------------------------------ their parts

    def _recorded(
        self, post: str, title: str, category: str, minutes: int | None, there: tuple[str, ...], *, days: int
    ) -> Generator[datetime, None, int]:
        """What the owner of an offer wrote down so many days ago about that day; without minutes it was a gift."""
        yield self.local(days=-days, hour=20)
        made = Made(
            title=title,
            category_id=self.categories[category],
            happened_on=clock.today(self.people.community.time_zone),
            rule="fund" if minutes else "gift",
            minutes=minutes,
            present=tuple(Present(self.who(code).must_be_party()) for code in there),
        )
        return groups.record(self.session, self._owner(post), made)

    def _yes(self, code: str, group_id: int) -> None:
        party = self.who(code).must_be_party()
        statement = select(GroupPlace).where(col(GroupPlace.group_id) == group_id, col(GroupPlace.party_id) == party)
        groups.confirm(self.session, self.who(code), group_id, self.session.exec(statement).one().version)

    def _owner(self, post: str) -> Actor:
        """Who wrote an offer of the demo."""
        written = self.session.get(Post, self.post(post))
        if written is None or written.author_id is None:
            raise LookupError(post)
        return actor_for(self.session, written.author_id, self.people.community_id)
