"""What an organisation may be, and how it is found."""

from urllib.parse import urlsplit

from community.organisations.tables import KINDS
from foundation.errors import N_, Invalid

LONGEST_WEBSITE = 300


def tidy_website(address: str) -> str:
    """`www.example.org` becomes `https://www.example.org`. Raises Invalid for what is no web address."""
    tidy = address.strip()
    if not tidy:
        return ""
    if "://" not in tidy:
        tidy = f"https://{tidy}"
    try:
        parts = urlsplit(tidy)
        host = parts.hostname or ""
    except ValueError:
        host = ""
        parts = urlsplit("")
    right = parts.scheme in ("http", "https") and "." in host.strip(".") and not any(c.isspace() for c in tidy)
    if not right or len(tidy) > LONGEST_WEBSITE:
        raise Invalid(N_("This does not look like a web address, such as www.example.org."), field="website")
    return tidy


def check_kind(kind: str) -> None:
    """Raises Invalid for a kind that is none of ours."""
    if kind not in KINDS:
        raise Invalid(N_("Choose what kind of organisation it is."), field="kind")
