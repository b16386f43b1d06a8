"""Plenty of everything around Anna and Bashir, lot by lot: for seeing what grows with it."""

from datetime import timedelta
from typing import Any

from civic_centers.wall import actions as wall
from civic_centers.wall.rules import OnSheet
from community.broadcasts.tables import Broadcast, BroadcastLink, BroadcastTelling, BroadcastZone
from community.communities.tables import CommunityRules, Question
from community.conversations.actions import begin, write_directly
from community.households.tables import Dependant
from community.joining.actions import invite
from community.members.tables import Membership, Person, RoleGrant
from community.moderation import actions as moderation
from community.notifications.tables import CallToMake
from community.parties.actions import invite_person
from community.safeguarding.tables import CareCheck
from community.threads.actions import mute
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.asking.actions import ask as ask_about
from exchanges.cheques.actions import print_sheet
from exchanges.cheques.rules import Wanted
from exchanges.groups import actions as groups
from exchanges.groups.rules import Terms as Together
from exchanges.ledger.actions.giving import give_hours
from exchanges.ledger.jobs import seal_new
from exchanges.matching.tables import AskedToAnswer
from exchanges.posts.tables import PostDate
from exchanges.searches.actions import keep_search
from exchanges.series import actions as series
from foundation import clock
from foundation.files import StoredImage
from foundation.importing.kinds import kind_for
from foundation.importing.runs import start_run
from foundation.jobs.tables import QueuedJob
from foundation.outbox import OutboxMessage
from foundation.search.rebuilding import rebuild
from tests.architecture.plenty_centers import NOW
from tests.architecture.plenty_purchasing import OrderLots
from tests.architecture.plenty_reckoning import ReckoningLots
from tests.cast import Member, make_member
from tests.exchanges.groups.stage import LAST_DAY, GroupStage
from tests.exchanges.series.stage import MONDAY, SeriesStage, weekly


def _photo(number: int) -> StoredImage:
    return StoredImage(f"{number:040d}-{number:016d}", "image/webp", 800, 600, 400, 300, 5000)


