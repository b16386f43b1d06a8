"""A small application around the templates alone: no database, no features, the surroundings given by hand."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.web.fields import MinutesField
from foundation.web.formats import set_up_formats

ROOT = Path(__file__).parents[2]


class SampleForm(FlaskForm):
    """A field of every kind."""

    request_key = HiddenField(default="key-1")
    name = StringField("Your name", validators=[InputRequired("Write your name."), Length(max=40)])
    words = TextAreaField("Something about you", validators=[Optional(), Length(max=200)])
    email = EmailField("E-mail")
    day = DateField("Day", validators=[InputRequired("Choose a day.")])
    at = TimeField("From", validators=[Optional()])
    zone = SelectField("Zone", choices=[SelectChoice("1", "Vescovato"), SelectChoice("2", "Castelverde")])
    where = RadioField(
        "Where?",
        choices=[SelectChoice("home", "My place"), SelectChoice("theirs", "Theirs")],
        validators=[InputRequired("Choose where.")],
    )
    days = SelectMultipleField(
        "Days",
        choices=[SelectChoice("1", "Mon"), SelectChoice("2", "Tue")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    side = RadioField("Show", choices=[SelectChoice("all", "All"), SelectChoice("offer", "Offers")], default="all")
    agree = BooleanField("I agree", validators=[InputRequired("Please agree.")])
    minutes = MinutesField("How long?")
    photos = MultipleFileField("Photographs")


def asset(name: str) -> str:
    """The address of a file under static/, its own folder or the built one."""
    return f"/static/{name if (ROOT / 'static' / name).exists() else 'dist/' + name}"


def surroundings(**changes: Any) -> dict[str, Any]:
    """What foundation/web/frame.py gives to every page."""
    site = {
        "signed_in": True, "home_url": "/", "sign_in_url": "/sign-in", "sign_out_url": "/sign-out", "here": "/now?a=1",
        "language_url": "/language", "community_name": "FareLegami", "zone_names": ["Cremona", "Vescovato"],
        "languages": [
            {"code": "it", "name": "Italiano", "tag": "it", "direction": "ltr", "current": False},
            {"code": "en", "name": "English", "tag": "en", "direction": "ltr", "current": True},
        ],
        "contact_words": "Call a community maker", "contact_url": "/help",
        "help_links": [{"url": "/rules", "label": "Rules"}],
        "bell_url": "/waiting", "bell_count": 3, "unseen_count": 1, "seen_here": [], "seen_url": "/seen",
        "on_behalf": None, "search_url": "/search", "privacy_url": "/privacy",
        "communities_url": "/communities",
        "acting_name": "Samira and family", "acting_url": "/acting",
        "acting_choices": [
            {"party_id": 1, "name": "Samira and family", "words": "", "current": True},
            {"party_id": 2, "name": "Bakery Rossi", "words": "business", "current": False},
        ],
    }  # fmt: skip
    bar = [
        {"url": "/", "icon": "home", "label": "Home", "count": 0, "count_words": "", "current": True},
        {"url": "/board", "icon": "board", "label": "Board", "count": 0, "count_words": "", "current": False},
        {"url": "/messages", "icon": "chat", "label": "Messages", "count": 2, "count_words": "2 new", "current": False},
        {"url": "/me", "icon": "me", "label": "Me", "count": 0, "count_words": "", "current": False},
    ]
    context: dict[str, Any] = {"page_language": "en", "page_direction": "ltr", "bar": bar, "site": site}
    for name, value in changes.items():
        (site if name in site else context)[name] = value
    return context


def make_stage(**changes: Any) -> Flask:
    """An application whose templates are the product's, its surroundings changed as named."""
    app = Flask("stage", root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.update(SECRET_KEY="stage", TESTING=True, BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"))
    environment = app.jinja_env
    environment.loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), FileSystemLoader(Path(__file__).parent)])
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals["asset"] = lambda name: (
        f"/static/{name if (ROOT / 'static' / name).exists() else 'dist/' + name}"
    )
    Babel(app, default_locale="en", locale_selector=lambda: changes.get("page_language", "en"))
    CSRFProtect(app)
    set_up_formats(app)
    app.context_processor(lambda: surroundings(**changes))
    return app
