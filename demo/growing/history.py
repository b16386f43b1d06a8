"""Writing grown exchanges: the ledger round by round, then agreements, their steps and their threads."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from community.threads.tables import Message, Thread
from demo.growing.board import Board
from demo.growing.bulk import Bulk, keep_house
from demo.growing.economy import Deal, Economy, Round
from demo.growing.homes import Homes
from demo.growing.setting import Setting
from exchanges.agreements.rules import events
from exchanges.agreements.tables import Agreement, AgreementEvent, Appreciation
from exchanges.ledger.tables import Account, Entry, Reservation, Transfer
from foundation.database import Database
from foundation.importing import Progress

CHUNK = 5_000
FIRST_CHUNK = 1_000
ROUND = 500
GROWING_FAST = 30_000
THANKED = 0.12

_BUSY = (Account, Reservation)
_ALL = (*_BUSY, Transfer, Entry, Agreement, Thread, Message, AgreementEvent)

_RESERVED = "id account_id source_kind source_id minutes available_after opened_sequence reserved_at"
_TRANSFERS = "id community_id request_key kind memo at recorded_by_id for_party_id source_kind source_id entry_count"
_ENTRIES = "transfer_id position account_id minutes balance_after reserved_after sequence"
_AGREEMENTS = (
    "id community_id post_id way state turn_id giver_id receiver_id proposer_id adult_id category_id title starts_at "
    "place minutes gift delivered_minutes delivered_by_id delivered_at happened_at thread_id accepted_at ended_at "
    "created_at version"
)
_EVENTS = "agreement_id verb state at person_id party_id details"
_MESSAGES = "thread_id author_id party_id event params sent_at"


def write_history(
    database: Database, setting: Setting, homes: Homes, board: Board, count: int, progress: Progress
) -> None:
    """Write `count` exchanges, oldest first; each piece leaves a ledger that verifies.

    Raises ValueError when the households are too few for so much.
    """
    economy = Economy(setting, homes, board)
    chance = Random(f"{setting.seed}:{setting.run}:history")  # noqa: S311 - realism, not secrecy
    done, vain = 0, 0
    while done < count:
        size = min(CHUNK if done else FIRST_CHUNK, count - done)
        rounds = max(math.ceil(size / min(ROUND, max(len(homes) // 8, 1))), 2)
        since, until = done / count, (done + size) / count
        acts, deals = economy.chunk(rounds, size, since, until)
        with database.writing() as session:
            _Piece(Bulk(session), setting, homes, chance, since, until).write(acts, deals)
        keep_house(database, *(_ALL if done < GROWING_FAST else _BUSY))
        done += len(deals)
        vain = 0 if deals else vain + 1
        if vain > 3:
            raise ValueError("so few households cannot exchange so much: let there be more of them")
        progress(done, count)


@dataclass(frozen=True, slots=True)
class _Told:
    """When an exchange was begun, agreed, delivered and settled; and who copied it, for a paper cheque."""

    begun: datetime
    agreed: datetime
    delivered: datetime
    settled: datetime
    maker: int | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of an agreement: its event, and the line in the thread."""

    verb: str
    state: str
    at: datetime
    person: int
    party: int | None
    event: str
    details: str
    params: str = "{}"


