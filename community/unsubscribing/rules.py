"""The word in a link that takes somebody off one kind of letters: signed, so nobody makes one for somebody else."""

from itsdangerous import BadData, URLSafeSerializer

_PURPOSE = "take me off these letters"


def signed(key: str, person_id: int, topic: str) -> str:
    """What stands in the link. It never ends, since letters lie about for years, and does nothing but this."""
    return str(URLSafeSerializer(key, salt=_PURPOSE).dumps([person_id, topic]))


def read(key: str, word: str) -> tuple[int, str] | None:
    """The person and the topic; None for a word that this installation did not write."""
    try:
        person_id, topic = URLSafeSerializer(key, salt=_PURPOSE).loads(word)
    except (BadData, ValueError, TypeError):
        return None
    return (person_id, topic) if isinstance(person_id, int) and isinstance(topic, str) else None
