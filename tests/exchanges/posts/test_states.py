"""The states of a post: whatever is pressed, in whatever order, only the drawn moves happen."""

from hypothesis import given
from hypothesis import strategies as st

from exchanges.posts import rules

VERBS = sorted(rules._MOVES)
STATES = {"draft", "open", "paused", "closed", "expired"}


@given(st.lists(st.sampled_from(VERBS), max_size=30))
def test_whatever_is_pressed(verbs: list[str]) -> None:
    state = "draft"
    for verb in verbs:
        allowed = verb in rules.possible(state)
        try:
            after = rules.moved(state, verb)
        except rules.NotNow:
            assert not allowed
            continue
        assert allowed
        assert after in STATES
        assert after != "draft", "what was published never becomes a draft again"
        assert (state == "draft") == (verb == "publish"), "publishing is the only way out of a draft"
        state = after


@given(st.text())
def test_folding_twice_changes_nothing_more(words: str) -> None:
    folded = rules.fold(words)
    assert rules.fold(folded) == folded
    assert "  " not in folded
