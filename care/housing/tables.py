"""Housing help: what somebody asks for or offers, who was asked about whom, and what the two agreed upon.

Every text is closed with the key of its case (or of its introduction) before it comes here: see
`care.housing.rules.sealing`. The key goes with the person, and the texts with it.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime

_LIVE = text("state != 'ended'")


class HousingCase(SQLModel, table=True):
    """What one person asks for or offers. It belongs to the person: the other adults of the household see nothing."""

    __tablename__ = "housing_case"
    __table_args__ = (
        CheckConstraint("side IN ('need', 'offer')", name="side_known"),
        CheckConstraint(
            "kind IN ('stay', 'deposit', 'moving', 'repairs', 'documents', 'mediation')", name="kind_known"
        ),
        CheckConstraint("state IN ('draft', 'open', 'matching', 'helped', 'ended', 'withdrawn')", name="state_known"),
        CheckConstraint("reach IN ('here', 'call', 'meet')", name="reach_known"),
        CheckConstraint("(state IN ('helped', 'ended', 'withdrawn')) = (ended_at IS NOT NULL)", name="end_whole"),
        CheckConstraint("people IS NULL OR people BETWEEN 1 AND 20", name="people_sane"),
        CheckConstraint("amount_cents IS NULL OR amount_cents BETWEEN 1 AND 1000000", name="amount_sane"),
        CheckConstraint("from_on IS NULL OR to_on IS NULL OR from_on <= to_on", name="days_in_order"),
        Index("ix_housing_case_zone", "community_id", "zone_id", "state"),
        Index("ix_housing_case_own_zone", "zone_id"),
        Index("ix_housing_case_person", "person_id", "community_id"),
        Index("ix_housing_case_party", "party_id"),
        Index("ix_housing_case_follow", "follow_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int = Field(foreign_key="zone.id")
    side: str = Field(max_length=5)
    kind: str = Field(max_length=10)
    state: str = Field(default="draft", max_length=10)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Whose it is; None once nothing is kept of who it was."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """For whom they act in it: their household, or the organisation that offers."""
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    consent_on: date | None = None
    """When they agreed, before the maker who wrote it down for them."""
    key: str = Field(default="", sa_type=Sealed("housing_case.key"))
    """The key of everything said in it; empty once it was destroyed."""
    told: str = ""
    """What they say, closed with the key: the words, for whom, the conditions, how they are reached safely."""
    from_on: date | None = None
    to_on: date | None = None
    people: int | None = None
    amount_cents: int | None = None
    """Euro cents that are asked for or offered, of a guarantee or deposit: never hours."""
    language: str = Field(default="it", max_length=8)
    reach: str = Field(default="here", max_length=5)
    """`here`: a notice that says nothing; `call` or `meet`: nothing is ever sent, the desk speaks with them."""
    is_wide: bool = False
    """Whether the desks of other zones read it too."""
    version: int = 1
    moved_on: date | None = None
    """Since when they live elsewhere and have not said yet who is to read it: until then nobody does, also where it
    is over."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    touched_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str = Field(default="", max_length=10)
    until_on: date | None = None
    """Until when the help lasts."""
    follow_on: date | None = None
    """When the desk and the person are asked how it goes."""
    asked_on: date | None = None
    """When they were last asked."""
    is_for_operators: bool = True
    """Whether they were told, before they said yes, that operators of the desk read it too, and not makers alone."""


class HousingKeptFrom(SQLModel, table=True):
    """Who of the desk must not see a case: perhaps a neighbour (domain, Children 4). They never learn of it."""

    __tablename__ = "housing_kept_from"
    __table_args__ = (
        Index("ix_housing_kept_from_maker", "excluded_maker_id"),
        Index("ix_housing_kept_from_community", "community_id"),
    )

    case_id: int = Field(foreign_key="housing_case.id", primary_key=True)
    excluded_maker_id: int = Field(foreign_key="person.id", primary_key=True)
    community_id: int = Field(foreign_key="community.id")


