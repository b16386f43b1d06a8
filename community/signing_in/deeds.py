"""What the record says of somebody's account: read by themselves alone."""

from community.deeds.policies import is_myself
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

_VERBS = {
    "changed_password": N_("Password changed"),
    "changed_email": N_("E-mail address changed"),
    "asked_new_email": N_("Change of e-mail address asked for"),
    "set_up_second_factor": N_("Two-step sign-in set up"),
    "ended_second_factor": N_("Two-step sign-in ended"),
    "used_recovery_code": N_("Recovery code used"),
    "signed_out_everywhere": N_("Signed out everywhere"),
    "turned_on_push": N_("Notices turned on on a device"),
    "turned_off_push": N_("Notices turned off on a device"),
}
DEEDS = (DeedKind(kind="person", words=N_("Account"), verbs=_VERBS, concerning=is_myself, told=tuple(_VERBS)),)
