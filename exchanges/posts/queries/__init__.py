"""Reading posts: the board, one post, and the lists beside it."""

from exchanges.posts.queries.board import BoardPage, best_of, board
from exchanges.posts.queries.cards import Card, cards
from exchanges.posts.queries.filters import Filters
from exchanges.posts.queries.single import (
    OwnFields,
    PostView,
    dates_of,
    entrusted_to,
    expiring_of,
    is_kept_from,
    lacks_of,
    may_see_photo,
    near_first,
    new_near,
    newest,
    open_posts_of,
    own_fields_of,
    own_post,
    own_posts,
    photos_of,
    post_visible_to,
    time_zone_of,
    today_of,
)

__all__ = [
    "BoardPage",
    "Card",
    "Filters",
    "OwnFields",
    "PostView",
    "best_of",
    "board",
    "cards",
    "dates_of",
    "entrusted_to",
    "expiring_of",
    "is_kept_from",
    "lacks_of",
    "may_see_photo",
    "near_first",
    "new_near",
    "newest",
    "open_posts_of",
    "own_fields_of",
    "own_post",
    "own_posts",
    "photos_of",
    "post_visible_to",
    "time_zone_of",
    "today_of",
]
