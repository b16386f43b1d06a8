"""Writing a post on the pages: the first step, and what came of it."""

from sqlmodel import col, select

from exchanges.posts.tables import Post
from tests.client import Browser, Page
from tests.exchanges.posts.stage import Stage

HOME = "/c/cremona"


def posts(stage: Stage) -> list[Post]:
    """Everything that was written, oldest first."""
    with stage.database.reading() as session:
        return list(session.exec(select(Post).order_by(col(Post.id))))


def step_one(anna: Browser, stage: Stage, kind: str = "need", category: str = "repairs", **said: object) -> Page:
    """What is needed or offered, as Anna writes it; the page of the second step."""
    page = anna.look(f"{HOME}/posts/new?kind={kind}")
    fields = {"title": "Chi mi aiuta con le tende?", "category_id": stage.cast.categories[category].id} | said
    return anna.submit(page, "Avanti", **fields)
