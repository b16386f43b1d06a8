"""Zones and categories at hand."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import make, unmake

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("community", sa.Column("catalogue", sa.Integer(), server_default="0", nullable=False))
    make(
        op,
        "category_raises_catalogue_insert",
        sqlite=[
            "CREATE TRIGGER category_raises_catalogue_insert AFTER INSERT ON category BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION category_raises_catalogue_insert() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER category_raises_catalogue_insert AFTER INSERT ON category FOR EACH ROW EXECUTE FUNCTION category_raises_catalogue_insert()",
        ],
    )
    make(
        op,
        "category_raises_catalogue_update",
        sqlite=[
            "CREATE TRIGGER category_raises_catalogue_update AFTER UPDATE ON category BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION category_raises_catalogue_update() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER category_raises_catalogue_update AFTER UPDATE ON category FOR EACH ROW EXECUTE FUNCTION category_raises_catalogue_update()",
        ],
    )
    make(
        op,
        "category_raises_catalogue_delete",
        sqlite=[
            "CREATE TRIGGER category_raises_catalogue_delete AFTER DELETE ON category BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = OLD.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION category_raises_catalogue_delete() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = OLD.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER category_raises_catalogue_delete AFTER DELETE ON category FOR EACH ROW EXECUTE FUNCTION category_raises_catalogue_delete()",
        ],
    )
    make(
        op,
        "zone_raises_catalogue_insert",
        sqlite=[
            "CREATE TRIGGER zone_raises_catalogue_insert AFTER INSERT ON zone BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION zone_raises_catalogue_insert() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER zone_raises_catalogue_insert AFTER INSERT ON zone FOR EACH ROW EXECUTE FUNCTION zone_raises_catalogue_insert()",
        ],
    )
    make(
        op,
        "zone_raises_catalogue_update",
        sqlite=[
            "CREATE TRIGGER zone_raises_catalogue_update AFTER UPDATE ON zone BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION zone_raises_catalogue_update() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER zone_raises_catalogue_update AFTER UPDATE ON zone FOR EACH ROW EXECUTE FUNCTION zone_raises_catalogue_update()",
        ],
    )
    make(
        op,
        "zone_raises_catalogue_delete",
        sqlite=[
            "CREATE TRIGGER zone_raises_catalogue_delete AFTER DELETE ON zone BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = OLD.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION zone_raises_catalogue_delete() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = OLD.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER zone_raises_catalogue_delete AFTER DELETE ON zone FOR EACH ROW EXECUTE FUNCTION zone_raises_catalogue_delete()",
        ],
    )
    make(
        op,
        "zone_neighbour_raises_catalogue_insert",
        sqlite=[
            "CREATE TRIGGER zone_neighbour_raises_catalogue_insert AFTER INSERT ON zone_neighbour BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION zone_neighbour_raises_catalogue_insert() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER zone_neighbour_raises_catalogue_insert AFTER INSERT ON zone_neighbour FOR EACH ROW EXECUTE FUNCTION zone_neighbour_raises_catalogue_insert()",
        ],
    )
    make(
        op,
        "zone_neighbour_raises_catalogue_update",
        sqlite=[
            "CREATE TRIGGER zone_neighbour_raises_catalogue_update AFTER UPDATE ON zone_neighbour BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION zone_neighbour_raises_catalogue_update() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = NEW.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER zone_neighbour_raises_catalogue_update AFTER UPDATE ON zone_neighbour FOR EACH ROW EXECUTE FUNCTION zone_neighbour_raises_catalogue_update()",
        ],
    )
    make(
        op,
        "zone_neighbour_raises_catalogue_delete",
        sqlite=[
            "CREATE TRIGGER zone_neighbour_raises_catalogue_delete AFTER DELETE ON zone_neighbour BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = OLD.community_id; END",
        ],
        postgresql=[
            """CREATE FUNCTION zone_neighbour_raises_catalogue_delete() RETURNS trigger LANGUAGE plpgsql AS $trigger$
    BEGIN UPDATE community SET catalogue = catalogue + 1 WHERE id = OLD.community_id; RETURN NULL; END;
    $trigger$""",
            "CREATE TRIGGER zone_neighbour_raises_catalogue_delete AFTER DELETE ON zone_neighbour FOR EACH ROW EXECUTE FUNCTION zone_neighbour_raises_catalogue_delete()",
        ],
    )


def downgrade() -> None:
    unmake(
        op,
        "zone_neighbour_raises_catalogue_delete",
        sqlite=[
            "DROP TRIGGER IF EXISTS zone_neighbour_raises_catalogue_delete",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS zone_neighbour_raises_catalogue_delete ON zone_neighbour",
            "DROP FUNCTION IF EXISTS zone_neighbour_raises_catalogue_delete()",
        ],
    )
    unmake(
        op,
        "zone_neighbour_raises_catalogue_update",
        sqlite=[
            "DROP TRIGGER IF EXISTS zone_neighbour_raises_catalogue_update",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS zone_neighbour_raises_catalogue_update ON zone_neighbour",
            "DROP FUNCTION IF EXISTS zone_neighbour_raises_catalogue_update()",
        ],
    )
    unmake(
        op,
        "zone_neighbour_raises_catalogue_insert",
        sqlite=[
            "DROP TRIGGER IF EXISTS zone_neighbour_raises_catalogue_insert",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS zone_neighbour_raises_catalogue_insert ON zone_neighbour",
            "DROP FUNCTION IF EXISTS zone_neighbour_raises_catalogue_insert()",
        ],
    )
    unmake(
        op,
        "zone_raises_catalogue_delete",
        sqlite=[
            "DROP TRIGGER IF EXISTS zone_raises_catalogue_delete",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS zone_raises_catalogue_delete ON zone",
            "DROP FUNCTION IF EXISTS zone_raises_catalogue_delete()",
        ],
    )
    unmake(
        op,
        "zone_raises_catalogue_update",
        sqlite=[
            "DROP TRIGGER IF EXISTS zone_raises_catalogue_update",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS zone_raises_catalogue_update ON zone",
            "DROP FUNCTION IF EXISTS zone_raises_catalogue_update()",
        ],
    )
    unmake(
        op,
        "zone_raises_catalogue_insert",
        sqlite=[
            "DROP TRIGGER IF EXISTS zone_raises_catalogue_insert",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS zone_raises_catalogue_insert ON zone",
            "DROP FUNCTION IF EXISTS zone_raises_catalogue_insert()",
        ],
    )
    unmake(
        op,
        "category_raises_catalogue_delete",
        sqlite=[
            "DROP TRIGGER IF EXISTS category_raises_catalogue_delete",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS category_raises_catalogue_delete ON category",
            "DROP FUNCTION IF EXISTS category_raises_catalogue_delete()",
        ],
    )
    unmake(
        op,
        "category_raises_catalogue_update",
        sqlite=[
            "DROP TRIGGER IF EXISTS category_raises_catalogue_update",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS category_raises_catalogue_update ON category",
            "DROP FUNCTION IF EXISTS category_raises_catalogue_update()",
        ],
    )
    unmake(
        op,
        "category_raises_catalogue_insert",
        sqlite=[
            "DROP TRIGGER IF EXISTS category_raises_catalogue_insert",
        ],
        postgresql=[
            "DROP TRIGGER IF EXISTS category_raises_catalogue_insert ON category",
            "DROP FUNCTION IF EXISTS category_raises_catalogue_insert()",
        ],
    )
    op.drop_column("community", "catalogue")
