"""Suppliers of solidarity purchasing, their products with dated prices, and who is in charge of purchasing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from foundation.database.migrating import append_only, not_append_only

revision = "0092"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "purchaser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name=op.f("ck_purchaser_ends_after_start")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_purchaser_community_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_purchaser_ended_by_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_purchaser_given_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_purchaser_person_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_purchaser_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchaser")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_purchaser_person", "purchaser", ["person_id", "community_id"], unique=False)
    op.create_index("ix_purchaser_zone", "purchaser", ["zone_id"], unique=False)
    op.create_index(
        "uq_purchaser_standing",
        "purchaser",
        ["zone_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_by_id IS NULL AND ends_at IS NULL"),
        postgresql_where=sa.text("ended_by_id IS NULL AND ends_at IS NULL"),
    )
    op.create_table(
        "supplier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("goods", sa.String(length=200), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_address", sa.Text(), nullable=False),
        sa.Column("order_minimum", sa.Integer(), nullable=False),
        sa.Column("delivery_notes", sa.String(length=1000), nullable=False),
        sa.Column("delivery_days", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_words", sa.String(length=300), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'paused', 'closed')", name=op.f("ck_supplier_state_known")),
        sa.CheckConstraint("order_minimum BETWEEN 0 AND 10000000", name=op.f("ck_supplier_order_minimum_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_supplier_community_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_supplier_created_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_supplier_party_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_supplier_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_supplier_community", "supplier", ["community_id", "state"], unique=False)
    op.create_index("ix_supplier_party", "supplier", ["party_id"], unique=False)
    op.create_index("ix_supplier_zone", "supplier", ["zone_id"], unique=False)
    op.create_index(
        "uq_supplier_name",
        "supplier",
        ["zone_id", "name"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=False),
        sa.Column("producer", sa.String(length=120), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("pack", sa.Integer(), nullable=True),
        sa.Column("is_weighed", sa.Boolean(), nullable=False),
        sa.Column("piece_weight", sa.Integer(), nullable=True),
        sa.Column("available", sa.Boolean(), nullable=False),
        sa.Column("most_available", sa.Integer(), nullable=True),
        sa.Column("season_from", sa.Integer(), nullable=True),
        sa.Column("season_to", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('offered', 'ended')", name=op.f("ck_product_state_known")),
        sa.CheckConstraint(
            "unit IN ('piece', 'kg', 'hg', 'g', 'l', 'cl', 'ml', 'dozen', 'bunch', 'pack', 'box', 'bottle', 'jar')",
            name=op.f("ck_product_unit_known"),
        ),
        sa.CheckConstraint("(season_from IS NULL) = (season_to IS NULL)", name=op.f("ck_product_season_whole")),
        sa.CheckConstraint(
            "NOT is_weighed OR (piece_weight IS NOT NULL AND step = piece_weight)",
            name=op.f("ck_product_weighed_whole"),
        ),
        sa.CheckConstraint("least BETWEEN 1 AND 100000000", name=op.f("ck_product_least_sane")),
        sa.CheckConstraint(
            "most_available IS NULL OR most_available BETWEEN 0 AND 100000000",
            name=op.f("ck_product_most_available_sane"),
        ),
        sa.CheckConstraint("pack IS NULL OR pack BETWEEN 1 AND 100000000", name=op.f("ck_product_pack_sane")),
        sa.CheckConstraint(
            "piece_weight IS NULL OR piece_weight BETWEEN 1 AND 100000000", name=op.f("ck_product_weight_sane")
        ),
        sa.CheckConstraint(
            "season_from IS NULL OR season_from BETWEEN 1 AND 12", name=op.f("ck_product_season_from_sane")
        ),
        sa.CheckConstraint("season_to IS NULL OR season_to BETWEEN 1 AND 12", name=op.f("ck_product_season_to_sane")),
        sa.CheckConstraint("step BETWEEN 1 AND 100000000", name=op.f("ck_product_step_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_product_community_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_product_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_product_community", "product", ["community_id"], unique=False)
    op.create_index("ix_product_supplier", "product", ["supplier_id", "state"], unique=False)
    op.create_index(
        "uq_product_code",
        "product",
        ["supplier_id", "code"],
        unique=True,
        sqlite_where=sa.text("code <> ''"),
        postgresql_where=sa.text("code <> ''"),
    )
    op.create_index(
        "uq_product_name",
        "product",
        ["supplier_id", "name", "unit"],
        unique=True,
        sqlite_where=sa.text("code = ''"),
        postgresql_where=sa.text("code = ''"),
    )
    op.create_table(
        "supplier_interest",
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_supplier_interest_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_supplier_interest_person_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_supplier_interest_supplier_id")),
        sa.PrimaryKeyConstraint("supplier_id", "person_id", name=op.f("pk_supplier_interest")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_supplier_interest_person", "supplier_interest", ["person_id"], unique=False)
    op.create_table(
        "supplier_list",
        sa.Column("run_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("ends_missing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_supplier_list_community_id")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_supplier_list_run_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name=op.f("fk_supplier_list_supplier_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_supplier_list")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_supplier_list_supplier", "supplier_list", ["supplier_id", "run_id"], unique=False)
    op.create_table(
        "product_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("net", sa.Integer(), nullable=True),
        sa.Column("vat_rate", sa.Integer(), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "net IS NULL OR (price IS NOT NULL AND vat_rate IS NOT NULL)", name=op.f("ck_product_price_net_has_rate")
        ),
        sa.CheckConstraint("net IS NULL OR net BETWEEN 1 AND 1000000000", name=op.f("ck_product_price_net_sane")),
        sa.CheckConstraint("price IS NULL OR price BETWEEN 1 AND 1000000000", name=op.f("ck_product_price_price_sane")),
        sa.CheckConstraint(
            "vat_rate IS NULL OR vat_rate BETWEEN 0 AND 10000", name=op.f("ck_product_price_vat_rate_sane")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_product_price_community_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_product_price_product_id")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_product_price_run_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_product_price_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_price")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_product_price_product", "product_price", ["product_id", "from_day", "id"], unique=False)
    op.create_index("ix_product_price_run", "product_price", ["run_id"], unique=False)
    op.create_table(
        "supplier_list_change",
        sa.Column("run_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("before", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("after", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint("kind IN ('new', 'changed', 'missing')", name=op.f("ck_supplier_list_change_kind_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_supplier_list_change_community_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_supplier_list_change_product_id")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_supplier_list_change_run_id")),
        sa.PrimaryKeyConstraint("run_id", "product_id", name=op.f("pk_supplier_list_change")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_supplier_list_change_product", "supplier_list_change", ["product_id"], unique=False)
    append_only(op, "product_price")


def downgrade() -> None:
    not_append_only(op, "product_price")
    op.drop_index("ix_supplier_list_change_product", table_name="supplier_list_change")
    op.drop_table("supplier_list_change")
    op.drop_index("ix_product_price_run", table_name="product_price")
    op.drop_index("ix_product_price_product", table_name="product_price")
    op.drop_table("product_price")
    op.drop_index("ix_supplier_list_supplier", table_name="supplier_list")
    op.drop_table("supplier_list")
    op.drop_index("ix_supplier_interest_person", table_name="supplier_interest")
    op.drop_table("supplier_interest")
    op.drop_index(
        "uq_product_name",
        table_name="product",
        sqlite_where=sa.text("code = ''"),
        postgresql_where=sa.text("code = ''"),
    )
    op.drop_index(
        "uq_product_code",
        table_name="product",
        sqlite_where=sa.text("code <> ''"),
        postgresql_where=sa.text("code <> ''"),
    )
    op.drop_index("ix_product_supplier", table_name="product")
    op.drop_index("ix_product_community", table_name="product")
    op.drop_table("product")
    op.drop_index(
        "uq_supplier_name",
        table_name="supplier",
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.drop_index("ix_supplier_zone", table_name="supplier")
    op.drop_index("ix_supplier_party", table_name="supplier")
    op.drop_index("ix_supplier_community", table_name="supplier")
    op.drop_table("supplier")
    op.drop_index(
        "uq_purchaser_standing",
        table_name="purchaser",
        sqlite_where=sa.text("ended_by_id IS NULL AND ends_at IS NULL"),
        postgresql_where=sa.text("ended_by_id IS NULL AND ends_at IS NULL"),
    )
    op.drop_index("ix_purchaser_zone", table_name="purchaser")
    op.drop_index("ix_purchaser_person", table_name="purchaser")
    op.drop_table("purchaser")
