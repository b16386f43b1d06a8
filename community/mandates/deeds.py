"""What the record says of acting for people without e-mail: their yes, its end, and who took over."""

from community.deeds.deeds import about_people
from community.deeds.policies import is_own_party, of_party, through
from community.mandates.tables import Mandate
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="mandate",
        words=N_("Yes to makers acting"),
        verbs={"agreed": N_("Agreed that makers act for them"), "ended": N_("Makers act for them no more")},
        read_by=through(Mandate.id, of_party, Mandate.party_id),
        concerning=through(Mandate.id, is_own_party, Mandate.party_id),
        told=("agreed", "ended"),
    ),
    about_people(
        {
            "opened_for": N_("Household opened by a maker"),
            "gave_code": N_("Code given to take the account over"),
            "took_code_back": N_("Code to take the account over taken back"),
            "took_over": N_("Account taken over"),
        },
    ),
)
