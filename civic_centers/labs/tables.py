"""A community lab: a group working on one common need, with its goals, tasks, diary, resources and meetings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime, append_only


class Lab(SQLModel, table=True):
    """What it is about, who may come in, and how it ended. `state` follows civic_centers/labs/rules.py."""

    __tablename__ = "community_lab"
    __table_args__ = (
        UniqueConstraint("community_id", "slug"),
        CheckConstraint("kind IN ('blank', 'care', 'purchasing', 'housing', 'street')", name="kind_known"),
        CheckConstraint("entry IN ('open', 'request', 'invitation')", name="entry_known"),
        CheckConstraint("state IN ('draft', 'open', 'ended')", name="state_known"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_whole"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_not_before_start"),
        CheckConstraint("families IS NULL OR families BETWEEN 0 AND 100000", name="families_sane"),
        CheckConstraint("people IS NULL OR people BETWEEN 0 AND 100000", name="people_sane"),
        Index("ix_community_lab_listed", "community_id", "state", "zone_id"),
        Index("ix_community_lab_zone", "zone_id"),
        Index("ix_community_lab_center", "center_id"),
        Index("ix_community_lab_need", "need_id"),
        Index("ix_community_lab_thread", "thread_id"),
        Index("ix_community_lab_created_by", "created_by_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int = Field(foreign_key="zone.id")
    center_id: int | None = Field(default=None, foreign_key="center.id")
    """Where it meets, if it has such a place."""
    need_id: int | None = Field(default=None, foreign_key="wall_need.id")
    """The need of the wall it was made from."""
    thread_id: int = Field(foreign_key="thread.id")
    slug: str = Field(max_length=60)
    name: str = Field(max_length=120)
    need: str = Field(max_length=500)
    """The common need, in the words of who has it."""
    words: str = Field(default="", max_length=2000)
    """How it works, for who thinks of coming."""
    kind: str = Field(default="blank", max_length=12)
    """The template it began from: one of rules.TEMPLATES."""
    entry: str = Field(default="request", max_length=12)
    state: str = Field(default="draft", max_length=8)
    is_public: bool = False
    """Whether its page is read without an account."""
    starts_on: date | None = None
    ends_on: date | None = None
    """The last day that is meant; it ends when somebody ends it."""
    outcome: str = Field(default="", max_length=2000)
    """What came of it, said when it ended."""
    families: int | None = None
    """How many families it reached; None where nobody counted."""
    people: int | None = None
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Taken out of sight by a maker: only its people and the makers see it."""
    version: int = 1
    """Raised by every edit, so that a form opened earlier is told what changed."""

    @property
    def is_open(self) -> bool:
        """Whether people work in it now."""
        return self.state == "open"


