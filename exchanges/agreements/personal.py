"""What is kept of agreements, and of thanks."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, or_

from exchanges.agreements.rules import CONTACTS_GO, CONTACTS_LAST, contacts_visible
from exchanges.agreements.tables import Agreement, AgreementEvent, Appreciation
from foundation import clock
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row


def _agreements(session: Session, whose: Whose) -> Iterator[Row]:
    mine = or_(col(Agreement.giver_id).in_(whose.household_ids), col(Agreement.receiver_id).in_(whose.household_ids))
    for row in rows_of(session, Agreement, mine, without=("import_key",)):
        # Where one met is perhaps the other's home: it goes with the contacts, from the file too.
        reachable = contacts_visible(row["accepted_at"], row["ended_at"], clock.now())
        yield row if reachable else {**row, "place_words": ""}


def _thanks(session: Session, whose: Whose) -> Iterator[Row]:
    """Those written, and those received that no maker took out of sight."""
    written = col(Appreciation.from_party_id).in_(whose.household_ids)
    received = col(Appreciation.to_party_id).in_(whose.household_ids) & col(Appreciation.hidden_at).is_(None)
    return rows_of(session, Appreciation, or_(written, received))


PERSONAL = (
    PersonalData(
        kind="agreements",
        words=N_("What you agreed with others, how it went, and who said so"),
        purpose=N_("So that hours are written down as both of you say"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        bound="ledger",
        rows=_agreements,
        tables=(Agreement, AgreementEvent),
    ),
    PersonalData(
        kind="thanks",
        words=N_("Kind words you wrote and received"),
        purpose=N_("So that a good exchange is remembered"),
        basis="consent",
        keeping=N_("Until who wrote them takes them back, or one of you leaves"),
        bound="wish",
        rows=_thanks,
        tables=(Appreciation,),
    ),
)


def _places(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    due = (col(Agreement.place_words) != "") & cutoff.passed(col(Agreement.ended_at), col(Agreement.community_id))
    return let_go_of(
        session, Agreement, due, limit, community_id=col(Agreement.community_id), blank={"place_words": ""}
    )


def _disputes(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    said = or_(col(Agreement.reason) != "", col(Agreement.resolution) != "")
    due = said & cutoff.passed(col(Agreement.ended_at), col(Agreement.community_id))
    nothing = {"reason": "", "resolution": ""}
    return let_go_of(session, Agreement, due, limit, community_id=col(Agreement.community_id), blank=nothing)


RETENTIONS = (
    Retention(
        "meeting_places",
        N_("Where the two of an exchange met, once it is over"),
        CONTACTS_LAST,
        _places,
        kind="agreements",
        fixed=CONTACTS_GO,
    ),
    Retention(
        "dispute_words",
        N_("Why an exchange was called off or disputed, and what was decided"),
        timedelta(days=730),
        _disputes,
        kind="agreements",
        least=timedelta(days=180),
        most=timedelta(days=1825),
    ),
)
