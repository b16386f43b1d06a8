"""`flask keys`."""

from flask import Flask

from foundation.crypto.keyring import Key
from tests.client import on_sqlite


@on_sqlite
def test_a_key_that_was_made_can_be_read(app: Flask) -> None:
    written = app.test_cli_runner().invoke(args=["keys", "make"]).output.strip()
    assert len(Key.read(written).name) == 8


@on_sqlite
def test_list_and_rotate_say_how_it_stands(app: Flask) -> None:
    runner = app.test_cli_runner()
    with app.app_context():
        assert "the newest: it closes" in runner.invoke(args=["keys", "list"]).output
        done = runner.invoke(args=["keys", "rotate"])
    assert done.exit_code == 0
    assert "0 texts were closed anew" in done.output
