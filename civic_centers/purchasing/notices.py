"""What families are told of a shared order, and the persons in charge of it."""

from community.notifications.rules import Notice
from foundation.errors import N_

_LINK = N_("Look at the order")
OPENED = Notice(
    "purchasing:opened",
    N_("The order is open: %(order_title)s"),
    (N_("You can order until %(closes_at)s."), N_("You are told since you ordered with the others before.")),
    N_("Look at what there is"),
    topic="centers",
    good_until="closes_at",
)
NOT_OPENED = Notice(
    "purchasing:not_opened",
    N_("It could not be opened: %(order_title)s"),
    (
        N_("Its hour has come, but the supplier is paused, no product has a price, or a maker took it out of sight."),
        N_("It is tried again every quarter of an hour, until %(closes_at)s."),
    ),
    _LINK,
    topic="centers",
    asked_for=True,
    good_until="closes_at",
)
CLOSES_SOON = Notice(
    "purchasing:closes_soon",
    N_("It closes soon: %(order_title)s"),
    (N_("You have not ordered yet. If you would like something, write it down by %(closes_at)s."),),
    N_("Order"),
    topic="reminders",
    good_until="closes_at",
)
KEPT_OPEN = Notice(
    "purchasing:kept_open",
    N_("The order stays open longer: %(order_title)s"),
    (
        N_("The group has not reached what the supplier asks for yet. The order is open until %(closes_at)s."),
        N_("What you ordered stands. If you can complete a pack, this helps everybody."),
    ),
    N_("See what is missing"),
    topic="centers",
)
CLOSED = Notice(
    "purchasing:closed",
    N_("The order is closed: %(order_title)s"),
    (N_("What you ordered goes to the supplier. It comes on %(delivery_on)s."),),
    N_("Look at your order"),
    topic="centers",
)
TRIMMED = Notice(
    "purchasing:trimmed",
    N_("The order is closed, and you get less of something: %(order_title)s"),
    (
        N_("A pack was not full, and what was ordered last had to go. On the page you see what, and what you pay now."),
        N_("The rest goes to the supplier. It comes on %(delivery_on)s."),
    ),
    N_("See what changed"),
    topic="centers",
    asked_for=True,
)
TO_DECIDE = Notice(
    "purchasing:to_decide",
    N_("Something is yours to decide: %(order_title)s"),
    (
        N_("The order is shut, and a pack or the least of the supplier is not reached."),
        N_("Say what becomes of it: only then do families know what they get."),
    ),
    N_("Decide"),
    topic="centers",
    urgent=True,
)
CALLED_OFF = Notice(
    "purchasing:called_off",
    N_("The order does not take place: %(order_title)s"),
    (N_("Why is written on its page. Nobody pays anything for it."),),
    _LINK,
    topic="centers",
    urgent=True,
)
LEFT_OUT = Notice(
    "purchasing:left_out",
    N_("A product does not come: %(order_title)s"),
    (
        N_("“%(product)s” does not come, and you do not pay for it. Why is written on the page."),
        N_("The rest of your order stands."),
    ),
    _LINK,
    topic="centers",
    asked_for=True,
)
CHANGED = Notice(
    "purchasing:changed",
    N_("A person in charge changed your order: %(order_title)s"),
    (N_("On the page you see what, why, and what you pay now. If it is not right, write to them."),),
    N_("See what changed"),
    topic="centers",
    asked_for=True,
)
ADDED = Notice(
    "purchasing:added",
    N_("You are in a shared order now: %(order_title)s"),
    (
        N_("A person in charge wrote down what you get. On the page you see what, and what you pay."),
        N_("If it is not right, write to them."),
    ),
    N_("See what you get"),
    topic="centers",
    asked_for=True,
)
DEARER = Notice(
    "purchasing:dearer",
    N_("A price changed after you ordered: %(order_title)s"),
    (
        N_("“%(product)s” has another price now: %(price)s instead of %(old_price)s."),
        N_("If you do not want it any more, take it out by %(until_at)s. Otherwise you have nothing to do."),
    ),
    N_("Keep it, or take it out"),
    topic="centers",
    urgent=True,
    good_until="until_at",
)
DROPPED = Notice(
    "purchasing:dropped",
    N_("Somebody took something out after a price changed: %(order_title)s"),
    (N_("“%(product)s” is ordered less now. Look whether its packs are still full before it goes to the supplier."),),
    _LINK,
    topic="centers",
)
READY = Notice(
    "purchasing:ready",
    N_("You can fetch it: %(order_title)s"),
    (N_("%(place)s, from %(starts_at)s. Bring bags, and a bit of patience."),),
    N_("Look at your order"),
    topic="centers",
    asked_for=True,
)
IN_CHARGE = Notice(
    "purchasing:in_charge",
    N_("You are in charge of an order: %(order_title)s"),
    (N_("It closes on %(closes_at)s. On its page you see who ordered what, and what is yours to decide."),),
    _LINK,
    topic="centers",
    asked_for=True,
)
PRICES = Notice(
    "purchasing:prices",
    N_("The supplier changed a price: %(order_title)s"),
    (N_("Families ordered at the price of before. Say whether it stays for them, or they are asked."),),
    N_("Decide"),
    topic="centers",
)
TIMES_MOVED = Notice(
    "purchasing:times_moved",
    N_("Its times changed: %(order_title)s"),
    (
        N_("The order is open until %(closes_at)s, and the goods come on %(delivery_on)s."),
        N_("What you ordered stands. Until it closes you can still change it."),
    ),
    _LINK,
    topic="centers",
    asked_for=True,
)
DAY_MOVED = Notice(
    "purchasing:day_moved",
    N_("It comes on another day: %(order_title)s"),
    (
        N_("The goods come on %(delivery_on)s instead of %(old_on)s."),
        N_("You fetch yours at %(place)s, from %(starts_at)s on."),
    ),
    _LINK,
    topic="centers",
    asked_for=True,
)
PLACE_MOVED = Notice(
    "purchasing:place_moved",
    N_("You fetch it elsewhere, or at another time: %(order_title)s"),
    (N_("%(place)s, from %(starts_at)s to %(ends_at)s."),),
    _LINK,
    topic="centers",
    asked_for=True,
)
COSTS_CHANGED = Notice(
    "purchasing:costs_changed",
    N_("What you pay changed: %(order_title)s"),
    (
        N_("A person in charge wrote down costs besides the goods, or took some out."),
        N_("What your household gets comes to %(amount)s now."),
    ),
    _LINK,
    topic="centers",
    asked_for=True,
)
FINAL_SUM = Notice(
    "purchasing:final_sum",
    N_("The sums are final: %(order_title)s"),
    (N_("Everything is weighed and given out. What your household got comes to %(amount)s."),),
    _LINK,
    topic="centers",
    asked_for=True,
)
NOTICES = (
    OPENED, NOT_OPENED, CLOSES_SOON, KEPT_OPEN, CLOSED, TRIMMED, TO_DECIDE, CALLED_OFF, LEFT_OUT, CHANGED, ADDED,
    DEARER, DROPPED, READY, IN_CHARGE, PRICES, TIMES_MOVED, DAY_MOVED, PLACE_MOVED, COSTS_CHANGED, FINAL_SUM,
)  # fmt: skip
