"""What is done with posts: written in three steps, published, and everything that may follow."""

from exchanges.posts.actions.drafting import (
    add_photo,
    describe_photo,
    discard_draft,
    hide_photo,
    remove_photo,
    start_draft,
)
from exchanges.posts.actions.ending import (
    close_post,
    expire_posts,
    fill_post,
    hide_post,
    offer_again,
    pause_posts_of,
    remind_expiring,
    show_post_again,
)
from exchanges.posts.actions.leaving import (
    AWAY,
    bring_back,
    forget_words,
    move_to_party,
    move_to_zone,
    set_aside,
)
from exchanges.posts.actions.living import (
    duplicate_post,
    pause_post,
    publish_post,
    publish_read_post,
    renew_post,
    resume_post,
)
from exchanges.posts.actions.writing import How, What, When, save_how, save_what, save_when

__all__ = [
    "AWAY",
    "How",
    "What",
    "When",
    "add_photo",
    "bring_back",
    "close_post",
    "describe_photo",
    "discard_draft",
    "duplicate_post",
    "expire_posts",
    "fill_post",
    "forget_words",
    "hide_photo",
    "hide_post",
    "move_to_party",
    "move_to_zone",
    "offer_again",
    "pause_post",
    "pause_posts_of",
    "publish_post",
    "publish_read_post",
    "remind_expiring",
    "remove_photo",
    "renew_post",
    "resume_post",
    "save_how",
    "save_what",
    "save_when",
    "set_aside",
    "show_post_again",
    "start_draft",
]
