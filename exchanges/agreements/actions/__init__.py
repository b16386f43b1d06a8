"""What can be done with agreements, one verb a function. None of it commits."""

from exchanges.agreements.actions.answer import accept, decline, withdraw
from exchanges.agreements.actions.caring import end_without_adult
from exchanges.agreements.actions.cheques import BadCheques, Cheque, faults_of, record_cheques
from exchanges.agreements.actions.confirm import confirm, dispute
from exchanges.agreements.actions.deliver import cancel, deliver, miss, replace_adult
from exchanges.agreements.actions.lapsing import lapse
from exchanges.agreements.actions.meetings import ask_how_it_was, nudge, tell_of_tomorrow
from exchanges.agreements.actions.parting import end_with, part, part_from_stopped, part_from_stopped_carer
from exchanges.agreements.actions.phone import answer_by_phone
from exchanges.agreements.actions.places import close_proposals
from exchanges.agreements.actions.propose import ask, counter, propose, terms_of
from exchanges.agreements.actions.record import Made, record
from exchanges.agreements.actions.redeeming import Helped, settle_cheque
from exchanges.agreements.actions.resolve import resolve
from exchanges.agreements.actions.silence import remind, settle_by_silence
from exchanges.agreements.actions.thanks import hide_thanks, show_thanks, show_thanks_again, take_back_thanks, thank
from exchanges.agreements.actions.writing import write_words

__all__ = [
    "BadCheques",
    "Cheque",
    "Helped",
    "Made",
    "accept",
    "answer_by_phone",
    "ask",
    "ask_how_it_was",
    "cancel",
    "close_proposals",
    "confirm",
    "counter",
    "decline",
    "deliver",
    "dispute",
    "end_with",
    "end_without_adult",
    "faults_of",
    "hide_thanks",
    "lapse",
    "miss",
    "nudge",
    "part",
    "part_from_stopped",
    "part_from_stopped_carer",
    "propose",
    "record",
    "record_cheques",
    "remind",
    "replace_adult",
    "resolve",
    "settle_by_silence",
    "settle_cheque",
    "show_thanks",
    "show_thanks_again",
    "take_back_thanks",
    "tell_of_tomorrow",
    "terms_of",
    "thank",
    "withdraw",
    "write_words",
]
