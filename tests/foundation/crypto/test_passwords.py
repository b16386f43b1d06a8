"""Hashing and comparing passwords."""

import pytest
from argon2 import PasswordHasher

from foundation.crypto import hash_password, keyed_fingerprint, verify_password


def test_right_and_wrong() -> None:
    kept = hash_password("però che 🙂")
    assert kept.startswith("$argon2id$")
    assert kept != hash_password("però che 🙂")
    assert verify_password(kept, "però che 🙂").right
    assert not verify_password(kept, "pero che 🙂").right


def test_nobody_is_never_right_and_still_costs_a_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    real = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *given: compared.append(1) or real(*given))
    assert not verify_password(None, "nobody has this password").right
    assert compared == [1]


def test_a_damaged_hash_is_wrong() -> None:
    assert not verify_password("not a hash", "x").right


def test_an_old_hash_is_known_as_such() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash("tre gatti sul tetto")
    assert verify_password(weak, "tre gatti sul tetto").outdated
    assert not verify_password(weak, "x").outdated
    assert not verify_password(hash_password("tre gatti sul tetto"), "tre gatti sul tetto").outdated


def test_megabytes_are_not_hashed() -> None:
    with pytest.raises(ValueError, match="too long"):
        hash_password("x" * 201)
    kept = hash_password("x" * 200)
    assert verify_password(kept, "x" * 200).right
    assert not verify_password(kept, "x" * 201).right


def test_fingerprints_depend_on_key_purpose_and_value() -> None:
    made = {keyed_fingerprint(*given) for given in (("k", "p", "v"), ("q", "p", "v"), ("k", "x", "v"), ("k", "p", "w"))}
    assert len(made) == 4
    assert all(len(fingerprint) == 64 for fingerprint in made)
    assert keyed_fingerprint("k", "p", "v") == keyed_fingerprint("k", "p", "v")
