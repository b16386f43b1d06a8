"""Whoever asks whether a form is sent for the first time says what was typed: other words are no repeat."""

import ast

from tests.architecture.test_house import ROOT, python_files

ONLY_A_BUTTON = {
    "community/mandates/pages/taking_over.py: give_code",
    "community/notifications/pages/waiting.py: no_answer",
    "community/pins/pages.py: give",
    "exchanges/posts/pages/living.py: discard",
    "exchanges/posts/pages/living.py: duplicate",
    "exchanges/posts/pages/living.py: renew",
}
"""Nothing is typed there."""
OTHER_WORDS_ARE_TAKEN = {
    "community/conversations/pages/blueprint.py: once",
    "exchanges/agreements/pages/blueprint.py: once",
    "exchanges/posts/pages/steps.py: _create",
}
"""A word said after going back is said too; a draft sent again from the page before is put right."""


def without_content() -> set[str]:
    found = set()
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
            asks = [each for each in calls if isinstance(each.func, ast.Name) and each.func.id == "first_time"]
            if any(all(one.arg != "content" for one in each.keywords) for each in asks):
                found.add(f"{path.relative_to(ROOT)}: {node.name}")
    return found


def test_a_request_key_is_taken_with_what_was_typed() -> None:
    assert without_content() == ONLY_A_BUTTON | OTHER_WORDS_ARE_TAKEN
