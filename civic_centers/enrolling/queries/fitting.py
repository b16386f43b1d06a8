"""Who of a household may come: ages, the yes of who decides, and who may fetch them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.enrolling.queries.fetching import allowed_for
from civic_centers.enrolling.rules import Ages, NoPickUp
from community.dependants.policies import must_be_in_order
from community.dependants.queries import standings_of
from community.dependants.rules import MINORS, NotInOrder, Standing
from community.households.queries import dependants_of
from community.households.tables import Dependant
from community.parties.queries import adults_of_own
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid


@dataclass(frozen=True)
class Candidate:
    """Somebody of a household: an adult of it, or who it looks after. `key` is what a form sends."""

    key: str
    name: str
    band: str
    person_id: int | None = None
    dependant_id: int | None = None

    @property
    def is_child(self) -> bool:
        return self.band in MINORS


def adult_of(key: str) -> int | None:
    """The number of the adult that a key stands for; None for who is looked after, and for what is no key."""
    return int(key[1:]) if key.startswith("p") and key[1:].isdecimal() and len(key) < 12 else None


def candidates(
    session: Session, actor: Actor, party_id: int, *, only: Collection[str] | None = None
) -> list[Candidate]:
    """The people of a party of the actor: first who it looks after, then its adults.

    Who asks `only` for some keys is spared what none of them can be. Raises Missing for a party of others.
    """
    found: list[Candidate] = []
    if only is None or any(key.startswith("d") for key in only):
        looked_after = dependants_of(session, actor, party_id)
        found += [Candidate(f"d{one.id}", one.nickname, one.age_band, dependant_id=one.id) for one in looked_after]
    if only is None or any(key.startswith("p") for key in only):
        adults = adults_of_own(session, actor, party_id)
        found += [Candidate(f"p{number}", name, "adult", person_id=number) for number, name in adults]
    return found


def ages_of(activity: Activity) -> Ages:
    """For whom an activity is."""
    return Ages(activity.min_age, activity.max_age)


def check_fits(
    session: Session, activity: Activity, party_id: int, people: Sequence[Candidate], *, hold: bool = True
) -> None:
    """See that these people may come. Raises Invalid at `who`, NotInOrder, NoPickUp.

    A no is enough for any child; where they stay without an adult of theirs everybody whose yes is needed has said it.
    """
    if any(not ages_of(activity).fits(one.band) for one in people):
        raise Invalid(N_("Somebody you chose is not of the age it is meant for."), field="who")
    ids = [one.dependant_id for one in people if one.dependant_id is not None]
    if not ids:
        return
    if activity.left_alone:
        must_be_in_order(session, party_id, ids, hold=hold)
        children = [one.dependant_id for one in people if one.dependant_id is not None and one.is_child]
        if any(not names for names in allowed_for(session, children).values()):
            raise NoPickUp()
    elif refused(session, ids):
        raise NotInOrder()


def refused(session: Session, dependant_ids: Collection[int]) -> set[int]:
    """Those for whom somebody said no, or who object themselves."""
    found = _looked_after(session, dependant_ids)
    return {
        number
        for number, standing in standings_of(session, found).items()
        if standing in (Standing.REFUSED, Standing.OBJECTED)
    }


def what_is_absent(session: Session, activity: Activity, people: Sequence[Candidate]) -> dict[str, str]:
    """For a form: why somebody cannot be chosen, by key: `age`, `consent` or `pick_up`."""
    ids = [one.dependant_id for one in people if one.dependant_id is not None]
    found = _looked_after(session, ids)
    standings = standings_of(session, found) if found else {}
    children = [one.dependant_id for one in people if one.dependant_id is not None and one.is_child]
    fetched = allowed_for(session, children) if activity.left_alone and children else {}
    why: dict[str, str] = {}
    for one in people:
        standing = standings.get(one.dependant_id or 0, Standing.GIVEN)
        no = standing in (Standing.REFUSED, Standing.OBJECTED)
        if not ages_of(activity).fits(one.band):
            why[one.key] = "age"
        elif no or (activity.left_alone and standing is not Standing.GIVEN):
            why[one.key] = "consent"
        elif one.dependant_id in fetched and not fetched[one.dependant_id]:
            why[one.key] = "pick_up"
    return why


def _looked_after(session: Session, dependant_ids: Collection[int]) -> list[Dependant]:
    """These people, in one question however many they are."""
    if not dependant_ids:
        return []
    return list(session.exec(select(Dependant).where(col(Dependant.id).in_(dependant_ids)).order_by(col(Dependant.id))))
