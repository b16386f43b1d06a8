"""Who comes to what goes on in the centers of the demo: enrolled, waiting, offered a place, there and not there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from civic_centers.activities import actions as activities
from civic_centers.activities.queries.foreseeing import Span
from civic_centers.activities.queries.planning import Change
from civic_centers.activities.rules import About
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.tables import Center
from civic_centers.enrolling import actions
from civic_centers.enrolling.queries.fitting import candidates
from civic_centers.enrolling.tables import Enrolment
from community.dependants.actions import say_consent
from demo.scene import GIORGIO, LUISA, NADIA, SAMIRA, THURSDAY, Scene, Steps
from foundation import clock, outbox

HERE = "Civic Center di Vescovato"
AMRIT, MARTA, HANANE = "F004-1", "F007-1", "F008-1"
STORIES = "Storie sul tappeto"


class ComingAlong(Scene):
    """The families at Vescovato."""

    def steps(self) -> list[Steps]:
        """Every scene, moment by moment."""
        return [self._stories(), self._homework(), self._training()]

    def _stories(self) -> Steps:
        """Last Thursday there were stories: who came is on the list. The next time is full, and a place came free."""
        begins, begins_again = self.last(THURSDAY, hour=16), self.next(THURSDAY, hour=16)
        yield begins - timedelta(days=8)
        with outbox.muted():
            last, coming = self._announced([begins, begins_again])
        yield begins - timedelta(days=5)
        with outbox.muted():
            for code, names in ((SAMIRA, ("Lilli", "Samira")), (MARTA, ("Tommi", "Marta")), (AMRIT, ("Gugu", "Amrit"))):
                self._enrol(code, [last], names)
        yield begins + timedelta(minutes=10)
        with outbox.muted():
            actions.note_came(self.session, self.who(GIORGIO), last, self._coming(last, SAMIRA, AMRIT))
        yield begins + timedelta(hours=3)
        with outbox.muted():
            actions.close_list(self.session, self.who(GIORGIO), last)
        yield max(begins + timedelta(hours=5), self.now - timedelta(hours=20))
        with outbox.muted():
            for code, names in ((MARTA, ("Tommi", "Marta")), (AMRIT, ("Gugu", "Amrit"))):
                self._enrol(code, [coming], names)
        yield max(begins + timedelta(hours=6), self.now - timedelta(hours=10))
        self._enrol(SAMIRA, [coming], ("Lilli", "Samira"))
        self._enrol(HANANE, [coming], ("Nour", "Hanane"))
        yield max(begins + timedelta(hours=7), self.now - timedelta(hours=3))
        actions.cannot_come(self.session, self.who(AMRIT), coming)

    def _homework(self) -> Steps:
        """Two children come to the homework, which they do without their parents."""
        yield self.now - timedelta(days=2)
        with outbox.muted():
            dates = self._dates_of("Compiti insieme")[:2]
            for code, name, fetched_by in ((SAMIRA, "Lilli", "Fatou El Idrissi"), (MARTA, "Tommi", "Pia Ardigò")):
                who = self.who(code)
                child = next(one for one in candidates(self.session, who, who.must_be_party()) if one.name == name)
                say_consent(self.session, who, child.dependant_id or 0, "both")
                actions.say_pick_up(self.session, who, child.dependant_id or 0, "allowed", name=fetched_by)
                self._enrol(code, dates, (name,))

    def _training(self) -> Steps:
        """Two who lend a hand come to the training, both evenings."""
        yield self.now - timedelta(days=1, hours=4)
        with outbox.muted():
            for code, name in ((LUISA, "Luisa"), (NADIA, "Nadia")):
                self._enrol(code, self._dates_of("Stare con i bambini degli altri")[:1], (name,))

    # ------------------------------------------------------------ their parts

    def _announced(self, moments: Sequence[datetime]) -> list[int]:
        """The dates of the stories, open to whoever comes."""
        giorgio, zone = self.who(GIORGIO), self.people.community.time_zone
        there = (col(Center.community_id) == self.people.community_id, col(Center.name) == HERE)
        center_id = self.session.exec(select(col(Center.id)).where(*there)).one() or 0
        words = "Un tappeto, dieci libri, chi legge e chi ascolta. Si viene con un grande."
        about = About(STORIES, "afternoon", words, places=6)
        activity_id = activities.make_activity(self.session, giorgio, center_id, about).id or 0
        spans = [Span(clock.local(one, zone).date(), one, one + timedelta(minutes=90)) for one in moments]
        laid = activities.add_dates(self.session, giorgio, activity_id, spans, None)
        activities.publish_activity(self.session, giorgio, activity_id)
        made = [one.id or 0 for one in laid.made]
        only_four = Change(spans[1].starts_at, spans[1].ends_at, None, "Nella stanza piccola.", 4)
        activities.change_session(self.session, giorgio, activity_id, made[1], only_four)
        return made

    def _dates_of(self, title: str) -> list[int]:
        """The dates of an activity that are to come, in order."""
        here = (col(Activity.community_id) == self.people.community_id, col(Activity.title) == title)
        to_come = (col(ActivitySession.state) == "planned", col(ActivitySession.starts_at) > self.now)
        statement = select(col(ActivitySession.id)).join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        found = self.session.exec(statement.where(*here, *to_come).order_by(col(ActivitySession.starts_at)))
        return [number or 0 for number in found]

    def _enrol(self, code: str, dates: Sequence[int], names: Sequence[str]) -> None:
        """These people of a household, together."""
        who = self.who(code)
        of_home = candidates(self.session, who, who.must_be_party())
        actions.enrol(self.session, who, dates, [one.key for one in of_home if one.name in names])

    def _coming(self, date: int, *codes: str) -> list[int]:
        """The lines of these households on a list."""
        parties = [self.who(code).must_be_party() for code in codes]
        there = (col(Enrolment.session_id) == date, col(Enrolment.party_id).in_(parties))
        return [number or 0 for number in self.session.exec(select(col(Enrolment.id)).where(*there))]
