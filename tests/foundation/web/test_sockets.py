"""Who may open a socket and hear what, in one real process with real sockets; and who is refused or cut off."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import simple_websocket
from sqlmodel import col, update

from app import create_app
from community.members.tables import RoleGrant
from foundation import clock
from foundation.settings import Settings
from foundation.web.listeners import MOST_NAMES, MOST_OF_PERSON
from tests.foundation.web.acting import Acting
from tests.foundation.web.served import SOON, Listening, Place, place

A_MOMENT = 0.6
"""Seconds after which what has not been told will not be."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place(tmp_path_factory.mktemp("sockets")) as found:
        yield found


@pytest.fixture(scope="module")
def address(here: Place) -> str:
    return here.start()


@pytest.fixture
def listen(here: Place, address: str) -> Iterator[Callable[..., Listening]]:
    """Open a page as somebody; all are closed at the end."""
    opened: list[Listening] = []

    def open_one(who: str, **options: object) -> Listening:
        opened.append(here.listen(address, here.cast.members[who].id, **options))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def report(here: Place, address: str, who: str = "bashir") -> None:
    """Somebody reports Anna's household: the makers' queue changes."""
    path = f"/c/cremona/report/party/{here.cast.anna.party.id}"
    somebody = Acting(address, here.cookie(here.cast.members[who].id))
    assert somebody.post(path, form_at=path, reason="insult", words=f"Guardate {time.time()}") == 303


def test_a_member_hears_what_is_for_them(here: Place, listen: Callable[..., Listening]) -> None:
    anna, bashir, board = here.cast.anna.id, here.cast.bashir.id, here.cast.community.id
    heard = listen("anna").heard(f"person:{anna}", f"person:{bashir}", f"board:{board}", f"desk:{board}", "board:99")
    assert heard == [f"board:{board}", f"person:{anna}"]


def test_what_is_missing_and_what_is_forbidden_look_the_same(listen: Callable[..., Listening]) -> None:
    page = listen("anna")
    for name in ("desk:1", "desk:999", "nothing:1", "board:0", "board:99999999999", "../etc", "person:1:gone"):
        answer = page.hear(name)
        assert answer is not None
        assert answer["heard"] == answer["changed"] == []


def test_outside_a_community_one_hears_of_oneself(here: Place, listen: Callable[..., Listening]) -> None:
    mine = f"person:{here.cast.anna.id}"
    assert listen("anna").heard(mine, "board:1", at="/communities") == [mine]
    assert listen("zoe").heard("board:1", at="/c/cremona/") == []


def test_who_looks_is_told_the_name_and_nothing_else(
    here: Place, address: str, listen: Callable[..., Listening]
) -> None:
    maker, anna = listen("maker"), listen("anna")
    assert maker.heard("desk:1") == ["desk:1"]
    assert anna.heard("desk:1", "board:1") == ["board:1"]
    report(here, address)
    assert maker.told() == ["changed", "desk:1"]
    assert anna.told(within=A_MOMENT) is None


def test_what_changed_before_the_page_could_listen_is_told_too(
    here: Place, address: str, listen: Callable[..., Listening]
) -> None:
    made = time.time()
    first = listen("maker")
    first.hear("desk:1")
    report(here, address, "chiara")
    assert first.told() is not None
    answer = listen("maker").hear("desk:1", "board:1", since=made)
    assert answer is not None
    assert answer["changed"] == ["desk:1"]
    assert listen("maker").hear("desk:1", since=time.time() + 1)["changed"] == []  # type: ignore[index]  # it answers
    long_ago = listen("maker").hear("desk:1", "board:1", since=0)
    assert long_ago is not None
    assert long_ago["changed"] == ["board:1", "desk:1"]


def test_a_page_that_shows_something_else_hears_that_only(
    here: Place, address: str, listen: Callable[..., Listening]
) -> None:
    maker = listen("maker")
    maker.hear("desk:1")
    maker.hear("board:1")
    report(here, address)
    assert maker.told(within=A_MOMENT) is None


def test_signing_out_ends_it_at_once(here: Place, address: str, listen: Callable[..., Listening]) -> None:
    cookie = here.cookie(here.cast.anna.id)
    page, elsewhere = listen("anna", cookie=cookie), listen("anna")
    assert page.heard("board:1") == elsewhere.heard("board:1") == ["board:1"]
    assert Acting(address, cookie).post("/sign-out", form_at="/c/cremona/") == 303
    assert page.next("41", within=2) is not None
    assert page.is_cut()
    assert elsewhere.heard("board:1") == ["board:1"]
    assert here.refused(address, cookie, here.base_url) == 403


def test_a_role_that_ended_is_noticed_at_the_next_wish(here: Place, listen: Callable[..., Listening]) -> None:
    """By another process, here; what this one does, or tells through Redis, is noticed at once."""
    page, whose = listen("administrator"), col(RoleGrant.person_id) == here.cast.administrator.id
    assert page.heard("desk:1") == ["desk:1"]
    with here.database.writing() as session:
        session.exec(update(RoleGrant).where(whose).values(ends_at=clock.now()))
    try:
        assert page.heard("desk:1") == []
    finally:
        with here.database.writing() as session:
            session.exec(update(RoleGrant).where(whose).values(ends_at=None))


