"""Which addresses this server sends to, and with which key."""

import pytest

from community.pushing.rules import checked_endpoint, checked_key, signing_pair, tag_of, topic_of
from foundation.errors import Invalid


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMR",
        "https://wns2-par02p.notify.windows.com/w/?token=Bw",
        "https://push.example:8443/x",
    ],
)
def test_push_services_are_known(endpoint: str) -> None:
    assert checked_endpoint(endpoint, ("push.example:8443",)) == endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://localhost:5432/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com@127.0.0.1/x",
        "https://fcm.googleapis.com:22/x",
        "https://user@fcm.googleapis.com/x",
        "https://127.0.0.1\\@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:99999/x",
        "https://push.example/x",
        "https:///x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "",
    ],
)
def test_nothing_else_is(endpoint: str) -> None:
    with pytest.raises(Invalid):
        checked_endpoint(endpoint, ("push.example:8443",))


def test_the_installations_key_is_the_same_in_every_process() -> None:
    first, again, other = (signing_pair(key) for key in ("a" * 40, "a" * 40, "b" * 40))
    assert first == again != other
    assert checked_key(first[1], 65) == first[1], "it is a point of the curve"
    assert len(first[0]) == 43


@pytest.mark.parametrize(("written", "size"), [("", 16), ("A" * 22, 65), ("BA" + "A" * 85, 65), ("äöü" * 9, 16)])
def test_what_is_no_key(written: str, size: int) -> None:
    with pytest.raises(Invalid):
        checked_key(written, size)


def test_one_matter_has_one_tag() -> None:
    assert tag_of({"matter": "agreement:4", "notification_id": 7}) == "agreement:4"
    assert tag_of({"notification_id": 7, "outbox_id": 9}) == "notice:7"
    assert tag_of({"outbox_id": 9}) == "notice:9"
    assert len(topic_of("agreement:4")) == 32
