"""Help with a home in the demo: papers, a hand with the move for two who know each other, a room being asked."""

from datetime import timedelta

from care.housing import actions
from care.housing.queries.matches import questions_of
from care.housing.tables import HousingCase
from demo.scene import GIORGIO, SAMIRA, Scene, Steps
from foundation import clock, outbox

MARTA, HANANE, LANDLADY, AT_THE_DESK = "F007-1", "F008-1", "F015-1", "F028-1"


class AtHome(Scene):
    """Nothing of it stands on the board: who signs in as one of them, or sits at the desk, finds it."""

    def steps(self) -> list[Steps]:
        """Every scene, moment by moment."""
        return [self._papers(), self._moving(), self._a_room()]

    def _papers(self) -> Steps:
        """Samira gathers what an application for a flat of the municipality asks for."""
        yield self.now - timedelta(days=6)
        with outbox.muted():
            words = "Vorremmo fare domanda per una casa comunale. Non sappiamo quali carte servono."
            case_id = self._sent(SAMIRA, "need", "documents", words)
            day = clock.today(self.people.community.time_zone)
            for paper, days in (
                ("ISEE dell’anno", 20),
                ("Contratto d’affitto di adesso", 20),
                ("Stato di famiglia", 30),
            ):
                actions.add_paper(self.session, self.who(MARTA), case_id, paper, day + timedelta(days=days))
            actions.note(self.session, self.who(MARTA), case_id, "Sentita al telefono: il bando chiude fra un mese.")

    def _moving(self) -> Steps:
        """Samira moves to a larger flat; Giorgio has a van, and they know each other by now."""
        yield self.now - timedelta(days=4)
        with outbox.muted():
            need = self._sent(
                SAMIRA, "need", "moving", "Cambiamo casa a fine mese: un divano, due letti, molte scatole."
            )
            offer = self._sent(GIORGIO, "offer", "moving", "Ho un furgone e il sabato libero.")
            words = "Qualcuno con un furgone, libero di sabato."
            match = actions.propose(self.session, self.who(MARTA), need, offer, first_side="need", words=words)
            self._yes(match.id or 0)
            actions.ask_second(
                self.session, self.who(MARTA), match.id or 0, "Una famiglia che cambia casa a fine mese."
            )
            for _step in range(3):
                self._yes(match.id or 0)
        yield self.now - timedelta(days=2)
        with outbox.muted():
            terms = {
                "conditions": "Sabato mattina alle nove, due viaggi. La benzina la paga chi trasloca.",
                "need_does": "Smonta i letti e chiude le scatole entro venerdì.",
                "offer_does": "Porta il furgone e le cinghie.",
            }
            actions.write_sheet(self.session, self.who(SAMIRA), match.id or 0, terms, from_on=None, to_on=None, seen=0)

    def _a_room(self) -> Steps:
        """A landlady has a room, somebody looks for one; she said yes, and now the other side is asked."""
        yield self.now - timedelta(days=3)
        with outbox.muted():
            offer = self._sent(LANDLADY, "offer", "stay", "Una stanza con bagno, da febbraio. Cucina in comune.")
            need = self._sent(HANANE, "need", "stay", "Cerchiamo una stanza per qualche mese, siamo in due.")
        yield self.now - timedelta(days=1)
        with outbox.muted():
            words = "Una mamma con un figlio grande, per qualche mese."
            desk = self.who(AT_THE_DESK)
            match = actions.propose(self.session, desk, need, offer, first_side="offer", words=words)
            self._yes(match.id or 0)
            actions.ask_second(self.session, desk, match.id or 0, "Una stanza con bagno, cucina in comune.")

    def _sent(self, code: str, side: str, kind: str, words: str) -> int:
        """A need or an offer with the desks of every zone of the community."""
        who = self.who(code)
        case = actions.begin(self.session, who, side, kind)
        actions.save_step(self.session, who, case.id or 0, "what", {"words": words, "place": "Cremona"}, version=1)
        said = {"is_wide": True, "excluded": ()}
        actions.save_step(self.session, who, case.id or 0, "readers", said, version=2)
        actions.send(self.session, who, case.id or 0)
        return case.id or 0

    def _yes(self, match_id: int) -> None:
        """Whoever is being asked says yes."""
        codes = {self.who(code).person_id: code for code in (SAMIRA, GIORGIO, HANANE, LANDLADY)}
        for question in questions_of(self.session, match_id):
            if question.answer == "":
                case = self.session.get_one(HousingCase, question.case_id)
                actions.answer(self.session, self.who(codes[case.person_id]), question.id or 0, "yes")