class _Piece:
    """Some exchanges, written in one transaction."""

    def __init__(self, bulk: Bulk, setting: Setting, homes: Homes, chance: Random, since: float, until: float) -> None:
        self._bulk = bulk
        self._setting = setting
        self._homes = homes
        self._chance = chance
        self._since = since
        self._until = until
        self._told: list[tuple[Deal, _Told]] = []

    def write(self, acts: list[Round], deals: list[Deal]) -> None:
        for deal, agreement_id in zip(deals, self._bulk.ids(Agreement, len(deals)), strict=True):
            deal.agreement_id = agreement_id
        for number, act in enumerate(acts):
            self._ledger(number, len(acts), act)
            if number == len(acts) // 3:
                self._bulk.count(Reservation)  # now, while some are open: the triggers ask for those
        threads = list(self._bulk.ids(Thread, len(deals)))
        community = self._setting.community_id
        told = self._told
        self._bulk.write(
            Thread,
            "id community_id opened_at",
            ((thread, community, times.begun) for thread, (_, times) in zip(threads, told, strict=True)),
        )
        self._bulk.write(Agreement, _AGREEMENTS, self._agreements(threads))
        steps = [self._steps(deal, times) for deal, times in told]
        self._bulk.write(
            AgreementEvent,
            _EVENTS,
            (
                (deal.agreement_id, step.verb, step.state, step.at, step.person, step.party, step.details)
                for (deal, _), taken in zip(told, steps, strict=True)
                for step in taken
            ),
        )
        self._bulk.write(
            Message,
            _MESSAGES,
            (
                (thread, step.person, step.party, step.event, step.params, step.at)
                for thread, taken in zip(threads, steps, strict=True)
                for step in taken
            ),
        )
        self._bulk.write(
            Appreciation,
            "agreement_id from_party_id to_party_id author_id words offered shown written_at",
            self._thanks(),
        )

    # ------------------------------------------------------------ the ledger

    def _ledger(self, number: int, rounds: int, act: Round) -> None:
        """One round: reservations made, reservations closed, accounts moved, and the transfers that moved them."""
        homes, setting = self._homes, self._setting
        begins, ends = self._part(number, rounds), self._part(number + 1, rounds)
        for (deal, _, _), reservation in zip(act.reserved, self._bulk.ids(Reservation, len(act.reserved)), strict=True):
            deal.reservation_id = reservation
        reserved_at = setting.at(begins)
        self._bulk.write(
            Reservation,
            _RESERVED,
            (
                (
                    deal.reservation_id, homes.accounts[deal.receiver], "agreement", deal.agreement_id, deal.minutes,
                    available, sequence, reserved_at,
                )
                for deal, available, sequence in act.reserved
            ),
        )  # fmt: skip
        told = self._tell(act, begins, ends, rounds)
        self._bulk.change(
            Reservation,
            "closed_at closed_sequence outcome settled_sequence",
            [
                (told[deal.agreement_id].settled, sequence, "settled", sequence + 1, deal.reservation_id)
                for deal, sequence in act.closed
            ],
        )
        self._bulk.change(
            Account,
            "balance sequence",
            [
                (balance, sequence, homes.accounts[home])
                for deal, *both in act.posted
                for home, (balance, _, sequence) in zip((deal.receiver, deal.giver), both, strict=True)
            ],
        )
        transfers = list(self._bulk.ids(Transfer, len(act.posted)))
        self._bulk.write(Transfer, _TRANSFERS, self._transfers(act, transfers, told))
        self._bulk.write(Entry, _ENTRIES, self._entries(act, transfers))

    def _tell(self, act: Round, begins: float, ends: float, rounds: int) -> dict[int, _Told]:
        """When everything happened. What is settled in this round was agreed in one before, or just now."""
        settling = [deal for deal, _, _ in act.posted] + act.gifts
        told = {}
        for place, deal in enumerate(settling):
            settled = self._setting.at(begins + (ends - begins) * place / len(settling))
            agreed = min(self._setting.at(self._part(deal.agreed, rounds)), settled - timedelta(hours=3))
            delivered = max(
                settled - timedelta(minutes=20 + 7 * (deal.agreement_id % 17)), agreed + timedelta(minutes=5)
            )
            begun = agreed - timedelta(hours=2 + deal.agreement_id % 40)
            maker = None
            if deal.way == "assegno":
                maker = self._homes.maker_for(self._homes.zones[deal.receiver], deal.giver, deal.receiver)
                begun = delivered = agreed = settled
            elif deal.way == "recorded":
                begun = delivered
            told[deal.agreement_id] = _Told(begun, agreed, delivered, settled, maker)
            self._told.append((deal, told[deal.agreement_id]))
        return told

    def _transfers(self, act: Round, transfers: Iterable[int], told: dict[int, _Told]) -> Iterator[tuple[object, ...]]:
        homes, community = self._homes, self._setting.community_id
        for transfer, (deal, _, _) in zip(transfers, act.posted, strict=True):
            times = told[deal.agreement_id]
            confirms = deal.receiver if deal.way != "recorded" or deal.by_giver else deal.giver
            yield (
                transfer, community, f"agreement:{deal.agreement_id}", "exchange", deal.title, times.settled,
                times.maker or homes.people[confirms], homes.parties[deal.giver], "agreement", deal.agreement_id, 2,
            )  # fmt: skip

    def _entries(self, act: Round, transfers: Iterable[int]) -> Iterator[tuple[object, ...]]:
        accounts = self._homes.accounts
        for transfer, (deal, (balance, held, sequence), gave) in zip(transfers, act.posted, strict=True):
            yield transfer, 1, accounts[deal.receiver], -deal.minutes, balance, held, sequence
            yield transfer, 2, accounts[deal.giver], deal.minutes, *gave

    # ------------------------------------------------------------ agreements

    def _agreements(self, threads: Iterable[int]) -> Iterator[tuple[object, ...]]:
        homes, community = self._homes, self._setting.community_id
        for thread, (deal, times) in zip(threads, self._told, strict=True):
            giver, receiver = homes.parties[deal.giver], homes.parties[deal.receiver]
            recorded = deal.way == "recorded"
            proposer = giver if deal.by_giver else receiver
            said_by = proposer if recorded else giver
            met = deal.way in ("post", "asked")
            starts = times.delivered - timedelta(minutes=deal.minutes + 10) if met else None
            happened = starts or times.delivered - timedelta(hours=5)
            yield (
                deal.agreement_id, community, deal.post_id, deal.way, "settled",
                receiver if said_by == giver else giver, giver, receiver, proposer, homes.people[deal.giver],
                deal.topic.id, deal.title, starts, "receiver" if met else "", deal.minutes, deal.minutes == 0,
                deal.minutes, said_by, times.delivered, happened, thread, times.agreed if met else None, times.settled,
                times.begun, 4 if met else 2 if recorded else 1,
            )  # fmt: skip

    def _steps(self, deal: Deal, times: _Told) -> tuple[_Step, ...]:
        homes, minutes = self._homes, deal.minutes
        gift = "false" if minutes else "true"
        gives = (homes.people[deal.giver], homes.parties[deal.giver])
        takes = (homes.people[deal.receiver], homes.parties[deal.receiver])
        said = f'{{"minutes":{minutes},"gift":{gift}}}'
        params = f'{{"said_minutes":{minutes}}}' if minutes else "{}"
        if deal.way == "assegno":
            copied = f'{{"minutes":{minutes}}}'
            return (_Step("cheque", "settled", times.settled, times.maker or 0, None, events.CHEQUE, copied, params),)
        first, second = (gives, takes) if deal.by_giver else (takes, gives)
        end = f'{{"minutes":{minutes}}}'
        if deal.way == "recorded":
            event = events.RECORDED if minutes else events.RECORDED_GIFT
            return (
                _Step("record", "delivered", times.delivered, *first, event, said, params),
                _Step("confirm", "settled", times.settled, *second, events.CONFIRMED, end),
            )
        begun = events.OFFERED if deal.by_giver else events.ASKED
        done = events.DELIVERED if minutes else events.DELIVERED_GIFT
        agreed = f'{{"minutes":{minutes},"gift":{gift},"adult_id":{gives[0]}}}'
        return (
            _Step("propose", "proposed", times.begun, *first, begun, said),
            _Step("accept", "accepted", times.agreed, *second, events.ACCEPTED, agreed),
            _Step(
                "deliver", "delivered", times.delivered, *gives, done,
                f'{{"minutes":{minutes},"agreed_cents":0}}', params,
            ),
            _Step("confirm", "settled", times.settled, *takes, events.CONFIRMED, end),
        )  # fmt: skip

    def _thanks(self) -> Iterator[tuple[object, ...]]:
        homes, words = self._homes, self._setting.words.thanks
        for deal, times in self._told:
            chance = self._chance.random()
            if chance < THANKED:
                yield (
                    deal.agreement_id, homes.parties[deal.receiver], homes.parties[deal.giver],
                    homes.people[deal.receiver], words[int(chance / THANKED * len(words))],
                    chance < THANKED / 2, chance < THANKED / 3, times.settled + timedelta(minutes=5),
                )  # fmt: skip

    def _part(self, number: int, rounds: int) -> float:
        """The part of the time at which a round begins."""
        return self._since + (self._until - self._since) * number / rounds
