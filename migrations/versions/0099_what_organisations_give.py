"""What organisations pledge, their vouchers, and their names on what they help; for what is there already, none."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter, append_only, not_append_only

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sponsor_page",
        sa.Column("party_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_sponsor_page_community_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_sponsor_page_party_id")),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_sponsor_page")),
        sa.UniqueConstraint("community_id", "slug", name=op.f("uq_sponsor_page_community_id_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "voucher_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("value_cents", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("per", sa.String(length=5), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("conditions", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("yes_way", sa.String(length=10), nullable=False),
        sa.Column("yes_on", sa.Date(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('goods', 'discount')", name=op.f("ck_voucher_offer_kind_known")),
        sa.CheckConstraint("per IN ('all', 'month')", name=op.f("ck_voucher_offer_per_known")),
        sa.CheckConstraint(
            "state IN ('offered', 'accepted', 'declined', 'withdrawn', 'ended')",
            name=op.f("ck_voucher_offer_state_known"),
        ),
        sa.CheckConstraint("yes_way IN ('', 'spoken', 'written')", name=op.f("ck_voucher_offer_yes_way_known")),
        sa.CheckConstraint("most BETWEEN 1 AND 1000", name=op.f("ck_voucher_offer_most_sane")),
        sa.CheckConstraint(
            "value_cents IS NULL OR value_cents BETWEEN 1 AND 99999999", name=op.f("ck_voucher_offer_value_sane")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_voucher_offer_community_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_voucher_offer_decided_by_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_voucher_offer_offered_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_voucher_offer_party_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_voucher_offer_recorded_by_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_voucher_offer_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_offer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_voucher_offer_community", "voucher_offer", ["community_id", "state"], unique=False)
    op.create_index("ix_voucher_offer_due", "voucher_offer", ["state", "until_on"], unique=False)
    op.create_index("ix_voucher_offer_party", "voucher_offer", ["party_id", "state"], unique=False)
    op.create_index("ix_voucher_offer_zone", "voucher_offer", ["zone_id", "state"], unique=False)
    op.create_table(
        "voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ended_why", sa.String(length=6), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'given') = (ended_at IS NULL)", name=op.f("ck_voucher_ended_with_state")),
        sa.CheckConstraint("ended_why IN ('', 'maker', 'shop', 'left')", name=op.f("ck_voucher_ended_why_known")),
        sa.CheckConstraint(
            "state IN ('given', 'redeemed', 'expired', 'called_back')", name=op.f("ck_voucher_state_known")
        ),
        sa.CheckConstraint("why IN ('need', 'thanks')", name=op.f("ck_voucher_why_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_voucher_community_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_voucher_ended_by_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_voucher_given_by_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["voucher_offer.id"], name=op.f("fk_voucher_offer_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_voucher_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voucher_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_voucher_community", "voucher", ["community_id"], unique=False)
    op.create_index(
        "ix_voucher_due",
        "voucher",
        ["ends_at"],
        unique=False,
        sqlite_where=sa.text("state = 'given'"),
        postgresql_where=sa.text("state = 'given'"),
    )
    op.create_index("ix_voucher_offer", "voucher", ["offer_id", "state"], unique=False)
    op.create_index("ix_voucher_party", "voucher", ["party_id"], unique=False)
    op.create_index("ix_voucher_person", "voucher", ["person_id", "state"], unique=False)
    op.create_table(
        "voucher_stock",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.CheckConstraint("given BETWEEN 0 AND most", name=op.f("ck_voucher_stock_given_within_most")),
        sa.ForeignKeyConstraint(["offer_id"], ["voucher_offer.id"], name=op.f("fk_voucher_stock_offer_id")),
        sa.PrimaryKeyConstraint("offer_id", "period", name=op.f("pk_voucher_stock")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=10), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("lab_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("conditions", sa.String(length=500), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("conflict_words", sa.String(length=500), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("yes_way", sa.String(length=10), nullable=False),
        sa.Column("yes_on", sa.Date(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("thanks", sa.String(length=500), nullable=False),
        sa.Column("thanked_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(target = 'activity') = (activity_id IS NOT NULL)", name=op.f("ck_pledge_activity_whole")),
        sa.CheckConstraint("(target = 'center') = (center_id IS NOT NULL)", name=op.f("ck_pledge_center_whole")),
        sa.CheckConstraint("(target = 'fund') = (cause <> '')", name=op.f("ck_pledge_cause_whole")),
        sa.CheckConstraint("(target = 'lab') = (lab_id IS NOT NULL)", name=op.f("ck_pledge_lab_whole")),
        sa.CheckConstraint("NOT conflict OR conflict_words <> ''", name=op.f("ck_pledge_conflict_has_words")),
        sa.CheckConstraint("kind <> 'money' OR amount_cents IS NOT NULL", name=op.f("ck_pledge_money_has_amount")),
        sa.CheckConstraint(
            "kind IN ('money', 'goods', 'room', 'skill', 'discount')", name=op.f("ck_pledge_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('offered', 'accepted', 'declined', 'withdrawn', 'kept', 'ended')",
            name=op.f("ck_pledge_state_known"),
        ),
        sa.CheckConstraint("target IN ('center', 'activity', 'lab', 'fund')", name=op.f("ck_pledge_target_known")),
        sa.CheckConstraint("yes_way IN ('', 'spoken', 'written')", name=op.f("ck_pledge_yes_way_known")),
        sa.CheckConstraint(
            "amount_cents IS NULL OR amount_cents BETWEEN 1 AND 99999999", name=op.f("ck_pledge_amount_sane")
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_pledge_until_not_before_from")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_pledge_activity_id")),
        sa.ForeignKeyConstraint(["center_id"], ["center.id"], name=op.f("fk_pledge_center_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pledge_community_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_pledge_decided_by_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["community_lab.id"], name=op.f("fk_pledge_lab_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_pledge_offered_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_pledge_party_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_pledge_recorded_by_id")),
        sa.ForeignKeyConstraint(["thanked_by_id"], ["person.id"], name=op.f("fk_pledge_thanked_by_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_pledge_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pledge_activity", "pledge", ["activity_id"], unique=False)
    op.create_index("ix_pledge_center", "pledge", ["center_id"], unique=False)
    op.create_index("ix_pledge_community", "pledge", ["community_id", "state"], unique=False)
    op.create_index("ix_pledge_due", "pledge", ["state", "until_on"], unique=False)
    op.create_index("ix_pledge_lab", "pledge", ["lab_id"], unique=False)
    op.create_index("ix_pledge_party", "pledge", ["party_id", "state"], unique=False)
    op.create_index("ix_pledge_zone", "pledge", ["zone_id", "state"], unique=False)
    op.create_table(
        "pledge_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("is_last", sa.Boolean(), nullable=False),
        sa.Column("quota_way", sa.String(length=8), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cents BETWEEN -99999999 AND 99999999", name=op.f("ck_pledge_delivery_cents_sane")),
        sa.CheckConstraint("corrects_id IS NOT NULL OR cents >= 0", name=op.f("ck_pledge_delivery_negative_only_back")),
        sa.CheckConstraint(
            "quota_way IN ('', 'cash', 'transfer', 'other')", name=op.f("ck_pledge_delivery_quota_way_known")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_pledge_delivery_community_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["pledge_delivery.id"], name=op.f("fk_pledge_delivery_corrects_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_delivery_pledge_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_pledge_delivery_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_delivery")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_pledge_delivery_corrects_id")),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_pledge_delivery_community", "pledge_delivery", ["community_id"], unique=False)
    op.create_index("ix_pledge_delivery_pledge", "pledge_delivery", ["pledge_id", "id"], unique=False)
    for table in ("activity", "center"):
        op.add_column(table, sa.Column("helped_by", sa.String(length=500), nullable=True))
        op.execute(sa.update(sa.table(table, sa.column("helped_by"))).values(helped_by=""))
        with alter(op, table) as batch:
            batch.alter_column("helped_by", existing_type=sa.String(length=500), nullable=False)
    append_only(op, "pledge_delivery")


def downgrade() -> None:
    not_append_only(op, "pledge_delivery")
    for table in ("center", "activity"):
        with alter(op, table) as batch:
            batch.drop_column("helped_by")
    op.drop_index("ix_pledge_delivery_pledge", table_name="pledge_delivery")
    op.drop_index("ix_pledge_delivery_community", table_name="pledge_delivery")
    op.drop_table("pledge_delivery")
    op.drop_index("ix_pledge_zone", table_name="pledge")
    op.drop_index("ix_pledge_party", table_name="pledge")
    op.drop_index("ix_pledge_lab", table_name="pledge")
    op.drop_index("ix_pledge_due", table_name="pledge")
    op.drop_index("ix_pledge_community", table_name="pledge")
    op.drop_index("ix_pledge_center", table_name="pledge")
    op.drop_index("ix_pledge_activity", table_name="pledge")
    op.drop_table("pledge")
    op.drop_table("voucher_stock")
    op.drop_index("ix_voucher_person", table_name="voucher")
    op.drop_index("ix_voucher_party", table_name="voucher")
    op.drop_index("ix_voucher_offer", table_name="voucher")
    op.drop_index(
        "ix_voucher_due",
        table_name="voucher",
        sqlite_where=sa.text("state = 'given'"),
        postgresql_where=sa.text("state = 'given'"),
    )
    op.drop_index("ix_voucher_community", table_name="voucher")
    op.drop_table("voucher")
    op.drop_index("ix_voucher_offer_zone", table_name="voucher_offer")
    op.drop_index("ix_voucher_offer_party", table_name="voucher_offer")
    op.drop_index("ix_voucher_offer_due", table_name="voucher_offer")
    op.drop_index("ix_voucher_offer_community", table_name="voucher_offer")
    op.drop_table("voucher_offer")
    op.drop_table("sponsor_page")
