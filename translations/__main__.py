"""Keeps the catalogues true to the code: `python -m translations update` and `python -m translations check`.

English is the language of the code, so what a catalogue does not say yet is read in English. Italian must say
everything; other languages grow as they can. `add ro` begins one, `compile ro` makes it readable for the product, and
`pseudo` writes two that nobody speaks, for trying out the layout (docs/adding-a-language.md).
"""

import os
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from foundation.settings import PSEUDO_LANGUAGES
from translations.pseudo import lengthened, mirrored

HOUSE = Path(__file__).resolve().parent.parent
SOURCES = ("app.py", "foundation", "community", "exchanges", "civic_centers", "care", "templates")
# `_l` marks words translated later in the request, `N_` and `N_n` those of layers that know no web.
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "N_", "N_n:1,2"])}
CATALOGUES = HOUSE / "translations"
COMPLETE = ("it",)
"""The languages that must say everything before a change is let in; a new one grows until it is added here."""
OTHER_MARKS = {"it": "“”'"}
"""Quotation marks and apostrophes of other languages or of keyboards: Italian has «these», and l’apostrofo."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
TRANSFORMS: dict[str, Callable[[str], str]] = dict(zip(PSEUDO_LANGUAGES, (mirrored, lengthened), strict=True))


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
    return sorted(path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po"))


def catalogue_path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def added(code: str, template: Catalog) -> str:
    """Begin the catalogue of a language with the plural forms it has; says what to do next. Raises SystemExit."""
    code = code.replace("-", "_")
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        sys.exit(f"nobody knows the language {code!r}: write its code as in `ro`, `sq` or `pt_BR`")
    if code in PSEUDO_LANGUAGES or catalogue_path(code).exists():
        sys.exit(f"{code} is there already")
    catalogue = Catalog(locale=locale, project=template.project, charset="utf-8", fuzzy=False)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue_path(code).parent.mkdir(parents=True)
    write(code, catalogue)
    compiled(code)
    name = f"{locale.get_display_name()} ({locale.text_direction}, {catalogue.num_plurals} forms of the plural)"
    after = f"then `make words`, and add {code} to RECIPROCA_LANGUAGES"
    return f"{name}: write its words into {catalogue_path(code)}, {after}"


def compiled(code: str) -> None:
    """Make the catalogue of a language readable for the product."""
    with catalogue_path(code).open("rb") as file:
        write_compiled(code, read_po(file, locale=code))


def write_compiled(code: str, catalogue: Catalog) -> None:
    """Write the `.mo` beside the `.po`, without what is said in part only: gettext then says that in English."""
    for message in [message for message in catalogue if message.id and not is_translated(message)]:
        catalogue.delete(message.id, message.context)
    out = BytesIO()
    write_mo(out, catalogue)
    path = catalogue_path(code).with_suffix(".mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    unready = path.with_suffix(f".{os.getpid()}")  # two runs of the tests may write at once
    unready.write_bytes(out.getvalue())
    unready.replace(path)


def pseudo(template: Catalog) -> None:
    """Write the catalogues nobody speaks: letters from right to left, and long words in brackets. No file is kept."""
    for code, transform in TRANSFORMS.items():
        catalogue = Catalog(locale=Locale.parse(code), project=template.project, charset="utf-8", fuzzy=False)
        for message in template:
            if message.id:
                words = tuple(_forms(message, catalogue, transform))
                said = words if isinstance(message.id, (list, tuple)) else words[0]
                catalogue.add(message.id, said, context=message.context)
        write_compiled(code, catalogue)


def _forms(message: Message, catalogue: Catalog, transform: Callable[[str], str]) -> Iterator[str]:
    if not isinstance(message.id, (list, tuple)):
        yield transform(message.id)
        return
    alone = Locale.parse(str(catalogue.locale)).plural_form(1)
    tags = sorted(Locale.parse(str(catalogue.locale)).plural_form.tags | {"other"}, key=PLURALS.index)
    for number in range(catalogue.num_plurals):
        tag = tags[number] if number < len(tags) else "other"
        yield transform(message.id[0] if tag == alone else message.id[1])


def updated(language: str, template: Catalog) -> Catalog:
    """The catalogue of a language with the words of the code and no others; nothing is guessed."""
    with catalogue_path(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    return catalogue


def forms_of(message: Message) -> tuple[str, ...]:
    """What a catalogue says for a message: one form, or one for each number."""
    return tuple(message.string) if isinstance(message.string, (list, tuple)) else (message.string,)


def is_translated(message: Message) -> bool:
    return all(forms_of(message))


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
            if language in COMPLETE:
                lines.append(f"{language}: {message.id!r} has no translation ({place})")
            continue
        lines += [f"{language}: {message.id!r}: {error}" for error in message.check(catalogue)]
        if set(OTHER_MARKS.get(language, "")) & set("".join(forms_of(message))):
            lines.append(f"{language}: {message.id!r} is said with marks that are not used here ({place})")
    return lines


def write(language: str, catalogue: Catalog) -> None:
    out = BytesIO()
    write_po(out, catalogue, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    catalogue_path(language).write_bytes(out.getvalue())


def said(language: str, template: Catalog) -> str:
    """How far a language has come that need not be complete."""
    missing = sum(not is_translated(message) for message in updated(language, template) if message.id)
    return f"{language}: {len(template) - missing} of {len(template)} messages, the others are read in English"


def main(verb: str, code: str = "") -> int:
    """Do what `verb` says; the exit code is 1 when `check` finds something to put right."""
    if verb == "compile":
        for language in [code] if code else languages():
            compiled(language)
        return 0
    template = gathered()
    if verb == "add":
        print(added(code, template))
        return 0
    if verb == "pseudo":
        pseudo(template)
        print(f"{', '.join(PSEUDO_LANGUAGES)}: add them to RECIPROCA_LANGUAGES to look at the pages in them")
        return 0
    if verb == "update":
        for language in languages():
            write(language, updated(language, template))
    lines = [line for language in languages() for line in faults(language, template)]
    lines_of_others = [said(language, template) for language in languages() if language not in COMPLETE]
    print("\n".join([*lines, *lines_of_others, f"{len(template)} messages, {len(lines)} to put right"]))
    return 1 if verb == "check" and lines else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update" | "check" | "pseudo" | "compile"] | ["add" | "compile", _]:
            sys.exit(main(*sys.argv[1:]))
    sys.exit("usage: python -m translations update|check|pseudo|compile [CODE]|add CODE")