class HousingNote(SQLModel, table=True):
    """What the desk noted, or the person said, closed with the key of the case."""

    __tablename__ = "housing_note"
    __table_args__ = (Index("ix_housing_note_case", "case_id", "id"), Index("ix_housing_note_author", "author_id"))

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    case_id: int = Field(foreign_key="housing_case.id")
    author_id: int | None = Field(default=None, foreign_key="person.id")
    of_person: bool = False
    """Said by whom it is about: they read it, the notes of the desk they do not."""
    words: str
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class HousingPaper(SQLModel, table=True):
    """A document to get or an application to make, closed with the key of the case."""

    __tablename__ = "housing_paper"
    __table_args__ = (Index("ix_housing_paper_case", "case_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    case_id: int = Field(foreign_key="housing_case.id")
    words: str
    due_on: date | None = None
    done_on: date | None = None


class HousingMatch(SQLModel, table=True):
    """A need and an offer that the desk brings together, one question after another."""

    __tablename__ = "housing_match"
    __table_args__ = (
        CheckConstraint("state IN ('asking', 'introduced', 'ended')", name="state_known"),
        CheckConstraint("first_side IN ('need', 'offer')", name="first_side_known"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="end_whole"),
        CheckConstraint("days BETWEEN 1 AND 30", name="days_sane"),
        # Two at the desk at once: whoever comes second finds the need, or the offer, taken.
        Index("ux_housing_match_need", "need_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ux_housing_match_offer", "offer_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_housing_match_need", "need_id"),
        Index("ix_housing_match_offer", "offer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    need_id: int = Field(foreign_key="housing_case.id")
    offer_id: int = Field(foreign_key="housing_case.id")
    state: str = Field(default="asking", max_length=10)
    first_side: str = Field(default="need", max_length=5)
    days: int = 7
    """How many days each question waits for an answer."""
    key: str = Field(default="", sa_type=Sealed("housing_match.key"))
    """The key of what both agreed upon; it goes when either of them is forgotten."""
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_how: str = Field(default="", max_length=10)


class HousingQuestion(SQLModel, table=True):
    """What one side was asked, in which words, and what they said; the words are closed with the key of their case."""

    __tablename__ = "housing_question"
    __table_args__ = (
        CheckConstraint("side IN ('need', 'offer')", name="side_known"),
        CheckConstraint("step IN ('hear', 'names', 'contacts')", name="step_known"),
        CheckConstraint(
            "answer IN ('', 'yes', 'no', 'not_now', 'expired', 'taken_back', 'dropped')", name="answer_known"
        ),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answer_whole"),
        UniqueConstraint("match_id", "side", "step"),
        Index("ix_housing_question_case", "case_id", "answer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    match_id: int = Field(foreign_key="housing_match.id")
    case_id: int = Field(foreign_key="housing_case.id")
    side: str = Field(max_length=5)
    step: str = Field(max_length=10)
    words: str = ""
    asked_by_id: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=10)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who wrote the answer down: themselves, or the maker in their place."""


class HousingSheet(SQLModel, table=True):
    """One version of what the two agree upon: both see the same, and both say yes. It is no lease."""

    __tablename__ = "housing_sheet"
    __table_args__ = (
        UniqueConstraint("match_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 200", name="number_sane"),
        CheckConstraint("from_on IS NULL OR to_on IS NULL OR from_on <= to_on", name="days_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    match_id: int = Field(foreign_key="housing_match.id")
    number: int
    from_on: date | None = None
    to_on: date | None = None
    terms: str
    """Closed with the key of the introduction: the conditions, and who does what."""
    written_by_id: int | None = Field(default=None, foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    need_yes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    offer_yes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class HousingMoney(SQLModel, table=True):
    """Euro cents promised, given and returned between the two: a record beside them, never hours."""

    __tablename__ = "housing_money"
    __table_args__ = (
        CheckConstraint("amount_cents BETWEEN 1 AND 1000000", name="amount_sane"),
        CheckConstraint("given_on IS NULL OR promised_on <= given_on", name="given_after"),
        CheckConstraint(
            "returned_on IS NULL OR given_on IS NOT NULL AND given_on <= returned_on", name="returned_after"
        ),
        Index("ix_housing_money_match", "match_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    match_id: int = Field(foreign_key="housing_match.id")
    amount_cents: int
    promised_on: date
    given_on: date | None = None
    returned_on: date | None = None
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
