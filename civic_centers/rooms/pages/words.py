"""How bookings stand, in words."""

from flask_babel import lazy_gettext as _l

STATE_WORDS = {
    "requested": _l("Waits for an answer"),
    "held": _l("Booked"),
    "declined": _l("Not possible"),
    "cancelled": _l("Called off"),
}
