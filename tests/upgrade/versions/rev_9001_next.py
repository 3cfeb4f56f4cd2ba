"""A revision as the next may be: it only adds, so workers of the one before go on."""

import sqlalchemy as sa
from alembic import op

from service.storage.migrate import HEAD

revision = "9001"
down_revision = HEAD


def upgrade() -> None:
    op.create_table("added_later", sa.Column("id", sa.String(), primary_key=True))
    for table in ("sources", "entries", "stories", "articles", "alerts", "deliveries", "subscriptions"):
        op.add_column(table, sa.Column("added_later", sa.String(), nullable=True))
    op.create_index("ix_deliveries_added_later", "deliveries", ["added_later"])
