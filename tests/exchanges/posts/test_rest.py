"""What somebody wrote leaves the board while they rest, and is there again when they are back."""

from community.resting.actions import answer
from tests.exchanges.posts.stage import Stage


def test_what_one_wrote_rests_too(stage: Stage) -> None:
    anna = stage.cast.anna
    post_id, paused = stage.open_post(anna), stage.draft(anna)
    stage.do(answer, anna, "rest")
    assert stage.post(post_id).state == "paused"
    stage.do(answer, anna, "fine")
    assert stage.post(post_id).state == "open"
    assert stage.post(paused).state == "draft"
