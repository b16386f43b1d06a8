"""Order cycles of solidarity purchasing, what is offered in them, and orders line by line."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import append_only, not_append_only

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "order_rhythm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("which", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(every_months = 0) <> (every_weeks = 0)", name=op.f("ck_order_rhythm_weeks_or_months")),
        sa.CheckConstraint(
            "every_months BETWEEN 0 AND 12 AND every_weeks BETWEEN 0 AND 8", name=op.f("ck_order_rhythm_every_sane")
        ),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_order_rhythm_weekday_sane")),
        sa.CheckConstraint("which IN (-1, 1, 2, 3, 4)", name=op.f("ck_order_rhythm_which_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_order_rhythm_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_rhythm")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_rhythm_community", "order_rhythm", ["community_id"], unique=False)
    op.create_index("ix_order_rhythm_due", "order_rhythm", ["ended_at", "next_on"], unique=False)
    op.create_table(
        "order_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rhythm_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_order_pause_until_not_before_from")),
        sa.ForeignKeyConstraint(["rhythm_id"], ["order_rhythm.id"], name=op.f("fk_order_pause_rhythm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_pause")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_pause_rhythm", "order_pause", ["rhythm_id"], unique=False)
    op.create_table(
        "order_cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("rhythm_id", sa.Integer(), nullable=True),
        sa.Column("rhythm_on", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery_on", sa.Date(), nullable=False),
        sa.Column("minimum_cents", sa.Integer(), nullable=False),
        sa.Column("short_rule", sa.String(length=10), nullable=False),
        sa.Column("pack_rule", sa.String(length=10), nullable=False),
        sa.Column("keep_open_hours", sa.Integer(), nullable=False),
        sa.Column("keep_open_most", sa.Integer(), nullable=False),
        sa.Column("kept_open", sa.Integer(), nullable=False),
        sa.Column("drop_hours", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "delivery_on IS NULL OR delivery_on >= '2000-01-01'", name=op.f("ck_order_cycle_delivery_sane")
        ),
        sa.CheckConstraint(
            "pack_rule IN ('trim', 'keep_open', 'decide', 'send')", name=op.f("ck_order_cycle_pack_rule_known")
        ),
        sa.CheckConstraint(
            "short_rule IN ('send', 'keep_open', 'cancel')", name=op.f("ck_order_cycle_short_rule_known")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'closing', 'closed', 'sent', 'delivered', 'done', 'cancelled')",
            name=op.f("ck_order_cycle_state_known"),
        ),
        sa.CheckConstraint("(rhythm_id IS NULL) = (rhythm_on IS NULL)", name=op.f("ck_order_cycle_rhythm_has_day")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_order_cycle_closes_after_opening")),
        sa.CheckConstraint("drop_hours BETWEEN 1 AND 168", name=op.f("ck_order_cycle_drop_hours_sane")),
        sa.CheckConstraint("keep_open_hours BETWEEN 1 AND 336", name=op.f("ck_order_cycle_keep_open_hours_sane")),
        sa.CheckConstraint("keep_open_most BETWEEN 0 AND 9", name=op.f("ck_order_cycle_keep_open_most_sane")),
        sa.CheckConstraint("kept_open BETWEEN 0 AND 9", name=op.f("ck_order_cycle_kept_open_sane")),
        sa.CheckConstraint("minimum_cents BETWEEN 0 AND 100000000", name=op.f("ck_order_cycle_minimum_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_order_cycle_community_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_order_cycle_created_by_id")),
        sa.ForeignKeyConstraint(["rhythm_id"], ["order_rhythm.id"], name=op.f("fk_order_cycle_rhythm_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_order_cycle_supplier_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_order_cycle_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_cycle")),
        sa.UniqueConstraint("rhythm_id", "rhythm_on", name=op.f("uq_order_cycle_rhythm_id_rhythm_on")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_cycle_closes", "order_cycle", ["state", "closes_at"], unique=False)
    op.create_index("ix_order_cycle_community", "order_cycle", ["community_id", "state", "closes_at"], unique=False)
    op.create_index("ix_order_cycle_opens", "order_cycle", ["state", "opens_at"], unique=False)
    op.create_index("ix_order_cycle_supplier", "order_cycle", ["supplier_id"], unique=False)
    op.create_index("ix_order_cycle_zone", "order_cycle", ["zone_id"], unique=False)
    op.create_table(
        "order_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=80), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("split", sa.String(length=10), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("split IN ('value', 'weight', 'head')", name=op.f("ck_order_cost_split_known")),
        sa.CheckConstraint("cents BETWEEN 1 AND 10000000", name=op.f("ck_order_cost_cents_sane")),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_order_cost_added_by_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_order_cost_community_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["order_cycle.id"], name=op.f("fk_order_cost_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_cost")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_cost_added_by", "order_cost", ["added_by_id"], unique=False)
    op.create_index("ix_order_cost_community", "order_cost", ["community_id"], unique=False)
    op.create_index("ix_order_cost_cycle", "order_cost", ["cycle_id"], unique=False)
    op.create_table(
        "order_keeper",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["order_cycle.id"], name=op.f("fk_order_keeper_cycle_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_order_keeper_person_id")),
        sa.PrimaryKeyConstraint("cycle_id", "person_id", name=op.f("pk_order_keeper")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_keeper_person", "order_keeper", ["person_id"], unique=False)
    op.create_table(
        "order_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_order_place_ends_after_start")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_order_place_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_order_place_community_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["order_cycle.id"], name=op.f("fk_order_place_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_place")),
        sa.UniqueConstraint("cycle_id", "name", name=op.f("uq_order_place_cycle_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_place_center", "order_place", ["center_id"], unique=False)
    op.create_index("ix_order_place_community", "order_place", ["community_id"], unique=False)
    op.create_table(
        "order_product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("producer", sa.String(length=120), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("new_price", sa.Integer(), nullable=True),
        sa.Column("refused_price", sa.Integer(), nullable=True),
        sa.Column("old_price", sa.Integer(), nullable=True),
        sa.Column("drop_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pack", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("group_least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("grams", sa.Integer(), nullable=False),
        sa.Column("is_weighed", sa.Boolean(), nullable=False),
        sa.Column("ordered", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("pack_kept", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('offered', 'left_out')", name=op.f("ck_order_product_state_known")),
        sa.CheckConstraint("grams BETWEEN 0 AND 1000000", name=op.f("ck_order_product_grams_sane")),
        sa.CheckConstraint("group_least BETWEEN 0 AND 2000000000", name=op.f("ck_order_product_group_least_sane")),
        sa.CheckConstraint("least BETWEEN 0 AND 100000000", name=op.f("ck_order_product_least_sane")),
        sa.CheckConstraint("most IS NULL OR most BETWEEN 0 AND 2000000000", name=op.f("ck_order_product_most_sane")),
        sa.CheckConstraint(
            "new_price IS NULL OR new_price BETWEEN 1 AND 1000000000", name=op.f("ck_order_product_new_price_sane")
        ),
        sa.CheckConstraint(
            "ordered BETWEEN 0 AND 2000000000 AND (most IS NULL OR ordered <= most)",
            name=op.f("ck_order_product_ordered_within_most"),
        ),
        sa.CheckConstraint("pack BETWEEN 0 AND 100000000", name=op.f("ck_order_product_pack_sane")),
        sa.CheckConstraint("price BETWEEN 1 AND 1000000000", name=op.f("ck_order_product_price_sane")),
        sa.CheckConstraint("step BETWEEN 1 AND 100000000", name=op.f("ck_order_product_step_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_order_product_community_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["order_cycle.id"], name=op.f("fk_order_product_cycle_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_order_product_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_product")),
        sa.UniqueConstraint("cycle_id", "product_id", name=op.f("uq_order_product_cycle_id_product_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_product_community", "order_product", ["community_id"], unique=False)
    op.create_index("ix_order_product_product", "order_product", ["product_id"], unique=False)
    op.create_table(
        "purchase_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("for_friend", sa.Text(), nullable=False),
        sa.Column("placed_by_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("goods_cents", sa.Integer(), nullable=False),
        sa.Column("extra_cents", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('standing', 'dropped', 'cancelled')", name=op.f("ck_purchase_order_state_known")),
        sa.CheckConstraint("extra_cents BETWEEN 0 AND 100000000", name=op.f("ck_purchase_order_extra_sane")),
        sa.CheckConstraint("goods_cents BETWEEN 0 AND 100000000", name=op.f("ck_purchase_order_goods_sane")),
        sa.CheckConstraint("number BETWEEN 0 AND 9", name=op.f("ck_purchase_order_number_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_purchase_order_community_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["order_cycle.id"], name=op.f("fk_purchase_order_cycle_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_purchase_order_party_id")),
        sa.ForeignKeyConstraint(["place_id"], ["order_place.id"], name=op.f("fk_purchase_order_place_id")),
        sa.ForeignKeyConstraint(["placed_by_id"], ["person.id"], name=op.f("fk_purchase_order_placed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_order")),
        sa.UniqueConstraint("cycle_id", "party_id", "number", name=op.f("uq_purchase_order_cycle_id_party_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_purchase_order_community", "purchase_order", ["community_id"], unique=False)
    op.create_index("ix_purchase_order_cycle", "purchase_order", ["cycle_id", "state", "id"], unique=False)
    op.create_index("ix_purchase_order_party", "purchase_order", ["party_id", "cycle_id"], unique=False)
    op.create_index("ix_purchase_order_place", "purchase_order", ["place_id"], unique=False)
    op.create_index("ix_purchase_order_placed_by", "purchase_order", ["placed_by_id"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("ordered", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=True),
        sa.Column("delivered", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "confirmed IS NULL OR confirmed BETWEEN 0 AND 100000000", name=op.f("ck_order_line_confirmed_sane")
        ),
        sa.CheckConstraint(
            "delivered IS NULL OR confirmed IS NOT NULL", name=op.f("ck_order_line_confirmed_before_delivered")
        ),
        sa.CheckConstraint(
            "delivered IS NULL OR delivered BETWEEN 0 AND 100000000", name=op.f("ck_order_line_delivered_sane")
        ),
        sa.CheckConstraint("ordered BETWEEN 0 AND 100000000", name=op.f("ck_order_line_ordered_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_order_line_community_id")),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name=op.f("fk_order_line_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["order_product.id"], name=op.f("fk_order_line_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", "product_id", name=op.f("uq_order_line_order_id_product_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_line_community", "order_line", ["community_id"], unique=False)
    op.create_index("ix_order_line_product", "order_line", ["product_id"], unique=False)
    op.create_table(
        "order_line_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ordered', 'trimmed', 'left_out', 'changed', 'dropped', 'delivered', 'cancelled')",
            name=op.f("ck_order_line_move_kind_known"),
        ),
        sa.CheckConstraint(
            "delta <> 0 AND delta BETWEEN -100000000 AND 100000000", name=op.f("ck_order_line_move_delta_sane")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_order_line_move_community_id")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_order_line_move_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line_move")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_order_line_move_community", "order_line_move", ["community_id"], unique=False)
    op.create_index("ix_order_line_move_line", "order_line_move", ["line_id"], unique=False)
    op.create_table(
        "order_slot",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.CheckConstraint("kind IN ('pick_up', 'distribution')", name=op.f("ck_order_slot_kind_known")),
        sa.ForeignKeyConstraint(["cycle_id"], ["order_cycle.id"], name=op.f("fk_order_slot_cycle_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["volunteer_slot.id"], name=op.f("fk_order_slot_slot_id")),
        sa.PrimaryKeyConstraint("cycle_id", "slot_id", name=op.f("pk_order_slot")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_order_slot_slot", "order_slot", ["slot_id"], unique=False)
    append_only(op, "order_line_move")


def downgrade() -> None:
    not_append_only(op, "order_line_move")
    op.drop_index("ix_order_slot_slot", table_name="order_slot")
    op.drop_table("order_slot")
    op.drop_index("ix_order_line_move_line", table_name="order_line_move")
    op.drop_index("ix_order_line_move_community", table_name="order_line_move")
    op.drop_table("order_line_move")
    op.drop_index("ix_order_line_product", table_name="order_line")
    op.drop_index("ix_order_line_community", table_name="order_line")
    op.drop_table("order_line")
    op.drop_index("ix_purchase_order_placed_by", table_name="purchase_order")
    op.drop_index("ix_purchase_order_place", table_name="purchase_order")
    op.drop_index("ix_purchase_order_party", table_name="purchase_order")
    op.drop_index("ix_purchase_order_cycle", table_name="purchase_order")
    op.drop_index("ix_purchase_order_community", table_name="purchase_order")
    op.drop_table("purchase_order")
    op.drop_index("ix_order_product_product", table_name="order_product")
    op.drop_index("ix_order_product_community", table_name="order_product")
    op.drop_table("order_product")
    op.drop_index("ix_order_place_community", table_name="order_place")
    op.drop_index("ix_order_place_center", table_name="order_place")
    op.drop_table("order_place")
    op.drop_index("ix_order_keeper_person", table_name="order_keeper")
    op.drop_table("order_keeper")
    op.drop_index("ix_order_cost_cycle", table_name="order_cost")
    op.drop_index("ix_order_cost_community", table_name="order_cost")
    op.drop_index("ix_order_cost_added_by", table_name="order_cost")
    op.drop_table("order_cost")
    op.drop_index("ix_order_cycle_zone", table_name="order_cycle")
    op.drop_index("ix_order_cycle_supplier", table_name="order_cycle")
    op.drop_index("ix_order_cycle_opens", table_name="order_cycle")
    op.drop_index("ix_order_cycle_community", table_name="order_cycle")
    op.drop_index("ix_order_cycle_closes", table_name="order_cycle")
    op.drop_table("order_cycle")
    op.drop_index("ix_order_pause_rhythm", table_name="order_pause")
    op.drop_table("order_pause")
    op.drop_index("ix_order_rhythm_due", table_name="order_rhythm")
    op.drop_index("ix_order_rhythm_community", table_name="order_rhythm")
    op.drop_table("order_rhythm")
