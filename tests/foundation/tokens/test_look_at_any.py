"""What became of a secret can be said to who holds it, whatever became of it."""

from datetime import timedelta

from foundation import clock, tokens
from foundation.database import Database


def test_spent_expired_and_withdrawn_ones_are_still_known(database: Database) -> None:
    with database.writing() as session:
        spent, expired, withdrawn = (
            tokens.issue(session, "cheque", payload={"n": number}, lasts=timedelta(days=1), as_code=True)
            for number in range(3)
        )
        tokens.take(session, "cheque", spent)
        token = tokens.look(session, "cheque", withdrawn)
        assert token is not None
        tokens.withdraw(session, token.id)
    with clock.at(clock.now() + timedelta(days=2)), database.reading() as session:
        found = [tokens.look_at_any(session, "cheque", secret) for secret in (spent, expired, withdrawn)]
        assert [one.payload["n"] for one in found if one is not None] == [0, 1, 2]
        assert all(tokens.look(session, "cheque", secret) is None for secret in (spent, expired, withdrawn))
        assert tokens.look_at_any(session, "invitation", spent) is None
        assert tokens.look_at_any(session, "cheque", "0000-0000-0000") is None
