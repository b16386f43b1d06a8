"""Closing and opening the texts of a case with its own key."""

import json
from dataclasses import asdict

from care.housing.rules.cases import BANDS, Told
from foundation.crypto.scopes import close_in, open_in

TOLD, NOTE, PAPER, QUESTION, TERMS = (
    "housing_case.told",
    "housing_note.words",
    "housing_paper.words",
    "housing_question.words",
    "housing_sheet.terms",
)


def close_told(key: str, told: Told) -> str:
    """All that somebody says of their case, as it is kept."""
    return close_in(key, json.dumps(asdict(told), ensure_ascii=False), TOLD)


def open_told(key: str, kept: str) -> Told:
    """The same again; nothing once the key was destroyed."""
    written = open_in(key, kept, TOLD)
    if not written:
        return Told()
    said = json.loads(written)
    bands = said.pop("bands", {})
    return Told(bands={band: bands[band] for band in BANDS if bands.get(band)}, **said)


def close_terms(key: str, terms: dict[str, str]) -> str:
    """What the two agree upon, as it is kept."""
    return close_in(key, json.dumps(terms, ensure_ascii=False), TERMS)


def open_terms(key: str, kept: str) -> dict[str, str]:
    """The same again; nothing once the key was destroyed."""
    written = open_in(key, kept, TERMS)
    return dict(json.loads(written)) if written else {}
