"""What the record says of running a community; from what to what stands in its history."""

from community.deeds.policies import of_community
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="community",
        words=N_("Community"),
        verbs={
            "opened": N_("Community opened"),
            "edited": N_("Page and contacts of the community changed"),
            "invited": N_("Invitation made"),
            "said_who_answers_for_data": N_("Who answers for the data changed"),
            "said_why_data_is_kept": N_("Why and how long data is kept changed"),
            "changed_logo": N_("Logo changed"),
            "chose_languages": N_("Languages of the community changed"),
            "wrote_texts": N_("Texts of the community changed"),
            "set_deadlines": N_("Deadlines of the makers' desk changed"),
            "set_rest_rules": N_("When quiet members are asked changed"),
            "set_broadcast_rules": N_("From how many people on a second maker reads first changed"),
        },
        read_by=of_community,
    ),
    DeedKind(
        kind="community_rules",
        words=N_("Rules"),
        verbs={"changed_rules": N_("Rules of the hours changed")},
        read_by=of_community,
    ),
    DeedKind(
        kind="zone",
        words=N_("Zone"),
        verbs={
            "added": N_("Zone added"),
            "renamed": N_("Zone renamed"),
            "set_neighbours": N_("Zones beside it changed"),
            "retired": N_("Zone retired"),
            "brought_back": N_("Zone offered again"),
        },
        read_by=of_community,
    ),
    DeedKind(
        kind="question",
        words=N_("Question"),
        verbs={
            "added": N_("Question added"),
            "reworded": N_("Question worded anew"),
            "placed": N_("Questions put in another order"),
            "retired": N_("Question asked no more"),
            "brought_back": N_("Question asked again"),
        },
        read_by=of_community,
    ),
    DeedKind(
        kind="import",
        words=N_("File taken in"),
        verbs={
            "uploaded": N_("File sent, to be taken in"),
            "took in": N_("File taken in"),
            "undid": N_("What a file brought was taken back"),
        },
        read_by=of_community,
    ),
)
