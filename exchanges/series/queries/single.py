"""One series: fetch and authorise in one call."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from community.categories.tables import Category
from community.members.tables import Person
from community.moderation.policies import are_apart
from community.parties.queries import people_of_all
from community.parties.tables import Party
from exchanges.agreements.policies import other_side, own_side_to_read
from exchanges.agreements.policies.care import looks_after
from exchanges.agreements.rules import Side, side_of
from exchanges.posts.tables import Post
from exchanges.series.rules import ENDED, Terms, verbs_for
from exchanges.series.tables import Series, SeriesEvent, SeriesTerms
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


@dataclass(frozen=True)
class SeriesView:
    """A series with all that its page shows. `mine` is the reader's party."""

    series: Series
    mine: int
    parties: dict[int, Party]
    people: dict[int, list[Person]]
    category: Category | None
    care: bool
    agreed: list[SeriesTerms]
    """What the two agreed on, the earliest days first; of terms that end, new ones begin where they ended."""
    proposed: SeriesTerms | None
    """What one of the two proposes at this moment."""
    last_said: SeriesTerms
    apart: bool = False
    """Whether a block stands between the reader and the other side: then no words and no contacts pass."""
    events: list[SeriesEvent] = field(default_factory=list)

    @property
    def giver(self) -> Party:
        return self.parties[self.series.giver_id]

    @property
    def receiver(self) -> Party:
        return self.parties[self.series.receiver_id]

    @property
    def other(self) -> Party:
        """The other side, seen from the reader's."""
        return self.receiver if self.i_give else self.giver

    @property
    def everybody(self) -> list[Person]:
        """The adults of both sides."""
        return [person for people in self.people.values() for person in people]

    @property
    def i_give(self) -> bool:
        return self.mine == self.series.giver_id

    @property
    def my_turn(self) -> bool:
        """Whether a proposal or a change waits for the reader's answer."""
        return self.mine == self.series.turn_id and self.series.state in ("proposed", "changing")

    @property
    def verbs(self) -> tuple[str, ...]:
        """What the reader can do now."""
        return verbs_for(self.series.state, side_of(self.series.turn_id, self.mine))

    def terms_on(self, day: date) -> SeriesTerms:
        """The terms agreed for a day, or those that come next; the last that were spoken of when there are none."""
        to_come = (one for one in self.agreed if one.last_day is None or one.last_day >= day)
        return next(to_come, self.agreed[-1] if self.agreed else self.last_said)

    def second(self, terms: SeriesTerms) -> Person | None:
        """Who is there besides by these terms, where the community asks for a second adult."""
        return next((one for one in self.everybody if one.id == terms.second_id), None)

    def coming(self, terms: SeriesTerms) -> Person | None:
        """The adult who comes by these terms, if they are still of the giving side."""
        return next((one for one in self.people[self.series.giver_id] if one.id == terms.adult_id), None)

    def name_of(self, party_id: int) -> str:
        """What a side is called in a sentence: the given name of who spoke for it, or the organisation's own."""
        party = self.parties[party_id]
        person = self.spoke_for(party_id)
        return party.name if person is None or party.kind != "household" else person.given_name

    def spoke_for(self, party_id: int) -> Person | None:
        """The adult of the giving side who comes, or else the one who last did something for a side."""
        present = {person.id: person for person in self.people[party_id]}
        terms = self.agreed[-1] if self.agreed else self.last_said
        if party_id == self.series.giver_id and terms.adult_id in present:
            return present[terms.adult_id]
        acted = [event.person_id for event in self.events if event.party_id == party_id]
        return next((present[person_id] for person_id in reversed(acted) if person_id in present), None)


def series_of_party(session: Session, actor: Actor, series_id: int, *, lock: bool = False) -> tuple[Series, int]:
    """A series and the actor's own party in it. Raises Missing for anybody but an adult of the two.

    With `lock` nobody else changes it until the end of the transaction, and it is read anew.
    """
    series = locked(session, series_id) if lock else session.get(Series, series_id)
    mine = own_side_to_read(session, actor, series) if series is not None else None
    if series is None or mine is None:
        raise Missing()
    return series, mine


