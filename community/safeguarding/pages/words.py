"""What is demanded and what lacks, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from community.safeguarding.queries import Standing
from community.safeguarding.rules import Lacks, Requirements
from foundation.web.formats import in_words

KIND_WORDS = {
    "identity": _l("Identity seen"),
    "reference": _l("Who vouches for them"),
    "training": _l("Training followed"),
    "age": _l("Age seen"),
    "certificate": _l("Certificate seen"),
}


def demands_in_words(demands: Requirements) -> list[str]:
    """What is asked of who comes, one short line each."""
    found = []
    if demands.identity:
        found.append(_("A maker has met them and seen a document"))
    if demands.references:
        found.append(ngettext("%(num)s person vouches for them", "%(num)s people vouch for them", demands.references))
    found += [_("Has followed: %(training)s", training=name) for name in sorted(demands.trainings)]
    if demands.minimum_age:
        found.append(_("Is at least %(age)s years old", age=demands.minimum_age))
    if demands.certificate:
        found.append(_("The criminal record certificate was seen"))
    if demands.public_place:
        found.append(_("The first time you meet in a public place"))
    if demands.second_adult:
        found.append(_("A second adult is there too, whom a maker has met"))
    return found


def lacks_in_words(standing: Standing) -> list[str]:
    """What somebody still lacks, one short line each."""
    words = {
        Lacks.IDENTITY: _("Meet a maker and show a document."),
        Lacks.REFERENCES: ngettext(
            "%(num)s reference is missing.", "%(num)s references are missing.", standing.references_missing or 1
        ),
        Lacks.TRAINING: _("The training: %(training)s.", training=", ".join(sorted(standing.demands.trainings))),
        Lacks.AGE: _("That you are at least %(age)s years old.", age=standing.demands.minimum_age),
        Lacks.CERTIFICATE: _("The certificate, seen by a maker."),
    }
    return [words[one] for one in standing.lacks]


def names_in_words(standing: Standing) -> str:
    """The categories a standing speaks of; those inside another of them go without saying."""
    return ", ".join(in_words(each.names) for each in standing.widest)
