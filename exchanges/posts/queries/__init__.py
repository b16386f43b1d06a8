"""Reading posts: the board, one post, and the lists beside it."""

from exchanges.posts.queries.best import best_of
from exchanges.posts.queries.board import BoardPage, board
from exchanges.posts.queries.cards import Card, cards
from exchanges.posts.queries.filters import Filters
from exchanges.posts.queries.new import MOST_NEW, counts_new, number_new
from exchanges.posts.queries.photos import may_see_photo, photos_of, post_of_photo
from exchanges.posts.queries.single import (
    OwnFields,
    PostView,
    dates_of,
    draft_to_read,
    entrusted_to,
    expiring_of,
    is_read_first,
    lacks_of,
    near_first,
    new_near,
    newest,
    number_entrusted,
    number_expiring,
    number_of_drafts,
    open_posts_of,
    own_fields_of,
    own_post,
    own_posts,
    post_visible_to,
    time_zone_of,
)

__all__ = [
    "MOST_NEW",
    "BoardPage",
    "Card",
    "Filters",
    "OwnFields",
    "PostView",
    "best_of",
    "board",
    "cards",
    "counts_new",
    "dates_of",
    "draft_to_read",
    "entrusted_to",
    "expiring_of",
    "is_read_first",
    "lacks_of",
    "may_see_photo",
    "near_first",
    "new_near",
    "newest",
    "number_entrusted",
    "number_expiring",
    "number_new",
    "number_of_drafts",
    "open_posts_of",
    "own_fields_of",
    "own_post",
    "own_posts",
    "photos_of",
    "post_of_photo",
    "post_visible_to",
    "time_zone_of",
]
