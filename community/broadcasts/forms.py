"""Writing to many, sending a message back to its author, and the community's number."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from community.broadcasts.rules import (
    EVERYBODY,
    LONGEST_LINK,
    LONGEST_REASON,
    LONGEST_REMARK,
    LONGEST_SUBJECT,
    LONGEST_URL,
    LONGEST_WORDS,
    MOST_APPROVAL_ABOVE,
    MOST_LINKS,
    ZONES,
    Draft,
    Link,
)
from foundation.web.fields import LocalMomentField, choices
from foundation.web.forms import BaseForm

PURPOSE_WORDS = {
    "news": _l("News and invitations: for who agreed to news"),
    "needed": _l("Something everybody should know: hours, places, how we do it"),
    "urgent": _l("Urgent: today, and it cannot wait"),
}
WHOM_WORDS = {ZONES: _l("These zones"), EVERYBODY: _l("The whole community")}
TEXTS = {
    "subject": (StringField, _l("What it is about"), [Length(max=LONGEST_SUBJECT)]),
    "words": (TextAreaField, _l("The message"), [Length(max=LONGEST_WORDS)]),
}


class BroadcastForm(BaseForm):
    """To whom, why, links and when; the texts are added once a language (see communities.forms.in_languages)."""

    whom = RadioField(_l("To whom?"), choices=choices(WHOM_WORDS), default=ZONES)
    zones = SelectMultipleField(
        _l("Zones"), coerce=int, choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    purpose = RadioField(_l("What kind of message is it?"), choices=choices(PURPOSE_WORDS), default="news")
    reason = StringField(_l("If it is urgent: why can it not wait?"), [Length(max=LONGEST_REASON)])
    link_1 = StringField(_l("Words on the button"), [Length(max=LONGEST_LINK)])
    url_1 = StringField(_l("Address of the page"), [Length(max=LONGEST_URL)])
    link_2 = StringField(_l("Words on the second button"), [Length(max=LONGEST_LINK)])
    url_2 = StringField(_l("Address of the second page"), [Length(max=LONGEST_URL)])
    link_3 = StringField(_l("Words on the third button"), [Length(max=LONGEST_LINK)])
    url_3 = StringField(_l("Address of the third page"), [Length(max=LONGEST_URL)])
    send_at = LocalMomentField(_l("When does it go out?"), [Optional()])
    version = HiddenField()

    def links(self) -> list[Link]:
        """What was typed of links: a line without an address is none."""
        typed = [(self[f"link_{number}"].data, self[f"url_{number}"].data) for number in range(1, MOST_LINKS + 1)]
        return [Link(words or "", url) for words, url in typed if url]

    def draft(self, audience: str, object_id: int | None) -> Draft:
        """What was written; `audience` is the kind of people of a thing, or empty."""
        of_thing = object_id is not None
        form: Any = self
        return Draft(
            audience=audience if of_thing else self.whom.data or ZONES,
            subject=form.words("subject"),
            words=form.words("words"),
            zone_ids=() if of_thing else self.zones.data or (),
            object_id=object_id,
            links=self.links(),
            purpose=self.purpose.data or "news",
            reason=self.reason.data or "",
            send_at=self.send_at.moment,
        )


class VersionForm(BaseForm):
    """One button, about what was read in this version."""

    version = HiddenField()

    @property
    def number(self) -> int:
        """The version; 0, which is none, for anything else."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0


class SendBackForm(VersionForm):
    """What a second maker would change."""

    remark = TextAreaField(
        _l("What would you change?"), [InputRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REMARK)]
    )


class ApprovalForm(BaseForm):
    """Above how many people a second maker reads it first."""

    approval_above = IntegerField(
        _l("Up to how many people one maker alone may write to"),
        [InputRequired(), NumberRange(min=0, max=MOST_APPROVAL_ABOVE)],
    )
