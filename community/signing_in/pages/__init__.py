"""The pages of signing in: by password, by link, with a second step, and on which devices."""

from flask import Blueprint

signing_in: Blueprint = Blueprint("signing_in", __name__)

from community.signing_in.pages import devices, entering, passwords, second_step, taking_off  # noqa: E402, F401 - routes
from community.signing_in.pages.coming_in import first_page, let_in, load_user, spent_link, subjects_for  # noqa: E402
from community.signing_in.pages.passwords import knows_password  # noqa: E402

__all__ = ["first_page", "knows_password", "let_in", "load_user", "signing_in", "spent_link", "subjects_for"]
