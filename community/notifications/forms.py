"""How somebody wishes to be reached."""

from collections.abc import Collection
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from community.members.rules import RUNNING
from community.notifications.rules import ACCOUNT, HOW, TOPICS, Wishes, way_for
from community.notifications.rules.wishing import DIGEST_HOURS, MOST_A_DAY, QUIET_FROM, QUIET_UNTIL
from foundation.web.fields import choices
from foundation.web.forms import BaseForm

OWN_TOPICS = tuple(name for name in TOPICS if name != ACCOUNT)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _times(span: tuple[int, int]) -> list[SelectChoice]:
    return choices([(minute, _clock(minute)) for minute in range(span[0], span[1] + 1, 30)])


class WishesForm(BaseForm):
    """Channels, quiet hours and the summary; how each topic is told stands in fields of its own."""

    by_mail = BooleanField(_l("By e-mail"))
    by_push = BooleanField(_l("On this telephone, where it is set up"))
    quiet = BooleanField(_l("Never ring or write at night"))
    quiet_from = SelectField(_l("Quiet from"), coerce=int, choices=_times(QUIET_FROM))
    quiet_until = SelectField(_l("until"), coerce=int, choices=_times(QUIET_UNTIL))
    digest = RadioField(
        _l("A summary, all in one letter"),
        choices=choices({"daily": _l("Every day"), "weekly": _l("Once a week"), "never": _l("No, I look by myself")}),
    )
    digest_weekday = SelectField(_l("On which day, when it comes once a week"), coerce=int)
    digest_hour = SelectField(
        _l("At what time"),
        coerce=int,
        choices=choices([(hour, f"{hour}:00") for hour in range(DIGEST_HOURS[0], DIGEST_HOURS[1] + 1)]),
    )
    most_a_day = SelectField(_l("At most so many in a day; the rest goes into the summary"), coerce=int)
    messages = SelectField()
    exchanges = SelectField()
    reminders = SelectField()
    posts = SelectField()
    centers = SelectField()
    news = SelectField()
    household = SelectField()
    makers = SelectField()

    def __init__(self, wishes: Wishes, roles: Collection[str], **options: Any) -> None:
        super().__init__(obj=wishes, **options)
        names = get_day_names("wide", locale=get_locale())
        self.digest_weekday.choices = choices([(day, names[day - 1]) for day in range(1, 8)])
        self.most_a_day.choices = choices([(number, str(number)) for number in MOST_A_DAY])
        for topic in OWN_TOPICS:
            field = self[topic]
            field.label.text = _(TOPICS[topic])
            field.choices = choices([(how, _(words)) for how, words in HOW.items()])
            if not field.raw_data:
                field.data = way_for(wishes, topic, roles)
        if not set(roles) & set(RUNNING):
            del self.makers

    @property
    def topics(self) -> list[Any]:
        """The fields of the topics, those that matter most first."""
        return [self[topic] for topic in OWN_TOPICS if topic in self]

    @property
    def wishes(self) -> Wishes:
        """What was chosen."""
        return Wishes(
            by_mail=bool(self.by_mail.data),
            by_push=bool(self.by_push.data),
            quiet=bool(self.quiet.data),
            quiet_from=self.quiet_from.data,
            quiet_until=self.quiet_until.data,
            digest=self.digest.data,
            digest_weekday=self.digest_weekday.data,
            digest_hour=self.digest_hour.data,
            most_a_day=self.most_a_day.data,
            choices={field.name: field.data for field in self.topics},
        )
