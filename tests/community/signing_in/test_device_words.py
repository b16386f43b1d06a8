"""How a device is called, and what is kept of its network."""

import pytest

from community.signing_in.rules import Device, coarse_network

SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) {SAFARI}", "Safari, iPhone"),
        (f"Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) {SAFARI.replace('Version', 'CriOS')}", "Chrome, iPad"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", "Chrome, Android"),
        (f"Mozilla/5.0 (Linux; Android 13; SM-A515F) {CHROME} SamsungBrowser/25.0", "Samsung Internet, Android"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0", "Firefox, Android"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/124.0.0.0", "Edge, Windows"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36", "Chrome, Chromebook"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15",
            "Safari, Mac",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0", "Firefox, Linux"),
        ("curl/8.5.0", ""),
        ("", ""),
        ("x" * 400 + "Firefox Android", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_in_plain_words(said: str, words: str) -> None:
    assert Device.from_request(said, "93.34.12.7").words == words


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("93.34.12.7", "93.34.…"),
        ("2a01:e11:1234:5678::9", "2a01:e11:…"),
        ("::ffff:93.34.12.7", "93.34.…"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_of_the_network_only_the_coarse_part(address: str, network: str) -> None:
    assert coarse_network(address) == network
