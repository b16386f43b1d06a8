"""The pages of activities, as people use them."""

from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import at
from tests.client import Browser, on_sqlite


@on_sqlite
def test_a_visitor_reads_what_goes_on(stage: ActivityStage, visitor: Browser) -> None:
    homework = stage.activity(min_age=6, max_age=10, places=12, price_cents=200)
    first = stage.session_row(homework, at(12, 16), places=12, taken=3)
    off = stage.session_row(homework, at(19, 16), state="cancelled", reason="Neve")
    stage.session_row(homework, at(5, 16))
    draft = stage.activity("Segreto", state="draft", published_at=None)
    listing = visitor.look(f"/c/cremona/centers/{stage.slug}/activities")
    assert listing.says("Compiti insieme")
    assert listing.says("12 gennaio")
    assert not listing.says("Segreto")
    assert visitor.look(f"/c/cremona/centers/{stage.slug}").says("Compiti insieme")
    page = visitor.look(f"/c/cremona/activities/{homework}")
    assert page.says("19 gennaio")
    assert page.says("5 gennaio")
    one = visitor.look(f"/c/cremona/activities/{homework}/sessions/{first}")
    assert one.says("16:00–18:00")
    assert visitor.look(f"/c/cremona/activities/{homework}/sessions/{off}").says("Neve")
    assert visitor.look(f"/c/cremona/activities/{homework}/poster").soup.select_one(".r-qr svg")
    visitor.look(f"/c/cremona/activities/{draft}", status=404)
    other = stage.activity("Altro")
    visitor.look(f"/c/cremona/activities/{other}/sessions/{first}", status=404)
