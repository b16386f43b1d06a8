"""A kind of thing of Anna's that can be reported, hidden and shown again; and the verbs of a desk."""

from dataclasses import dataclass, field

from sqlalchemy import literal

from community.moderation import actions
from community.moderation.rules import Ruling
from community.moderation.tables import Decision
from foundation.access import Actor
from foundation.database import Database, Session
from foundation.errors import Missing
from foundation.feature import Feature, Reportable
from tests.cast import Cast


@dataclass
class Desk:
    """Reporting and deciding about the thing number 7, which is Anna's; `hidden` says whether it is out of sight."""

    database: Database
    cast: Cast
    hidden: list[int] = field(default_factory=list)
    kept_from: list[int] = field(default_factory=list)

    @property
    def feature(self) -> Feature:
        kind = Reportable(
            "thing",
            "A message",
            self._find,
            "",
            "",
            hide=lambda _session, _actor, object_id: self.hidden.append(object_id),
            show_again=lambda _session, _actor, object_id: self.hidden.remove(object_id),
            author=lambda _session, _object_id: self.cast.anna.id,
            kept_from=lambda actor, _object_id: literal(actor.person_id in self.kept_from),
        )
        return Feature("things", reportables=(kind,))

    def report(self, who: str = "bashir", reason: str = "insult", words: str = "Guardate") -> int:
        """The number of the case."""
        with self.database.writing() as session:
            actor = self.cast.members[who].actor
            return actions.report(session, actor, "thing", 7, reason=reason, words=words).case_id

    def decide(self, case_id: int, outcome: str, who: str = "maker", **more: object) -> Decision:
        """A maker's decision, with a reason."""
        with self.database.writing() as session:
            ruling = Ruling(outcome, "Ne abbiamo parlato.", **more)  # type: ignore[arg-type]  # the names of Ruling
            return actions.decide(session, self.cast.members[who].actor, case_id, ruling)

    def _find(self, _session: Session, actor: Actor, object_id: int) -> tuple[str, int | None, int | None]:
        if actor.community_id != self.cast.community.id or object_id != 7:
            raise Missing()
        return "Un annuncio di Anna", self.cast.zones["centro"].id, self.cast.anna.party.id
