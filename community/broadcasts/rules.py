"""What a broadcast may say, how it moves from draft to sent, and what its author is warned of. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from foundation.errors import N_, Invalid, Refused

APPROVAL_ABOVE = 100
"""Above so many people a second maker reads it first, unless the community says otherwise."""
MOST_APPROVAL_ABOVE = 100_000
LONGEST_SUBJECT = 80
LONGEST_WORDS = 2000
LONGEST_REASON = 300
LONGEST_REMARK = 500
LONGEST_LINK, LONGEST_URL = 80, 500
MOST_LINKS = 3
FARTHEST = timedelta(days=90)
BATCH = 50
"""So many people are told in one transaction: others who write wait no longer than that."""

PURPOSES = ("news", "needed", "urgent")
EVERYBODY, ZONES = "community", "zones"
STATES = {
    "draft": N_("Draft"),
    "waiting": N_("Waits for a second maker"),
    "planned": N_("Planned"),
    "sending": N_("On its way"),
    "sent": N_("Sent"),
    "stopped": N_("Stopped"),
}
AUTHOR_GONE = "author_gone"
"""The remark on what stopped by itself: its author looks after these people no more."""

_MOVES = {
    "change": ({"draft", "waiting", "planned"}, "draft"),
    "wait": ({"draft", "planned"}, "waiting"),
    "plan": ({"draft", "waiting"}, "planned"),
    "send_back": ({"waiting"}, "draft"),
    "cancel": ({"waiting", "planned"}, "draft"),
    "begin": ({"planned"}, "sending"),
    "finish": ({"sending"}, "sent"),
    "stop": ({"planned", "sending"}, "stopped"),
}

_PHONE = re.compile(r"(?:\+|\b)\d(?:[ ./-]?\d){7,}\b")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A page elsewhere, and the words on its button."""

    words: str
    url: str

    @property
    def host(self) -> str:
        """Where it leads, in short."""
        return urlsplit(self.url).hostname or self.url


@dataclass(frozen=True)
class Draft:
    """What a maker wrote: to whom, what, and when it is to go out. Texts are by language code."""

    audience: str
    subject: Mapping[str, str]
    words: Mapping[str, str]
    zone_ids: Collection[int] = ()
    object_id: int | None = None
    links: Sequence[Link] = ()
    purpose: str = "news"
    reason: str = ""
    send_at: datetime | None = None

    @property
    def urgent(self) -> bool:
        return self.purpose == "urgent"


def moved(state: str, step: str) -> str:
    """The state after a step. Raises Refused where it cannot be taken any more."""
    before, after = _MOVES[step]
    if state not in before:
        raise Refused(
            N_("This cannot be done any more: in the meantime it has gone on."),
            advice=N_("Look at how things stand now."),
        )
    return after


def checked(draft: Draft, usual: str, now: datetime) -> Draft:
    """The draft, tidy; `usual` is the language in which it must be written. Raises Invalid, naming the field."""
    subject = {code: " ".join(text.split()) for code, text in draft.subject.items() if text.strip()}
    words = {code: text.strip() for code, text in draft.words.items() if text.strip()}
    _check_texts(subject, words, usual)
    links = tuple(_checked_link(number, link) for number, link in enumerate(draft.links, 1))
    if len(links) > MOST_LINKS:
        raise Invalid(N_("%(most)s links at most."), field="url_1", most=MOST_LINKS)
    if draft.purpose not in PURPOSES:
        raise Invalid(N_("Choose one of these."), field="purpose")
    reason = " ".join(draft.reason.split())
    if draft.urgent and not reason:
        raise Invalid(N_("Say why it cannot wait: other makers read it."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(N_("This is too long: %(most)s characters at most."), field="reason", most=LONGEST_REASON)
    check_moment(draft.send_at, now)
    return Draft(
        audience=draft.audience,
        subject=subject,
        words=words,
        zone_ids=tuple(sorted(set(draft.zone_ids))) if draft.audience == ZONES else (),
        object_id=draft.object_id,
        links=links,
        purpose=draft.purpose,
        reason=reason if draft.urgent else "",
        send_at=draft.send_at,
    )


def check_moment(send_at: datetime | None, now: datetime) -> None:
    """Raises Invalid for a moment that is past, or too far away for anybody to remember."""
    if send_at is None:
        return
    if send_at <= now:
        raise Invalid(
            N_("This moment is past. Choose a later one, or leave it empty: then it goes at once."), field="send_at"
        )
    if send_at > now + FARTHEST:
        raise Invalid(N_("Three months ahead at most."), field="send_at")


def check_approval(approval_above: int) -> None:
    """Raises Invalid for a number that makes no sense."""
    if not 0 <= approval_above <= MOST_APPROVAL_ABOVE:
        raise Invalid(N_("From 0 to 100000 people."), field="approval_above")


def warnings(texts: Collection[str]) -> list[str]:
    """What the author is asked to look at again, as sentences of the catalogue. It forbids nothing."""
    found = []
    if any(_PHONE.search(text) for text in texts):
        found.append(N_("There seems to be a telephone number in it: everybody can call it then. Is that meant?"))
    if any(_LINK.search(text) for text in texts):
        found.append(N_("There is a link in the text. Put it in a field for links: there it becomes a button to tap."))
    return found


def _check_texts(subject: Mapping[str, str], words: Mapping[str, str], usual: str) -> None:
    if usual not in subject:
        raise Invalid(N_("Write what it is about."), field=f"subject_{usual}")
    if usual not in words:
        raise Invalid(N_("Write something first."), field=f"words_{usual}")
    for name, texts, most in (("subject", subject, LONGEST_SUBJECT), ("words", words, LONGEST_WORDS)):
        for code, text in texts.items():
            if len(text) > most:
                raise Invalid(N_("This is too long: %(most)s characters at most."), field=f"{name}_{code}", most=most)
    for code in sorted({*subject, *words}):
        if code not in subject or code not in words:
            name = "words" if code in subject else "subject"
            raise Invalid(
                N_("In this language write both, or neither: then they read it in the usual one."),
                field=f"{name}_{code}",
            )


def _checked_link(number: int, link: Link) -> Link:
    url, words = link.url.strip(), " ".join(link.words.split())
    where = urlsplit(url) if url.isprintable() and " " not in url else None
    if where is None or where.scheme not in ("http", "https") or not _is_host(where.netloc):
        raise Invalid(N_("Write the whole address, such as https://www.example.org."), field=f"url_{number}")
    if len(url) > LONGEST_URL:
        raise Invalid(N_("This is too long: %(most)s characters at most."), field=f"url_{number}", most=LONGEST_URL)
    if len(words) > LONGEST_LINK:
        raise Invalid(N_("This is too long: %(most)s characters at most."), field=f"link_{number}", most=LONGEST_LINK)
    return Link(words or (where.hostname or url)[:LONGEST_LINK], url)


def _is_host(netloc: str) -> bool:
    """A name with a dot and nothing before an at sign, which would make it look like another."""
    return "." in netloc and "@" not in netloc