class LabMember(SQLModel, table=True):
    """A person in a lab, for their household or for the organisation they represent: one row, whatever became of it."""

    __tablename__ = "lab_member"
    __table_args__ = (
        UniqueConstraint("lab_id", "person_id"),
        CheckConstraint(
            "state IN ('asked', 'invited', 'in', 'left', 'declined', 'refused', 'removed')", name="state_known"
        ),
        CheckConstraint("NOT is_keeper OR state = 'in'", name="keepers_are_in"),
        Index("ix_lab_member_lab", "lab_id", "state"),
        Index("ix_lab_member_person", "person_id", "community_id", "state"),
        Index("ix_lab_member_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """None once nothing is kept of who it was."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    part: str = Field(default="", max_length=200)
    """What they do in it, in their words."""
    is_keeper: bool = False
    named: bool = False
    """Whether the organisation agreed to stand by name on the public page. Never of households."""
    state: str = Field(max_length=10)
    words: str = Field(default="", max_length=500)
    """What they wrote when they asked."""
    reason: str = Field(default="", max_length=500)
    """Why they were refused or removed: read by them and the keepers."""
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    """Since when it is in this state."""
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who invited, let in, refused or removed them."""


class LabGoal(SQLModel, table=True):
    """What a lab wants to reach, until when, and by what one sees that it did."""

    __tablename__ = "lab_goal"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'reached', 'dropped')", name="state_known"),
        Index("ix_lab_goal_lab", "lab_id", "state"),
        Index("ix_lab_goal_photo", "photo_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    words: str = Field(max_length=300)
    due_on: date | None = None
    state: str = Field(default="open", max_length=8)
    evidence: str = Field(default="", max_length=1000)
    photo_id: int | None = Field(default=None, foreign_key="lab_photo.file_id")
    said_by_id: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class LabTask(SQLModel, table=True):
    """Something to be done, by whoever takes it."""

    __tablename__ = "lab_task"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done', 'closed')", name="state_known"),
        Index("ix_lab_task_lab", "lab_id", "state"),
        Index("ix_lab_task_owner", "owner_id", "state", "due_on"),
        Index("ix_lab_task_due", "state", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    words: str = Field(max_length=300)
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    state: str = Field(default="open", max_length=8)
    """`closed`: not needed any more, or the lab ended."""
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class LabEntry(SQLModel, table=True):
    """A page of the diary."""

    __tablename__ = "lab_entry"
    __table_args__ = (
        CheckConstraint("visibility IN ('members', 'public')", name="visibility_known"),
        Index("ix_lab_entry_lab", "lab_id", "on_day", "id"),
        Index("ix_lab_entry_author", "author_id", "community_id"),
        Index("ix_lab_entry_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    on_day: date
    words: str = Field(max_length=2000)
    visibility: str = Field(default="members", max_length=8)
    author_id: int | None = Field(default=None, foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LabComment(SQLModel, table=True):
    """What a member writes below a page of the diary: read by the members alone."""

    __tablename__ = "lab_comment"
    __table_args__ = (
        Index("ix_lab_comment_entry", "entry_id", "id"),
        Index("ix_lab_comment_author", "author_id", "community_id"),
        Index("ix_lab_comment_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    entry_id: int = Field(foreign_key="lab_entry.id")
    words: str = Field(max_length=1000)
    author_id: int | None = Field(default=None, foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LabPhoto(SQLModel, table=True):
    """A photograph of a page of the diary, or what a goal points at. No recognisable child without a release."""

    __tablename__ = "lab_photo"
    __table_args__ = (
        CheckConstraint("NOT shows_child OR released", name="no_child_without_release"),
        Index("ix_lab_photo_entry", "entry_id"),
        Index("ix_lab_photo_lab", "lab_id"),
    )

    file_id: int = Field(foreign_key="stored_file.id", primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    entry_id: int | None = Field(default=None, foreign_key="lab_entry.id")
    """The page of the diary it belongs to; None for the evidence of a goal."""
    words: str = Field(max_length=200)
    """What is seen on it, for who cannot see it."""
    shows_child: bool = False
    released: bool = False
    """Whether whoever put it here said that a signed release of both parents is kept."""
    said_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who answered for it."""
    added_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class LabResource(SQLModel, table=True):
    """What a lab needs: `amount` is minutes of hours, pieces of a thing, rooms, or whole cents of euro."""

    __tablename__ = "lab_resource"
    __table_args__ = (
        CheckConstraint("kind IN ('hours', 'thing', 'room', 'euro')", name="kind_known"),
        CheckConstraint("amount BETWEEN 1 AND 100000000", name="amount_sane"),
        Index("ix_lab_resource_lab", "lab_id", "closed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    kind: str = Field(max_length=6)
    words: str = Field(max_length=200)
    unit: str = Field(default="", max_length=40)
    """Of things and rooms: "chairs", "afternoons"."""
    amount: int
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Not asked for any more."""


class LabReceipt(SQLModel, table=True):
    """Something a lab received: only added. A mistake is put right by a line that takes it back, once.

    A record: nothing of it is in the ledger of hours. The unit of `amount` is that of its resource.
    """

    __tablename__ = "lab_receipt"
    __table_args__ = (
        UniqueConstraint("corrects_id"),
        CheckConstraint("amount <> 0 AND amount BETWEEN -100000000 AND 100000000", name="amount_sane"),
        CheckConstraint("(amount < 0) = (corrects_id IS NOT NULL)", name="only_corrections_take_back"),
        Index("ix_lab_receipt_resource", "resource_id"),
        Index("ix_lab_receipt_lab", "lab_id"),
        Index("ix_lab_receipt_party", "from_party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    resource_id: int = Field(foreign_key="lab_resource.id")
    amount: int
    from_party_id: int | None = Field(default=None, foreign_key="party.id")
    from_words: str = Field(default="", max_length=120)
    """From whom, where it is no party of this community: "the parish of Sant’Ambrogio"."""
    on_day: date
    corrects_id: int | None = Field(default=None, foreign_key="lab_receipt.id")
    noted_by_id: int | None = Field(default=None, foreign_key="person.id")
    noted_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class LabMeeting(SQLModel, table=True):
    """An activity that is a meeting of a lab; of one lab only."""

    __tablename__ = "lab_meeting"
    __table_args__ = (Index("ix_lab_meeting_lab", "lab_id"),)

    activity_id: int = Field(foreign_key="activity.id", primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")


append_only(LabReceipt)
