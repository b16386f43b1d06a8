"""Loading the demo: all of it in one transaction, so that an interrupted load leaves nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import col, select

from community.communities.queries import count_communities
from community.members.tables import Person
from community.parties.actions import act_for
from community.signing_in.actions import change_password
from demo.at_home import AtHome
from demo.buying import Buying
from demo.coming_along import ComingAlong
from demo.files import FIRST, SECOND, described
from demo.founding import found
from demo.giving import Giving
from demo.history import Year
from demo.lending_a_hand import LendingAHand
from demo.meeting import Meeting
from demo.on_paper import OnPaper
from demo.ordering import Ordering
from demo.people import People
from demo.scene import play_in_order
from demo.scenes import Scenes
from demo.settling_up import SettlingUp
from demo.taking_turns import TakingTurns
from demo.together import Together
from demo.working_together import WorkingTogether
from foundation import clock, outbox
from foundation.crypto.passwords import hash_password
from foundation.database import Database, Session
from foundation.importing import Progress

PASSWORD = "un-ora-vale-un-ora"  # noqa: S105 - printed by `flask demo sign-ins`; refused in production
YEAR, SCENES = "exchanges.csv", "today"


@dataclass(frozen=True)
class SignIn:
    """Somebody as whom a newcomer may look around. `words` says who that is, by language code."""

    name: str
    email: str
    words: dict[str, str]


def is_empty(session: Session) -> bool:
    """Whether the installation has no community yet."""
    return count_communities(session) == 0


def load(database: Database, told: Callable[[str], Progress]) -> None:
    """Load both communities. `told` makes a progress bar for each step. Raises Broken for a file that does not fit."""
    password_hash = hash_password(PASSWORD)
    with database.writing() as session:
        with outbox.muted():
            people = found(session, FIRST, told)
            Year(session, people, FIRST).tell(told(YEAR), OnPaper(session, people).in_the_year())
            found(session, SECOND, told)
            _open_doors(session, people, password_hash)
            Meeting(session, people).play()
            WorkingTogether(session, people).play()
            Buying(session, people).play()
        kinds = (
            Scenes,
            Together,
            OnPaper,
            LendingAHand,
            ComingAlong,
            TakingTurns,
            Ordering,
            SettlingUp,
            AtHome,
            Giving,
        )
        play_in_order(step for scenes in kinds for step in scenes(session, people).steps())
        told(SCENES)(1, 1)


def sign_ins(session: Session) -> list[SignIn]:
    """The people of the demo who can sign in, as long as they are there."""
    slug = described(FIRST)["slug"]
    found_people = []
    for entry in described(FIRST)["sign_in"]:
        key = f"{slug}:{entry['person']}"
        person = session.exec(select(Person).where(col(Person.import_key) == key)).first()
        if person is not None and person.email is not None:
            found_people.append(SignIn(person.name, person.email, entry["words"]))
    return found_people


def _open_doors(session: Session, people: People, password_hash: str) -> None:
    """Those who may sign in get the demo's password; everybody with an address has used it before."""
    now = clock.now()
    for person in session.exec(select(Person).where(col(Person.email).is_not(None))):
        person.email_confirmed_at = now
    for entry in described(FIRST)["sign_in"]:
        change_password(session, people.person(entry["person"]), password_hash)
        if "acts_for" in entry:
            act_for(session, people.actor(entry["person"]), people.actor(entry["acts_for"]).must_be_party())
