"""The installation's settings, read once from the environment (prefix RECIPROCA_).

docs/operators/settings.md lists them all; tests/foundation/test_settings.py holds that page against this file.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from babel import localedata
from click import ClickException

from foundation.crypto.keyring import BadKey, Key, Keyring

PREFIX = "RECIPROCA_"
DEVELOPMENT_SECRET = "development-only: not a secret"  # noqa: S105 - refused in production
SHORTEST_SECRET = 32
PSEUDO_LANGUAGES = ("ar_001", "en_150")
"""What `python -m translations pseudo` writes: letters from right to left, and long words in brackets."""


class BadSettings(ClickException):
    """Start-up stops: the message lists everything that has to be put right. Commands print it and exit with 2."""

    exit_code = 2


def _setting(default: str, words: str) -> str:
    return field(default=default, metadata={"words": words})


@dataclass(frozen=True)
class Settings:
    """One field a setting; the environment variable is RECIPROCA_ and the name in capitals."""

    env: str = _setting("production", "`production`, `development` (what `make run` uses) or `test`.")
    secret_key: str = _setting("", "Signs sessions and forms; 32 characters or more, kept for good.")
    keys: str = _setting(
        "", "Seal confidential texts: see Keys below. The newest first, joined by commas; without them nothing opens."
    )
    data: str = _setting("var", "Directory of the SQLite database, photographs and whatever else must be kept.")
    database_url: str = _setting("", "SQLite or PostgreSQL address; empty means `reciproca.db` in the data directory.")
    redis_url: str = _setting("", "Redis or Valkey, needed when several processes serve pages or sockets.")
    base_url: str = _setting("", "The public address, as people type it; links in e-mails start with it.")
    mail_url: str = _setting("", "`smtp://user:password@host:587` or `smtps://`; empty: the outbox page (development).")
    mail_from: str = _setting("Reciproca <reciproca@localhost>", "Sender of every e-mail.")
    push_hosts: str = _setting(
        "", "Push services beyond those of the common browsers, as `host` or `host:port`, joined by commas."
    )
    role: str = _setting(
        "all", "Parts this process runs: `all`, or some of `pages`, `sockets`, `jobs`, joined by commas."
    )
    proxies: str = _setting("0", "How many reverse proxies stand in front and set X-Forwarded-* headers.")
    languages: str = _setting("it,en", "Interface languages offered, the first one being the default.")
    worker: str = _setting(
        "on", "`off` takes back what telephones keep to open without a connection, at their next visit."
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read and check every setting. Raises BadSettings naming all that is wrong, unknown names included."""
        environ = os.environ if environ is None else environ
        known = {PREFIX + f.name.upper(): f.name for f in fields(cls)}
        given = {known[name]: value.strip() for name, value in environ.items() if name in known}
        settings = cls(**given)
        faults = [f"{name}: no such setting" for name in sorted(environ) if _is_unknown(name, known)]
        faults += settings._faults()
        if faults:
            raise BadSettings("\n".join(faults))
        return settings

    def _faults(self) -> list[str]:
        faults = []
        if self.env not in ("production", "development", "test"):
            faults.append("RECIPROCA_ENV must be production, development or test")
        if self.database_url and urlsplit(self.database_url).scheme.partition("+")[0] not in ("sqlite", "postgresql"):
            faults.append("RECIPROCA_DATABASE_URL must start with sqlite:/// or postgresql://")
        if self.mail_url and urlsplit(self.mail_url).scheme not in ("smtp", "smtps"):
            faults.append("RECIPROCA_MAIL_URL must start with smtp:// or smtps://")
        faults += self._language_faults()
        if not self.proxies.isdigit():
            faults.append("RECIPROCA_PROXIES must be a whole number")
        try:
            self.keyring()
        except BadKey as error:
            faults.append(f"RECIPROCA_KEYS is not as `flask keys make` writes keys: {error}")
        if self.worker not in ("on", "off"):
            faults.append("RECIPROCA_WORKER must be on or off")
        unknown_roles = set(self.role.split(",")) - {"all", "pages", "sockets", "jobs"}
        if unknown_roles:
            faults.append("RECIPROCA_ROLE knows all, pages, sockets and jobs")
        if self.is_production:
            faults += self._production_faults()
        return faults

    def _language_faults(self) -> list[str]:
        if not self.language_codes:
            return ["RECIPROCA_LANGUAGES must name a language"]
        unknown = [code for code in self.language_codes if not localedata.exists(code)]
        for_trial = [code for code in self.language_codes if self.is_production and code in PSEUDO_LANGUAGES]
        return [f"RECIPROCA_LANGUAGES: nobody knows the language {code}" for code in unknown] + [
            f"RECIPROCA_LANGUAGES: {code} is for trying out the layout, not for people" for code in for_trial
        ]

    def _production_faults(self) -> list[str]:
        faults = []
        if len(self.secret_key) < SHORTEST_SECRET or self.secret_key == DEVELOPMENT_SECRET:
            faults.append(f"RECIPROCA_SECRET_KEY must be set, with {SHORTEST_SECRET} characters or more")
        if not self.keys:
            faults.append("RECIPROCA_KEYS must be set: `flask keys make` makes one, and a copy of it is kept elsewhere")
        if urlsplit(self.base_url).scheme != "https":
            faults.append("RECIPROCA_BASE_URL must be set and start with https:// (cookies are sent over https only)")
        if not self.mail_url:
            faults.append("RECIPROCA_MAIL_URL must be set, or people cannot be reached")
        if os.environ.get("FLASK_DEBUG", "0") not in ("", "0", "false"):
            faults.append("FLASK_DEBUG must not be set")
        return faults

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @property
    def data_directory(self) -> Path:
        return Path(self.data).absolute()

    @property
    def files_directory(self) -> Path:
        return self.data_directory / "files"

    @property
    def read_templates_directory(self) -> Path:
        """Where templates are kept as they were read, for the next start; it may be removed at any time."""
        return self.data_directory / "templates"

    @property
    def database_address(self) -> str:
        return self.database_url or f"sqlite:///{self.data_directory / 'reciproca.db'}"

    @property
    def signing_key(self) -> str:
        return self.secret_key or DEVELOPMENT_SECRET

    def keyring(self) -> Keyring:
        """The keys that seal confidential texts. Raises BadKey."""
        written = [each.strip() for each in self.keys.split(",") if each.strip()]
        for_trial = Key(hashlib.sha256(DEVELOPMENT_SECRET.encode()).digest())  # production is refused without keys
        return Keyring([Key.read(each) for each in written] or [for_trial])

    @property
    def language_codes(self) -> tuple[str, ...]:
        """As Babel writes them: `pt_BR`."""
        return tuple(code.strip().replace("-", "_") for code in self.languages.split(",") if code.strip())

    @property
    def push_services(self) -> tuple[str, ...]:
        """Hosts this server sends notices to, beyond those of the common browsers."""
        return tuple(host.strip().lower() for host in self.push_hosts.split(",") if host.strip())

    def runs(self, part: str) -> bool:
        """Whether this process runs `part`: pages, sockets or jobs."""
        roles = self.role.split(",")
        return "all" in roles or part in roles


def _is_unknown(name: str, known: Mapping[str, str]) -> bool:
    return name.startswith(PREFIX) and not name.startswith(PREFIX + "TEST_") and name not in known
