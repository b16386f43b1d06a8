"""What a world of one of everything holds of a civic center, with what goes on there."""

from datetime import time, timedelta

from sqlmodel import select

from civic_centers.activities import actions as activities
from civic_centers.activities.rules import About as AboutActivity
from civic_centers.activities.rules import Beat
from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.centers.rules import Special
from civic_centers.enrolling import actions as enrolling
from civic_centers.enrolling.tables import Enrolment
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About as AboutLab
from civic_centers.labs.tables import LabMember
from civic_centers.rooms import actions as rooms
from civic_centers.rooms.actions import AboutRoom, Wish
from civic_centers.sponsors import actions as sponsors
from civic_centers.sponsors.rules import Target
from civic_centers.sponsors.rules import Wish as Gift
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.rules import Wanted as Role
from civic_centers.vouchers import actions as vouchers
from civic_centers.vouchers.actions import Given
from civic_centers.vouchers.rules import Wish as Vouchers
from civic_centers.wall import actions as wall
from foundation import clock
from foundation.database import Session
from tests.cast import Cast


def center_of_bashir(session: Session, cast: Cast) -> dict[str, int | str]:
    """A center that Bashir keeps, with a room that Anna asks for and a need of hers on its wall."""
    maker, anna = cast.maker.actor, cast.anna.actor
    about = About("Civic Center di prova", cast.zones["centro"].id, "Via della Scuola 1", province="CR")
    center = centers.open_center(session, maker, about)
    centers.add_keeper(session, maker, center.id, cast.bashir.id)
    today = clock.today("Europe/Rome")
    day = centers.add_special_day(session, maker, center.id, Special(today, today, None, "Prova"))
    room = rooms.add_room(session, maker, center.id, AboutRoom("Sala grande", places=20))
    starts_at = clock.now() + timedelta(days=3)
    wish = Wish(room.id, starts_at, starts_at + timedelta(hours=1), "Compleanno")
    bashir = cast.bashir.actor
    activity = activities.make_activity(session, bashir, center.id, AboutActivity("Compiti insieme", "homework"))
    week = Beat((1, 2, 3, 4, 5), time(16), 60, today + timedelta(days=1))
    laid = activities.add_rhythm(session, bashir, activity.id, week, None)
    activities.publish_activity(session, bashir, activity.id)
    [enrolled] = enrolling.enrol(session, anna, [laid.made[0].id or 0], [f"p{cast.anna.id}"])
    place = session.exec(select(Enrolment).where(Enrolment.request_id == enrolled.request_id)).one()
    return {
        "request_id": enrolled.request_id,
        "enrolment_id": place.id or 0,
        **_volunteers(session, cast, center.id or 0),
        **_sponsors(session, cast, center.id or 0),
        "activity_id": activity.id,
        "session_id": laid.made[0].id,
        "rhythm_id": laid.made[0].rhythm_id,
        "center_slug": center.slug,
        "day_id": day.id,
        "room_id": room.id,
        "booking_id": rooms.request_room(session, anna, wish),
        "need_id": wall.write_need(session, anna, center.id, "Un posto caldo dove studiare").id,
        "becoming": "post",
        "age": "6-10",
        **_lab(session, cast, center.id or 0),
    }


def _volunteers(session: Session, cast: Cast, center_id: int) -> dict[str, int | str]:
    """A shift that Anna took, and the template of its day."""
    bashir = cast.bashir.actor
    starts_at = clock.now() + timedelta(days=5)
    wanted = [Role("Alla porta", party_id=cast.bakery.party.id)]
    moment = Moment(starts_at, starts_at + timedelta(hours=2))
    slot = volunteering.make_slots(session, bashir, center_id, wanted, [moment])[0]
    day = clock.local(starts_at, "Europe/Rome").date()
    return {
        "slot_id": slot.id or 0,
        "sign_up_id": volunteering.sign_up(session, cast.anna.actor, slot.id or 0).id or 0,
        "template_id": volunteering.keep_template(session, bashir, center_id, "Porta", day, 1).id or 0,
    }


def _sponsors(session: Session, cast: Cast, center_id: int) -> dict[str, int | str]:
    """What the bakery pledged, a part that was given, its page, and a voucher of it in Anna's hands."""
    bakery, maker, today = cast.bakery.actor, cast.maker.actor, clock.today("Europe/Rome")
    party_id, until_on = cast.bakery.party.id, clock.today("Europe/Rome") + timedelta(days=60)
    gift = Gift(Target("center", center_id), "goods", "Pane per la merenda", today, until_on, is_public=True)
    pledge_id = sponsors.offer(session, bakery, party_id, gift).id or 0
    sponsors.accept(session, maker, pledge_id, 1)
    page = sponsors.keep_page(session, bakery, party_id, "Pane dal 1921", is_public=True, version=1)
    offer = vouchers.offer_vouchers(session, bakery, party_id, Vouchers("goods", "Un chilo di pane", 5, until_on))
    vouchers.accept_offer(session, maker, offer.id or 0)
    given = Given(cast.anna.party.id, cast.anna.id, "need")
    return {
        "pledge_id": pledge_id,
        "delivery_id": sponsors.deliver(session, maker, pledge_id, today).id or 0,
        "slug": page.slug,
        "year": today.year,
        "offer_id": offer.id or 0,
        "voucher_id": vouchers.give(session, maker, offer.id or 0, given).id or 0,
    }


def _lab(session: Session, cast: Cast, center_id: int) -> dict[str, int | str]:
    """A public lab that Bashir runs and Anna is in: she wrote in its diary, and Chiara asks to come in."""
    maker, bashir, anna = cast.maker.actor, cast.bashir.actor, cast.anna.actor
    about = AboutLab("Pomeriggi insieme", "Le ore dopo la scuola", cast.zones["centro"].id, center_id=center_id,
                     entry="request", is_public=True)  # fmt: skip
    lab = labs.make_lab(session, maker, about)
    lab_id, today = lab.id or 0, clock.today("Europe/Rome")
    for member in (cast.bashir, cast.anna):
        labs.invite_person(session, maker, lab_id, member.id)
        labs.join_lab(session, member.actor, lab_id)
    mine = session.exec(
        select(LabMember).where(LabMember.lab_id == lab_id, LabMember.person_id == cast.bashir.id)
    ).one()
    labs.set_keeper(session, maker, lab_id, mine.id or 0, keeper=True)
    labs.leave_lab(session, maker, lab_id)
    labs.join_lab(session, cast.chiara.actor, lab_id)
    asks = session.exec(
        select(LabMember).where(LabMember.lab_id == lab_id, LabMember.person_id == cast.chiara.id)
    ).one()
    resource = labs.ask_for(session, bashir, lab_id, "thing", "Sedie", "sedie", 20).id or 0
    entry_id = labs.write_entry(session, anna, lab_id, "Eravamo in sei", today, public=False).id or 0
    labs.show_to(session, bashir, entry_id, public=True)
    return {
        "lab_id": lab_id,
        "lab_slug": lab.slug,
        "member_id": asks.id or 0,
        "goal_id": labs.add_goal(session, bashir, lab_id, "Dieci famiglie", None).id or 0,
        "task_id": labs.add_task(session, anna, lab_id, "Una sala", None, None).id or 0,
        "entry_id": entry_id,
        "comment_id": labs.write_comment(session, anna, entry_id, "C’ero").id or 0,
        "resource_kind": "thing",
        "resource_id": resource,
        "receipt_id": labs.note_received(session, bashir, lab_id, resource, 4, today, words="la parrocchia").id or 0,
    }
