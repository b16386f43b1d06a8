"""Who gives to whom, so that nobody is beyond floor or ceiling at any moment: minutes, without a database.

Time goes in rounds. In one round an account has at most one entry and opens at most one reservation, since a
statement that writes a whole round sees each account once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from demo.growing.board import Answered, Board
from demo.growing.homes import Homes
from demo.growing.setting import Setting, Topic

MINUTES = (15, 20, 30, 30, 30, 45, 60, 60, 60, 60, 60, 60, 90, 90, 90, 120, 120, 180)
GIFTS = 0.05
FROM_POST, ASKED, BY_RECEIVER, BY_GIVER = 0.20, 0.26, 0.42, 0.64
"""Up to which part of the exchanges each way goes; the others are paper cheques."""
LONGEST_PROMISE = 10
"""Rounds from the yes to the exchange."""
_TRIES = 40
_NEARBY = 0.75


@dataclass(slots=True)
class Deal:
    """One exchange: between two households (by number), what it was, and in which rounds it was agreed and settled."""

    giver: int
    receiver: int
    minutes: int
    """0 for a gift."""
    way: str
    by_giver: bool
    """Whether who gives began it: answered the need, or wrote it down."""
    topic: Topic
    title: str
    post_id: int | None
    agreed: int
    settled: int
    agreement_id: int = 0
    reservation_id: int = 0

    @property
    def reserves(self) -> bool:
        """What the giver wrote down and what came on paper reserves nothing; nor does a gift."""
        if self.minutes == 0 or self.way == "assegno":
            return False
        return self.way != "recorded" or not self.by_giver


@dataclass
class Round:
    """What happens to the ledger in one round."""

    reserved: list[tuple[Deal, int, int]] = field(default_factory=list)
    """With the minutes left available, and the sequence of the account."""
    closed: list[tuple[Deal, int]] = field(default_factory=list)
    """With the sequence of the account."""
    posted: list[tuple[Deal, tuple[int, int, int], tuple[int, int, int]]] = field(default_factory=list)
    """With balance, reserved minutes and sequence after it: of who received, and of who gave."""
    gifts: list[Deal] = field(default_factory=list)


class Economy:
    """The balances of all households while they help each other."""

    def __init__(self, setting: Setting, homes: Homes, board: Board) -> None:
        if len(homes) < 2:
            raise ValueError("an exchange takes two households")
        self._setting = setting
        self._homes = homes
        self._board = board
        self._chance = Random(f"{setting.seed}:{setting.run}:exchanges")  # noqa: S311 - realism, not secrecy
        count = len(homes)
        self.balance = [0] * count
        self.held = [0] * count
        self.sequence = [0] * count
        self._promised = [0] * count
        self._coming = [0] * count
        self._titles = _titles(setting)
        self._lively = _lively(homes, len(setting.zones), self._chance)

    def chunk(self, rounds: int, size: int, since: float, until: float) -> tuple[list[Round], list[Deal]]:
        """Up to `size` exchanges in so many rounds, between two parts of the time; nothing stays open at the end.

        Gives what each round does to the ledger, and the exchanges in the order in which they were settled.
        """
        due: list[list[Deal]] = [[] for _ in range(rounds)]
        busy: list[set[int]] = [set() for _ in range(rounds)]
        done, found = [], []
        for number in range(rounds):
            wanted = size * (number + 1) // rounds - size * number // rounds
            part = since + (until - since) * number / rounds
            opening: set[int] = set()
            now = Round()
            for _ in range(wanted):
                deal = self._deal(number, busy, opening, part)
                if deal is None:
                    continue
                due[deal.settled].append(deal)
                if deal.reserves:
                    now.reserved.append((deal, *self._reserve(deal)))
            self._settle(now, due[number])
            found += due[number]
            done.append(now)
        return done, found

    # ------------------------------------------------------------ agreeing

    def _deal(self, number: int, busy: list[set[int]], opening: set[int], part: float) -> Deal | None:
        chance = self._chance.random
        # A paper cheque is copied by a third.
        kind = chance() if len(self.balance) > 2 else chance() * BY_GIVER
        gift = kind < BY_GIVER and chance() < GIFTS
        minutes = 0 if gift else MINUTES[int(chance() * len(MINUTES))]
        post = self._board.some(part, chance()) if kind < FROM_POST else None
        way = "post" if post else "asked" if kind < ASKED else "recorded" if kind < BY_GIVER else "assegno"
        by_giver = way == "assegno" or (way == "recorded" and kind >= BY_RECEIVER)
        topic = post.topic if post else self._setting.topics[int(chance() * len(self._setting.topics))]
        reserves = bool(minutes) and way != "assegno" and not (way == "recorded" and by_giver)
        last = len(busy) - 1
        settled = min(number + int(chance() * (LONGEST_PROMISE + 1)), last) if reserves else number
        pair = self._pair(minutes, topic, post, busy[settled], opening if reserves else frozenset())
        if pair is None:
            return None
        giver, receiver = pair
        if minutes:
            busy[settled].update(pair)
            self._promised[receiver] += minutes
            self._coming[giver] += minutes
        if reserves:
            opening.add(receiver)
        if post is not None:
            by_giver = post.kind == "need"
        titles = self._titles[topic.id]
        title = post.title if post else titles[int(chance() * len(titles))]
        return Deal(giver, receiver, minutes, way, by_giver, topic, title, post.id if post else None, number, settled)

    def _pair(
        self, minutes: int, topic: Topic, post: Answered | None, busy: set[int], opening: "set[int] | frozenset[int]"
    ) -> tuple[int, int] | None:
        """Who gives and who receives: neighbours mostly, and rather those who have received give."""
        for _ in range(_TRIES):
            one = post.home if post else self._somebody()
            other = self._neighbour(self._homes.zones[one])
            if one == other:
                continue
            if post is not None:
                giver, receiver = (one, other) if post.kind == "offer" else (other, one)
            elif (self.balance[one] <= self.balance[other]) == (self._chance.random() < 0.8):
                giver, receiver = one, other
            else:
                giver, receiver = other, one
            if topic.cares and not self._homes.verified[giver]:
                continue
            if receiver in opening or not minutes or self._fits(giver, receiver, minutes, busy):
                if receiver in opening:
                    continue
                return giver, receiver
        return None

    def _fits(self, giver: int, receiver: int, minutes: int, busy: set[int]) -> bool:
        if giver in busy or receiver in busy:
            return False
        if self.balance[receiver] - self._promised[receiver] - minutes < self._setting.floor:
            return False
        return self.balance[giver] + self._coming[giver] + minutes <= self._setting.ceiling

    def _somebody(self) -> int:
        zone = self._lively[-1]
        return zone[int(self._chance.random() * len(zone))]

    def _neighbour(self, zone: int) -> int:
        near = self._chance.random() < _NEARBY and len(self._lively[zone]) > 1
        pool = self._lively[zone if near else -1]
        return pool[int(self._chance.random() * len(pool))]

    # ------------------------------------------------------------ moving minutes

    def _reserve(self, deal: Deal) -> tuple[int, int]:
        receiver = deal.receiver
        self.held[receiver] += deal.minutes
        return self.balance[receiver] - self.held[receiver], self.sequence[receiver]

    def _settle(self, now: Round, deals: Sequence[Deal]) -> None:
        for deal in deals:
            if deal.minutes == 0:
                now.gifts.append(deal)
                continue
            giver, receiver, minutes = deal.giver, deal.receiver, deal.minutes
            if deal.reserves:
                now.closed.append((deal, self.sequence[receiver]))
                self.held[receiver] -= minutes
            self._promised[receiver] -= minutes
            self._coming[giver] -= minutes
            self.balance[receiver] -= minutes
            self.balance[giver] += minutes
            self.sequence[receiver] += 1
            self.sequence[giver] += 1
            now.posted.append((deal, self._figures(receiver), self._figures(giver)))

    def _figures(self, home: int) -> tuple[int, int, int]:
        return self.balance[home], self.held[home], self.sequence[home]


def _titles(setting: Setting) -> dict[int, Sequence[str]]:
    """What exchanges without a post are called, by category."""
    words = setting.words
    return {topic.id: words.demo_exchanges.get(topic.slug) or [topic.name] for topic in setting.topics}


def _lively(homes: Homes, zones: int, chance: Random) -> list[list[int]]:
    """The households of each zone, the livelier the more often, and all of them last."""
    found: list[list[int]] = [[] for _ in range(zones + 1)]
    for home, zone in enumerate(homes.zones):
        times = 1 + int(chance.random() ** 3 * 8)
        found[zone] += [home] * times
        found[-1] += [home] * times
    return found