def may_hear_series(session: Session, actor: Actor, series_id: int) -> bool:
    """Whether the actor is told when a series changes: an adult of the two."""
    series = session.get(Series, series_id)
    return series is not None and own_side_to_read(session, actor, series) is not None


def locked(session: Session, series_id: int) -> Series | None:
    """A series, read anew, that nobody else changes until the end of the transaction.

    The post it answers is held first, as for agreements: whoever counts its places waits here.
    """
    post_id = session.scalar(select(col(Series.post_id)).where(col(Series.id) == series_id))
    if post_id is not None:
        post = select(Post).where(col(Post.id) == post_id)
        session.scalars(post.with_for_update(key_share=True).execution_options(populate_existing=True)).one()
    statement = select(Series).where(col(Series.id) == series_id).with_for_update(key_share=True)
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def view_of(session: Session, actor: Actor, series_id: int) -> SeriesView:
    """A series as its page shows it, to the adults of the two parties. Raises Missing for anybody else."""
    series, mine = series_of_party(session, actor, series_id)
    sides = (series.giver_id, series.receiver_id)
    parties = {party.id: party for party in session.scalars(select(Party).where(col(Party.id).in_(sides)))}
    people = people_of_all(session, sides)
    return SeriesView(
        series=series,
        mine=mine,
        parties={party_id: parties[party_id] for party_id in sides},
        people={party_id: people.get(party_id, []) for party_id in sides},
        category=session.get(Category, series.category_id) if series.category_id else None,
        care=looks_after(session, series),
        agreed=agreed_terms(session, series_id),
        proposed=proposed_terms(session, series_id),
        last_said=last_said(session, series_id),
        apart=are_apart(session, actor, other_side(series, mine)),
        events=events_of(session, series_id),
    )


def agreed_terms(session: Session, series_id: int) -> list[SeriesTerms]:
    """What the two agreed on, the earliest days first."""
    statement = (
        select(SeriesTerms)
        .where(col(SeriesTerms.series_id) == series_id, col(SeriesTerms.state) == "agreed")
        .order_by(col(SeriesTerms.first_day), col(SeriesTerms.id))
    )
    return list(session.scalars(statement))


def proposed_terms(session: Session, series_id: int) -> SeriesTerms | None:
    """What one of the two proposes at this moment."""
    statement = select(SeriesTerms).where(col(SeriesTerms.series_id) == series_id, col(SeriesTerms.state) == "proposed")
    return session.scalars(statement).one_or_none()


def last_said(session: Session, series_id: int) -> SeriesTerms:
    """The terms that were spoken of last, whatever became of them."""
    statement = select(SeriesTerms).where(col(SeriesTerms.series_id) == series_id)
    return session.scalars(statement.order_by(col(SeriesTerms.id).desc()).limit(1)).one()


def terms_of(row: SeriesTerms) -> Terms:
    """A row of terms as the rules take them."""
    return Terms(
        weekdays=tuple(row.weekdays),
        at=row.at,
        first_day=row.first_day,
        last_day=row.last_day,
        every_weeks=row.every_weeks,
        minutes=row.minutes or None,
        gift=row.gift,
        adult_id=row.adult_id,
        second_id=row.second_id,
        place=row.place,
        place_words=row.place_words,
        expense_cents=row.expense_cents,
        expense_words=row.expense_words,
    )


def events_of(session: Session, series_id: int) -> list[SeriesEvent]:
    """The steps of a series, from the first."""
    statement = select(SeriesEvent).where(col(SeriesEvent.series_id) == series_id).order_by(col(SeriesEvent.id))
    return list(session.scalars(statement))


def last_speaker(session: Session, series: Series, party_id: int) -> int | None:
    """The person who did the last step for a party."""
    return session.scalar(
        select(col(SeriesEvent.person_id))
        .where(col(SeriesEvent.series_id) == series.id, col(SeriesEvent.party_id) == party_id)
        .order_by(col(SeriesEvent.id).desc())
        .limit(1)
    )


def is_over(series: Series) -> bool:
    """Whether nothing more happens in it."""
    return series.state in ENDED


def side_in(series: Series, party_id: int) -> Side:
    """The side on which a party of the series stands."""
    return side_of(series.turn_id, party_id)
