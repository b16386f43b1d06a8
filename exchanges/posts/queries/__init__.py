"""Reading posts: the board, one post, and the lists beside it."""

from exchanges.posts.queries.board import BoardPage, Card, Filters, board, cards
from exchanges.posts.queries.single import (
    PostView,
    dates_of,
    lacks_of,
    may_see_photo,
    new_near,
    newest,
    open_posts_of,
    own_fields_of,
    own_post,
    own_posts,
    photos_of,
    post_visible_to,
    today_of,
)

__all__ = [
    "BoardPage",
    "Card",
    "Filters",
    "PostView",
    "board",
    "cards",
    "dates_of",
    "lacks_of",
    "may_see_photo",
    "new_near",
    "newest",
    "open_posts_of",
    "own_fields_of",
    "own_post",
    "own_posts",
    "photos_of",
    "post_visible_to",
    "today_of",
]