# ---------------------------------------------------------------- who is kept out


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_page_of_another_site_stays_outside(here: Place, address: str, origin: str) -> None:
    assert here.refused(address, here.cookie(here.cast.anna.id), origin) == 403


@pytest.mark.parametrize("cookie", ["", "session=made-up"])
def test_a_visitor_stays_outside(here: Place, address: str, cookie: str) -> None:
    assert here.refused(address, cookie, here.base_url) == 403


def test_nothing_but_websockets_is_offered(here: Place, address: str) -> None:
    cookie = here.cookie(here.cast.anna.id)
    assert Acting(address, cookie).get("/socket.io/?EIO=4&transport=polling")[0] == 400


def test_one_person_opens_so_many_and_no_more(here: Place, address: str, listen: Callable[..., Listening]) -> None:
    cookie = here.cookie(here.cast.chiara.id)
    pages = [listen("chiara", cookie=cookie) for _number in range(MOST_OF_PERSON)]
    assert here.refused(address, cookie, here.base_url) == 429
    pages[0].close()
    assert until(lambda: here.refused(address, cookie, here.base_url) == 101)


@pytest.mark.parametrize("role", ["pages", "jobs"])
def test_a_process_of_another_role_carries_none(role: str, tmp_path: Path) -> None:
    other = create_app(Settings(env="test", role=role, data=str(tmp_path)))
    response = other.test_client().get("/socket.io/?EIO=4&transport=polling")
    assert response.status_code == 404


# ---------------------------------------------------------------- slow and hostile


def test_thousands_of_rooms_are_not_to_be_had(listen: Callable[..., Listening]) -> None:
    page = listen("anna")
    many = [f"board:{number}" for number in range(2, 2 + MOST_NAMES)]
    assert page.heard(*many, "board:1") == []  # what is beyond the first so many is not looked at
    assert page.heard("board:1", *many) == ["board:1"]


@pytest.mark.parametrize(
    "garbage",
    ["", "9", "42", "42[", "42{}", '42["hear"]', '42["hear",7]', '42["hear",{"names":7,"at":[],"since":"x"}]',
     '42["hear",{"names":[[],{},null,"board:1\\u0000"]}]', '42["typing",{}]', '42["nothing",1,2,3]', '42["connect"]',
     "40", "40/else,", "41/else,", "451-[]", "4" + "[" * 3000, "\u0000\u0001", '42["hear",{},{},{}]'],
)  # fmt: skip
def test_garbage_harms_nobody(here: Place, listen: Callable[..., Listening], garbage: str) -> None:
    hostile, other = listen("bashir"), listen("anna")
    hostile.ws.send(garbage)
    assert other.heard("board:1") == ["board:1"]


def test_bytes_are_garbage_too(listen: Callable[..., Listening]) -> None:
    hostile, other = listen("bashir"), listen("anna")
    hostile.ws.send(bytes(range(256)) * 4)
    assert other.heard("board:1") == ["board:1"]


def test_who_sends_too_much_is_cut(here: Place, address: str, listen: Callable[..., Listening]) -> None:
    hostile, other = listen("bashir"), listen("maker")
    other.hear("desk:1")
    began = time.monotonic()
    with pytest.raises((OSError, simple_websocket.ConnectionClosed)):
        for _number in range(20_000):
            hostile.ws.send('42["nothing","' + "x" * 500 + '"]')
    report(here, address, "chiara")
    assert other.told() == ["changed", "desk:1"]
    assert time.monotonic() - began < 2 * SOON
    assert hostile.is_cut()


def test_a_huge_packet_is_cut(listen: Callable[..., Listening]) -> None:
    hostile, other = listen("bashir"), listen("anna")
    with pytest.raises((OSError, simple_websocket.ConnectionClosed)):
        hostile.ws.send("4" + "x" * 20_000_000)
        hostile.ws.send("4")
        hostile.ws.receive(timeout=SOON)
        hostile.ws.receive(timeout=SOON)
    assert other.heard("board:1") == ["board:1"]


def test_who_asks_too_often_is_not_listened_to_and_then_cut(listen: Callable[..., Listening]) -> None:
    hostile, other = listen("bashir"), listen("anna")
    for number in range(25):
        hostile.ws.send(f"42{number}" + json.dumps(["hear", {"at": "/c/cremona/", "names": ["board:1"]}]))
    answers = [hostile.next("43") or "" for _number in range(25)]
    assert ["heard" in answer for answer in answers] == [True] * 20 + [False] * 5
    with pytest.raises((OSError, simple_websocket.ConnectionClosed)):
        for _number in range(100):
            hostile.say("typing", "thread:1")
            time.sleep(0.005)
    assert other.heard("board:1") == ["board:1"]


def test_one_conversation_a_line(listen: Callable[..., Listening]) -> None:
    page = listen("anna")
    page.ws.send("40")
    assert page.next("44") is not None
    assert page.heard("board:1") == ["board:1"]


def until(holds: Callable[[], bool], within: float = SOON) -> bool:
    """Whether it comes to hold."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
