"""How things stand on the day the demo is loaded: something waits for everybody who may sign in."""

from datetime import timedelta

from sqlmodel import col, select

from community.communities.queries import questions_of
from community.conversations.queries import conversations
from community.households.queries import dependants_of
from community.importing.queries import zones_by_name
from community.joining.actions.applying import apply_as_newcomer
from community.joining.rules import Application, Newcomer
from community.mandates.actions import agree
from community.mandates.queries import is_offline
from community.mandates.rules import Said
from community.members.queries import makers_of, person_by_email
from community.moderation.actions import report
from community.parties.queries import people_of
from community.parties.tables import Party
from community.threads.actions import mark_read
from demo.caring import entrust, write_down
from demo.scene import ELENA, GIORGIO, LUISA, NADIA, SAMIRA, THURSDAY, WEDNESDAY, Scene, Steps
from exchanges.agreements.actions import (
    Made,
    accept,
    ask,
    deliver,
    dispute,
    propose,
    record,
    write_words,
)
from exchanges.agreements.rules import Terms
from foundation import clock
from foundation.access import Actor, Grant

HISTORY = 1000


class Scenes(Scene):
    """What is going on now between two."""

    def steps(self) -> list[Steps]:
        """Every scene, moment by moment."""
        self._forget_the_past()
        self._who_has_no_email_agreed()
        return [
            self._a_lesson_to_confirm(),
            self._somebody_answers_a_need(),
            self._a_lift_tomorrow(),
            self._a_direct_question(),
            self._the_bakery_finds_tables(),
            self._a_disagreement(),
            self._two_who_would_like_to_join(),
            self._something_to_look_at(),
        ]

    def _a_lesson_to_confirm(self) -> Steps:
        """Giorgio has taught Samira's son an hour of mathematics: she is to say whether it was so."""
        lesson = self.last(WEDNESDAY, hour=16)
        yield lesson - timedelta(days=3, hours=1)
        words = "Ciao Giorgio! A Yaya si sono inceppate le frazioni. Mercoledì ti andrebbe, in biblioteca?"
        made = self._propose(SAMIRA, "A002", Terms(starts_at=lesson, minutes=60), words)
        for one in dependants_of(self.session, self.who(SAMIRA), self.who(SAMIRA).must_be_party()):
            write_down(self.session, self.who(SAMIRA), one)
        entrust(self.session, self.who(SAMIRA), made)
        yield lesson - timedelta(days=2, hours=22)
        words = "Volentieri! Portate il libro e l’ultimo compito, così vediamo dove si inceppa."
        accept(self.session, self.who(GIORGIO), made, None, adult_id=self.who(GIORGIO).person_id, words=words)
        yield lesson - timedelta(days=2, hours=21)
        self._write(SAMIRA, made, "Grazie! Arriviamo in biblioteca alle quattro, ha lo zaino verde.")
        yield lesson + timedelta(minutes=72)
        deliver(self.session, self.who(GIORGIO), made, None, 60)
        self._write(GIORGIO, made, "È stato bravo. Le frazioni adesso le vede come fette di torta.")

    def _somebody_answers_a_need(self) -> Steps:
        """Luisa could walk Samira's daughter to her music lesson."""
        yield self.now - timedelta(hours=20)
        words = "Il giovedì sono da mia sorella, proprio lì dietro. Posso accompagnarla io, anche tutte le settimane."
        terms = Terms(starts_at=self.next(THURSDAY, hour=16, minute=30), minutes=30, adult_id=self.who(LUISA).person_id)
        self._propose(LUISA, "A001", terms, words)

    def _a_lift_tomorrow(self) -> Steps:
        """Elena takes Samira along to the market."""
        terms = Terms(starts_at=self.local(days=1, hour=8, minute=30), minutes=60)
        yield self.now - timedelta(days=2, hours=3)
        made = self._ask(SAMIRA, ELENA, "Un passaggio al mercato, domani", "carrying-things", terms)
        yield self.now - timedelta(days=2)
        words = "Certo! Alle otto e mezza sotto casa tua, porto le borse grandi."
        accept(self.session, self.who(ELENA), made, None, adult_id=self.who(ELENA).person_id, words=words)

    def _a_direct_question(self) -> Steps:
        """Nadia asks Samira to cook again."""
        yield self.now - timedelta(hours=7)
        terms = Terms(starts_at=self.local(days=9, hour=17), minutes=90)
        words = "Mio padre chiede ancora del couscous. Ne faresti per otto, per la sua festa? La spesa la faccio io."
        self._ask(NADIA, SAMIRA, "Couscous per gli ottantotto anni di papà", "parties", terms, words)

    def _the_bakery_finds_tables(self) -> Steps:
        """Giorgio answers the bakery's need; the bread of yesterday is asked for too."""
        yield self.now - timedelta(hours=26)
        terms = Terms(starts_at=self.local(days=16, hour=16), minutes=60, adult_id=self.who(GIORGIO).person_id)
        words = "In cantina ho due cavalletti e un’asse da tre metri. Li porto con il carretto."
        self._propose(GIORGIO, "A283", terms, words)

    def _a_disagreement(self) -> Steps:
        """Two hours or three? A maker of the zone will listen to both."""
        painter, client = "F093-2", "F254-2"
        day = (self.now - timedelta(days=6)).date()
        yield self.now - timedelta(days=5)
        client_party = self.who(client).must_be_party()
        made = record(
            self.session,
            self.who(painter),
            Made(client_party, True, "Imbiancato il corridoio", self.categories["painting"], day, 240),
        )
        yield self.now - timedelta(days=4)
        reason = "Il lavoro è fatto bene, ma io ho contato tre ore: la quarta l’abbiamo passata a chiacchierare."
        dispute(self.session, self.who(client), made, None, reason)
        self._write(painter, made, "Ho contato anche il tempo per coprire i mobili. Ne parliamo con Marta?")

    def _two_who_would_like_to_join(self) -> Steps:
        zones = zones_by_name(self.session, self.people.community_id)
        questions = [question.id or 0 for question in questions_of(self.session, self.people.community_id)]
        newcomers = (
            (
                Newcomer("Beatrice", "Fontana", "beatrice.fontana@example.org", "+39 000 030 0001"),
                ("Cremona, zona Po", "household", "Beatrice e Ada"),
                ("Da Hanane, al mercato", "So tagliare le siepi e cambiare le gomme", "Qualcuno per il doposcuola"),
                50,
            ),
            (
                Newcomer("Arjun", "Thapar", "arjun.thapar@example.org", "+39 000 030 0002"),
                ("Vescovato", "household", "Arjun"),
                ("Me ne ha parlato il dottore", "Aggiusto telefoni", "Compagnia, la domenica"),
                9,
            ),
        )
        for newcomer, (zone, applies_for, name), answers, hours in newcomers:
            yield self.now - timedelta(hours=hours)
            application = Application(zones[zone], applies_for, name, dict(zip(questions, answers, strict=True)))
            apply_as_newcomer(self.session, self.people.community_id, newcomer, application)
            person = person_by_email(self.session, newcomer.email)
            if person is not None:
                person.email_confirmed_at = clock.now()

    def _something_to_look_at(self) -> Steps:
        """A report: not everything that is reported is meant badly."""
        yield self.now - timedelta(hours=31)
        words = "Dice che i bambini sono malati e dove vanno. Forse è meglio scriverlo solo a chi li accompagna."
        report(self.session, self.who(NADIA), "post", self.post("A096"), reason="other", words=words)

    def _who_has_no_email_agreed(self) -> None:
        """They let makers act for them: for one it soon ends, and one is still to be asked."""
        today = clock.today(self.people.community.time_zone)
        here = (col(Party.community_id) == self.people.community_id, col(Party.closed_at).is_(None))
        offline = select(Party).where(*here, col(Party.kind) == "household", is_offline(col(Party.id)))
        homes = self.session.exec(offline.order_by(col(Party.id))).all()
        for number, home in enumerate(homes[1:]):
            maker = makers_of(self.session, self.people.community_id, home.zone_id)[0]
            actor = Actor(self.people.community_id, maker.id, grants=(Grant("maker"),))
            said = Said("signed" if number % 2 else "spoken", today - timedelta(days=350 if not number else 40))
            agree(self.session, actor, home.id or 0, people_of(self.session, home.id or 0)[0].id or 0, said)

    # ------------------------------------------------------------ their parts

    def _forget_the_past(self) -> None:
        """Whoever signs in has read what came before."""
        for code in (SAMIRA, GIORGIO, "F007-1", "F014-1", "F016-1"):
            actor = self.who(code)
            for conversation in conversations(self.session, actor, limit=HISTORY):
                mark_read(self.session, actor, conversation.thread_id, conversation.last_id)

    def _propose(self, code: str, post: str, terms: Terms, words: str) -> int:
        return propose(self.session, self.who(code), self.post(post), terms, words=words)

    def _ask(self, code: str, other: str, title: str, category: str, terms: Terms, words: str = "") -> int:
        party_id = self.who(other).must_be_party()
        return ask(self.session, self.who(code), party_id, title, self.categories[category], terms, words=words)

    def _write(self, code: str, agreement_id: int, words: str) -> None:
        write_words(self.session, self.who(code), agreement_id, words)
