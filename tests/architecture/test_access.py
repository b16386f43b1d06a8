"""Who may ask which route, as declared here, against what every role really meets.

The thing asked for belongs to Anna (a post, a household, a statement) or to Anna and Bashir (an agreement); `maker`
looks after their zones, `other_maker` after another, `operator` sits at the desk of theirs, `zoe` belongs to another
community. Everybody else meets 404, or is sent to sign in or to join. A new route fails here until it stands in
access.toml.
"""

import tomllib
from pathlib import Path

import pytest

from foundation.feature import registry
from foundation.web import numbers
from foundation.web.numbers import Numbers
from tests.architecture.asking import ROLES, ask_everything

WHO = {
    "EVERYBODY": set(ROLES),
    "SIGNED_IN": set(ROLES) - {"visitor"},
    "WHO_IS_NOT_IN_YET": {"visitor", "zoe"},
    "MEMBERS": set(ROLES) - {"visitor", "zoe"},
    "THE_OTHERS": set(ROLES) - {"visitor", "zoe", "anna"},
    "ANNA": {"anna"},
    "BASHIR": {"bashir"},
    "THE_TWO": {"anna", "bashir"},
    "THE_TWO_AND_WHO_MODERATES": {"anna", "bashir", "maker", "administrator"},
    "THE_TWO_AND_THEIR_MAKER": {"anna", "bashir", "maker"},
    "ANNA_AND_HER_MAKER": {"anna", "maker"},
    "HER_MAKER": {"maker"},
    "HER_MAKER_AND_ADMINISTRATOR": {"maker", "administrator"},
    "MAKERS": {"maker", "other_maker"},
    "DESKS": {"maker", "other_maker", "operator"},
    "HER_DESK": {"maker", "operator"},
    "ANNA_AND_HER_DESK": {"anna", "maker", "operator"},
    "THE_TWO_AND_THEIR_DESK": {"anna", "bashir", "maker", "operator"},
    "MAKERS_AND_ADMINISTRATOR": {"maker", "other_maker", "administrator"},
    "ADMINISTRATOR": {"administrator"},
    "NOBODY": set(),  # nothing of the kind exists in this world: a secret nobody gave out, somebody else's thing
    "KEEPERS": {"bashir", "maker", "administrator"},  # Bashir keeps the center
    "KEEPERS_AND_MAKERS": {"bashir", "maker", "other_maker", "administrator"},
    "ANNA_AND_KEEPERS": {"anna", "bashir", "maker", "administrator"},
    "ANNA_AND_WHO_LOOKS_AGAIN": {"anna", "administrator"},
    "ANNA_AND_WHO_IS_IN_CHARGE": {"anna", "bashir", "maker", "administrator"},
    "BUYERS": set(ROLES) - {"visitor", "zoe"},
    "IN_CHARGE": {"bashir", "maker", "administrator"},
    "WHO_MAY_PLAN": {"bashir", "maker", "other_maker", "administrator"},
}

TABLE = tomllib.loads(Path(__file__).with_name("access.toml").read_text())

DECLARED = {
    (endpoint, method): who
    for who, methods in TABLE.items()
    for method, named in methods.items()
    for endpoint in named["endpoints"].split()
}


def test_every_role_meets_what_is_declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, since asking takes long: the list at its end names every difference."""
    monkeypatch.setattr(numbers, "_ask", lambda *_who: Numbers([0] * len(registry.every("waiting")), {}))
    answers = ask_everything(tmp_path)
    wrong = [f"{method} {endpoint}: not declared" for endpoint, method in sorted(set(answers) - set(DECLARED))]
    wrong += [f"{method} {endpoint}: no such route" for endpoint, method in sorted(set(DECLARED) - set(answers))]
    wrong += [
        f"{method} {endpoint}: {role} met {met[role]!r}, declared {DECLARED[endpoint, method]}"
        for (endpoint, method), met in answers.items()
        for role in ROLES
        if (endpoint, method) in DECLARED and (met[role] == "yes") != (role in WHO[DECLARED[endpoint, method]])
    ]
    assert not wrong, "\n".join(wrong)
    assert answers["ledger.mine", "GET"]["visitor"] == "sign in"
    assert answers["ledger.mine", "GET"]["zoe"] == "join"
