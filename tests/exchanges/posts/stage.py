"""Posts brought to a state by the real actions, and what can be asked of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from exchanges.posts import actions
from exchanges.posts.actions import How, What, When
from exchanges.posts.tables import Post
from foundation import clock
from foundation.audit.tables import AuditEntry
from foundation.database import Database
from foundation.files import StoredImage
from foundation.outbox.tables import OutboxMessage
from tests.cast import Cast, Member

PICTURE = StoredImage("0" * 40 + "-" + "1" * 16, "image/webp", 800, 600, 400, 300, 5000)


@dataclass
class Stage:
    """A database with the cast in it. Every method is one transaction."""

    database: Database
    cast: Cast

    def do(self, verb: Callable[..., Any], member: Member, *arguments: Any, **options: Any) -> Any:
        """One action in a transaction of its own."""
        with self.database.writing() as session:
            return verb(session, member.actor, *arguments, **options)

    def ask(self, query: Callable[..., Any], member: Member | None, *arguments: Any, **options: Any) -> Any:
        with self.database.reading() as session:
            return query(session, member.actor if member else self.visitor, *arguments, **options)

    @property
    def visitor(self) -> Any:
        return replace(self.cast.anna.actor, person_id=None, party_id=None, zone_id=None, grants=(), party_ids=())

    def post(self, post_id: int) -> Post:
        with self.database.reading() as session:
            return session.exec(select(Post).where(col(Post.id) == post_id)).one()

    def version(self, post_id: int) -> int:
        return self.post(post_id).version

    def draft(self, who: Member, kind: str = "need") -> int:
        return int(self.do(actions.start_draft, who, kind).id)

    def written(
        self, who: Member, kind: str = "need", *, title: str = "Chi mi aiuta con le tende?", **said: Any
    ) -> int:
        """A draft with all three steps done."""
        post_id = self.draft(who, kind)
        category = self.cast.categories[said.pop("category", "repairs")].id
        what = What(title, category, said.pop("description", "Due tende da appendere."))
        zone = self.cast.zones[said.pop("zone")].id if "zone" in said else who.actor.zone_id
        of_when = {"dates", "weekdays", "weekly_at", "when_words", "place", "place_words", "own"}
        when = When(said.pop("rhythm", "any"), zone, **{name: said.pop(name) for name in of_when & said.keys()})
        minutes = None if said.get("gift") else said.pop("minutes", 60)
        self.do(actions.save_what, who, post_id, what, version=self.version(post_id))
        self.do(actions.save_when, who, post_id, when, version=self.version(post_id))
        self.do(actions.save_how, who, post_id, How(minutes, **said), version=self.version(post_id))
        return post_id

    def open_post(self, who: Member, kind: str = "need", **said: Any) -> int:
        """A post that stands on the board."""
        post_id = self.written(who, kind, **said)
        self.do(actions.publish_post, who, post_id)
        return post_id

    def in_state(self, who: Member, state: str, **said: Any) -> int:
        """A post in any of the states, by the way that leads there."""
        post_id = self.written(who, **said)
        if state == "draft":
            return post_id
        self.do(actions.publish_post, who, post_id)
        if state == "paused":
            self.do(actions.pause_post, who, post_id)
        if state == "closed":
            self.do(actions.close_post, who, post_id, found=True)
        if state == "hidden":
            self.do(actions.hide_post, self.cast.maker, post_id)
        if state == "expired":
            with clock.at(clock.now() + timedelta(days=60)), self.database.writing() as session:
                actions.expire_posts(session)
        return post_id

    def photo(self, who: Member, post_id: int, number: int = 1) -> int:
        picture = replace(PICTURE, name="0" * 40 + f"-{number:016x}")
        return int(self.do(actions.add_photo, who, post_id, picture))

    def at(self, days: int = 0, hour: int = 10) -> datetime:
        """An hour of a day that is so many days away, in UTC."""
        return (clock.now() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)

    def letters(self, notice: str) -> list[dict[str, Any]]:
        with self.database.reading() as session:
            found = session.exec(select(col(OutboxMessage.payload)).order_by(col(OutboxMessage.id)))
            return [payload for payload in found if payload["notice"] == notice]

    def record(self, post_id: int) -> list[str]:
        """The verbs of the audit lines about a post."""
        lines = select(AuditEntry).where(col(AuditEntry.kind) == "post", col(AuditEntry.object_id) == post_id)
        with self.database.reading() as session:
            return [line.verb for line in session.exec(lines.order_by(col(AuditEntry.id)))]