class Town(SeriesStage, GroupStage, OrderLots, ReckoningLots):
    """The cast, and lots of what they do with each other. `ids` has those of the first lot, by kind and state."""

    def post(self, owner: Member, kind: str = "offer", **more: Any) -> int:
        """An open post, for some weeks."""
        return super().post(owner, kind, **{"expires_on": LAST_DAY, **more})

    def settle_down(self) -> None:
        """What there is once: posts that many answer, a group that many join, a conversation of many words."""
        cast = self.cast
        self.lots, self.ids = 0, {}
        self.ids["busy_offer"] = self.post(cast.anna, "offer", places=90)
        self.ids["busy_need"] = self.post(cast.anna, "need", places=90)
        self.ids["others_offer"] = self.post(cast.chiara, "offer", places=90)
        terms = Together(starts_at=NOW + timedelta(days=3), minutes=10, places=90)
        self.ids["group_planned"] = self.do(groups.open_group, cast.anna, self.ids["busy_offer"], terms)
        self.center = self._center("Centro")
        self.do(wall.copy_sheet, cast.bashir, self.center.id, [OnSheet("Una fontana", 9)])
        self._put_in_charge()
        every_day = {"weekdays": (1, 2, 3, 4, 5, 6, 7), "minutes": 5}
        self.ids["series_daily"] = self.series_open(cast.anna, cast.bashir, **every_day)

    def more(self) -> None:
        """One more of everything."""
        self.lots += 1
        with clock.at(MONDAY):
            newcomer = self._newcomer(f"nuova{self.lots}")
            offline = self.offline(f"lontana{self.lots}")
            self._exchange(newcomer, offline)
            self._meet(newcomer, offline)
            self._write(newcomer)
            self._run(newcomer, offline)
            self._tell(newcomer)
            self._gather(newcomer)
            self._reckon(newcomer)
            self._supply(newcomer)
            self._order_together(newcomer)
        with clock.at(NOW - timedelta(days=1)):
            list(seal_new(self.database))

    def meet(self) -> None:
        """A group with everybody who came with a lot, written down; everything stands in the index."""
        with clock.at(MONDAY):
            coming = [self.cast.members[f"nuova{number}"] for number in range(1, self.lots + 1)]
            self.ids["group_told"] = self.recorded(self.cast.anna, self.cast.bashir, *coming, minutes=5)
        # What was written without actions can be found too.
        list(rebuild(self.database))

    def _newcomer(self, name: str, **more: tuple[str, ...]) -> Member:
        with self.database.writing() as session:
            member = make_member(session, self.cast, name, "centro", **more)
        self.cast.members[name] = member
        return member

    def _exchange(self, newcomer: Member, offline: Member) -> None:
        """Agreements in every state, between Anna and Bashir, and of others with them."""
        anna, bashir = self.cast.anna, self.cast.bashir
        later = {"minutes": 5, "starts_at": NOW + timedelta(days=2)}
        soon = {"minutes": 5, "starts_at": MONDAY + timedelta(days=2)}
        self._first("agreement_proposed", self.proposed(anna, bashir, **later))
        self._first("agreement_accepted", self.accepted(anna, bashir, **later))
        self._first("agreement_begun", self.accepted(anna, bashir, **soon))
        self._first("agreement_delivered", self.delivered(anna, bashir, said=5, minutes=5))
        self._first("agreement_disputed", self.disputed(anna, bashir, said=5, minutes=5))
        settled = self._first("agreement_settled", self.settled(anna, bashir, said=5, minutes=5))
        self.settled(newcomer, anna, said=5, minutes=5)
        last = self.settled(bashir, anna, said=5, gift=True, minutes=None)
        for one in {settled, last}:
            for who in (anna, bashir):
                self.do(agreements.thank, who, one, f"Grazie {self.lots}", offered=True)
                self.do(agreements.write_words, who, one, f"Ciao {self.lots}")
        for who in (anna, bashir):
            self.do(agreements.show_thanks, who, last, shown=True)
        for post in ("busy_offer", "busy_need", "others_offer"):
            self.do(agreements.propose, newcomer, self.ids[post], Terms(**later, adult_id=newcomer.id))
        post_id = self.post(offline, "offer")
        self.do(agreements.propose, anna, post_id, Terms(**later))
        self._first("sheet", self.do(print_sheet, anna, Wanted(2, 5)).sheet.id)
        self.do(give_hours, anna, newcomer.party.id, 1, request_key=f"gift-{self.lots}")

    def _meet(self, newcomer: Member, offline: Member) -> None:
        """Series and groups."""
        anna, bashir, cast = self.cast.anna, self.cast.bashir, self.cast
        self._first("series_proposed", self.series_proposed(anna, bashir, minutes=5))
        thread = self._first(
            "thread_direct", self.do(begin, newcomer, bashir.id, f"Ciao {self.lots}", [_photo(self.lots)])
        )
        asked = self.do(ask_about, newcomer, self.ids["busy_offer"], f"Quando {self.lots}?")
        self._first("thread_about", asked)
        for one in {thread, asked}:
            self.do(mute, bashir, one, muted=True)
        direct = self._first(
            "thread_two", self.do(begin, bashir, anna.id, f"Ciao {self.lots}", [_photo(100 + self.lots)])
        )
        self._first("message_own", self.do(write_directly, anna, direct, f"Orli {self.lots}"))
        opened = self._first("series_open", self.series_open(anna, bashir, minutes=5))
        self.do(series.write_words, bashir, opened, f"Ciao {self.lots}")
        weekly_one = self._newcomer(f"settimanale{self.lots}")
        for post in ("busy_offer", "others_offer"):
            self.do(series.propose, weekly_one, self.ids[post], weekly(minutes=5))
        self.do(series.ask, anna, offline.party.id, "Ogni settimana", cast.categories["repairs"].id, weekly(minutes=5))
        self.do(groups.join, newcomer, self.ids["group_planned"], None)
        planned = self.planned(anna, bashir, starts_at=NOW + timedelta(days=2), minutes=5)
        self._first("group", planned)
        self.do(groups.write_words, bashir, planned, f"Ciao {self.lots}")
        self.planned(bashir, anna, minutes=5)
        disputed = self.held(bashir, anna, newcomer, said=5, minutes=5)
        with self.later():
            self.do(groups.dispute, anna, disputed, None, "Non c'ero")
        self._first("group_disputed", disputed)
        self.held(bashir, anna, offline, said=5, minutes=5)

    def _write(self, newcomer: Member) -> None:
        """Posts of Anna, of Bashir, and of others; searches and invitations to answer."""
        anna, bashir, cast = self.cast.anna, self.cast.bashir, self.cast
        self._first("post", self.post(bashir, "need"))
        reminded = {"expires_on": (NOW + timedelta(days=2)).date(), "reminded_at": MONDAY}
        self._first("own_post", self.post(anna, "offer", **reminded))
        secret = self.post(bashir, "need", visibility="confidential", category="housing")
        self._first("confidential", secret)
        needed = self.post(newcomer, "need")
        with self.database.writing() as session:
            session.add(AskedToAnswer(post_id=needed, party_id=anna.party.id, asked_by_id=newcomer.id))
            session.add(AskedToAnswer(post_id=self.ids["busy_need"], party_id=newcomer.party.id, asked_by_id=anna.id))
            starts_at = NOW + timedelta(days=self.lots, hours=1)
            session.add(PostDate(post_id=self.ids["others_offer"], starts_at=starts_at))
            found = keep_search(session, anna.actor, f"Orli {self.lots}", {"q": "orli"}, alert="none")
            self._first("search", found.id)
            session.add(Dependant(party_id=anna.party.id, nickname=f"Nina {self.lots}", age_band="0-2"))
        self.do(invite_person, anna, anna.party.id)
        self.do(moderation.block, newcomer, cast.dario.party.id)
        self.do(moderation.block, cast.dario, self._newcomer(f"bloccata{self.lots}").party.id)

    def _tell(self, newcomer: Member) -> None:
        """Messages to many in their states, and those who were told."""
        cast, maker, here = self.cast, self.cast.maker, self.cast.community.id
        of_post = {"audience": "post_answers", "object_id": self.ids["busy_offer"]}
        for state, more in (("draft", {}), ("waiting", {}), ("sent", {}), ("about", of_post)):
            with self.database.writing() as session:
                one = Broadcast(
                    community_id=here or 0, author_id=maker.id, audience="zones", subject={"it": f"Festa {self.lots}"},
                    words={"it": "Sabato."}, purpose="needed", state="sent" if state == "about" else state,
                )  # fmt: skip
                for name, value in more.items():
                    setattr(one, name, value)
                if one.state == "sent":
                    one.started_at = one.ended_at = clock.now()
                session.add(one)
                session.flush()
                number = one.id or 0
                for zone in ("centro", "po"):
                    session.add(BroadcastZone(broadcast_id=number, zone_id=cast.zones[zone].id or 0))
                session.add(BroadcastLink(broadcast_id=number, position=1, words="Qui", url="https://a.example"))
                session.add(BroadcastTelling(broadcast_id=number, person_id=newcomer.id))
            first = self._first(f"broadcast_{state}", number)
            with self.database.writing() as session:
                if first != number:
                    session.add(BroadcastTelling(broadcast_id=first, person_id=newcomer.id))

    def _run(self, newcomer: Member, offline: Member) -> None:
        """What makers and administrators look after."""
        cast, maker = self.cast, self.cast.maker
        post = self.post(cast.anna, "offer", visibility="public")
        report = self.do(moderation.report, cast.chiara, "post", post, reason="money", words="")
        self._first("case", report.case_id)
        self.do(moderation.report, newcomer, "party", cast.anna.party.id, reason="money", words="")
        host = self._newcomer(f"invita{self.lots}", makes=("vescovato",))
        self.do(invite, host, zone_id=cast.zones["vescovato"].id, uses=1, days=30)
        here = cast.community.id
        with self.database.writing() as session:
            person = Person(given_name=f"Chiede{self.lots}", email=f"chiede{self.lots}@example.org")
            session.add(person)
            session.flush()
            asking = Membership(
                community_id=here, person_id=person.id, zone_id=cast.zones["centro"].id, state="applied",
                applied_at=clock.now(), invited_by_id=maker.id,
            )  # fmt: skip
            about_anna = CareCheck(
                community_id=here, person_id=cast.anna.id, kind="reference", what=f"Ida {self.lots}",
                seen_on=clock.now().date(), recorded_by_id=maker.id,
            )  # fmt: skip
            role = RoleGrant(
                community_id=here, person_id=newcomer.id, role="maker", zone_id=cast.zones["vescovato"].id,
                reason="prova", granted_by_id=maker.id,
            )  # fmt: skip
            call = CallToMake(
                community_id=here, person_id=offline.id, notice="agreements:proposed", key=f"call-{self.lots}",
                since=clock.now(), params={},
            )  # fmt: skip
            question = Question(community_id=here, words={"it": f"Perché? {self.lots}"}, position=self.lots)
            # Nobody is warned of how much they received: whether they are would depend on the number of lots.
            rules = CommunityRules(
                community_id=here, in_force_from=MONDAY - timedelta(days=100 - self.lots), soft_floor_minutes=-600
            )
            session.add_all((asking, about_anna, role, call, question, rules))
            session.flush()
            self._first("application", asking.id)
            self._first("reference", about_anna.id)
            self._first("grant", role.id)
            content = f"Nome;Zona\nIda{self.lots};Po\n".encode()
            run = start_run(
                session, maker.actor, kind_for(maker.actor, "members"), name="soci.csv", content=content, guess={}
            )
            self._first("run", run)
            payload = {"person_id": cast.anna.id, "community_id": None if self.lots % 2 else here, "values": {}}
            given_up = {"payload": payload, "dead_at": clock.now(), "last_error": "TimeoutError"}
            given_up |= {"created_at": clock.now(), "due_at": clock.now()}
            session.add_all((OutboxMessage(channel="mail", **given_up), QueuedJob(kind="tidy", **given_up)))
