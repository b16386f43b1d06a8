"""Keeps the catalogues true to the code: `python -m translations update` and `python -m translations check`.

English is the language of the code, so an empty English entry is complete; the others must say everything.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
SOURCES = ("app.py", "foundation", "community", "exchanges", "civic_centers", "care", "templates")
# `_l` marks words translated later in the request, `N_` and `N_n` those of layers that know no web.
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "N_", "N_n:1,2"])}
SOURCE_LANGUAGE = "en"


def gathered() -> Catalog:
    """All words of the code and the templates, with the files they are in."""
    with (HOUSE / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping, "babel.cfg")
    template = Catalog(project="Reciproca", charset="utf-8")
    for source in SOURCES:
        path = HOUSE / source
        if not path.exists():
            continue
        found = extract_from_dir(
            path, methods, options, keywords=KEYWORDS, comment_tags=("NOTE:",), strip_comment_tags=True
        )
        for name, _line, message, comments, context in found:
            place = source if path.is_file() else f"{source}/{name}"
            template.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return template


def languages() -> list[str]:
    """Codes of the languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in HOUSE.glob("translations/*/LC_MESSAGES/messages.po"))


def catalogue_path(language: str) -> Path:
    return HOUSE / "translations" / language / "LC_MESSAGES" / "messages.po"


def updated(language: str, template: Catalog) -> Catalog:
    """The catalogue of a language with the words of the code and no others; nothing is guessed."""
    with catalogue_path(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    return catalogue


def is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)


def faults(language: str, template: Catalog) -> list[str]:
    """What keeps a catalogue from being complete, a sentence each."""
    catalogue = updated(language, template)
    lines = []
    for message in catalogue:
        if not message.id:
            continue
        place = message.locations[0][0] if message.locations else "?"
        if message.fuzzy:
            lines.append(f"{language}: {message.id!r} is marked fuzzy ({place})")
        if not is_translated(message):
            if language != SOURCE_LANGUAGE:
                lines.append(f"{language}: {message.id!r} has no translation ({place})")
            continue
        lines += [f"{language}: {message.id!r}: {error}" for error in message.check(catalogue)]
    return lines


def write(language: str, catalogue: Catalog) -> None:
    out = BytesIO()
    write_po(out, catalogue, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    catalogue_path(language).write_bytes(out.getvalue())


def main(verb: str) -> int:
    template = gathered()
    if verb == "update":
        for language in languages():
            write(language, updated(language, template))
    lines = [line for language in languages() for line in faults(language, template)]
    print("\n".join([*lines, f"{len(template)} messages, {len(lines)} to put right"]))
    return 1 if verb == "check" and lines else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit("usage: python -m translations update|check")
    sys.exit(main(sys.argv[1]))
