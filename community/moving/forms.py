"""What somebody who moves wishes to take along, and to let be known. Nothing is ticked beforehand."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from community.moving.rules import CARRIES, Wish
from foundation.web.forms import BaseForm


class MoveForm(BaseForm):
    """The wishes; joining adds the zone and the questions of the other community."""

    says_where = BooleanField(_l("The makers there may know which community I come from"))
    words = BooleanField(_l("The name and the words of our household"))
    week = BooleanField(_l("When we can, in an ordinary week"))
    skills = BooleanField(_l("What we can give and need"))
    dependants = SelectMultipleField(
        _l("Whom you look after"), coerce=int, choices=[], widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    companions = SelectMultipleField(
        _l("Who may come along"), coerce=int, choices=[], widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip

    def wish(self) -> Wish:
        """As it was ticked."""
        return Wish(
            says_where=bool(self.says_where.data),
            carries=tuple(name for name in CARRIES if self[name].data),
            dependants=tuple(self.dependants.data or ()),
            companions=tuple(self.companions.data or ()),
        )
