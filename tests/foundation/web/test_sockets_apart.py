"""Several processes and a real Valkey: what one does is heard and taken away in the others; Valkey may go."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from community.leaving.actions import leave
from community.members.actions import end_role
from community.members.tables import RoleGrant
from community.moderation.actions import block, decide, report
from community.moderation.rules import Ruling
from community.signing_in.actions import end_other_sessions, sign_out_everywhere
from foundation.database import Session
from foundation.signals import carry, signal
from foundation.signals.emitting import Emitter, NotTold
from foundation.web.sockets import redis_manager
from tests.cast import Cast
from tests.foundation.web.acting import Acting
from tests.foundation.web.served import Listening, Place, mute, own_valkey, place

A_MOMENT = 0.6


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory, valkey_url: str) -> Iterator[tuple[Place, list[str]]]:
    """A process for pages and two for sockets; what the test itself does is carried as a process for jobs would."""
    with place(tmp_path_factory.mktemp("apart"), valkey_url) as here:
        addresses = [here.start("pages"), here.start("sockets"), here.start("sockets")]
        manager = redis_manager()(valkey_url, write_only=True)
        stop = carry(lambda name: manager.tell("changed", name, name))
        try:
            yield here, addresses
        finally:
            stop()


def test_what_a_page_does_is_heard_in_both(apart: tuple[Place, list[str]]) -> None:
    here, (pages, *sockets) = apart
    cast = here.cast
    listening = [here.listen(address, cast.maker.id) for address in sockets]
    assert [one.heard("desk:1") for one in listening] == [["desk:1"], ["desk:1"]]
    path = f"/c/cremona/report/party/{cast.anna.party.id}"
    assert Acting(pages, here.cookie(cast.bashir.id)).post(path, form_at=path, reason="insult", words="Ecco") == 303
    assert [one.told() for one in listening] == [["changed", "desk:1"], ["changed", "desk:1"]]
    close(listening)


def exclude(session: Session, cast: Cast) -> None:
    case = report(session, cast.anna.actor, "person", cast.bashir.id, reason="insult", words="").case_id
    decide(session, cast.maker.actor, case, Ruling("exclude", "Non va.", cast.bashir.id))


def end_makers_role(session: Session, cast: Cast) -> None:
    grant = session.exec(select(RoleGrant).where(col(RoleGrant.person_id) == cast.other_maker.id)).one()
    end_role(session, cast.administrator.actor, grant.id or 0, reason="Basta")


LOST: dict[str, tuple[str, str, Callable[[Session, Cast], object]]] = {
    "a role ends": ("other_maker", "desk:1", end_makers_role),
    "the makers exclude": ("bashir", "board:1", exclude),
    "they leave": ("chiara", "board:1", lambda session, cast: leave(session, cast.chiara.actor)),
}


@pytest.mark.parametrize("why", LOST)
def test_what_is_lost_is_lost_at_once(apart: tuple[Place, list[str]], why: str) -> None:
    here, (_pages, *sockets) = apart
    who, name, deed = LOST[why]
    listening = [here.listen(address, here.cast.members[who].id) for address in sockets]
    kept = f"person:{here.cast.members[who].id}"
    assert [sorted(one.heard(name, kept)) for one in listening] == [sorted([name, kept])] * 2
    with here.database.writing() as session:
        deed(session, here.cast)
    time.sleep(A_MOMENT)
    with here.database.writing() as session:
        signal(session, name)
        signal(session, kept)
    assert [told_all(one) for one in listening] == [{kept}, {kept}]
    close(listening)


@pytest.mark.parametrize("why", ["everywhere", "the others", "this one, on a page"])
def test_sessions_that_end_take_their_pages_along(apart: tuple[Place, list[str]], why: str) -> None:
    here, (pages, *sockets) = apart
    anna, cookie = here.cast.anna.id, here.cookie(here.cast.anna.id)
    listening = [here.listen(address, anna, cookie=cookie) for address in sockets]
    assert [one.heard("board:1") for one in listening] == [["board:1"], ["board:1"]]
    with here.database.writing() as session:
        if why == "everywhere":
            sign_out_everywhere(session, anna)
        elif why == "the others":
            end_other_sessions(session, anna, 0)
    if why.startswith("this one"):
        assert Acting(pages, cookie).post("/sign-out", form_at="/c/cremona/") == 303
    assert all(one.next("41") is not None and one.is_cut() for one in listening)


def test_a_block_lets_both_be_looked_at(apart: tuple[Place, list[str]]) -> None:
    here, _addresses = apart
    told: list[str] = []
    stop = carry(told.append)
    with here.database.writing() as session:
        block(session, here.cast.anna.actor, here.cast.bashir.party.id)
    stop()
    assert {f"person:{here.cast.anna.id}:gone", f"person:{here.cast.bashir.id}:gone"} <= set(told)


def test_who_never_reads_keeps_nobody_waiting(apart: tuple[Place, list[str]], valkey_url: str) -> None:
    here, (_pages, address, _other) = apart
    mine, cookie = f"person:{here.cast.anna.id}", here.cookie(here.cast.anna.id)
    slow, other = mute(address, cookie, here.base_url, mine), here.listen(address, here.cast.anna.id)
    assert other.heard("board:1") == ["board:1"]
    manager = redis_manager()(valkey_url, write_only=True)
    for _number in range(50):
        manager.tell("changed", "x" * 100_000, mine)
    manager.tell("changed", "board:1", "board:1")
    assert other.told() == ["changed", "board:1"]
    other.close()
    slow.close()


def test_nobody_is_hurt_by_a_redis_that_is_away() -> None:
    manager = redis_manager()("redis://127.0.0.1:1/0", write_only=True)
    with pytest.raises(NotTold):
        manager.tell("changed", "board:1", "board:1")
    emitter = Emitter(manager.tell, gap=0)
    began = time.monotonic()
    for _number in range(1000):
        emitter.take("changed", "board:1", "board:1", None)
    assert time.monotonic() - began < 1


def test_a_redis_that_comes_back_is_found_again(tmp_path: Path) -> None:
    with own_valkey() as valkey, place(tmp_path, valkey.url) as here:
        address = here.start("all")
        page = here.listen(address, here.cast.maker.id)
        assert page.heard("desk:1") == ["desk:1"]
        valkey.stop()
        path = f"/c/cremona/report/party/{here.cast.anna.party.id}"
        bashir = Acting(address, here.cookie(here.cast.bashir.id))
        began = time.monotonic()
        assert bashir.post(path, form_at=path, reason="insult", words="Ecco") == 303
        assert time.monotonic() - began < 5
        valkey.start()
        told = [page.told(within=30), page.told(within=30)]
        assert ["again"] in told
        assert ["changed", "desk:1"] in told


def told_all(one: Listening) -> set[str]:
    """All that somebody is told until nothing more comes."""
    found: set[str] = set()
    while (said := one.told(within=A_MOMENT)) is not None:
        found.add(said[1])
    return found


def close(listening: list[Listening]) -> None:
    for one in listening:
        one.close()
