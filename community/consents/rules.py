"""What this house itself asks. Other features register more: see foundation.personal.consents."""

from foundation.errors import N_
from foundation.personal.consents import Consent

CONSENTS = (
    Consent(
        "photographs",
        N_("Photographs of me"),
        (
            N_(
                "The community may show photographs in which I can be recognised, taken at its meetings, on its own "
                "pages and posters. Photographs of children are never covered by this."
            ),
        ),
    ),
    Consent(
        "news",
        N_("News of the community"),
        (N_("The community may write to me about its activities, beside what concerns my own exchanges."),),
    ),
    Consent(
        "studies",
        N_("Studies"),
        (N_("The community may ask me to take part in interviews and studies about how it works."),),
    ),
)
