"""The community labs of the demo: one in the middle of its work, one proposed, one that came to its end."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from civic_centers.activities import actions as activities
from civic_centers.activities.rules import Beat
from civic_centers.centers.tables import Center
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About, Outcome, Starter
from civic_centers.labs.tables import LabGoal, LabMember, LabTask
from demo.meeting import MARTA, OF_VESCOVATO
from demo.scene import ELENA, GIORGIO, LUISA, NADIA, SAMIRA, TUESDAY, Scene
from foundation import clock

BEGUN_DAYS_AGO = 70
OURS = Starter(
    "Cinque famiglie si aiutano con le ore tra la scuola e il lavoro. Chi ha un pomeriggio lo mette, chi ha un turno "
    "lo dice. Nessuno paga nessuno.",
    (
        ("Cinque famiglie si conoscono e hanno detto quali ore mancano loro", 30),
        ("Una prima settimana di turni", 60),
        ("Dopo tre mesi diciamo che cosa funziona", 120),
    ),
    (
        ("Cercare una sala per i pomeriggi di pioggia", 65),
        ("Preparare il calendario dei turni di gennaio", 80),
        ("Chiedere alla scuola se possiamo appendere un foglio", 90),
    ),
    (("hours", "Pomeriggi con i bambini", "", 20 * 60), ("thing", "Giochi da tavolo", "scatole", 12)),
)


class WorkingTogether(Scene):
    """The labs, through what people really do in them."""

    def play(self) -> None:
        """Open one and work in it, propose another, end a third."""
        with clock.at(self.now - timedelta(days=BEGUN_DAYS_AGO)):
            lab_id = self._afternoons()
        self._work(lab_id)
        self._proposed()
        self._ended()

    def _afternoons(self) -> int:
        maker = self.who(OF_VESCOVATO)
        center = self.session.exec(
            select(Center).where(
                col(Center.community_id) == self.people.community_id, col(Center.name) == "Civic Center di Vescovato"
            )
        ).one()
        about = About(
            "Il tempo che ci manca",
            "Tra la fine della scuola e la fine del lavoro ci sono due ore che nessuna famiglia copre da sola.",
            center.zone_id, center_id=center.id, kind="care", entry="request", is_public=True,
            starts_on=clock.today(self.people.community.time_zone),
        )  # fmt: skip
        lab_id = labs.make_lab(self.session, maker, about, OURS).id or 0
        for code in (GIORGIO, SAMIRA, LUISA):
            labs.invite_person(self.session, maker, lab_id, self.who(code).must_be_person())
            labs.join_lab(self.session, self.who(code), lab_id, part=PARTS[code])
        giorgio = self.session.exec(
            select(LabMember).where(
                col(LabMember.lab_id) == lab_id, col(LabMember.person_id) == self.who(GIORGIO).person_id
            )
        ).one()
        labs.set_keeper(self.session, maker, lab_id, giorgio.id or 0, keeper=True)
        return lab_id

    def _work(self, lab_id: int) -> None:
        giorgio, samira, today = self.who(GIORGIO), self.who(SAMIRA), clock.today(self.people.community.time_zone)
        goal = self._first(LabGoal, lab_id)
        evidence = "Alla cena del venti c’erano sei famiglie: ognuna ha scritto su un foglio le sue ore."
        with clock.at(self.now - timedelta(days=42)):
            labs.end_goal(self.session, giorgio, lab_id, goal.id or 0, "reached", evidence, version=goal.version)
        labs.take_task(self.session, samira, lab_id, self._first(LabTask, lab_id).id or 0)
        for days, who, words, public in DIARY:
            entry = labs.write_entry(
                self.session, self.who(who), lab_id, words, today - timedelta(days=days), public=False
            )
            if public:
                labs.show_to(self.session, giorgio, entry.id or 0, public=True)
        labs.write_comment(self.session, self.who(LUISA), entry.id or 0, "I cartelloni li porto io, ne ho in cantina.")
        labs.write_words(self.session, giorgio, lab_id, "Buongiorno! Chi può portare una merenda martedì?")
        games = labs.ask_for(self.session, giorgio, lab_id, "euro", "Colori e cartelloni", "", 6000).id or 0
        day = today - timedelta(days=9)
        labs.note_received(self.session, giorgio, lab_id, games, 2500, day, words="la parrocchia")
        meeting = labs.begin_meeting(self.session, giorgio, lab_id, "Ci troviamo: i turni del mese", "assembly")
        first = clock.local(self.next(TUESDAY, hour=20), self.people.community.time_zone)
        activities.add_rhythm(
            self.session, giorgio, meeting, Beat((TUESDAY + 1,), first.time(), 90, first.date(), every_weeks=4), None
        )
        activities.publish_activity(self.session, giorgio, meeting)
        labs.join_lab(self.session, self.who(ELENA), lab_id, words="Il giovedì ho il pomeriggio libero.")

    def _proposed(self) -> None:
        about = About(
            "La spesa grossa insieme",
            "Olio, farina e agrumi costano meno se li compriamo in tanti, da chi li produce.",
            self.who(NADIA).zone_id or 0, kind="purchasing", is_public=True,
        )  # fmt: skip
        labs.make_lab(self.session, self.who(NADIA), about)

    def _ended(self) -> None:
        marta = self.who(MARTA)
        about = About(
            "Una panchina in via Po", "In via Po non c’è un posto dove sedersi a parlare.", marta.zone_id or 0,
            kind="street", entry="open", is_public=True,
        )  # fmt: skip
        with clock.at(self.now - timedelta(days=120)):
            lab = labs.make_lab(self.session, marta, about)
            labs.join_lab(self.session, self.who(ELENA), lab.id or 0)
        came = "Due panchine e tre vasi: li ha messi il Comune, li innaffiamo noi. La festa di via si rifà a giugno."
        with clock.at(self.now - timedelta(days=30)):
            labs.end_lab(self.session, marta, lab.id or 0, Outcome(came, 11, 34), version=lab.version)

    def _first(self, table: Any, lab_id: int) -> Any:
        return self.session.exec(select(table).where(table.lab_id == lab_id).order_by(table.id)).first()


PARTS = {
    GIORGIO: "Tengo le chiavi e il calendario",
    SAMIRA: "Il mercoledì cucino per tutti",
    LUISA: "Accompagno a piedi fino alla piscina",
}
DIARY = (
    (50, GIORGIO, "Prima sera: eravamo in nove attorno a un tavolo. Mancano a tutti le stesse ore.", True),
    (42, SAMIRA, "Cena insieme. Abbiamo messo le ore su un cartellone: il mercoledì è il giorno più difficile.", True),
    (12, GIORGIO, "Prima settimana di turni: bene il martedì e il giovedì, in ritardo il mercoledì.", False),
)  # fmt: skip
