"""Kinds, states, steps and answers, in words."""

from flask_babel import lazy_gettext as _l

SIDE_WORDS = {"need": _l("I need help"), "offer": _l("I can help")}
KIND_WORDS = {
    "stay": _l("A room, or a place to stay for a while"),
    "deposit": _l("A guarantee or a deposit"),
    "moving": _l("Moving house"),
    "repairs": _l("Repairs"),
    "documents": _l("Documents and applications"),
    "mediation": _l("Speaking with a landlord"),
}
STATE_WORDS = {
    "draft": _l("Not sent yet"),
    "open": _l("At the desk"),
    "matching": _l("Somebody is being asked"),
    "helped": _l("Helped"),
    "ended": _l("Closed"),
    "withdrawn": _l("Withdrawn"),
}
REACH_WORDS = {
    "here": _l("With a notice that says nothing"),
    "call": _l("Do not write to me: call me"),
    "meet": _l("Do not write to me: I come to the desk"),
}
OUTCOME_WORDS = {
    "home": _l("A home of their own"),
    "stay": _l("A place to stay for a while"),
    "money": _l("A guarantee or deposit"),
    "moved": _l("Moved house"),
    "repaired": _l("Repaired"),
    "papers": _l("The papers are done"),
    "mediated": _l("An understanding with the landlord"),
    "other": _l("Another way"),
}
BAND_WORDS = {
    "0-5": _l("Up to 5 years"),
    "6-13": _l("6 to 13 years"),
    "14-17": _l("14 to 17 years"),
    "18-64": _l("18 to 64 years"),
    "65+": _l("65 years and more"),
}
STEP_WORDS = {"hear": _l("Hearing of each other"), "names": _l("Names"), "contacts": _l("Telephone and e-mail")}
ANSWER_WORDS = {
    "": _l("waits for an answer"),
    "yes": _l("Yes"),
    "no": _l("No"),
    "not_now": _l("Not now"),
    "expired": _l("no answer in time"),
    "taken_back": _l("Yes, taken back"),
    "dropped": _l("not needed any more"),
}
MATCH_WORDS = {"asking": _l("Being asked"), "introduced": _l("They know each other"), "ended": _l("Over")}
SECTION_WORDS = {
    "what": _l("What it is about"),
    "when": _l("When"),
    "who": _l("For whom"),
    "terms": _l("What matters"),
    "amount": _l("How much"),
    "reach": _l("How you are reached"),
    "readers": _l("Who reads it"),
}
ICONS = {
    "stay": "home",
    "deposit": "lock",
    "moving": "people",
    "repairs": "need",
    "documents": "sheet",
    "mediation": "chat",
}
